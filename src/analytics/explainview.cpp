// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/explainview.h"

#include "analytics/callprices.h"
#include "pricing/costrules.h"

namespace genscope {

namespace {

/// Output tokens with the reasoning that their model leaves out of them, so that another model's rules count
/// it once.
void settleReasoning(Usage &usage, bool add)
{
    if (!usage.reasoningTokens)
        return;
    auto &output = usage.textOutputTokens ? usage.textOutputTokens : usage.outputTokens;
    std::int64_t sum = 0;
    if (add && !__builtin_add_overflow(output.value_or(0), *usage.reasoningTokens, &sum))
        output = sum;
    usage.reasoningTokens.reset();
}

/// A book in which every call costs the same.
PriceBook bookOf(const Rates &rates)
{
    PricePeriod period;
    period.rates = rates;
    PriceBook::Tables tables;
    tables.userPatterns.push_back({"*", {{"default", {std::move(period)}}}});
    return PriceBook(std::move(tables));
}

/// What the book charges for the call, times @p factor; nothing if it charges nothing.
std::optional<Rates> multiplied(const PricedCall &call, const PriceBook &book, const Decimal &factor)
{
    const auto entry =
        book.lookUp(call.model, call.provider, call.usage.serviceTier, call.usage.inputTokens.value_or(0));
    const PriceBook::Price *price = entry.at(call.timestamp);
    return price ? std::optional(timesFactor(price->rates(), factor)) : std::nullopt;
}

/// The call as other rates would be charged for it: its counts stay as its own model reports them, what else
/// it carries of prices does not count.
Usage countsOf(const PricedCall &call)
{
    Usage usage = call.usage;
    usage.cacheReportingExclusive = reportsCacheExclusively(call);
    for (Amount Usage::*price :
         {&Usage::inputTokenPrice, &Usage::outputTokenPrice, &Usage::cacheReadTokenPrice,
          &Usage::cacheWriteTokenPrice, &Usage::cacheWrite1hTokenPrice, &Usage::requestPrice,
          &Usage::webSearchPrice})
        usage.*price = std::nullopt;
    return usage;
}

/// What the event charges itself, times @p factor.
Usage multipliedPrices(const PricedCall &call, const Decimal &factor)
{
    Usage usage = call.usage;
    for (Amount Usage::*price :
         {&Usage::inputTokenPrice, &Usage::outputTokenPrice, &Usage::cacheReadTokenPrice,
          &Usage::cacheWriteTokenPrice, &Usage::cacheWrite1hTokenPrice, &Usage::requestPrice,
          &Usage::webSearchPrice}) {
        if (usage.*price)
            usage.*price = *(usage.*price) * factor;
    }
    return usage;
}

CostExplanation explainAt(const Rates &rates, const PricedCall &call)
{
    const Usage usage = countsOf(call);
    CostExplanation why = explainCost({call.model, call.provider, call.framework, usage, call.timestamp},
                                      bookOf(rates), SuppliedCosts::Ignore);
    why.price.reset();
    return why;
}

} // namespace

Result<const Substitution *> substitutionOf(const PricingView &view, std::size_t row, const DataContext &data,
                                            FieldCache &cache)
{
    for (const Substitution &substitution : view.whatIf) {
        const auto rows = matchRows(substitution.traffic, data, cache);
        if (!rows)
            return rows.error();
        if (rows->test(row))
            return &substitution;
    }
    return nullptr;
}

CostExplanation explainCostIn(const PricingView &view, const Substitution *assumed, const PricedCall &call,
                              const PriceBook &book, SuppliedCosts supplied, Timestamp now)
{
    PricedCall then = call;
    if (view.time == PriceTime::Today)
        then.timestamp = now;
    else if (view.time == PriceTime::Instant && view.instant)
        then.timestamp = *view.instant;
    if (!assumed)
        return explainCost(then, book, supplied);
    if (assumed->rates) {
        Rates rates;
        static_cast<RateSet &>(rates) = *assumed->rates;
        return explainAt(rates, then);
    }
    if (assumed->factor && hasCustomPrices(call.usage)) {
        const Usage usage = multipliedPrices(call, *assumed->factor);
        return explainCost({call.model, call.provider, call.framework, usage, then.timestamp}, book,
                           SuppliedCosts::Ignore);
    }
    if (assumed->factor) {
        const auto rates = multiplied(then, book, *assumed->factor);
        return rates ? explainAt(*rates, then) : explainCost(then, book, SuppliedCosts::Ignore);
    }
    Usage usage = countsOf(call);
    usage.serviceTier = {};
    settleReasoning(usage, reportsReasoningApart(call.model));
    return explainCost({assumed->model, assumed->provider, call.framework, usage, then.timestamp}, book,
                       SuppliedCosts::Ignore);
}

} // namespace genscope
