// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowissues.h"

#include "analytics/costmode.h"
#include "core/zone.h"
#include "pricing/costrules.h"

#include <algorithm>
#include <bit>

namespace genscope {

namespace {

/// Both times are often rounded to a millisecond, each for itself.
constexpr double kRoundingSeconds = 0.001;
/// This computer's clock or zone may be wrong, but not by more than a day.
constexpr std::int64_t kMostAheadOfUsUs = 24LL * 3600 * kMicrosPerSecond;
constexpr std::int64_t kFirstFailedStatus = 400;
/// What proxies log for a client that went away: the call did not fail.
constexpr std::int64_t kClientClosed = 499;

constexpr std::size_t kBlock = 1024;
using Block = std::array<std::int64_t, kBlock>;

std::uint16_t bit(DataIssue issue, bool has)
{
    return static_cast<std::uint16_t>(has ? issueBit(issue) : 0);
}

/// Looks at the rows of a segment block by block, so that what lies between columns stays in the nearest
/// cache.
class RowCheck
{
public:
    RowCheck(const Segment &segment, const Snapshot &snapshot)
        : m_segment(segment),
          m_snapshot(snapshot),
          m_futureUs(currentTime().us + kMostAheadOfUsUs),
          m_anyCache(!ints(IntField::CacheReadTokens).isMissing() ||
                     !ints(IntField::CacheWriteTokens).isMissing()),
          m_anyTtft(!segment.reals(RealField::TimeToFirstToken).isMissing()),
          m_anyFuture(segment.latestUs() > m_futureUs)
    {
    }

    RowIssues run()
    {
        RowIssues issues(m_segment.rows());
        bool any = false;
        for (std::size_t first = 0; first < issues.size(); first += kBlock) {
            const auto out = std::span(issues).subspan(first, std::min(kBlock, issues.size() - first));
            load(first, out.size());
            for (std::size_t i = 0; i < out.size(); ++i) {
                out[i] = issuesAt(first, i);
                any |= out[i] != 0;
            }
        }
        return any ? issues : RowIssues();
    }

private:
    const IntColumn &ints(IntField field) const { return m_segment.ints(field); }

    void load(std::size_t first, std::size_t count)
    {
        const auto read = [&](IntField field, Block &block) {
            ints(field).decode(std::span(block).first(count), first);
        };
        read(IntField::Kind, m_kind);
        read(IntField::Flags, m_flags);
        read(IntField::Trace, m_trace);
        read(IntField::Model, m_model);
        read(IntField::HttpStatus, m_status);
        read(IntField::InputTokens, m_input);
        read(IntField::OutputTokens, m_output);
        if (m_anyCache) {
            read(IntField::CacheReadTokens, m_cacheRead);
            read(IntField::CacheWriteTokens, m_cacheWrite);
        }
        if (m_anyFuture)
            read(IntField::Timestamp, m_time);
        m_segment.reals(RealField::Latency).decode(std::span(m_latency).first(count), first);
        if (m_anyTtft)
            m_segment.reals(RealField::TimeToFirstToken).decode(std::span(m_ttft).first(count), first);
    }

    std::uint16_t issuesAt(std::size_t first, std::size_t i) const
    {
        const auto kind = static_cast<EventKind>(m_kind[i]);
        const std::int64_t flags = m_flags[i];
        const bool generation = kind == EventKind::Generation;
        const bool call = generation || kind == EventKind::Embedding;
        const bool ok = (flags & IsErrorFlag) == 0;
        auto issues = static_cast<std::uint16_t>(
            bit(DataIssue::ClockAhead, (flags & AheadOfServerFlag) != 0) |
            bit(DataIssue::ClockBehind, (flags & FarBehindServerFlag) != 0) |
            bit(DataIssue::FutureTimestamp, m_anyFuture && m_time[i] > m_futureUs) |
            bit(DataIssue::TraceMissing,
                m_trace[i] == 0 && (call || kind == EventKind::Span || kind == EventKind::Trace)));
        if (!call)
            return issues;
        issues |= bit(DataIssue::AnonymousUser, (flags & AnonymousFlag) != 0);
        issues |= bit(DataIssue::ModelMissing, ok && m_model[i] == 0);
        issues |= bit(DataIssue::ErrorUnmarked,
                      ok && m_status[i] >= kFirstFailedStatus && m_status[i] != kClientClosed);
        issues |= bit(DataIssue::TokensNegative,
                      isNegative(m_input[i]) || isNegative(m_output[i]) ||
                          (m_anyCache && (isNegative(m_cacheRead[i]) || isNegative(m_cacheWrite[i]))));
        issues |= bit(DataIssue::CacheOverInput, m_anyCache && cachesMoreThanInput(first, i));
        if (!generation)
            return issues;
        issues |= bit(DataIssue::TokensMissing, ok && lacksTokens(i));
        issues |= bit(DataIssue::LatencyMissing, ok && std::isnan(m_latency[i]));
        issues |= bit(DataIssue::TtftAfterEnd, m_anyTtft && m_ttft[i] > m_latency[i] + kRoundingSeconds);
        return issues;
    }

    static bool isNegative(std::int64_t count) { return count < 0 && count != kMissing; }
    static std::int64_t known(std::int64_t count) { return count == kMissing ? 0 : count; }

    /// No successful call takes nothing in and gives nothing back: both zero is a sender that does not know.
    bool lacksTokens(std::size_t i) const
    {
        if (m_input[i] == kMissing || m_output[i] == kMissing)
            return true;
        return m_input[i] == 0 && m_output[i] == 0 &&
               (!m_anyCache || (known(m_cacheRead[i]) == 0 && known(m_cacheWrite[i]) == 0));
    }

    bool cachesMoreThanInput(std::size_t first, std::size_t i) const
    {
        const std::int64_t read = known(m_cacheRead[i]);
        const std::int64_t written = known(m_cacheWrite[i]);
        std::int64_t cached = 0;
        if (m_input[i] == kMissing || __builtin_add_overflow(read, written, &cached) || cached <= m_input[i])
            return false;
        if ((m_flags[i] & CacheExclusiveFlag) == 0)
            return true;
        // Outside of the input tokens: right where the event says so, and in Anthropic's way of counting.
        if ((m_flags[i] & CacheStatedFlag) != 0)
            return false;
        const auto provider = static_cast<std::uint32_t>(ints(IntField::Provider).at(first + i));
        const auto model = static_cast<std::uint32_t>(m_model[i]);
        return !isAnthropicStyle(m_snapshot.dictionary(DictField::Model).at(model),
                                 m_snapshot.dictionary(DictField::Provider).at(provider));
    }

    const Segment &m_segment;
    const Snapshot &m_snapshot;
    const std::int64_t m_futureUs;
    const bool m_anyCache;
    const bool m_anyTtft;
    const bool m_anyFuture;
    Block m_kind;
    Block m_flags;
    Block m_trace;
    Block m_model;
    Block m_status;
    Block m_input;
    Block m_output;
    Block m_cacheRead;
    Block m_cacheWrite;
    Block m_time;
    std::array<double, kBlock> m_latency;
    std::array<double, kBlock> m_ttft;
};

template<typename Mark>
void forEachBit(const RowBits &bits, Mark mark)
{
    for (std::size_t word = 0; word < bits.size(); ++word) {
        for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
            mark(word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
    }
}

} // namespace

RowIssues findRowIssues(const Segment &segment, const Snapshot &snapshot)
{
    return RowCheck(segment, snapshot).run();
}

std::vector<std::uint8_t> findCostIssues(const Segment &segment)
{
    std::vector<std::uint8_t> issues;
    const auto mark = [&](std::size_t row, DataIssue issue) {
        if (issues.empty())
            issues.resize(segment.rows());
        issues[row] |= restBit(issue);
    };
    const RowBits &unpriced = segment.unpricedRows(CostMode::Auto);
    if (!unpriced.empty()) {
        for (const EventKind kind : {EventKind::Generation, EventKind::Embedding}) {
            RowBits bits = segment.rowsOfKind(kind);
            for (std::size_t word = 0; word < bits.size(); ++word)
                bits[word] &= unpriced[word];
            forEachBit(bits, [&](std::size_t row) { mark(row, DataIssue::CostMissing); });
        }
    }
    constexpr std::array kCosts = {IntField::ReportedInput,   IntField::ReportedOutput,
                                   IntField::ReportedRequest, IntField::ReportedWebSearch,
                                   IntField::ReportedTotal,   IntField::BookInput,
                                   IntField::BookOutput};
    std::vector<std::int64_t> costs;
    for (const IntField field : kCosts) {
        const IntColumn &column = segment.ints(field);
        if (column.lowest() >= 0 || column.isMissing())
            continue;
        costs.resize(segment.rows());
        column.decode(costs);
        for (std::size_t row = 0; row < costs.size(); ++row) {
            if (costs[row] < 0 && costs[row] != kMissing)
                mark(row, DataIssue::CostNegative);
        }
    }
    return issues;
}

} // namespace genscope
