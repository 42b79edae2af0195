// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricing.h"

#include "pricing/costrules.h"
#include "pricing/tariff.h"

namespace genscope {

namespace {

bool isNonZero(const Amount &amount)
{
    return amount && !amount->isZero();
}

/// Rule 2 of posthog-semantics 2.2: the event carries both sides of its cost.
bool isPrecalculated(const Usage &usage)
{
    return isNonZero(usage.suppliedInputCost) && isNonZero(usage.suppliedOutputCost);
}

/// Rule 2 or 3: PostHog adds nothing to what the event carries.
bool stopsAtSupplied(const Usage &usage)
{
    return isPrecalculated(usage) || (usage.costPassthrough && usage.suppliedTotalCost);
}

Amount suppliedTotal(const Usage &usage)
{
    if (!isPrecalculated(usage) || isNonZero(usage.suppliedTotalCost))
        return usage.suppliedTotalCost;
    return *usage.suppliedInputCost + *usage.suppliedOutputCost + usage.suppliedRequestCost.value_or(0) +
           usage.suppliedWebSearchCost.value_or(0);
}

/// Absent if more digits are needed than exact decimals have.
Amount ifValid(const Amount &amount)
{
    return amount && amount->isValid() ? amount : std::nullopt;
}

void settle(ExactCosts &costs)
{
    if (!costs.total && (costs.input || costs.output || costs.request || costs.webSearch)) {
        costs.total = costs.input.value_or(0) + costs.output.value_or(0) + costs.request.value_or(0) +
                      costs.webSearch.value_or(0);
    }
    for (Amount *amount : {&costs.input, &costs.output, &costs.request, &costs.webSearch, &costs.total,
                           &costs.cacheRead, &costs.cacheWrite})
        *amount = ifValid(*amount);
}

EventCosts::Pico pico(const Amount &amount)
{
    return amount ? amount->toPico() : std::nullopt;
}

EventCosts::Pico pico(std::int64_t known)
{
    return known == kNotKnown ? std::nullopt : EventCosts::Pico(known);
}

} // namespace

std::string_view costSourceName(CostSource source)
{
    switch (source) {
    case CostSource::None:
        return "none";
    case CostSource::Passthrough:
        return "passthrough";
    case CostSource::Manual:
        return "manual";
    case CostSource::OpenRouter:
        return "openrouter";
    case CostSource::Custom:
        return "custom";
    case CostSource::User:
        return "user";
    }
    return "none";
}

CostSource costSourceOf(PriceTable table)
{
    switch (table) {
    case PriceTable::User:
        return CostSource::User;
    case PriceTable::Manual:
        return CostSource::Manual;
    case PriceTable::OpenRouter:
        break;
    }
    return CostSource::OpenRouter;
}

PricedCall callOf(const Event &event)
{
    return {event.model, event.provider, event.framework, event.usage, event.timestamp};
}

ExactCosts priceCall(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied)
{
    const Usage &usage = call.usage;
    const bool honour = supplied == SuppliedCosts::Honour;
    ExactCosts costs;
    costs.cacheReportingExclusive = usage.cacheReportingExclusive;
    if (honour) {
        costs.input = usage.suppliedInputCost;
        costs.output = usage.suppliedOutputCost;
        costs.request = usage.suppliedRequestCost;
        costs.webSearch = usage.suppliedWebSearchCost;
        costs.total = suppliedTotal(usage);
        if (stopsAtSupplied(usage)) {
            costs.source = CostSource::Passthrough;
            settle(costs);
            return costs;
        }
    }

    const bool exclusive = reportsCacheExclusively(call);
    bool found = false;
    withTariff(call, book, [&](const Tariff &tariff) {
        found = true;
        const Parts parts = priceParts(call, tariff, exclusive, honour && suppliesAnyCost(usage));
        costs.source = tariff.source;
        costs.model = tariff.model;
        costs.provider = tariff.provider;
        if (parts.input)
            costs.cacheReportingExclusive = exclusive;
        if (!costs.input) {
            costs.input = parts.input;
            costs.cacheRead = parts.cacheRead;
            costs.cacheWrite = parts.cacheWrite;
        }
        const auto fill = [](Amount &amount, const Amount &part) {
            if (!amount)
                amount = part;
        };
        fill(costs.output, parts.output);
        fill(costs.request, parts.request);
        fill(costs.webSearch, parts.webSearch);
    });
    // Without a tariff PostHog leaves the event alone: it sums up no total from what is there.
    if (found)
        settle(costs);
    return costs;
}

bool isPriced(EventKind kind)
{
    return kind == EventKind::Generation || kind == EventKind::Embedding || kind == EventKind::Evaluation;
}

PicoCosts costsAt(const PricedCall &call, const Rates &rates, bool exclusive, bool custom)
{
    const CostSource source = custom ? CostSource::Custom : CostSource::None;
    const Parts parts = priceParts(call, Tariff{&rates, source, {}, {}, nullptr}, exclusive, false);
    const auto known = [](const Amount &amount) { return pico(amount).value_or(kNotKnown); };
    return {known(parts.input),      known(parts.output),  known(parts.cacheRead),
            known(parts.cacheWrite), known(parts.request), known(parts.webSearch)};
}

EventCosts costsOf(const Event &event, const PriceBook &book)
{
    const Usage &usage = event.usage;
    EventCosts costs;
    costs.reportedInput = pico(usage.suppliedInputCost);
    costs.reportedOutput = pico(usage.suppliedOutputCost);
    costs.reportedRequest = pico(usage.suppliedRequestCost);
    costs.reportedWebSearch = pico(usage.suppliedWebSearchCost);

    if (!isPriced(event.kind)) {
        costs.reportedTotal = pico(usage.suppliedTotalCost);
        costs.reportedFinal = suppliesAnyCost(usage);
        if (costs.reportedTotal)
            costs.source = CostSource::Passthrough;
        costs.cacheExclusive = usage.cacheReportingExclusive.value_or(false);
        return costs;
    }

    const PricedCall call = callOf(event);
    costs.reportedTotal = pico(suppliedTotal(usage));
    costs.reportedFinal = stopsAtSupplied(usage);
    costs.cacheExclusive = reportsCacheExclusively(call);
    withTariff(call, book, [&](const Tariff &tariff) {
        const PicoCosts priced =
            costsAt(call, *tariff.rates, costs.cacheExclusive, tariff.source == CostSource::Custom);
        costs.bookInput = pico(priced.input);
        costs.bookOutput = pico(priced.output);
        costs.bookCacheRead = pico(priced.cacheRead);
        costs.bookCacheWrite = pico(priced.cacheWrite);
        costs.bookRequest = pico(priced.request);
        costs.bookWebSearch = pico(priced.webSearch);
        costs.source = tariff.source;
        if (!costs.reportedTotal) {
            costs.model = tariff.model;
            costs.provider = tariff.provider;
        }
    });
    if (costs.reportedTotal)
        costs.source = CostSource::Passthrough;
    return costs;
}

} // namespace genscope
