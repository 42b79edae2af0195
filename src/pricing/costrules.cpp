// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/costrules.h"

#include "pricing/modelname.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

// Multiples of the prompt rate that stand in for a cache rate that the row does not have.
constexpr Decimal kCacheRead{5, 1};
constexpr Decimal kAnthropicCacheRead{1, 1};
constexpr Decimal kAnthropicCacheWrite{125, 2};
constexpr Decimal kAnthropicCacheWrite1h{2, 0};

/// Tokens are summed and subtracted in 128 bits: no count of an event can overflow them.
Int128 tokens(const Count &count)
{
    return count.value_or(0);
}

bool isVercelGateway(const PricedCall &call)
{
    return equalsIgnoringCase(call.framework, "vercel") && equalsIgnoringCase(call.provider, "gateway");
}

bool splitsCacheWrites(const Usage &usage)
{
    return usage.cacheWrite5mTokens && usage.cacheWrite1hTokens;
}

/// The rate of a kind, as one of the price's rates times a factor.
struct UnitRate
{
    PriceUnit unit;
    const Decimal &rate;
    const Decimal *factor = nullptr; ///< null: 1

    Decimal value() const { return factor ? rate * *factor : rate; }
};

/// @p rate, or what stands in for it where it is absent.
UnitRate orElse(const Amount &rate, PriceUnit unit, const UnitRate &otherwise)
{
    return rate ? UnitRate{unit, *rate} : otherwise;
}

/// Which rates a call's kinds are charged at.
struct RateChoice
{
    bool anthropic = false;
    bool custom = false;

    UnitRate operator()(CostKind kind, const RateSet &rates) const
    {
        const UnitRate prompt{PriceUnit::InputToken, rates.promptToken};
        const UnitRate completion{PriceUnit::OutputToken, rates.completionToken};
        const auto promptTimes = [&](const Decimal &factor) {
            return UnitRate{PriceUnit::InputToken, rates.promptToken, &factor};
        };
        switch (kind) {
        case CostKind::CacheRead:
            return orElse(rates.cacheReadToken, PriceUnit::CacheReadToken,
                          promptTimes(anthropic ? kAnthropicCacheRead : kCacheRead));
        case CostKind::CachedAudio:
            return orElse(rates.inputAudioCache, PriceUnit::CachedAudioToken,
                          orElse(rates.cacheReadToken, PriceUnit::CacheReadToken, promptTimes(kCacheRead)));
        case CostKind::CacheWrite:
            return orElse(rates.cacheWriteToken, PriceUnit::CacheWriteToken,
                          anthropic ? promptTimes(kAnthropicCacheWrite) : prompt);
        case CostKind::CacheWrite1h:
            return orElse(rates.cacheWrite1hToken, PriceUnit::CacheWrite1hToken,
                          custom && rates.cacheWriteToken
                              ? UnitRate{PriceUnit::CacheWriteToken, *rates.cacheWriteToken}
                              : promptTimes(kAnthropicCacheWrite1h));
        case CostKind::InputAudio:
            return orElse(rates.audio, PriceUnit::InputAudioToken, prompt);
        case CostKind::InputImage:
            return orElse(rates.image, PriceUnit::InputImageToken, prompt);
        case CostKind::OutputAudio:
            return orElse(rates.audioOutput, PriceUnit::OutputAudioToken, completion);
        case CostKind::OutputImage:
            return orElse(rates.imageOutput, PriceUnit::OutputImageToken, completion);
        case CostKind::OutputText:
        case CostKind::Reasoning:
            return completion;
        case CostKind::InputText:
        case CostKind::Request:
        case CostKind::WebSearch:
            break;
        }
        return prompt;
    }
};

/// Charges counts one after the other, and notes what it charged.
class Meter
{
public:
    Meter(const RateSet &rates, RateChoice choose, Products *products)
        : m_rates(rates), m_choose(choose), m_products(products)
    {
    }

    /// From here on, what is beyond the tiers' thresholds costs their rates.
    void setExcess(const Rates &rates)
    {
        for (const Rates::ContextTier &tier : rates.contextTiers)
            m_tiers.push_back(&tier);
        std::sort(m_tiers.begin(), m_tiers.end(),
                  [](const auto *a, const auto *b) { return a->minInputTokens < b->minInputTokens; });
    }

    Decimal charge(CostKind kind, Int128 count)
    {
        if (count == 0)
            return {};
        if (m_tiers.empty())
            return chargeAt(kind, count, m_rates, nullptr);
        return chargeInTiers(kind, count);
    }

private:
    Decimal chargeAt(CostKind kind, Int128 count, const RateSet &rates, const Rates::ContextTier *tier)
    {
        const UnitRate rate = m_choose(kind, rates);
        const Decimal value = rate.value();
        if (m_products) {
            m_products->push_back({kind, count, value, rate.unit, rate.factor ? *rate.factor : Decimal(1),
                                   tier ? std::optional(tier->minInputTokens) : std::nullopt});
        }
        return value * Decimal(count, 0);
    }

    Decimal chargeInTiers(CostKind kind, Int128 count)
    {
        if (count < 0)
            return chargeAt(kind, count, m_rates, nullptr);
        Decimal cost;
        const Rates::ContextTier *in = nullptr;
        for (std::size_t next = 0; count > 0; ++next) {
            const bool isLast = next == m_tiers.size();
            const Int128 room = isLast ? count : m_tiers[next]->minInputTokens - m_filled;
            const Int128 part = std::clamp(room, Int128{0}, count);
            if (part > 0)
                cost += chargeAt(kind, part, in ? in->rates : m_rates, in);
            m_filled += part;
            count -= part;
            if (!isLast)
                in = m_tiers[next];
        }
        return cost;
    }

    const RateSet &m_rates;
    const RateChoice m_choose;
    Products *const m_products;
    std::vector<const Rates::ContextTier *> m_tiers; ///< ascending
    Int128 m_filled = 0;                             ///< tokens of the prompt so far
};

struct CacheWrites
{
    Int128 fiveMinutes = 0; ///< or for a time that is not said
    Int128 oneHour = 0;
};

/// Only Anthropic's prices tell the lifetimes apart.
CacheWrites cacheWrites(const Usage &usage, bool anthropic)
{
    if (anthropic && splitsCacheWrites(usage))
        return {tokens(usage.cacheWrite5mTokens), tokens(usage.cacheWrite1hTokens)};
    return {tokens(usage.cacheWriteTokens), 0};
}

Decimal flatFee(CostKind kind, PriceUnit unit, const Amount &rate, Int128 count, Products *products)
{
    if (!rate || count == 0)
        return {};
    if (products)
        products->push_back({kind, count, *rate, unit, Decimal(1), std::nullopt});
    return *rate * Decimal(count, 0);
}

} // namespace

bool isAnthropicStyle(std::string_view model, std::string_view provider)
{
    return equalsIgnoringCase(provider, "anthropic") || startsWithIgnoringCase(model, "claude") ||
           containsIgnoringCase(model, "anthropic");
}

bool reportsReasoningApart(std::string_view model)
{
    if (startsWithIgnoringCase(model, "gemini-2.5-") || startsWithIgnoringCase(model, "gemini-3-"))
        return true;
    constexpr std::string_view kThree = "gemini-3.";
    if (!startsWithIgnoringCase(model, kThree))
        return false;
    const auto end =
        std::find_if(model.begin() + kThree.size(), model.end(), [](char c) { return c < '0' || c > '9'; });
    return end != model.begin() + kThree.size() && end != model.end() && *end == '-';
}

Decimal cacheReadRate(const RateSet &rates, bool anthropic)
{
    return RateChoice{anthropic, false}(CostKind::CacheRead, rates).value();
}

Decimal cachedAudioRate(const RateSet &rates)
{
    return RateChoice{}(CostKind::CachedAudio, rates).value();
}

Decimal cacheWriteRate(const RateSet &rates, bool anthropic)
{
    return RateChoice{anthropic, false}(CostKind::CacheWrite, rates).value();
}

Decimal cacheWrite1hRate(const RateSet &rates, bool custom)
{
    return RateChoice{true, custom}(CostKind::CacheWrite1h, rates).value();
}

std::string_view costKindName(CostKind kind)
{
    static constexpr std::array<std::string_view, 13> kNames{
        "cache_read",   "cached_audio", "cache_write_1h", "cache_write", "input_text",
        "input_audio",  "input_image",  "output_text",    "reasoning",   "output_audio",
        "output_image", "request",      "web_search"};
    return kNames[static_cast<std::size_t>(kind)];
}

CacheVerdict cacheVerdict(const PricedCall &call)
{
    if (call.usage.cacheReportingExclusive)
        return CacheVerdict::Stated;
    if (isAnthropicStyle(call.model, call.provider) && !isVercelGateway(call))
        return CacheVerdict::AnthropicStyle;
    const bool isProvable = tokens(call.usage.inputTokens) <
                            tokens(call.usage.cacheReadTokens) + tokens(call.usage.cacheWriteTokens);
    return isProvable ? CacheVerdict::Provable : CacheVerdict::Assumed;
}

bool reportsCacheExclusively(const PricedCall &call)
{
    const CacheVerdict verdict = cacheVerdict(call);
    return verdict == CacheVerdict::Stated ? *call.usage.cacheReportingExclusive
                                           : verdict != CacheVerdict::Assumed;
}

InputCost inputCost(const PricedCall &call, const RateSet &rates, const InputRules &rules, Products *products)
{
    const Usage &usage = call.usage;
    const bool anthropic = isAnthropicStyle(call.model, call.provider);

    const Int128 audio = tokens(usage.audioInputTokens);
    const Int128 image = tokens(usage.imageInputTokens);
    const Int128 cacheRead = tokens(usage.cacheReadTokens);
    const Int128 cachedAudio =
        std::max(Int128{0}, std::min({tokens(usage.cacheReadAudioTokens), audio, cacheRead}));
    const Int128 cachedText = cacheRead - cachedAudio;
    const CacheWrites writes = cacheWrites(usage, anthropic);

    Int128 text = tokens(usage.inputTokens) - audio - image;
    if (!rules.exclusive)
        text -= cachedText + writes.fiveMinutes + writes.oneHour;
    // Without modality counts a negative rest flows through, so that a sender's mistake shows.
    if (audio > 0 || image > 0)
        text = std::max(text, Int128{0});

    Meter meter(rates, {anthropic, rules.custom}, products);
    if (rules.excess)
        meter.setExcess(*rules.excess);
    InputCost cost;
    cost.cacheRead = meter.charge(CostKind::CacheRead, cachedText);
    cost.cacheRead += meter.charge(CostKind::CachedAudio, cachedAudio);
    cost.cacheWrite = meter.charge(CostKind::CacheWrite1h, writes.oneHour);
    cost.cacheWrite += meter.charge(CostKind::CacheWrite, writes.fiveMinutes);
    cost.total = cost.cacheRead + cost.cacheWrite + meter.charge(CostKind::InputText, text);
    // Audio and images are only ever charged, never credited.
    if (audio > cachedAudio)
        cost.total += meter.charge(CostKind::InputAudio, audio - cachedAudio);
    if (image > 0)
        cost.total += meter.charge(CostKind::InputImage, image);
    return cost;
}

Decimal outputCost(const PricedCall &call, const RateSet &rates, Products *products)
{
    const Usage &usage = call.usage;
    const Int128 audio = tokens(usage.audioOutputTokens);
    const Int128 image = tokens(usage.imageOutputTokens);

    Int128 text = 0;
    if (usage.textOutputTokens) {
        text = *usage.textOutputTokens;
    } else {
        text = tokens(usage.outputTokens) - audio - image;
        if (audio > 0 || image > 0)
            text = std::max(text, Int128{0});
    }
    Meter meter(rates, {}, products);
    Decimal cost = meter.charge(CostKind::OutputText, text);
    if (usage.reasoningTokens && reportsReasoningApart(call.model))
        cost += meter.charge(CostKind::Reasoning, *usage.reasoningTokens);
    if (audio > 0)
        cost += meter.charge(CostKind::OutputAudio, audio);
    if (image > 0)
        cost += meter.charge(CostKind::OutputImage, image);
    return cost;
}

Decimal requestCost(const PricedCall &call, const RateSet &rates, Products *products)
{
    return flatFee(CostKind::Request, PriceUnit::Request, rates.request, call.usage.requestCount.value_or(1),
                   products);
}

Decimal webSearchCost(const PricedCall &call, const RateSet &rates, Products *products)
{
    return flatFee(CostKind::WebSearch, PriceUnit::WebSearch, rates.webSearch,
                   tokens(call.usage.webSearchCount), products);
}

Int128 promptTokens(const PricedCall &call, bool exclusive)
{
    const Usage &usage = call.usage;
    const Int128 input = tokens(usage.inputTokens);
    if (!exclusive)
        return input;
    const Int128 writes = splitsCacheWrites(usage)
                              ? tokens(usage.cacheWrite5mTokens) + tokens(usage.cacheWrite1hTokens)
                              : tokens(usage.cacheWriteTokens);
    return input + tokens(usage.cacheReadTokens) + writes;
}

bool countsInput(const Usage &usage)
{
    return usage.inputTokens || usage.cacheReadTokens || usage.cacheWriteTokens || usage.cacheWrite5mTokens ||
           usage.cacheWrite1hTokens || usage.audioInputTokens || usage.imageInputTokens ||
           usage.cacheReadAudioTokens;
}

bool countsOutput(const Usage &usage)
{
    return usage.outputTokens || usage.textOutputTokens || usage.reasoningTokens || usage.audioOutputTokens ||
           usage.imageOutputTokens;
}

} // namespace genscope
