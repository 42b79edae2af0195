// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/nearestname.h"
#include "workspace/spikesearch.h"

#include <QCoreApplication>

#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

using Role = ResultTable::Role;

constexpr const char *kOverall = "overall";

QString listed(const std::vector<std::string_view> &names)
{
    QStringList list;
    for (const std::string_view name : names)
        list << QLatin1String(name.data(), static_cast<qsizetype>(name.size()));
    return list.join(QStringLiteral(", "));
}

Result<SpikeQuery> queryOf(const OptionParser &options)
{
    SpikeQuery query;
    if (options.has("measure")) {
        const auto measure = spikeMeasureFromName(options.text("measure"));
        if (!measure)
            return makeError(Error::Kind::Usage,
                             Text::tr("“%1” is not a measure that spikes; those are %2")
                                     .arg(options.value("measure"), listed(spikeMeasureNames())) +
                                 didYouMean(options.text("measure"), spikeMeasureNames()));
        query.measure = *measure;
    }
    if (options.has("sensitivity")) {
        const auto sensitivity = spikeSensitivityFromName(options.text("sensitivity"));
        if (!sensitivity)
            return makeError(
                Error::Kind::Usage,
                Text::tr("--sensitivity is low, medium or high, not “%1”").arg(options.value("sensitivity")));
        query.sensitivity = *sensitivity;
    }
    const std::string by = options.has("by") ? options.text("by") : "model";
    if (by == kOverall)
        return query;
    auto field = Field::parse(by);
    if (!field)
        return field.error();
    query.by = std::move(*field);
    return query;
}

/// Seconds and rates as they are; what a cost comes to is money.
Cell amount(const Spike &spike, double value)
{
    if (spike.measure != SpikeMeasure::Cost)
        return value;
    return Money{static_cast<Int128>(std::llround(value * 1e12))};
}

Cell moneyCell(const std::optional<Money> &money)
{
    return money ? Cell(*money) : Cell();
}

Cell ratioCell(const std::optional<double> &ratio)
{
    return ratio ? Cell(*ratio) : Cell();
}

std::string driversJson(const Spike &spike, const Zone &zone)
{
    std::string json = "[";
    for (const SpikeDriver &driver : spike.drivers) {
        json += json.size() > 1 ? "," : "";
        json += "{\"dimension\":" + jsonString(driver.dimension) +
                ",\"value\":" + cellJson(driver.value, zone) +
                ",\"share_in_spike\":" + cellJson(driver.shareInSpike, zone) +
                ",\"share_before\":" + cellJson(driver.shareBefore, zone) +
                ",\"contribution\":" + cellJson(driver.contribution, zone) + "}";
    }
    return json + "]";
}

/// The columns of a table, which are the keys of the JSON objects; drivers stand only in those.
ResultTable spikeTable(const std::vector<Spike> &spikes, const std::string &dimension, const Zone &zone)
{
    ResultTable table;
    table.zone = zone;
    for (const auto &[name, role, unit] :
         {std::tuple("measure", Role::Field, Unit::None), std::tuple("dimension", Role::Field, Unit::None),
          std::tuple("value", Role::Dimension, Unit::None), std::tuple("from", Role::Field, Unit::None),
          std::tuple("to", Role::Field, Unit::None), std::tuple("baseline", Role::Measure, Unit::None),
          std::tuple("observed", Role::Measure, Unit::None), std::tuple("factor", Role::Measure, Unit::None),
          std::tuple("generations", Role::Measure, Unit::Number),
          std::tuple("p_value", Role::Measure, Unit::None), std::tuple("cost_usd", Role::Measure, Unit::Usd),
          std::tuple("slower", Role::Measure, Unit::None), std::tuple("longer", Role::Measure, Unit::None)})
        table.columns.push_back({name, role, unit});
    for (const Spike &spike : spikes) {
        table.rows.push_back({std::string(spikeMeasureName(spike.measure)), dimension, spike.value,
                              spike.from, spike.to, amount(spike, spike.baseline),
                              amount(spike, spike.observed), spike.factor, spike.generations, spike.pValue,
                              moneyCell(spike.cost), ratioCell(spike.speedFactor),
                              ratioCell(spike.lengthFactor)});
    }
    table.matched = static_cast<std::int64_t>(spikes.size());
    return table;
}

std::vector<std::string> spikeObjects(const std::vector<Spike> &spikes, const ResultTable &table)
{
    std::vector<std::string> objects;
    for (std::size_t i = 0; i < spikes.size(); ++i) {
        std::string object = "{";
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            object += jsonString(table.columns[column].name) + ":" +
                      cellJson(table.rows[i][column], table.zone) + ",";
        objects.push_back(object + "\"drivers\":" + driversJson(spikes[i], table.zone) + "}");
    }
    return objects;
}

Status write(const std::vector<Spike> &spikes, const ResultTable &table, const OptionParser &options)
{
    const auto format = options.outputFormat();
    if (*format != OutputFormat::Json && *format != OutputFormat::JsonLines)
        return writeTable(table, Totals::None, options);
    const std::vector<std::string> objects = spikeObjects(spikes, table);
    const bool lines = *format == OutputFormat::JsonLines;
    std::string text = lines ? "" : "[";
    for (std::size_t i = 0; i < objects.size(); ++i)
        text += (lines || i == 0 ? "" : ",\n") + objects[i] + (lines ? "\n" : "");
    return writeOutput(text + (lines ? "" : "]\n"), options);
}

Status find(const OptionParser &options)
{
    if (const auto format = options.outputFormat(); !format)
        return format.error();
    const auto query = queryOf(options);
    if (!query)
        return query.error();
    const auto opened = openSelection(options);
    if (!opened)
        return opened.error();
    const Selection &selection = **opened;
    const auto spikes = searchSpikes(*query, selection);
    if (!spikes)
        return spikes.error();
    const std::string dimension = query->by ? query->by->text : kOverall;
    return write(*spikes, spikeTable(*spikes, dimension, selection.scope.zone), options);
}

} // namespace

ExitStatus spikesCommand(const QStringList &arguments)
{
    OptionParser options("spikes", QStringLiteral("STORE [--by D] [--measure M] [--sensitivity S]"),
                         Text::tr("Finds intervals in which a measure is significantly above what is usual, "
                                  "strongest first."));
    options.addValue(
        "by", Text::tr("dimension"),
        Text::tr("Whose spikes: model (default), provider, customer, event.NAME ..., or overall."));
    options.addValue("measure", Text::tr("measure"),
                     Text::tr("What spikes: %1 (default: latency_p95).").arg(listed(spikeMeasureNames())));
    options.addValue("sensitivity", Text::tr("level"), Text::tr("low, medium (default) or high."));
    options.addScopeOptions();
    options.addOutputOptions();
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto done = find(options);
    return done ? ExitStatus::Done : fail(done.error());
}

} // namespace genscope
