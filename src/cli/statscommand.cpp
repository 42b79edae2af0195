// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pricesactions.h"
#include "cli/quality.h"
#include "core/format.h"

#include <QCoreApplication>

#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

struct Stats
{
    StoreStats store;
    ResultTable unpriced;                            ///< model, provider, generations without a price
    std::optional<std::vector<DataFinding>> quality; ///< if it was asked for
};

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

std::string countsJson(const Counts &counts)
{
    std::string json = "{";
    for (const auto &[name, count] : counts) {
        if (json.size() > 1)
            json += ',';
        json += jsonString(name) + ':' + std::to_string(count);
    }
    return json + '}';
}

std::string instantJson(const std::optional<Timestamp> &instant)
{
    return instant ? '"' + isoTime(*instant) + '"' : "null";
}

std::string sourcesJson(const std::vector<SourceInfo> &sources)
{
    std::string json = "[";
    for (const SourceInfo &source : sources) {
        if (json.size() > 1)
            json += ',';
        json += "{\"name\":" + jsonString(source.name) + ",\"kind\":" + jsonString(source.kind) +
                ",\"events\":" + std::to_string(source.events) +
                ",\"rejected\":" + std::to_string(source.rejected) + '}';
    }
    return json + ']';
}

std::string unpricedJson(const ResultTable &table)
{
    std::string json = "[";
    for (const auto &row : table.rows) {
        if (json.size() > 1)
            json += ',';
        json += "{\"model\":" + cellJson(row[0], table.zone) +
                ",\"provider\":" + cellJson(row[1], table.zone) +
                ",\"generations\":" + cellJson(row[2], table.zone) + '}';
    }
    return json + ']';
}

std::string statsJson(const Stats &stats)
{
    const StoreStats &store = stats.store;
    return "{\"events\":" + std::to_string(store.events) + ",\"by_event\":" + countsJson(store.byEvent) +
           ",\"persons\":" + std::to_string(store.persons) + ",\"groups\":" + countsJson(store.groups) +
           ",\"first\":" + instantJson(store.first) + ",\"last\":" + instantJson(store.last) +
           ",\"store_bytes\":" + std::to_string(store.storeBytes) +
           ",\"rejected\":" + std::to_string(store.rejected) + ",\"sources\":" + sourcesJson(store.sources) +
           ",\"unpriced_models\":" + unpricedJson(stats.unpriced) +
           (stats.quality ? ",\"quality\":" + findingsJson(*stats.quality) : std::string()) + "}\n";
}

std::string statsText(const Stats &stats)
{
    const QLocale locale;
    const StoreStats &store = stats.store;
    QString text;
    const auto line = [&](const QString &name, const QString &value) {
        text += name.leftJustified(26) + value + QLatin1Char('\n');
    };
    const auto counts = [&](const Counts &list) {
        for (const auto &[name, count] : list)
            line(QStringLiteral("  ") + QString::fromStdString(jsonString(name)), formatCount(count, locale));
    };
    line(Text::tr("Events"), formatCount(store.events, locale));
    counts(store.byEvent);
    line(Text::tr("Persons"), formatCount(store.persons, locale));
    line(Text::tr("Groups"), {});
    counts(store.groups);
    line(Text::tr("First event"), store.first ? QString::fromStdString(isoTime(*store.first)) : QString());
    line(Text::tr("Last event"), store.last ? QString::fromStdString(isoTime(*store.last)) : QString());
    line(Text::tr("Store size"), formatBytes(store.storeBytes, locale));
    line(Text::tr("Rejected lines"), formatCount(store.rejected, locale));
    line(Text::tr("Unpriced models"),
         formatCount(static_cast<std::int64_t>(stats.unpriced.rows.size()), locale));
    for (const auto &row : stats.unpriced.rows)
        line(QStringLiteral("  ") + QString::fromStdString(cellJson(row[0], {})),
             QString::fromStdString(cellJson(row[2], {})));
    std::string all = text.toStdString();
    if (stats.quality)
        all += '\n' + findingsText(*stats.quality, store.events);
    return all;
}

Result<Stats> collect(const OptionParser &options)
{
    const auto selection = openSelection(options);
    if (!selection)
        return selection.error();
    auto store = (*selection)->reader->stats();
    if (!store)
        return store.error();
    auto unpriced = unpricedModels(**selection);
    if (!unpriced)
        return unpriced.error();
    Stats stats{std::move(*store), std::move(*unpriced), std::nullopt};
    if (options.has("quality")) {
        auto quality = qualityOf(**selection);
        if (!quality)
            return quality.error();
        stats.quality = std::move(*quality);
    }
    return stats;
}

} // namespace

Result<ResultTable> unpricedModels(const Selection &selection)
{
    Query query;
    query.measures = {Measure::Unpriced};
    query.by = {*Field::parse("model"), *Field::parse("provider")};
    auto table = runQuery(query, selection.scope, selection.rows, selection.context);
    if (table) {
        std::erase_if(table->rows, [](const auto &row) { return row.back() == Cell(std::int64_t{0}); });
    }
    return table;
}

ExitStatus statsCommand(const QStringList &arguments)
{
    OptionParser options("stats", QStringLiteral("STORE"),
                         Text::tr("Prints counts, sizes, the time span, sources and unpriced models."));
    options.addFlag("json", Text::tr("Prints one JSON object."));
    options.addFlag("quality", Text::tr("Also says what looks wrong in the events."));
    options.addPricesOption();
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto stats = collect(options);
    if (!stats)
        return fail(stats.error());
    const std::string text = options.has("json") ? statsJson(*stats) : statsText(*stats);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return ExitStatus::Done;
}

} // namespace genscope
