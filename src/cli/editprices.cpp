// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"
#include "cli/pricesactions.h"
#include "core/zone.h"
#include "pricing/jsontext.h"
#include "pricing/pricediff.h"
#include "pricing/pricefile.h"
#include "store/pricetable.h"
#include "sync/openrouterclient.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Error usage(const QString &message)
{
    return makeError(Error::Kind::Usage, message);
}

Result<std::optional<Timestamp>> timeOption(const OptionParser &options, const char *name)
{
    if (!options.has(name))
        return std::optional<Timestamp>();
    const auto time = parseIsoTime(options.text(name));
    if (!time) {
        return usage(
            Text::tr("--%1 is a date or an instant, not “%2”").arg(QLatin1String(name), options.value(name)));
    }
    return std::optional(time->instant());
}

Result<std::vector<PriceRow>> apply(const QString &store, const std::vector<PriceRow> &added, PriceEdit mode,
                                    bool dryRun, QString &summary)
{
    const auto edit = [&](const std::vector<PriceRow> &own) -> Result<std::vector<PriceRow>> {
        auto edited = withPrices(own, added, mode);
        if (!edited)
            return edited.error();
        summary = editSummary(*edited);
        return std::move(edited->rows);
    };
    if (dryRun) {
        const auto own = readPrices(store);
        return own ? edit(*own) : own;
    }
    WriterWait wait;
    wait.onWaiting = complain;
    return editPrices(store, edit, wait);
}

/// Options of set that give a rate in USD per million tokens.
struct MillionOption
{
    const char *name;
    PriceUnit unit;
};
constexpr auto kMillions = std::to_array<MillionOption>({
    {"input", PriceUnit::InputToken},
    {"output", PriceUnit::OutputToken},
    {"cache-read", PriceUnit::CacheReadToken},
    {"cache-write", PriceUnit::CacheWriteToken},
    {"cache-write-1h", PriceUnit::CacheWrite1hToken},
});

using NamedRates = std::vector<std::pair<PriceUnit, Decimal>>;

Result<NamedRates> givenRates(const OptionParser &options)
{
    NamedRates rates;
    const auto add = [&](const char *name, PriceUnit unit, const Decimal &factor) {
        const auto rate = Decimal::parse(options.text(name));
        if (rate)
            rates.emplace_back(unit, *rate * factor);
        return rate.has_value();
    };
    const auto notANumber = [&](const char *name) {
        return usage(Text::tr("--%1 is a number, not “%2”").arg(QLatin1String(name), options.value(name)));
    };
    for (const MillionOption &option : kMillions) {
        if (options.has(option.name) && !add(option.name, option.unit, Decimal(1, 6)))
            return notANumber(option.name);
    }
    if (options.has("unit") != options.has("rate"))
        return usage(Text::tr("--unit and --rate belong together"));
    if (options.has("unit")) {
        const auto unit = priceUnitFromName(options.text("unit"));
        if (!unit)
            return usage(
                Text::tr("--unit “%1” is unknown; it is input_token, output_token, request, web_search, "
                         "...: see the guide")
                    .arg(options.value("unit")));
        if (!add("rate", *unit, Decimal(1)))
            return notANumber("rate");
    }
    if (rates.empty())
        return usage(
            Text::tr("give a price: --input and --output in USD per million tokens, or --unit and --rate"));
    return rates;
}

bool gives(const NamedRates &rates, PriceUnit unit)
{
    return std::any_of(rates.begin(), rates.end(), [&](const auto &rate) { return rate.first == unit; });
}

/// The rows of the price that the options of set describe. What a single rate leaves open is as it was.
Result<std::vector<PriceRow>> rowsToSet(const OptionParser &options, const PriceBook &book)
{
    const auto rates = givenRates(options);
    const auto from = timeOption(options, "from");
    const auto to = timeOption(options, "to");
    for (const Error *error :
         {rates ? nullptr : &rates.error(), from ? nullptr : &from.error(), to ? nullptr : &to.error()}) {
        if (error)
            return *error;
    }
    PriceRow common;
    common.model = options.positional().first().toStdString();
    common.match =
        common.model.find('*') == std::string::npos ? PriceRow::Match::Exact : PriceRow::Match::Pattern;
    common.provider = options.text("provider");
    common.serviceTier = options.text("tier");
    common.source = options.has("source") ? options.text("source") : "set by hand";
    common.valid = {*from, *to};

    const Timestamp now = currentTime();
    const PriceBook::Price *before =
        book.lookUp(common.model, common.provider, common.serviceTier, 0).at(from->value_or(now));
    // The price of a model with a name like it is a guess, not a price of this one.
    if (before && before->match.by != MatchedBy::Name && before->match.by != MatchedBy::Pattern)
        before = nullptr;
    if (before && !*from)
        common.valid.from = Timestamp{now.us - now.us % kMicrosPerDay};
    std::vector<PriceRow> rows;
    const bool isWhole = gives(*rates, PriceUnit::InputToken) && gives(*rates, PriceUnit::OutputToken);
    if (!isWhole && before) {
        rows = rowsOf(before->rates(), common);
        std::erase_if(rows, [&](const PriceRow &row) { return !row.aboveTokens && gives(*rates, row.unit); });
    } else if (!isWhole) {
        return usage(Text::tr("%1 has no price yet: give --input and --output, 0 where it costs nothing")
                         .arg(shortened(common.model)));
    }
    for (const auto &[unit, rate] : *rates) {
        rows.push_back(common);
        rows.back().unit = unit;
        rows.back().rate = rate;
    }
    return rows;
}

} // namespace

QString editSummary(const EditedPrices &edited)
{
    return Text::tr("%1 price rows added, %2 ended, %3 replaced")
        .arg(QString::number(edited.added), QString::number(edited.ended), QString::number(edited.removed));
}

ExitStatus setPriceAction(const QString &store, const QStringList &arguments)
{
    OptionParser options(
        "prices STORE set", QStringLiteral("MODEL --input N --output N"),
        Text::tr("Sets what a model costs; a * in MODEL stands for any text. A model that has a "
                 "price keeps it for the time before --from (default: today)."));
    for (const MillionOption &option : kMillions)
        options.addValue(option.name, Text::tr("usd"), Text::tr("USD per million tokens."));
    options.addValue("unit", Text::tr("unit"),
                     Text::tr("With --rate: input_token, request, web_search, ..."));
    options.addValue("rate", Text::tr("usd"), Text::tr("USD for one of --unit."));
    options.addValue("provider", Text::tr("provider"), Text::tr("Only for this provider."));
    options.addValue("tier", Text::tr("tier"), Text::tr("Only for this service tier, such as flex."));
    options.addValue("from", Text::tr("time"), Text::tr("Holds from this date or instant (UTC) on."));
    options.addValue("to", Text::tr("time"), Text::tr("Holds until then; that time itself is outside."));
    options.addValue("source", Text::tr("text"), Text::tr("Where the price is from."));
    options.addFlag("replace", Text::tr("Takes the place of a price at the same time, which is lost."));
    options.addFlag("dry-run", Text::tr("Changes nothing."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto book = priceBookOf(store);
    if (!book)
        return fail(book.error());
    const auto rows = rowsToSet(options, **book);
    if (!rows)
        return fail(rows.error());
    QString summary;
    const PriceEdit mode = options.has("replace") ? PriceEdit::Replace : PriceEdit::KeepHistory;
    const auto edited = apply(store, *rows, mode, options.has("dry-run"), summary);
    if (!edited)
        return fail(edited.error());
    complain(summary);
    return ExitStatus::Done;
}

ExitStatus importPricesAction(const QString &store, const QStringList &arguments)
{
    OptionParser options(
        "prices STORE import", QStringLiteral("FILE"),
        Text::tr("Adds the prices of a file: our CSV or JSON, LiteLLM's model_prices.json, or an "
                 "answer of OpenRouter. It is taken whole or not at all."));
    options.addValue("from", Text::tr("time"), Text::tr("Rows without dates hold from then on."));
    options.addFlag("replace", Text::tr("Takes the place of prices at the same time, which are lost."));
    options.addFlag("dry-run", Text::tr("Changes nothing."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto from = timeOption(options, "from");
    if (!from)
        return fail(from.error());
    const QString path = options.positional().first();
    QFile input(path);
    if (!input.open(QIODevice::ReadOnly))
        return fail(
            makeError(Error::Kind::Io, Text::tr("could not read %1: %2").arg(path, input.errorString())));
    auto file = readPriceFile(input.readAll(), path, QFileInfo(path).fileName().toStdString());
    if (!file)
        return fail(file.error());
    for (PriceRow &row : file->rows) {
        if (!row.valid.from && !row.valid.to)
            row.valid.from = *from;
    }
    QString summary;
    const PriceEdit mode = options.has("replace") ? PriceEdit::Replace : PriceEdit::KeepHistory;
    const auto edited = apply(store, file->rows, mode, options.has("dry-run"), summary);
    if (!edited)
        return fail(edited.error());
    for (const QString &note : file->notes)
        complain(note);
    complain(Text::tr("%1 (%2): %3").arg(path, file->format, summary));
    return ExitStatus::Done;
}

ExitStatus updatePricesAction(const QString &store, const QStringList &arguments)
{
    OptionParser options(
        "prices STORE update", QString(),
        Text::tr("Asks OpenRouter for its prices and shows what would change. Only with --yes it "
                 "changes the book: a changed price begins now, the one before is kept."));
    options.addFlag("yes", Text::tr("Applies the changes."));
    options.addFlag("dry-run", Text::tr("Only shows them (the default)."));
    options.addValue("endpoints", Text::tr("models"),
                     Text::tr("Also the providers' prices of these models, separated by commas."));
    options.addValue("url", Text::tr("address"), Text::tr("Another server with the same API."));
    options.addOutputOptions();
    if (!options.parse(arguments, 0, 0))
        return options.exitStatus();
    if (options.has("yes") && options.has("dry-run"))
        return fail(usage(Text::tr("--yes and --dry-run contradict each other")));
    const auto book = priceBookOf(store);
    if (!book)
        return fail(book.error());

    OpenRouterClient::Options network;
    if (options.has("url"))
        network.address = QUrl(options.value("url"));
    const QStringList models = options.value("endpoints").split(QLatin1Char(','), Qt::SkipEmptyParts);
    auto prices = OpenRouterClient(network).fetchPrices(models, {});
    if (!prices)
        return fail(prices.error().kind == Error::Kind::Parse
                        ? makeError(Error::Kind::Network, prices.error().message)
                        : prices.error());
    const Timestamp now{currentTime().us / kMicrosPerSecond * kMicrosPerSecond};
    for (PriceRow &row : prices->rows)
        row.source = "OpenRouter " + isoTime(now).substr(0, 10);
    const PriceDiff diff = diffPrices(**book, prices->rows, now);

    ResultTable table;
    for (const char *name : {"model", "provider", "unit", "before", "after", "percent", "note"})
        table.columns.push_back({name, ResultTable::Role::Field, Unit::None});
    for (const PriceDiff::Change &change : diff.changes) {
        Cell before;
        if (change.before)
            before = change.before->toString();
        Cell percent;
        if (change.percent)
            percent = std::round(*change.percent * 100) / 100;
        Cell note;
        if (change.dropsTiers)
            note = std::string("long_context_rates_left_out");
        else if (change.isNewPrice)
            note = std::string("new");
        addRow(table, change.model, change.provider, std::string(infoOf(change.unit).name), before,
               change.after.toString(), percent, note);
    }
    table.matched = static_cast<std::int64_t>(table.rows.size());
    if (const Status written = writeTable(table, Totals::None, options); !written)
        return fail(written.error());
    for (const QString &note : prices->notes)
        complain(note);
    complain(
        Text::tr(
            "%1 new prices, %2 changed, %3 unchanged; %4 models of the book are not listed and keep theirs")
            .arg(QString::number(diff.newPrices), QString::number(diff.changedPrices),
                 QString::number(diff.unchangedPrices), QString::number(diff.vanished.size())));
    if (!options.has("yes")) {
        complain(Text::tr("nothing was changed; --yes applies it"));
        return ExitStatus::Done;
    }
    QString summary;
    const auto edited = apply(store, diff.rows, PriceEdit::KeepHistory, false, summary);
    if (!edited)
        return fail(edited.error());
    complain(summary);
    return ExitStatus::Done;
}

} // namespace genscope
