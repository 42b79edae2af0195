// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/tariff.h"

namespace genscope {

bool hasCustomPrices(const Usage &usage)
{
    return usage.inputTokenPrice && usage.outputTokenPrice;
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

bool suppliesAnyCost(const Usage &usage)
{
    return usage.suppliedInputCost || usage.suppliedOutputCost || usage.suppliedRequestCost ||
           usage.suppliedWebSearchCost || usage.suppliedTotalCost;
}

Parts priceParts(const PricedCall &call, const Tariff &tariff, bool exclusive, bool costSupplied,
                 Products *products)
{
    const Rates &all = *tariff.rates;
    const bool hasTiers = !all.contextTiers.empty();
    const RateSet &rates = hasTiers ? all.forPrompt(promptTokens(call, exclusive)) : all;
    const bool inputCounted = countsInput(call.usage);
    const bool outputCounted = countsOutput(call.usage);
    Products fees;
    const Decimal request = requestCost(call, rates, products ? &fees : nullptr);
    const Decimal webSearch = webSearchCost(call, rates, products ? &fees : nullptr);

    Parts parts;
    if (!inputCounted && !outputCounted && !costSupplied && !(request > 0) && !(webSearch > 0))
        return parts;
    if (inputCounted) {
        const bool isExcess = hasTiers && all.tierMode == TierMode::Excess;
        const InputRules rules{exclusive, tariff.source == CostSource::Custom, isExcess ? &all : nullptr};
        const InputCost input = inputCost(call, rates, rules, products);
        parts.input = input.total;
        parts.cacheRead = input.cacheRead;
        parts.cacheWrite = input.cacheWrite;
    }
    if (outputCounted)
        parts.output = outputCost(call, rates, products);
    parts.request = request;
    parts.webSearch = webSearch;
    if (products)
        products->insert(products->end(), fees.begin(), fees.end());
    return parts;
}

} // namespace genscope
