// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/quickrates.h"

#include "pricing/costrules.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

constexpr int kPicoScale = 12;
/// Rates of more decimal places are left to the rules; real ones have at most 15 or so.
constexpr int kLargestScale = 24;
/// With counts up to here, and rates below 2^62, no sum of products comes near 128 bits.
constexpr std::int64_t kLargestCount = std::int64_t{1} << 40;

bool isKnown(std::int64_t count)
{
    return count != kNotKnown;
}

std::int64_t orZero(std::int64_t count)
{
    return isKnown(count) ? count : 0;
}

bool isModerate(std::int64_t count)
{
    return !isKnown(count) || (count <= kLargestCount && count >= -kLargestCount);
}

bool areModerate(const CallCounts &c)
{
    return isModerate(c.input) && isModerate(c.output) && isModerate(c.cacheRead) &&
           isModerate(c.cacheWrite) && isModerate(c.reasoning) && isModerate(c.cacheWrite5m) &&
           isModerate(c.cacheWrite1h) && isModerate(c.cacheReadAudio) && isModerate(c.audioInput) &&
           isModerate(c.imageInput) && isModerate(c.audioOutput) && isModerate(c.imageOutput) &&
           isModerate(c.textOutput) && isModerate(c.requests) && isModerate(c.webSearches);
}

bool countsInput(const CallCounts &c)
{
    return isKnown(c.input) || isKnown(c.cacheRead) || isKnown(c.cacheWrite) || isKnown(c.cacheWrite5m) ||
           isKnown(c.cacheWrite1h) || isKnown(c.audioInput) || isKnown(c.imageInput) ||
           isKnown(c.cacheReadAudio);
}

bool countsOutput(const CallCounts &c)
{
    return isKnown(c.output) || isKnown(c.textOutput) || isKnown(c.reasoning) || isKnown(c.audioOutput) ||
           isKnown(c.imageOutput);
}

bool splitsCacheWrites(const CallCounts &c)
{
    return isKnown(c.cacheWrite5m) && isKnown(c.cacheWrite1h);
}

Int128 product(std::int64_t rate, std::int64_t count)
{
    return Int128{rate} * count;
}

/// What is only ever charged, never credited.
Int128 charge(std::int64_t rate, std::int64_t count)
{
    return count > 0 ? product(rate, count) : Int128{0};
}

} // namespace

Usage usageOf(const CallCounts &counts)
{
    const auto count = [](std::int64_t number) { return isKnown(number) ? Count(number) : std::nullopt; };
    Usage usage;
    usage.inputTokens = count(counts.input);
    usage.outputTokens = count(counts.output);
    usage.cacheReadTokens = count(counts.cacheRead);
    usage.cacheWriteTokens = count(counts.cacheWrite);
    usage.reasoningTokens = count(counts.reasoning);
    usage.cacheWrite5mTokens = count(counts.cacheWrite5m);
    usage.cacheWrite1hTokens = count(counts.cacheWrite1h);
    usage.cacheReadAudioTokens = count(counts.cacheReadAudio);
    usage.audioInputTokens = count(counts.audioInput);
    usage.imageInputTokens = count(counts.imageInput);
    usage.audioOutputTokens = count(counts.audioOutput);
    usage.imageOutputTokens = count(counts.imageOutput);
    usage.textOutputTokens = count(counts.textOutput);
    usage.requestCount = count(counts.requests);
    usage.webSearchCount = count(counts.webSearches);
    return usage;
}

/// A table before it is scaled.
struct QuickRates::Exact
{
    struct Entry
    {
        std::int64_t Table::*to;
        Decimal rate;
    };
    std::array<Entry, 12> entries;

    Exact(const RateSet &rates, bool anthropic)
        : entries{{
              {&Table::prompt, rates.promptToken},
              {&Table::completion, rates.completionToken},
              {&Table::cacheRead, cacheReadRate(rates, anthropic)},
              {&Table::cacheReadAudio, cachedAudioRate(rates)},
              {&Table::cacheWrite, cacheWriteRate(rates, anthropic)},
              {&Table::cacheWrite1h, cacheWrite1hRate(rates, false)},
              {&Table::audioInput, rates.audio.value_or(rates.promptToken)},
              {&Table::imageInput, rates.image.value_or(rates.promptToken)},
              {&Table::audioOutput, rates.audioOutput.value_or(rates.completionToken)},
              {&Table::imageOutput, rates.imageOutput.value_or(rates.completionToken)},
              {&Table::request, rates.request.value_or(0)},
              {&Table::webSearch, rates.webSearch.value_or(0)},
          }}
    {
    }
};

std::optional<QuickRates> QuickRates::of(const Rates &rates, std::string_view model,
                                         std::string_view provider)
{
    if (rates.tierMode == TierMode::Excess && !rates.contextTiers.empty())
        return std::nullopt;
    QuickRates quick;
    quick.m_anthropic = isAnthropicStyle(model, provider);
    quick.m_reasoningApart = reportsReasoningApart(model);
    std::vector<std::pair<std::int64_t, Exact>> sets = {{0, Exact(rates, quick.m_anthropic)}};
    for (const Rates::ContextTier &tier : rates.contextTiers)
        sets.emplace_back(tier.minInputTokens, Exact(tier.rates, quick.m_anthropic));
    std::sort(sets.begin() + 1, sets.end(), [](const auto &a, const auto &b) { return a.first < b.first; });

    for (const auto &[threshold, set] : sets) {
        for (const Exact::Entry &entry : set.entries)
            quick.m_scale = std::max(quick.m_scale, entry.rate.smallestScale());
    }
    if (quick.m_scale > kLargestScale)
        return std::nullopt;
    for (int scale = kPicoScale; scale < quick.m_scale; ++scale)
        quick.m_perPico *= 10;
    for (const auto &[threshold, set] : sets) {
        std::optional<Table> table = quick.scaled(set);
        if (!table)
            return std::nullopt;
        table->minPrompt = threshold;
        quick.m_tables.push_back(*table);
    }
    return quick;
}

std::optional<QuickRates::Table> QuickRates::scaled(const Exact &exact) const
{
    Table table;
    for (const Exact::Entry &entry : exact.entries) {
        const std::optional<std::int64_t> whole = entry.rate.wholeAtScale(m_scale);
        if (!whole)
            return std::nullopt;
        table.*entry.to = *whole;
    }
    return table;
}

/// As Decimal::toPico().
std::int64_t QuickRates::pico(Int128 amount) const
{
    const auto fitted = [](Int128 number) {
        return number > std::numeric_limits<std::int64_t>::max() || number <= kNotKnown
                   ? kNotKnown
                   : static_cast<std::int64_t>(number);
    };
    if (m_perPico == 1)
        return fitted(amount);
    const Int128 half = m_perPico / 2; // 10^n / 2 is whole
    const Int128 shifted = amount < 0 ? amount - half : amount + half;
    const auto narrow = static_cast<std::int64_t>(shifted);
    return narrow == shifted ? narrow / m_perPico : fitted(shifted / m_perPico);
}

const QuickRates::Table &QuickRates::tableFor(const CallCounts &counts, bool exclusive) const
{
    if (m_tables.size() == 1)
        return m_tables.front();
    std::int64_t prompt = orZero(counts.input);
    if (exclusive) {
        prompt +=
            orZero(counts.cacheRead) + (splitsCacheWrites(counts) ? counts.cacheWrite5m + counts.cacheWrite1h
                                                                  : orZero(counts.cacheWrite));
    }
    std::size_t chosen = 0;
    for (std::size_t tier = 1; tier < m_tables.size() && prompt > m_tables[tier].minPrompt; ++tier)
        chosen = tier;
    return m_tables[chosen];
}

bool QuickRates::price(const CallCounts &counts, bool exclusive, PicoCosts &costs) const
{
    if (!areModerate(counts))
        return false;
    costs = {};
    const Table &table = tableFor(counts, exclusive);
    const bool inputCounted = countsInput(counts);
    const bool outputCounted = countsOutput(counts);
    const Int128 request = product(table.request, isKnown(counts.requests) ? counts.requests : 1);
    const Int128 webSearch = product(table.webSearch, orZero(counts.webSearches));
    if (!inputCounted && !outputCounted && request <= 0 && webSearch <= 0)
        return true;
    if (inputCounted)
        priceInput(counts, table, exclusive, costs);
    if (outputCounted)
        priceOutput(counts, table, costs);
    costs.request = pico(request);
    costs.webSearch = pico(webSearch);
    return true;
}

void QuickRates::priceInput(const CallCounts &counts, const Table &table, bool exclusive,
                            PicoCosts &costs) const
{
    const std::int64_t audio = orZero(counts.audioInput);
    const std::int64_t image = orZero(counts.imageInput);
    const std::int64_t cacheRead = orZero(counts.cacheRead);
    const std::int64_t cachedAudio =
        std::max<std::int64_t>(0, std::min({orZero(counts.cacheReadAudio), audio, cacheRead}));
    const std::int64_t cachedText = cacheRead - cachedAudio;

    std::int64_t written = orZero(counts.cacheWrite);
    Int128 write = product(table.cacheWrite, written);
    if (m_anthropic && splitsCacheWrites(counts)) {
        written = counts.cacheWrite5m + counts.cacheWrite1h;
        write =
            product(table.cacheWrite, counts.cacheWrite5m) + product(table.cacheWrite1h, counts.cacheWrite1h);
    }
    std::int64_t text = orZero(counts.input) - audio - image;
    if (!exclusive)
        text -= cachedText + written;
    if (audio > 0 || image > 0)
        text = std::max<std::int64_t>(text, 0);

    const Int128 read = product(table.cacheRead, cachedText) + charge(table.cacheReadAudio, cachedAudio);
    costs.cacheRead = pico(read);
    costs.cacheWrite = pico(write);
    costs.input = pico(read + write + product(table.prompt, text) +
                       charge(table.audioInput, audio - cachedAudio) + charge(table.imageInput, image));
}

void QuickRates::priceOutput(const CallCounts &counts, const Table &table, PicoCosts &costs) const
{
    const std::int64_t audio = orZero(counts.audioOutput);
    const std::int64_t image = orZero(counts.imageOutput);
    std::int64_t text = counts.textOutput;
    if (!isKnown(text)) {
        text = orZero(counts.output) - audio - image;
        if (audio > 0 || image > 0)
            text = std::max<std::int64_t>(text, 0);
    }
    if (m_reasoningApart)
        text += orZero(counts.reasoning);
    costs.output = pico(product(table.completion, text) + charge(table.audioOutput, audio) +
                        charge(table.imageOutput, image));
}

} // namespace genscope
