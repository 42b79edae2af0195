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
Decimal charge(const Amount &rate, const Decimal &otherwise, Int128 count)
{
    return count > 0 ? times(rate ? *rate : otherwise, count) : Decimal();
}

bool isAnthropicStyle(const PricedCall &call)
{
    return equalsIgnoringCase(call.provider, "anthropic") || startsWithIgnoringCase(call.model, "claude") ||
           containsIgnoringCase(call.model, "anthropic");
}

bool isVercelGateway(const PricedCall &call)
{
    return equalsIgnoringCase(call.framework, "vercel") && equalsIgnoringCase(call.provider, "gateway");
}

/// Gemini 2.5 and 3 bill thinking tokens that they leave out of the output tokens: `gemini-2.5-`,
/// `gemini-3-`, `gemini-3.N-` at the start of the name.
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

bool splitsCacheWrites(const Usage &usage)
{
    return usage.cacheWrite5mTokens && usage.cacheWrite1hTokens;
}

struct CacheWrite
{
    Int128 tokens = 0;
    Decimal cost;
};

CacheWrite anthropicCacheWrite(const Usage &usage, const RateSet &rates, bool custom)
{
    const Decimal rate = rates.cacheWriteToken.value_or(rates.promptToken * kAnthropicCacheWrite);
    if (!splitsCacheWrites(usage))
        return {tokens(usage.cacheWriteTokens), times(rate, tokens(usage.cacheWriteTokens))};

    const Decimal oneHourOtherwise =
        custom && rates.cacheWriteToken ? *rates.cacheWriteToken : rates.promptToken * kAnthropicCacheWrite1h;
    const Decimal oneHourRate = rates.cacheWrite1hToken.value_or(oneHourOtherwise);
    return {tokens(usage.cacheWrite5mTokens) + tokens(usage.cacheWrite1hTokens),
            times(rate, tokens(usage.cacheWrite5mTokens)) +
                times(oneHourRate, tokens(usage.cacheWrite1hTokens))};
}

CacheWrite cacheWrite(const Usage &usage, const RateSet &rates)
{
    const Int128 count = tokens(usage.cacheWriteTokens);
    return {count, times(rates.cacheWriteToken ? *rates.cacheWriteToken : rates.promptToken, count)};
}

} // namespace

bool reportsCacheExclusively(const PricedCall &call)
{
    if (call.usage.cacheReportingExclusive)
        return *call.usage.cacheReportingExclusive;
    if (isAnthropicStyle(call) && !isVercelGateway(call))
        return true;
    return tokens(call.usage.inputTokens) <
           tokens(call.usage.cacheReadTokens) + tokens(call.usage.cacheWriteTokens);
}

InputCost inputCost(const PricedCall &call, const RateSet &rates, bool exclusive, bool custom)
{
    const Usage &usage = call.usage;
    const bool anthropic = isAnthropicStyle(call);

    const Int128 audio = tokens(usage.audioInputTokens);
    const Int128 image = tokens(usage.imageInputTokens);
    const Int128 cacheRead = tokens(usage.cacheReadTokens);
    const Int128 cachedAudio =
        std::max(Int128{0}, std::min({tokens(usage.cacheReadAudioTokens), audio, cacheRead}));
    const Int128 cachedText = cacheRead - cachedAudio;

    const CacheWrite write = anthropic ? anthropicCacheWrite(usage, rates, custom) : cacheWrite(usage, rates);

    Int128 text = tokens(usage.inputTokens) - audio - image;
    if (!exclusive)
        text -= cachedText + write.tokens;
    // Without modality counts a negative rest flows through, so that a sender's mistake shows.
    if (audio > 0 || image > 0)
        text = std::max(text, Int128{0});

    InputCost cost;
    cost.cacheWrite = write.cost;
    if (cachedText != 0) {
        cost.cacheRead =
            times(rates.cacheReadToken ? *rates.cacheReadToken
                                       : rates.promptToken * (anthropic ? kAnthropicCacheRead : kCacheRead),
                  cachedText);
    }
    if (cachedAudio > 0) {
        const Decimal otherwise =
            rates.cacheReadToken ? *rates.cacheReadToken : rates.promptToken * kCacheRead;
        cost.cacheRead += charge(rates.inputAudioCache, otherwise, cachedAudio);
    }
    cost.total = cost.cacheRead + cost.cacheWrite + times(rates.promptToken, text) +
                 charge(rates.audio, rates.promptToken, audio - cachedAudio) +
                 charge(rates.image, rates.promptToken, image);
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

    return times(rates.completionToken, text) + charge(rates.audioOutput, rates.completionToken, audio) +
           charge(rates.imageOutput, rates.completionToken, image);
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
