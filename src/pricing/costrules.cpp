// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/costrules.h"

#include "pricing/modelname.h"

#include <algorithm>

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

Decimal times(const Decimal &rate, Int128 count)
{
    return count == 0 ? Decimal() : rate * Decimal(count, 0);
}

/// What @p count tokens of a kind cost that is only ever charged, never credited.
Decimal charge(const Decimal &rate, Int128 count)
{
    return count > 0 ? times(rate, count) : Decimal();
}

bool isVercelGateway(const PricedCall &call)
{
    return equalsIgnoringCase(call.framework, "vercel") && equalsIgnoringCase(call.provider, "gateway");
}

bool splitsCacheWrites(const Usage &usage)
{
    return usage.cacheWrite5mTokens && usage.cacheWrite1hTokens;
}

struct CacheWrite
{
    Int128 tokens = 0;
    Decimal cost;
};

CacheWrite cacheWrite(const Usage &usage, const RateSet &rates, bool anthropic, bool custom)
{
    const Decimal rate = cacheWriteRate(rates, anthropic);
    if (!anthropic || !splitsCacheWrites(usage))
        return {tokens(usage.cacheWriteTokens), times(rate, tokens(usage.cacheWriteTokens))};
    return {tokens(usage.cacheWrite5mTokens) + tokens(usage.cacheWrite1hTokens),
            times(rate, tokens(usage.cacheWrite5mTokens)) +
                times(cacheWrite1hRate(rates, custom), tokens(usage.cacheWrite1hTokens))};
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
    return rates.cacheReadToken ? *rates.cacheReadToken
                                : rates.promptToken * (anthropic ? kAnthropicCacheRead : kCacheRead);
}

Decimal cachedAudioRate(const RateSet &rates)
{
    return rates.inputAudioCache ? *rates.inputAudioCache : cacheReadRate(rates, false);
}

Decimal cacheWriteRate(const RateSet &rates, bool anthropic)
{
    if (rates.cacheWriteToken)
        return *rates.cacheWriteToken;
    return anthropic ? rates.promptToken * kAnthropicCacheWrite : rates.promptToken;
}

Decimal cacheWrite1hRate(const RateSet &rates, bool custom)
{
    if (rates.cacheWrite1hToken)
        return *rates.cacheWrite1hToken;
    return custom && rates.cacheWriteToken ? *rates.cacheWriteToken
                                           : rates.promptToken * kAnthropicCacheWrite1h;
}

bool reportsCacheExclusively(const PricedCall &call)
{
    if (call.usage.cacheReportingExclusive)
        return *call.usage.cacheReportingExclusive;
    if (isAnthropicStyle(call.model, call.provider) && !isVercelGateway(call))
        return true;
    return tokens(call.usage.inputTokens) <
           tokens(call.usage.cacheReadTokens) + tokens(call.usage.cacheWriteTokens);
}

InputCost inputCost(const PricedCall &call, const RateSet &rates, bool exclusive, bool custom)
{
    const Usage &usage = call.usage;
    const bool anthropic = isAnthropicStyle(call.model, call.provider);

    const Int128 audio = tokens(usage.audioInputTokens);
    const Int128 image = tokens(usage.imageInputTokens);
    const Int128 cacheRead = tokens(usage.cacheReadTokens);
    const Int128 cachedAudio =
        std::max(Int128{0}, std::min({tokens(usage.cacheReadAudioTokens), audio, cacheRead}));
    const Int128 cachedText = cacheRead - cachedAudio;

    const CacheWrite write = cacheWrite(usage, rates, anthropic, custom);

    Int128 text = tokens(usage.inputTokens) - audio - image;
    if (!exclusive)
        text -= cachedText + write.tokens;
    // Without modality counts a negative rest flows through, so that a sender's mistake shows.
    if (audio > 0 || image > 0)
        text = std::max(text, Int128{0});

    InputCost cost;
    cost.cacheWrite = write.cost;
    cost.cacheRead =
        times(cacheReadRate(rates, anthropic), cachedText) + charge(cachedAudioRate(rates), cachedAudio);
    cost.total = cost.cacheRead + cost.cacheWrite + times(rates.promptToken, text) +
                 charge(rates.audio.value_or(rates.promptToken), audio - cachedAudio) +
                 charge(rates.image.value_or(rates.promptToken), image);
    return cost;
}

Decimal outputCost(const PricedCall &call, const RateSet &rates)
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
    if (usage.reasoningTokens && reportsReasoningApart(call.model))
        text += *usage.reasoningTokens;

    return times(rates.completionToken, text) +
           charge(rates.audioOutput.value_or(rates.completionToken), audio) +
           charge(rates.imageOutput.value_or(rates.completionToken), image);
}

Decimal requestCost(const PricedCall &call, const RateSet &rates)
{
    return rates.request ? times(*rates.request, call.usage.requestCount.value_or(1)) : Decimal();
}

Decimal webSearchCost(const PricedCall &call, const RateSet &rates)
{
    return rates.webSearch ? times(*rates.webSearch, tokens(call.usage.webSearchCount)) : Decimal();
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
