// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/calendar.h"
#include "workspace/periodcomparison.h"
#include "workspace/periodcost.h"

#include <QCoreApplication>

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

/// A period as for --range, or `FROM..TO` in the words of --from and --to. @error Usage
Result<TimeRange> rangeFrom(const std::string &text, const Zone &zone)
{
    const std::size_t dots = text.find("..");
    const Timestamp now = currentTime();
    if (dots == std::string::npos) {
        auto period = parsePeriod(text, zone, now);
        if (!period)
            return usage(Text::tr("--against is previous, week, a period such as 2025-05, or FROM..TO: %1")
                             .arg(period.error().message));
        return period;
    }
    const auto from = parseTimeBound(text.substr(0, dots), false, zone, now);
    if (!from)
        return from.error();
    const auto to = parseTimeBound(text.substr(dots + 2), true, zone, now);
    if (!to)
        return to.error();
    return TimeRange{*from, *to};
}

/// The range that @p asked means and what it is held against.
Result<CostPeriods> periodsOf(const std::string &against, const TimeRange &asked, const TimeRange &covered,
                              const Zone &zone)
{
    PeriodComparison comparison;
    if (against == "week") {
        comparison.with = PeriodComparison::With::WeekBefore;
    } else if (against != "previous") {
        const auto range = rangeFrom(against, zone);
        if (!range)
            return range.error();
        comparison = {PeriodComparison::With::Custom, *range};
    }
    const auto periods = costPeriods(asked, comparison, covered, zone);
    if (!periods)
        return usage(Text::tr("there are no events whose cost could be held against that of others"));
    return *periods;
}

ResultTable driversTable(const CostDriversAnswer &answer, const std::string &by)
{
    using Role = ResultTable::Role;
    ResultTable table;
    table.columns.push_back({by, Role::Dimension, Unit::None});
    for (const auto &[name, unit] :
         {std::pair("calls_before", Unit::Number), std::pair("calls", Unit::Number),
          std::pair("cost_before", Unit::Usd), std::pair("cost", Unit::Usd), std::pair("change", Unit::Usd),
          std::pair("volume", Unit::Usd), std::pair("mix", Unit::Usd), std::pair("prompt_length", Unit::Usd),
          std::pair("answer_length", Unit::Usd), std::pair("cache_share", Unit::Usd),
          std::pair("price", Unit::Usd), std::pair("unpriced", Unit::Number)})
        table.columns.push_back({name, Role::Measure, unit});
    const auto cells = [](const CostDrivers &row) {
        return std::vector<Cell>{row.value,        row.callsBefore,  row.callsAfter, row.before,
                                 row.after,        row.change(),     row.volume,     row.mix,
                                 row.promptLength, row.answerLength, row.cacheShare, row.price,
                                 row.unpriced};
    };
    for (const CostDrivers &row : answer.rows)
        table.rows.push_back(cells(row));
    table.total = cells(answer.total);
    table.matched = answer.total.callsBefore + answer.total.callsAfter + answer.total.unpriced;
    table.unpriced = answer.total.unpriced;
    return table;
}

Result<ResultTable> answer(const OptionParser &options)
{
    if (const auto format = options.outputFormat(); !format)
        return format.error();
    const std::string byName = options.has("by") ? options.text("by") : "model";
    auto by = costBreakdownOf(byName);
    if (!by)
        return by.error();
    if (by->interval)
        return usage(Text::tr("--by is what calls have in both periods, such as model, not a time"));
    const auto kinds = options.kinds();
    if (!kinds)
        return kinds.error();
    by->kinds = *kinds;
    auto scope = options.scope();
    if (!scope)
        return scope.error();
    const TimeRange asked = scope->range;
    scope->range = {}; // both periods are read from one selection
    const auto selected = openSelection(options.positional().first(), *scope);
    if (!selected)
        return selected.error();
    const Selection &selection = **selected;
    noteEmptyRange(asked, selection);
    const auto periods = periodsOf(options.has("against") ? options.text("against") : "previous", asked,
                                   selection.covered(), scope->zone);
    if (!periods)
        return periods.error();
    const auto drivers = explainCostChange(*by, periods->before, periods->after, selection);
    if (!drivers)
        return drivers.error();
    return driversTable(*drivers, byName);
}

} // namespace

ExitStatus changeCommand(const QStringList &arguments)
{
    OptionParser options("change", QStringLiteral("STORE --from T [--to T] [--by D] [--against PERIOD]"),
                         Text::tr("Explains why the cost differs from that of another period. The parts "
                                  "(volume, mix, length of prompts and answers, cache, price) add up to the "
                                  "change."));
    options.addValue("by", Text::tr("dimension"),
                     Text::tr("What calls are told apart by: model (default), provider, customer ..."));
    options.addValue("against", Text::tr("period"),
                     Text::tr("previous (default): as long, just before; week: the week before; a period as "
                              "for --range; or FROM..TO."));
    options.addKindsOption();
    options.addScopeOptions();
    options.addOutputOptions();
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    const auto table = answer(options);
    if (!table)
        return fail(table.error());
    const auto written = writeTable(*table, Totals::InJsonAndText, options);
    return written ? ExitStatus::Done : fail(written.error());
}

} // namespace genscope
