// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"
#include "pricing/explain.h"
#include "pricing/jsonobject.h"

namespace genscope {

namespace {

std::string amountJson(const Amount &amount)
{
    return amount ? amount->toString() : "null";
}

std::string timeJson(const std::optional<Timestamp> &time)
{
    return time ? jsonQuoted(isoTime(*time)) : "null";
}

std::string countJson(Int128 count)
{
    return Decimal(count, 0).toString();
}

std::string priceJson(const CostExplanation::PriceRowUsed &price)
{
    JsonMembers json;
    json.addText("table", costSourceName(costSourceOf(price.table)));
    json.addText("model", price.model);
    json.addText("provider", price.providerKey);
    json.addText("matched_by", matchedByName(price.by));
    if (!price.matchedText.empty())
        json.addText("matched_text", price.matchedText);
    json.add("from", timeJson(price.valid.from));
    json.add("to", timeJson(price.valid.to));
    json.addText("source", price.source);
    return json.object();
}

std::string productJson(const Product &product)
{
    JsonMembers json;
    json.addText("kind", costKindName(product.kind));
    json.add("count", countJson(product.count));
    json.add("rate_usd", product.rate.toString());
    json.addText("rate_of", infoOf(product.unit).name);
    json.add("factor", product.factor.toString());
    if (product.excessTokens)
        json.add("beyond_tokens", std::to_string(*product.excessTokens));
    json.add("usd", amountJson(product.amount().isValid() ? Amount(product.amount()) : std::nullopt));
    return json.object();
}

std::string suppliedJson(const CostExplanation &why)
{
    JsonMembers list;
    const auto add = [&list](bool supplied, std::string_view name) {
        if (supplied)
            list.append(jsonQuoted(name));
    };
    add(why.inputSupplied, "input");
    add(why.outputSupplied, "output");
    add(why.requestSupplied, "request");
    add(why.webSearchSupplied, "web_search");
    add(why.totalSupplied, "total");
    return list.list();
}

} // namespace

std::string explanationJson(const CostExplanation &why)
{
    const ExactCosts &costs = why.costs;
    JsonMembers json;
    json.addText("rule", costSourceName(why.rule));
    json.addText("unknown", unknownName(why.unknown));
    json.add("price", why.price ? priceJson(*why.price) : "null");
    if (why.unknown == CostExplanation::Unknown::NoPriceThen) {
        json.add("priced_until", timeJson(why.pricedUntil));
        json.add("priced_from", timeJson(why.pricedFrom));
    }
    json.add("cache_reporting_exclusive", why.cacheExclusive ? "true" : "false");
    json.addText("cache_verdict", cacheVerdictName(why.cacheVerdict));
    json.add("prompt_tokens", countJson(why.promptTokens));
    json.add("context_tier", why.contextTier ? std::to_string(*why.contextTier) : "null");
    if (why.contextTier)
        json.addText("tier_mode", why.tierMode == TierMode::Excess ? "excess" : "whole_call");
    if (!why.serviceTier.empty()) {
        json.addText("service_tier", why.serviceTier);
        json.add("service_tier_priced", why.serviceTierPriced ? "true" : "false");
    }
    json.add("supplied", suppliedJson(why));
    JsonMembers products;
    for (const Product &product : why.products)
        products.append(productJson(product));
    json.add("products", products.list());
    json.add("input_usd", amountJson(costs.input));
    json.add("output_usd", amountJson(costs.output));
    json.add("request_usd", amountJson(costs.request));
    json.add("web_search_usd", amountJson(costs.webSearch));
    json.add("total_usd", amountJson(costs.total));
    const auto pico = costs.total ? costs.total->toPico() : std::nullopt;
    json.add("rounded_usd", pico ? Money{*pico}.toString() : "null");
    return json.object();
}

} // namespace genscope
