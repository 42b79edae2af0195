// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/segmentcolumns.h"

#include "analytics/columnreaders.h"
#include "analytics/costs.h"

#include <algorithm>
#include <limits>

namespace genscope {

namespace {

/// The column of a number; of a rate, that of its seconds.
RealField columnOf(RealSource source)
{
    return source == RealSource::TimeToFirstToken ? RealField::TimeToFirstToken : RealField::Latency;
}

} // namespace

double tokensPerSecond(std::int64_t outputTokens, double latencySeconds, std::int64_t flags)
{
    const bool rated = outputTokens != kMissing && latencySeconds > 0 && (flags & IsErrorFlag) == 0;
    return rated ? static_cast<double>(outputTokens) / latencySeconds
                 : std::numeric_limits<double>::quiet_NaN();
}

void SegmentColumns::load(const Segment &segment)
{
    m_segment = &segment;
    for (auto &column : m_numbers)
        column.decoded = false;
    for (auto &column : m_reals)
        column.decoded = false;
    for (auto &column : m_micros)
        column.decoded = false;
    m_narrow.fill(std::nullopt);
    m_flags.decoded = false;
}

std::span<const std::int64_t> SegmentColumns::numbers(NumberSource source)
{
    auto &column = m_numbers[static_cast<std::size_t>(source)];
    if (!column.decoded) {
        column.values.resize(m_segment->rows());
        decode(source, column.values);
        column.decoded = true;
    }
    return column.values;
}

std::span<const double> SegmentColumns::reals(RealSource source)
{
    auto &column = m_reals[static_cast<std::size_t>(source)];
    if (!column.decoded) {
        column.values.resize(m_segment->rows());
        decode(source, column.values);
        column.decoded = true;
    }
    return column.values;
}

bool SegmentColumns::lacks(RealSource source) const
{
    return m_segment->reals(columnOf(source)).isMissing() ||
           (source == RealSource::TokensPerSecond && m_segment->ints(IntField::OutputTokens).isMissing());
}

bool SegmentColumns::hasNarrowMicros(RealSource source)
{
    if (source == RealSource::TokensPerSecond)
        return false; // no number of microseconds
    std::optional<bool> &narrow = m_narrow[static_cast<std::size_t>(source)];
    if (!narrow) {
        const IntColumn *column = m_segment->reals(columnOf(source)).wholeMicros();
        narrow = column != nullptr && (column->isMissing() || column->lowest() >= 0) &&
                 column->range().second <= std::numeric_limits<std::uint32_t>::max();
    }
    return *narrow;
}

std::span<const std::int64_t> SegmentColumns::micros(RealSource source)
{
    auto &column = m_micros[static_cast<std::size_t>(source)];
    if (!column.decoded) {
        column.values.resize(m_segment->rows());
        m_segment->reals(columnOf(source)).wholeMicros()->decode(column.values);
        column.decoded = true;
    }
    return column.values;
}

std::span<const std::int64_t> SegmentColumns::flags()
{
    if (!m_flags.decoded) {
        m_flags.values.resize(m_segment->rows());
        m_segment->ints(IntField::Flags).decode(m_flags.values);
        m_flags.decoded = true;
    }
    return m_flags.values;
}

void SegmentColumns::decode(NumberSource source, std::span<std::int64_t> out)
{
    const auto decodeColumn = [&](IntField field) { m_segment->ints(field).decode(out); };
    const auto decodeCosts = [&](CostPart part) { readCosts(*m_segment, part, m_cost, 0, out); };
    switch (source) {
    case NumberSource::InputTokens:
        return decodeColumn(IntField::InputTokens);
    case NumberSource::OutputTokens:
        return decodeColumn(IntField::OutputTokens);
    case NumberSource::CacheReadTokens:
        return decodeColumn(IntField::CacheReadTokens);
    case NumberSource::CacheWriteTokens:
        return decodeColumn(IntField::CacheWriteTokens);
    case NumberSource::ReasoningTokens:
        return decodeColumn(IntField::ReasoningTokens);
    case NumberSource::TotalTokens:
        return readTotalTokens(*m_segment, 0, out);
    case NumberSource::PromptTokens:
        return decodePromptTokens(out);
    case NumberSource::Cost:
        return decodeCosts(CostPart::Total);
    case NumberSource::CostInput:
        return decodeCosts(CostPart::Input);
    case NumberSource::CostOutput:
        return decodeCosts(CostPart::Output);
    case NumberSource::CostCacheRead:
        return decodeCosts(CostPart::CacheRead);
    case NumberSource::CostCacheWrite:
        return decodeCosts(CostPart::CacheWrite);
    case NumberSource::CostRequest:
        return decodeCosts(CostPart::Request);
    case NumberSource::CostWebSearch:
        return decodeCosts(CostPart::WebSearch);
    case NumberSource::CostOfUsers:
        return decodeCostOfUsers(out);
    }
}

void SegmentColumns::decode(RealSource source, std::span<double> out)
{
    if (source != RealSource::TokensPerSecond) {
        m_segment->reals(columnOf(source)).decode(out);
        return;
    }
    const auto tokens = numbers(NumberSource::OutputTokens);
    const auto latency = reals(RealSource::Latency);
    const auto eventFlags = flags();
    for (std::size_t row = 0; row < out.size(); ++row)
        out[row] = tokensPerSecond(tokens[row], latency[row], eventFlags[row]);
}

void SegmentColumns::decodePromptTokens(std::span<std::int64_t> out)
{
    const auto input = numbers(NumberSource::InputTokens);
    const auto cacheRead = numbers(NumberSource::CacheReadTokens);
    const auto cacheWrite = numbers(NumberSource::CacheWriteTokens);
    const auto eventFlags = flags();
    const auto add = [](std::int64_t &sum, std::int64_t tokens) {
        if (tokens == kMissing)
            return;
        if (sum == kMissing)
            sum = tokens;
        else if (__builtin_add_overflow(sum, tokens, &sum))
            sum = kMissing;
    };
    for (std::size_t row = 0; row < out.size(); ++row) {
        out[row] = input[row];
        if ((eventFlags[row] & CacheExclusiveFlag) != 0) {
            add(out[row], cacheRead[row]);
            add(out[row], cacheWrite[row]);
        }
    }
}

void SegmentColumns::decodeCostOfUsers(std::span<std::int64_t> out)
{
    const auto cost = numbers(NumberSource::Cost);
    const auto eventFlags = flags();
    std::vector<std::uint32_t> distinctId(out.size());
    std::vector<std::uint32_t> personId(out.size());
    m_segment->ints(IntField::DistinctId).decodeCodes(distinctId);
    m_segment->ints(IntField::PersonId).decodeCodes(personId);
    for (std::size_t row = 0; row < out.size(); ++row) {
        const bool nobody = (eventFlags[row] & AnonymousFlag) != 0 || (distinctId[row] | personId[row]) == 0;
        out[row] = nobody ? kMissing : cost[row];
    }
}

} // namespace genscope
