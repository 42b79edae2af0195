// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/explain.h"

#include "pricing/providerkeys.h"
#include "pricing/tariff.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Unknown = CostExplanation::Unknown;

/// Why a call without a tariff has none.
void explainMissing(const PricedCall &call, const PriceBook &book, CostExplanation &why)
{
    if (call.model.empty()) {
        why.unknown = Unknown::NoModel;
        return;
    }
    const PriceBook::Entry entry =
        book.lookUp(call.model, call.provider, call.usage.serviceTier, call.usage.inputTokens.value_or(0));
    why.unknown = entry.isKnown() ? Unknown::NoPriceThen : Unknown::ModelNotInBook;
    if (!entry.isKnown())
        return;
    for (const PriceBook::Price &price : *entry.history) {
        if (price.valid.toUs() <= call.timestamp.us)
            why.pricedUntil = price.valid.to;
        else if (!why.pricedFrom)
            why.pricedFrom = price.valid.from;
    }
}

void explainPrice(const PriceBook::Price &price, CostExplanation &why)
{
    why.price = CostExplanation::PriceRowUsed{
        price.match.table,   price.match.by, price.match.row->model, std::string(price.match.text),
        price.provider->key, price.valid,    price.period->source};
    const std::string suffix = tierSuffix(why.serviceTier);
    why.serviceTierPriced = !suffix.empty() && price.provider->key.ends_with(suffix);
}

/// Keeps the lines of the parts that the tariff made.
void keepComputed(CostExplanation &why)
{
    const auto isSupplied = [&why](const Product &product) {
        if (product.kind < CostKind::OutputText)
            return why.inputSupplied;
        if (product.kind < CostKind::Request)
            return why.outputSupplied;
        return product.kind == CostKind::Request ? why.requestSupplied : why.webSearchSupplied;
    };
    std::erase_if(why.products, isSupplied);
}

Unknown missingPart(const PricedCall &call, const CostExplanation &why, const Parts &parts)
{
    if (!parts.request)
        return Unknown::NothingCounted;
    const ExactCosts &costs = why.costs;
    if ((parts.input && !costs.input) || (parts.output && !costs.output) || !costs.total)
        return Unknown::TooManyDigits;
    if (!costs.input && !countsInput(call.usage))
        return Unknown::InputCounts;
    return costs.output || countsOutput(call.usage) ? Unknown::Nothing : Unknown::OutputCounts;
}

} // namespace

std::string_view unknownName(Unknown unknown)
{
    static constexpr std::array<std::string_view, 8> kNames{
        "nothing",         "no_model",     "model_not_in_book", "no_price_then",
        "nothing_counted", "input_counts", "output_counts",     "too_many_digits"};
    return kNames[static_cast<std::size_t>(unknown)];
}

std::string_view matchedByName(MatchedBy by)
{
    static constexpr std::array<std::string_view, 4> kNames{"name", "pattern", "inside", "around"};
    return kNames[static_cast<std::size_t>(by)];
}

std::string_view cacheVerdictName(CacheVerdict verdict)
{
    static constexpr std::array<std::string_view, 4> kNames{"stated", "anthropic_style", "provable",
                                                            "assumed"};
    return kNames[static_cast<std::size_t>(verdict)];
}

CostExplanation explainCost(const PricedCall &call, const PriceBook &book, SuppliedCosts supplied)
{
    const Usage &usage = call.usage;
    const bool honour = supplied == SuppliedCosts::Honour;
    CostExplanation why;
    why.costs = priceCall(call, book, supplied);
    why.rule = why.costs.source;
    why.cacheVerdict = cacheVerdict(call);
    why.cacheExclusive = reportsCacheExclusively(call);
    why.promptTokens = promptTokens(call, why.cacheExclusive);
    why.serviceTier = usage.serviceTier;
    if (honour) {
        why.inputSupplied = usage.suppliedInputCost.has_value();
        why.outputSupplied = usage.suppliedOutputCost.has_value();
        why.requestSupplied = usage.suppliedRequestCost.has_value();
        why.webSearchSupplied = usage.suppliedWebSearchCost.has_value();
        why.totalSupplied = usage.suppliedTotalCost && usage.suppliedTotalCost == why.costs.total;
    }
    if (why.rule == CostSource::Passthrough)
        return why;

    bool found = false;
    withTariff(call, book, [&](const Tariff &tariff) {
        found = true;
        if (tariff.price)
            explainPrice(*tariff.price, why);
        why.tierMode = tariff.rates->tierMode;
        if (const Rates::ContextTier *tier = tariff.rates->tierOf(why.promptTokens))
            why.contextTier = tier->minInputTokens;
        const Parts parts =
            priceParts(call, tariff, why.cacheExclusive, honour && suppliesAnyCost(usage), &why.products);
        keepComputed(why);
        why.unknown = missingPart(call, why, parts);
    });
    if (!found)
        explainMissing(call, book, why);
    return why;
}

} // namespace genscope
