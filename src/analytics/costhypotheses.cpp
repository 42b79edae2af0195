// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costhypotheses.h"

#include "pricing/costrules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope {

namespace {

std::int64_t totalOf(const PicoCosts &costs)
{
    std::int64_t total = kNotKnown;
    for (const std::int64_t part : {costs.input, costs.output, costs.request, costs.webSearch}) {
        if (part == kNotKnown)
            continue;
        if (total == kNotKnown)
            total = part;
        else if (__builtin_add_overflow(total, part, &total))
            return kNotKnown;
    }
    return total;
}

/// Doubles on the way, and senders that print a few digits, lose less than that.
bool isSame(std::int64_t a, std::int64_t b)
{
    if (a == kNotKnown || b == kNotKnown)
        return false;
    constexpr double kAbsolute = 1'000; // 1e-9 USD
    constexpr double kRelative = 1e-6;
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    return difference <= kAbsolute || difference <= kRelative * std::abs(static_cast<double>(b));
}

/// @p reported is @p exact to the sixth, fifth or fourth decimal place.
bool isRounded(std::int64_t reported, std::int64_t exact)
{
    for (const std::int64_t unit : {1'000'000, 10'000'000, 100'000'000}) {
        if (reported != 0 && reported % unit == 0 && std::abs(reported - exact) * 2 <= unit)
            return true;
    }
    return false;
}

std::int64_t known(std::int64_t count)
{
    return count == kNotKnown ? 0 : count;
}

CallCounts countsOf(const FactRow &facts)
{
    CallCounts counts;
    counts.input = facts[IntField::InputTokens];
    counts.output = facts[IntField::OutputTokens];
    counts.cacheRead = facts[IntField::CacheReadTokens];
    counts.cacheWrite = facts[IntField::CacheWriteTokens];
    counts.reasoning = facts[IntField::ReasoningTokens];
    counts.cacheWrite5m = facts[IntField::CacheWrite5mTokens];
    counts.cacheWrite1h = facts[IntField::CacheWrite1hTokens];
    counts.cacheReadAudio = facts[IntField::CacheReadAudioTokens];
    counts.audioInput = facts[IntField::AudioInputTokens];
    counts.imageInput = facts[IntField::ImageInputTokens];
    counts.audioOutput = facts[IntField::AudioOutputTokens];
    counts.imageOutput = facts[IntField::ImageOutputTokens];
    counts.textOutput = facts[IntField::TextOutputTokens];
    counts.requests = facts[IntField::RequestCount];
    counts.webSearches = facts[IntField::WebSearchCount];
    return counts;
}

/// Counts that can be added up without care; with others no mistake can be told from another.
bool areModerate(const FactRow &facts)
{
    constexpr std::int64_t kMost = std::int64_t{1} << 40;
    constexpr std::array kCounts = {IntField::InputTokens, IntField::OutputTokens, IntField::CacheReadTokens,
                                    IntField::CacheWriteTokens, IntField::ReasoningTokens};
    return std::all_of(kCounts.begin(), kCounts.end(), [&](IntField field) {
        return known(facts[field]) <= kMost && known(facts[field]) >= -kMost;
    });
}

CallCounts withoutCache(CallCounts counts)
{
    counts.cacheRead = counts.cacheWrite = counts.cacheWrite5m = counts.cacheWrite1h = kNotKnown;
    return counts;
}

} // namespace

struct CostHypotheses::Call
{
    std::string_view model;
    std::string_view provider;
    std::string_view tier;
    const CallPrices &prices;
    const CallPrices::Period &period;
    CallCounts counts;
    bool exclusive = false;
    std::int64_t timestampUs = 0;
    std::int64_t reported = 0;

    bool isCostOf(const CallCounts &other, bool otherExclusive) const
    {
        return isSame(reported, totalOf(prices.price(period, other, otherExclusive)));
    }
    bool isCostAt(const Rates &rates) const
    {
        const Usage usage = usageOf(counts);
        return isSame(reported, totalOf(costsAt({model, provider, {}, usage, {}}, rates, exclusive)));
    }
};

const CallPrices &CostHypotheses::pricesOf(const FactRow &facts)
{
    const std::array names = {facts[IntField::Model], facts[IntField::Provider],
                              facts[IntField::ServiceTier]};
    const auto [found, isNew] = m_known.try_emplace(names, nullptr);
    if (isNew)
        found->second = &m_prices.of(text(DictField::Model, names[0]), text(DictField::Provider, names[1]),
                                     text(DictField::ServiceTier, names[2]), -1);
    return *found->second;
}

CostCause CostHypotheses::causeOf(const FactRow &facts, std::int64_t reported, std::int64_t recomputed)
{
    if (reported == recomputed)
        return CostCause::None;
    if (reported < 0)
        return CostCause::Negative;
    if (isSame(reported, recomputed))
        return CostCause::Rounding;
    if ((facts[IntField::Flags] & CustomPricesFlag) == 0 && areModerate(facts)) {
        const std::string_view model = text(DictField::Model, facts[IntField::Model]);
        const std::string_view provider = text(DictField::Provider, facts[IntField::Provider]);
        const std::string_view tier = text(DictField::ServiceTier, facts[IntField::ServiceTier]);
        const CallPrices &prices = pricesOf(facts);
        const std::int64_t time = facts[IntField::Timestamp];
        if (const auto *period = prices.at(time, facts[IntField::InputTokens])) {
            const Call call{model,
                            provider,
                            tier,
                            prices,
                            *period,
                            countsOf(facts),
                            (facts[IntField::Flags] & CacheExclusiveFlag) != 0,
                            time,
                            reported};
            for (const CostCause cause : {cacheMistake(call), reasoningMistake(call), priceMistake(call)}) {
                if (cause != CostCause::None)
                    return cause;
            }
        }
    }
    if (reported == 0)
        return CostCause::ReportedAsFree;
    if (recomputed == 0)
        return CostCause::OtherPrice;
    if (isSame(reported, facts[IntField::BookInput]))
        return CostCause::InputOnly;
    if (isSame(reported, facts[IntField::BookOutput]))
        return CostCause::OutputOnly;
    return isRounded(reported, recomputed) ? CostCause::Rounding : CostCause::Unexplained;
}

PriceFit::Tokens CostHypotheses::chargedTokens(const FactRow &facts) const
{
    const auto count = [&](IntField field) { return static_cast<double>(known(facts[field])); };
    const double read = count(IntField::CacheReadTokens);
    const double written = count(IntField::CacheWriteTokens);
    const bool exclusive = (facts[IntField::Flags] & CacheExclusiveFlag) != 0;
    double output = count(IntField::OutputTokens);
    if (reportsReasoningApart(text(DictField::Model, facts[IntField::Model])))
        output += count(IntField::ReasoningTokens);
    const double input = count(IntField::InputTokens);
    return {exclusive ? input : std::max(0.0, input - read - written), read, written, output};
}

CostCause CostHypotheses::cacheMistake(const Call &call) const
{
    const std::int64_t cached = known(call.counts.cacheRead) + known(call.counts.cacheWrite);
    if (cached <= 0)
        return CostCause::None;
    CallCounts allNew = withoutCache(call.counts);
    CallCounts onlyNew = allNew;
    if (call.exclusive)
        allNew.input = known(allNew.input) + cached;
    else
        onlyNew.input = known(onlyNew.input) - cached;
    CallCounts allNewTwice = allNew;
    allNewTwice.input = known(call.counts.input) + cached;
    if (!call.exclusive && (call.isCostOf(call.counts, true) || call.isCostOf(allNewTwice, true)))
        return CostCause::CacheCountedTwice;
    if (call.isCostOf(allNew, true))
        return CostCause::CacheNotDiscounted;
    if (call.isCostOf(onlyNew, true) || (call.exclusive && call.isCostOf(call.counts, false)))
        return CostCause::CacheLeftOut;
    return CostCause::None;
}

CostCause CostHypotheses::reasoningMistake(const Call &call) const
{
    if (known(call.counts.reasoning) <= 0)
        return CostCause::None;
    CallCounts counts = call.counts;
    counts.reasoning = kNotKnown;
    const bool apart = reportsReasoningApart(call.model);
    if (!apart)
        counts.output = known(counts.output) + call.counts.reasoning;
    if (!call.isCostOf(counts, call.exclusive))
        return CostCause::None;
    return apart ? CostCause::ReasoningMissed : CostCause::ReasoningAdded;
}

CostCause CostHypotheses::priceMistake(const Call &call) const
{
    if (!call.period.rates.contextTiers.empty()) {
        Rates base = call.period.rates;
        base.contextTiers.clear();
        if (call.isCostAt(base))
            return CostCause::TierMissed;
    }
    const auto isPriceOf = [&](std::string_view provider, std::string_view tier) {
        const CallPrices &prices = m_prices.of(call.model, provider, tier, -1);
        const auto *period = prices.at(call.timestampUs, call.counts.input);
        return period && call.isCostAt(period->rates);
    };
    if (!call.tier.empty() && isPriceOf(call.provider, {}))
        return CostCause::TierMissed;
    if (isPriceOf({}, {}))
        return CostCause::OtherPrice;
    for (const CallPrices::Period &period : call.prices.periods()) {
        if (call.isCostAt(period.rates))
            return CostCause::OtherPrice;
    }
    return CostCause::None;
}

} // namespace genscope
