// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costchange.h"
#include "analytics/costdifference.h"
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/nearestname.h"
#include "store/pricetable.h"
#include "workspace/pricing.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

using Column = ResultTable::Column;
using Role = ResultTable::Role;

ResultTable emptyTable(const std::string &by, const CostBreakdown &breakdown, const Zone &zone)
{
    ResultTable table;
    table.zone = zone;
    table.columns.push_back({by, breakdown.interval ? Role::Bucket : Role::Dimension, Unit::None});
    return table;
}

Cell percentOf(Money part, Money whole)
{
    return whole.pico == 0 ? Cell() : Cell(100.0 * part.usd() / whole.usd());
}

Cell moneyCell(const std::optional<Money> &amount)
{
    return amount ? Cell(*amount) : Cell();
}

ResultTable comparisonTable(const CostComparison &comparison, ResultTable table)
{
    for (const auto &[name, unit] :
         {std::pair("events", Unit::Number), std::pair("priced_both", Unit::Number),
          std::pair("differing", Unit::Number), std::pair("not_reported", Unit::Number),
          std::pair("reported", Unit::Usd), std::pair("recomputed", Unit::Usd),
          std::pair("difference", Unit::Usd), std::pair("percent", Unit::None),
          std::pair("unpriced", Unit::Number), std::pair("likely_cause", Unit::None),
          std::pair("cause_events", Unit::Number), std::pair("factor", Unit::None)})
        table.columns.push_back(Column{name, Role::Measure, unit});
    const auto cells = [](const CostDifference &row) {
        const auto money = [&](Money amount) { return row.pricedBoth == 0 ? Cell() : Cell(amount); };
        return std::vector<Cell>{row.value,
                                 row.events,
                                 row.pricedBoth,
                                 row.differing,
                                 row.notReported,
                                 money(row.reported),
                                 money(row.recomputed),
                                 money(row.difference()),
                                 percentOf(row.difference(), row.recomputed),
                                 row.unpriced,
                                 std::string(costCauseName(row.cause)),
                                 row.causeEvents,
                                 row.factor ? Cell(*row.factor) : Cell()};
    };
    for (const CostDifference &row : comparison.rows)
        table.rows.push_back(cells(row));
    table.total = cells(comparison.total);
    table.matched = comparison.total.events;
    table.unpriced = comparison.total.unpriced;
    return table;
}

ResultTable changeTable(const CostChanges &changes, ResultTable table)
{
    for (const auto &[name, unit] : {std::pair("events", Unit::Number), std::pair("cost", Unit::Usd),
                                     std::pair("what_if", Unit::Usd), std::pair("change", Unit::Usd),
                                     std::pair("percent", Unit::None), std::pair("unpriced", Unit::Number)})
        table.columns.push_back(Column{name, Role::Measure, unit});
    const auto cells = [](const CostChange &row) {
        const std::optional<Money> change = row.change();
        return std::vector<Cell>{row.value,
                                 row.events,
                                 moneyCell(row.before),
                                 moneyCell(row.after),
                                 moneyCell(change),
                                 change ? percentOf(*change, *row.before) : Cell(),
                                 row.unpriced};
    };
    for (const CostChange &row : changes.rows)
        table.rows.push_back(cells(row));
    table.total = cells(changes.total);
    table.matched = changes.total.events;
    table.unpriced = changes.total.unpriced;
    return table;
}

/// Notes another model that the price book does not know, which makes calls unpriced, and traffic that there
/// is none of. @error as narrowed()
Status checkAssumptions(const PricingView &assumed, const Selection &selection)
{
    for (const Substitution &substitution : assumed.whatIf) {
        if (!substitution.model.empty() &&
            !selection.prices->lookUp(substitution.model, substitution.provider, {}, 0).isKnown())
            complain(Text::tr("--what-if: the price book has no model “%1”; what it would cost is unknown")
                         .arg(QString::fromStdString(substitution.model)) +
                     didYouMean(substitution.model, selection.prices->modelNames()));
        const auto traffic = narrowed(selection, substitution.traffic);
        if (!traffic)
            return traffic.error();
        if (traffic->count() == 0)
            complain(Text::tr("--what-if: there are no calls with %1 in this selection")
                         .arg(QString::fromStdString(substitution.traffic.toString())));
    }
    return Done{};
}

Result<ResultTable> answer(const OptionParser &options)
{
    if (const auto format = options.outputFormat(); !format)
        return format.error();
    const std::string byName = options.has("by") ? options.text("by") : "model";
    auto by = costBreakdownOf(byName);
    if (!by)
        return by.error();
    const auto kinds = options.kinds();
    if (!kinds)
        return kinds.error();
    by->kinds = *kinds;
    PricingView assumed;
    auto substitutions = options.substitutions();
    if (!substitutions)
        return substitutions.error();
    assumed.whatIf = std::move(*substitutions);
    const auto selected = openSelection(options);
    if (!selected)
        return selected.error();
    const Selection &selection = **selected;
    ResultTable table = emptyTable(byName, *by, selection.scope.zone);
    if (assumed.whatIf.empty()) {
        const auto comparison = compareCosts(*by, selection.rows, selection.scope, selection.context,
                                             selection.prices, currentTime());
        if (!comparison)
            return comparison.error();
        return comparisonTable(*comparison, std::move(table));
    }
    if (const Status checked = checkAssumptions(assumed, selection); !checked)
        return checked.error();
    assumed.time = selection.scope.pricing.time;
    assumed.instant = selection.scope.pricing.instant;
    const auto answer = askWhatIf({*by}, selection.rows, selection.scope, selection.context, selection.stored,
                                  selection.prices, assumed, currentTime());
    if (!answer)
        return answer.error();
    return changeTable(answer->by.front(), std::move(table));
}

} // namespace

ExitStatus repriceCommand(const QStringList &arguments)
{
    OptionParser options("reprice", QStringLiteral("STORE [--by D] [--what-if MODEL=OTHER]..."),
                         Text::tr("Compares the costs that events report with those that the price book "
                                  "makes of them, or with what they would be."));
    options.addValue("by", Text::tr("dimension"),
                     Text::tr("What to break it down by: model (default), provider, customer, day ..."));
    options.addValue("what-if", Text::tr("assumption"),
                     Text::tr("Prices a model's traffic as another (gpt-4o=gpt-4o-mini), at other rates in "
                              "USD per million tokens (gpt-4o=input:3,output:15) or at a multiple "
                              "(gpt-4o=x0.5); 'FILTER => TARGET' for other traffic. Can be repeated."));
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
