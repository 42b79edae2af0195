// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costcheck.h"

#include "analytics/dimension.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace genscope {

namespace {

using Cause = CostCheck::Cause;

constexpr double kTolerance = 0.005;      ///< of an amount
constexpr double kToleranceUsd = 5e-7;    ///< reported costs are often rounded to a millionth of a dollar
constexpr double kSameFactor = 0.02;      ///< spread of a factor that still is one price
constexpr std::int64_t kLeastFactors = 3; ///< calls; fewer are no rule

/// One call, in USD and tokens; NaN where not known.
struct Call
{
    double reported = NAN;
    double book = NAN;
    double input = NAN;
    double output = NAN;
    double cacheRead = NAN;
    double cacheWrite = NAN;
    double inputTokens = 0;
    double outputTokens = 0;
    double cacheTokens = 0;
    double reasoningTokens = 0;
};

bool isNear(double a, double b)
{
    return std::abs(a - b) <= std::max(std::abs(b) * kTolerance, kToleranceUsd);
}

/// USD of one fresh input token, as far as the book's parts tell.
double freshRate(const Call &call)
{
    const double cached = std::isnan(call.cacheRead) ? 0 : call.cacheRead;
    const double written = std::isnan(call.cacheWrite) ? 0 : call.cacheWrite;
    const double fresh = call.input - cached - written;
    for (const double tokens : {call.inputTokens - call.cacheTokens, call.inputTokens}) {
        if (tokens > 0 && fresh > 0)
            return fresh / tokens;
    }
    return 0;
}

/// What fits one call; Unknown where only a factor may.
Cause causeOf(const Call &call)
{
    if (isNear(call.reported, call.book))
        return Cause::None;
    if (call.reported < 0)
        return Cause::Negative;
    if (call.cacheTokens > 0) {
        const double fresh = freshRate(call) * call.cacheTokens;
        const double cached = std::isnan(call.cacheRead) ? 0 : call.cacheRead;
        if (fresh > 0 && isNear(call.reported, call.book - cached + fresh))
            return Cause::CacheAtFullPrice;
        if (fresh > 0 && isNear(call.reported, call.book + fresh))
            return Cause::CacheTwice;
    }
    if (call.reasoningTokens > 0 && call.outputTokens > 0) {
        const double inside = call.output * call.reasoningTokens / call.outputTokens;
        const double apart = call.output * call.reasoningTokens / (call.outputTokens + call.reasoningTokens);
        if (isNear(call.reported, call.book - inside) || isNear(call.reported, call.book - apart))
            return Cause::ReasoningMissing;
        if (isNear(call.reported, call.book + inside))
            return Cause::ReasoningTwice;
    }
    if (call.input > 0 && call.output > 0) {
        if (isNear(call.reported, call.input))
            return Cause::InputOnly;
        if (isNear(call.reported, call.output))
            return Cause::OutputOnly;
    }
    return Cause::Unknown;
}

/// A line while calls are added to it.
struct Sum
{
    CostCheck::Line line;
    std::array<double, CostCheck::kCauseCount> explained{}; ///< USD of difference, either way
    std::array<std::int64_t, CostCheck::kCauseCount> calls{};
    double leastFactor = INFINITY;
    double largestFactor = 0;

    void add(const Call &call, std::int64_t reported, std::int64_t book)
    {
        ++line.compared;
        line.reported += Money{reported};
        line.recomputed += Money{book};
        const Cause cause = causeOf(call);
        if (cause == Cause::None)
            return;
        ++line.differing;
        explained[static_cast<std::size_t>(cause)] += std::abs(call.reported - call.book);
        ++calls[static_cast<std::size_t>(cause)];
        if (cause == Cause::Unknown) {
            const double factor = call.book > 0 ? call.reported / call.book : 0;
            leastFactor = std::min(leastFactor, factor);
            largestFactor = std::max(largestFactor, factor);
        }
    }

    CostCheck::Line finished()
    {
        const auto largest = std::max_element(explained.begin(), explained.end());
        if (line.differing > 0) {
            const auto index = static_cast<std::size_t>(largest - explained.begin());
            line.cause = static_cast<Cause>(index);
            line.fitting = calls[index];
        }
        const bool oneFactor = largestFactor - leastFactor <= kSameFactor * largestFactor;
        if (line.cause == Cause::Unknown && oneFactor && largestFactor > 0 && line.fitting >= kLeastFactors) {
            line.cause = Cause::OtherPrice;
            line.factor = (leastFactor + largestFactor) / 2;
        }
        return line;
    }
};

/// The costs and counts of one segment's rows.
class SegmentCalls
{
public:
    explicit SegmentCalls(const Segment &segment)
    {
        const auto read = [&](CostPart part, CostMode mode) {
            std::vector<std::int64_t> costs(segment.rows());
            readCosts(segment, part, mode, 0, costs);
            return costs;
        };
        reported = read(CostPart::Total, CostMode::Reported);
        book = read(CostPart::Total, CostMode::Recomputed);
        m_input = read(CostPart::Input, CostMode::Recomputed);
        m_output = read(CostPart::Output, CostMode::Recomputed);
        m_cacheRead = read(CostPart::CacheRead, CostMode::Recomputed);
        m_cacheWrite = read(CostPart::CacheWrite, CostMode::Recomputed);
        m_flags.resize(segment.rows());
        segment.ints(IntField::Flags).decode(m_flags);
        constexpr std::array kFields = {IntField::InputTokens, IntField::OutputTokens,
                                        IntField::CacheReadTokens, IntField::ReasoningTokens};
        for (std::size_t i = 0; i < kFields.size(); ++i) {
            m_tokens[i].resize(segment.rows());
            segment.ints(kFields[i]).decode(m_tokens[i]);
        }
    }

    Call call(std::size_t row) const
    {
        const auto usd = [row](const std::vector<std::int64_t> &costs) {
            return costs[row] == kMissing ? NAN : static_cast<double>(costs[row]) / 1e12;
        };
        const auto tokens = [this, row](std::size_t field) {
            return m_tokens[field][row] == kMissing ? 0.0 : static_cast<double>(m_tokens[field][row]);
        };
        return {usd(reported),     usd(book), usd(m_input), usd(m_output), usd(m_cacheRead),
                usd(m_cacheWrite), tokens(0), tokens(1),    tokens(2),     tokens(3)};
    }

    /// Failed calls that counted no tokens are free, not unpriced.
    bool costsNothing(std::size_t row) const
    {
        return (m_flags[row] & IsErrorFlag) != 0 && m_tokens[0][row] == kMissing &&
               m_tokens[1][row] == kMissing;
    }

    std::vector<std::int64_t> reported;
    std::vector<std::int64_t> book;

private:
    std::vector<std::int64_t> m_input, m_output, m_cacheRead, m_cacheWrite;
    std::array<std::vector<std::int64_t>, 4> m_tokens;
    std::vector<std::int64_t> m_flags;
};

/// The values that lines are told apart by.
class Keys
{
public:
    Keys(std::shared_ptr<const FieldReader> reader, const Zone &zone)
        : m_reader(std::move(reader)), m_zone(zone)
    {
    }

    void load(const Segment &segment, std::size_t index)
    {
        if (m_reader) {
            m_codes = m_reader->codes(index, m_scratch);
            return;
        }
        m_times.resize(segment.rows());
        segment.ints(IntField::Timestamp).decode(m_times);
    }

    Cell at(std::size_t row) const
    {
        if (!m_reader)
            return m_zone.bucketStart(Timestamp{m_times[row]}, Interval::Day);
        const std::uint32_t code = m_codes[row];
        return code == 0 ? Cell() : Cell(std::string(m_reader->value(code)));
    }

private:
    std::shared_ptr<const FieldReader> m_reader;
    Zone m_zone;
    std::vector<std::uint32_t> m_scratch;
    std::span<const std::uint32_t> m_codes;
    std::vector<std::int64_t> m_times;
};

} // namespace

Result<CostCheck> checkCosts(const CheckBy &by, const Scope &scope, const RowSet &rows,
                             const QueryContext &context)
{
    std::shared_ptr<const FieldReader> reader;
    if (by.field) {
        auto opened = context.cache->open(*by.field, context.data);
        if (!opened)
            return opened.error();
        reader = std::move(*opened);
    }
    Keys keys(reader, scope.zone);
    CostCheck check;
    Sum all;
    std::map<Cell, Sum> sums;
    std::vector<std::int64_t> kinds;
    const Snapshot &snapshot = *context.data.snapshot;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (context.data.stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("genscope::CostCheck", "Stopped."));
        const Segment &segment = snapshot.segment(i);
        const SegmentCalls calls(segment);
        keys.load(segment, i);
        kinds.resize(segment.rows());
        segment.ints(IntField::Kind).decode(kinds);
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            const std::size_t at = row - first;
            if (kinds[at] != static_cast<std::int64_t>(EventKind::Generation))
                return;
            const bool isReported = calls.reported[at] != kMissing;
            const bool isBooked = calls.book[at] != kMissing;
            check.onlyReported += isReported && !isBooked;
            check.onlyRecomputed += !isReported && isBooked;
            check.unpriced += !isReported && !isBooked && !calls.costsNothing(at);
            if (!isReported || !isBooked)
                return;
            const Call call = calls.call(at);
            all.add(call, calls.reported[at], calls.book[at]);
            sums[keys.at(at)].add(call, calls.reported[at], calls.book[at]);
        });
    }
    check.all = all.finished();
    for (auto &[value, sum] : sums) {
        CostCheck::Line line = sum.finished();
        line.value = value;
        check.lines.push_back(std::move(line));
    }
    const auto size = [](const CostCheck::Line &line) {
        const Int128 pico = line.difference().pico;
        return pico < 0 ? -pico : pico;
    };
    std::stable_sort(check.lines.begin(), check.lines.end(),
                     [&](const auto &a, const auto &b) { return size(a) > size(b); });
    return check;
}

} // namespace genscope
