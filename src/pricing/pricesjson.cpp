// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON form of price rows. PriceBook::fromJson() reads it.
#include "pricing/jsonobject.h"
#include "pricing/pricefile.h"

namespace genscope {

namespace {

/// Adds the rates of a set; of @p except's, only where they differ.
void addRates(const RateSet &rates, const RateSet *except, JsonMembers &to)
{
    for (const PriceUnitInfo &info : priceUnits()) {
        const Amount rate = rateOf(rates, info.unit);
        if (rate && (!except || rate != rateOf(*except, info.unit)))
            to.add(info.jsonName, rate->toString());
    }
}

std::string periodJson(const PricePeriod &period)
{
    JsonMembers json;
    addRates(period.rates, nullptr, json);
    JsonMembers tiers;
    for (const Rates::ContextTier &tier : period.rates.contextTiers) {
        JsonMembers members;
        members.add("min_input_tokens", std::to_string(tier.minInputTokens));
        addRates(tier.rates, &period.rates, members);
        tiers.append(members.object());
    }
    if (!period.rates.contextTiers.empty()) {
        json.add("context_tiers", tiers.list());
        if (period.rates.tierMode == TierMode::Excess)
            json.add("context_mode", "\"excess\"");
    }
    if (period.valid.from)
        json.add("from", jsonQuoted(priceTimeText(period.valid.from)));
    if (period.valid.to)
        json.add("to", jsonQuoted(priceTimeText(period.valid.to)));
    if (!period.source.empty())
        json.addText("source", period.source);
    return json.object();
}

std::string modelJson(const ModelPrices &model)
{
    JsonMembers cost;
    for (const ProviderPrices &provider : model.providers) {
        JsonMembers periods;
        for (const PricePeriod &period : provider.periods)
            periods.append(periodJson(period));
        const bool isOne = provider.periods.size() == 1;
        cost.add(provider.key, isOne ? periods.text() : periods.list());
    }
    JsonMembers json;
    json.addText("model", model.model);
    json.add("cost", cost.object());
    return json.object();
}

std::string tableJson(const std::vector<ModelPrices> &models)
{
    JsonMembers json(",\n");
    for (const ModelPrices &model : models)
        json.append(modelJson(model));
    return json.list();
}

} // namespace

std::string pricesAsJson(const std::vector<PriceRow> &rows)
{
    const PriceBook::Tables tables = overlaid({}, rows);
    JsonMembers json(",\n");
    json.add("user", tableJson(tables.user));
    json.add("user_patterns", tableJson(tables.userPatterns));
    json.add("openrouter", tableJson(tables.openRouter));
    return json.object() + '\n';
}

} // namespace genscope
