// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricing.h"

#include "pricing/costrules.h"

namespace genscope {

namespace {

/// The prices that a call falls under.
struct Tariff
{
    const Rates *rates = nullptr;
    CostSource source = CostSource::None;
    std::string_view model;
    std::string_view provider;
};

/// What a tariff makes of a call. Absent parts are unknown.
struct Parts
{
    Amount input;
    Amount output;
    Amount request;
    Amount webSearch;
    Amount cacheRead;
    Amount cacheWrite;
};

bool isNonZero(const Amount &amount)
{
    return amount && !amount->isZero();
}

Rates customRates(const Usage &usage)
{
    Rates rates;
    rates.promptToken = *usage.inputTokenPrice;
    rates.completionToken = *usage.outputTokenPrice;
    rates.cacheReadToken = usage.cacheReadTokenPrice;
    rates.cacheWriteToken = usage.cacheWriteTokenPrice;
    rates.cacheWrite1hToken = usage.cacheWrite1hTokenPrice;
    rates.request = usage.requestPrice;
    rates.webSearch = usage.webSearchPrice;
    return rates;
}

/// Calls @p use with the tariff of @p call, if it has one.
template<typename Use>
void withTariff(const PricedCall &call, const PriceBook &book, const Use &use)
{
    if (hasCustomPrices(call.usage)) {
        const Rates rates = customRates(call.usage);
        use(Tariff{&rates, CostSource::Custom, "custom", "custom"});
        return;
    }
    if (call.model.empty())
        return;
    const PriceBook::Entry entry =
        book.lookUp(call.model, call.provider, call.usage.serviceTier, call.usage.inputTokens.value_or(0));
    if (const PriceBook::Price *price = entry.at(call.timestamp)) {
        use(Tariff{&price->rates(), costSourceOf(price->match.table), price->match.row->model,
                   price->provider->key});
    }
}

bool suppliesAnyCost(const Usage &usage)
{
    return usage.suppliedInputCost || usage.suppliedOutputCost || usage.suppliedRequestCost ||
           usage.suppliedWebSearchCost || usage.suppliedTotalCost;
}

/// Posthog-semantics 2.6 to 2.8. Where nothing at all says what the call used, nothing is known of its cost;
/// @p costSupplied is one thing that says it.
Parts priceParts(const PricedCall &call, const Tariff &tariff, bool exclusive, bool costSupplied)
{
    const RateSet &rates = tariff.rates->contextTiers.empty()
                               ? *tariff.rates
                               : tariff.rates->forPrompt(promptTokens(call, exclusive));
    const bool inputCounted = countsInput(call.usage);
    const bool outputCounted = countsOutput(call.usage);
    const Decimal request = requestCost(call, rates);
    const Decimal webSearch = webSearchCost(call, rates);

    Parts parts;
    if (!inputCounted && !outputCounted && !costSupplied && !(request > 0) && !(webSearch > 0))
        return parts;
    if (inputCounted) {
        const InputCost input = inputCost(call, rates, exclusive, tariff.source == CostSource::Custom);
        parts.input = input.total;
        parts.cacheRead = input.cacheRead;
        parts.cacheWrite = input.cacheWrite;
    }
    if (outputCounted)
        parts.output = outputCost(call, rates);
    parts.request = request;
    parts.webSearch = webSearch;
    return parts;
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

bool hasCustomPrices(const Usage &usage)
{
    return usage.inputTokenPrice && usage.outputTokenPrice;
}

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
    const Parts parts = priceParts(call, Tariff{&rates, source, {}, {}}, exclusive, false);
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
