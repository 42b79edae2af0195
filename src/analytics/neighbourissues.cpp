// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/neighbourissues.h"

#include "analytics/rowissues.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace genscope {

namespace {

// --- Units

/// Fewer calls of a sender and model say nothing: twenty slow ones in a row have another cause than a unit.
constexpr std::int64_t kFewestCalls = 20;
/// Times taken with a clock in seconds have fractions; up to one in twenty comes out whole by chance, and not
/// nineteen.
constexpr double kMostlyWhole = 0.95;
/// What a call can take in seconds: no hosted model lets wait longer than that for its first token and then
/// gives less than a token a second; the slowest give five.
constexpr double kSlowestFirstToken = 30;
constexpr double kSlowestPerToken = 1;
/// The time-out of the OpenAI and Anthropic clients. The median call of no model takes that long; batches,
/// which do, come without a latency.
constexpr double kTimeout = 600;
/// A first token that many times later than the end is another unit, not a clock that was read too late.
constexpr double kFarOver = 10;
/// Beside latencies in milliseconds: a median first token after ten seconds is in milliseconds as well.
constexpr double kSlowFirstToken = 10;

bool isWhole(double seconds)
{
    return seconds >= 1 && seconds < 1e15 &&
           static_cast<double>(static_cast<std::int64_t>(seconds)) == seconds;
}

struct CallTimes
{
    std::vector<std::int64_t> kinds;
    std::vector<std::int64_t> flags;
    std::vector<std::int64_t> tokens;
    std::vector<std::uint32_t> libs;
    std::vector<std::uint32_t> models;
    std::vector<double> latencies;
    std::vector<double> ttfts;

    void read(const Segment &segment)
    {
        const std::size_t rows = segment.rows();
        const auto numbers = [&](IntField field, std::vector<std::int64_t> &out) {
            out.resize(rows);
            segment.ints(field).decode(out);
        };
        numbers(IntField::Kind, kinds);
        numbers(IntField::Flags, flags);
        numbers(IntField::OutputTokens, tokens);
        libs.resize(rows);
        segment.ints(IntField::Lib).decodeCodes(libs);
        models.resize(rows);
        segment.ints(IntField::Model).decodeCodes(models);
        latencies.resize(rows);
        segment.reals(RealField::Latency).decode(latencies);
        ttfts.resize(rows);
        segment.reals(RealField::TimeToFirstToken).decode(ttfts);
    }
    bool isCall(std::size_t row) const
    {
        return kinds[row] == static_cast<std::int64_t>(EventKind::Generation) || isEmbedding(row);
    }
    bool isEmbedding(std::size_t row) const
    {
        return kinds[row] == static_cast<std::int64_t>(EventKind::Embedding);
    }
    /// The longest time that the call can have taken.
    double bound(std::size_t row) const
    {
        if (isEmbedding(row))
            return kSlowestFirstToken;
        if (tokens[row] == kMissing)
            return kTimeout;
        return kSlowestFirstToken + kSlowestPerToken * static_cast<double>(tokens[row]);
    }
    std::uint64_t groupOf(std::size_t row) const
    {
        return std::uint64_t{libs[row]} << 33 | std::uint64_t{models[row]} << 1 | (isEmbedding(row) ? 1 : 0);
    }
};

/// The times of one sender's successful calls of one model.
struct UnitGroup
{
    std::int64_t latencies = 0;
    std::int64_t wholeLatencies = 0;
    std::int64_t longLatencies = 0; ///< beyond what the call can have taken
    std::int64_t timedOut = 0;      ///< beyond kTimeout
    std::int64_t ttfts = 0;
    std::int64_t wholeTtfts = 0;
    std::int64_t longTtfts = 0; ///< beyond the call's end, or what it can have taken
    std::int64_t farTtfts = 0;  ///< far beyond the end
    std::int64_t slowTtfts = 0; ///< beyond kSlowFirstToken
    std::int64_t ttftsWithLatency = 0;
    std::int64_t fittingTtfts = 0; ///< as milliseconds, before the end
    bool latencyInMs = false;
    bool ttftInMs = false;

    void add(double latency, double ttft, double bound)
    {
        if (latency > 0) {
            ++latencies;
            wholeLatencies += isWhole(latency);
            longLatencies += latency > bound;
            timedOut += latency > kTimeout;
        }
        if (ttft > 0) {
            ++ttfts;
            wholeTtfts += isWhole(ttft);
            longTtfts += ttft > bound || ttft > latency;
            slowTtfts += ttft > kSlowFirstToken;
            ttftsWithLatency += latency > 0;
            farTtfts += ttft > kFarOver * latency;
            fittingTtfts += ttft / 1000 <= latency;
        }
    }

    void decide()
    {
        const auto half = [](std::int64_t part, std::int64_t all) { return 2 * part > all; };
        const auto mostly = [](std::int64_t part, std::int64_t all) {
            return static_cast<double>(part) >= kMostlyWhole * static_cast<double>(all);
        };
        latencyInMs = latencies >= kFewestCalls && half(longLatencies, latencies) &&
                      (mostly(wholeLatencies, latencies) || half(timedOut, latencies));
        if (ttfts < kFewestCalls)
            return;
        if (latencyInMs)
            ttftInMs = half(slowTtfts, ttfts);
        else
            ttftInMs = half(longTtfts, ttfts) && mostly(fittingTtfts, ttftsWithLatency) &&
                       (mostly(wholeTtfts, ttfts) || half(farTtfts, ttfts));
    }
};

using UnitGroups = std::unordered_map<std::uint64_t, UnitGroup>;

/// The group of a key; senders come in runs, so that the last one is tried first.
class GroupFinder
{
public:
    explicit GroupFinder(UnitGroups &groups) : m_groups(groups) {}
    UnitGroup &of(std::uint64_t key)
    {
        if (m_last == nullptr || key != m_key) {
            m_key = key;
            m_last = &m_groups[key]; // stays where it is while the map grows
        }
        return *m_last;
    }

private:
    UnitGroups &m_groups;
    std::uint64_t m_key = 0;
    UnitGroup *m_last = nullptr;
};

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::DataIssue", "Stopped."));
}

void mark(const Snapshot &snapshot, RestIssues &issues, std::size_t segment, std::size_t row, DataIssue issue)
{
    if (issues[segment].empty())
        issues[segment].resize(snapshot.segment(segment).rows());
    issues[segment][row] |= restBit(issue);
}

/// A unit is a matter of the sender, not of the value: in a group in milliseconds every time of a millisecond
/// or more is marked, but where they are whole only whole ones.
bool isMarked(double time, bool wholeGroup)
{
    return time >= 1 && (!wholeGroup || isWhole(time));
}

} // namespace

Status findUnitIssues(const Snapshot &snapshot, RestIssues &issues, const StopToken &stop)
{
    UnitGroups groups;
    GroupFinder finder(groups);
    CallTimes times;
    for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
        if (stop.stopRequested())
            return cancelled();
        times.read(snapshot.segment(segment));
        for (std::size_t row = 0; row < times.kinds.size(); ++row) {
            if (times.isCall(row) && (times.flags[row] & IsErrorFlag) == 0)
                finder.of(times.groupOf(row)).add(times.latencies[row], times.ttfts[row], times.bound(row));
        }
    }
    bool any = false;
    for (auto &[key, group] : groups) {
        group.decide();
        any |= group.latencyInMs || group.ttftInMs;
    }
    for (std::size_t segment = 0; any && segment < snapshot.segmentCount(); ++segment) {
        times.read(snapshot.segment(segment));
        for (std::size_t row = 0; row < times.kinds.size(); ++row) {
            if (!times.isCall(row))
                continue;
            const UnitGroup &group = finder.of(times.groupOf(row));
            if (group.latencyInMs &&
                isMarked(times.latencies[row], 2 * group.wholeLatencies > group.latencies))
                mark(snapshot, issues, segment, row, DataIssue::LatencyInMs);
            if (group.ttftInMs && isMarked(times.ttfts[row], 2 * group.wholeTtfts > group.ttfts))
                mark(snapshot, issues, segment, row, DataIssue::TtftInMs);
        }
    }
    return Done{};
}

// --- Traces

namespace {

/// Fewer traces of a sender may well be short ones.
constexpr std::int64_t kFewestTraces = 50;
/// Senders that do not hand trace ids on have (nearly) no trace of two calls; those that do have some.
constexpr double kNearlyAllLone = 0.95;

// What is known of a trace, in one byte.
constexpr std::uint8_t kSeen = 1;
constexpr std::uint8_t kSeenAgain = 2;
constexpr std::uint8_t kHasGeneration = 4;

struct TraceRows
{
    std::vector<std::uint32_t> traces;
    std::vector<std::uint32_t> sessions;
    std::vector<std::uint32_t> libs;
    std::vector<std::int64_t> kinds;

    void read(const Segment &segment)
    {
        const auto codes = [&](IntField field, std::vector<std::uint32_t> &out) {
            out.resize(segment.rows());
            segment.ints(field).decodeCodes(out);
        };
        codes(IntField::Trace, traces);
        codes(IntField::Session, sessions);
        codes(IntField::Lib, libs);
        kinds.resize(segment.rows());
        segment.ints(IntField::Kind).decode(kinds);
    }
    bool isGeneration(std::size_t row) const
    {
        return traces[row] != 0 && kinds[row] == static_cast<std::int64_t>(EventKind::Generation);
    }
    bool isNode(std::size_t row) const
    {
        return isGeneration(row) ||
               (traces[row] != 0 && (kinds[row] == static_cast<std::int64_t>(EventKind::Embedding) ||
                                     kinds[row] == static_cast<std::int64_t>(EventKind::Span)));
    }
};

/// Calls @p visit(rows of a segment, segment, row) for every row.
template<typename Visit>
Status forEachTraceRow(const Snapshot &snapshot, const StopToken &stop, Visit visit)
{
    TraceRows rows;
    for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
        if (stop.stopRequested())
            return cancelled();
        rows.read(snapshot.segment(segment));
        for (std::size_t row = 0; row < rows.traces.size(); ++row)
            visit(rows, segment, row);
    }
    return Done{};
}

} // namespace

Status findLoneCalls(const Snapshot &snapshot, RestIssues &issues, const StopToken &stop)
{
    struct Sender
    {
        std::int64_t traces = 0;
        std::int64_t lone = 0;
        bool isLone() const
        {
            return traces >= kFewestTraces &&
                   static_cast<double>(lone) >= kNearlyAllLone * static_cast<double>(traces);
        }
    };
    std::vector<std::uint8_t> known(snapshot.dictionary(DictField::Trace).size());
    std::vector<Sender> senders(snapshot.dictionary(DictField::Lib).size());
    // A trace that is one turn of a session is as it should be.
    const auto isLone = [&known](const TraceRows &rows, std::size_t row) {
        return rows.isGeneration(row) && rows.sessions[row] == 0 &&
               (known[rows.traces[row]] & kSeenAgain) == 0;
    };
    Status done = forEachTraceRow(snapshot, stop, [&](const TraceRows &rows, std::size_t, std::size_t row) {
        std::uint8_t &trace = known[rows.traces[row]];
        trace |= (trace & kSeen) != 0 ? kSeenAgain : kSeen;
        if (!rows.isGeneration(row) || (trace & kHasGeneration) != 0)
            return;
        trace |= kHasGeneration;
        ++senders[rows.libs[row]].traces;
    });
    const auto few = [&senders] {
        return std::none_of(senders.begin(), senders.end(),
                            [](const Sender &sender) { return sender.traces >= kFewestTraces; });
    };
    if (!done || few())
        return done;
    done = forEachTraceRow(snapshot, stop, [&](const TraceRows &rows, std::size_t, std::size_t row) {
        senders[rows.libs[row]].lone += isLone(rows, row);
    });
    if (!done ||
        std::none_of(senders.begin(), senders.end(), [](const Sender &sender) { return sender.isLone(); }))
        return done;
    return forEachTraceRow(snapshot, stop, [&](const TraceRows &rows, std::size_t segment, std::size_t row) {
        if (isLone(rows, row) && senders[rows.libs[row]].isLone())
            mark(snapshot, issues, segment, row, DataIssue::OnePerTrace);
    });
}

namespace {

/// The hashes that occur more than once; 0 is none.
std::unordered_set<std::uint64_t> repeated(const std::vector<std::uint64_t> &hashes)
{
    std::vector<std::uint64_t> sorted;
    sorted.reserve(hashes.size());
    std::copy_if(hashes.begin(), hashes.end(), std::back_inserter(sorted),
                 [](std::uint64_t hash) { return hash != 0; });
    std::sort(sorted.begin(), sorted.end());
    std::unordered_set<std::uint64_t> found;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i] == sorted[i - 1])
            found.insert(sorted[i]);
    }
    return found;
}

} // namespace

Status findDuplicateSpans(const DataContext &context, RestIssues &issues)
{
    if (context.source == nullptr)
        return Done{};
    const Snapshot &snapshot = *context.snapshot;
    std::vector<std::uint8_t> known(snapshot.dictionary(DictField::Trace).size());
    Status done =
        forEachTraceRow(snapshot, context.stop, [&](const TraceRows &rows, std::size_t, std::size_t row) {
            if (rows.isNode(row))
                known[rows.traces[row]] |= (known[rows.traces[row]] & kSeen) != 0 ? kSeenAgain : kSeen;
        });
    if (!done)
        return done;
    RowSet wanted(snapshot.rows());
    done = forEachTraceRow(snapshot, context.stop,
                           [&](const TraceRows &rows, std::size_t segment, std::size_t row) {
                               if (rows.isNode(row) && (known[rows.traces[row]] & kSeenAgain) != 0)
                                   wanted.set(segment * Segment::kRows + row);
                           });
    if (!done)
        return done;

    // Hashes of 64 bits: among ten million ids, two different ones share one in three of a million stores.
    // One for each row, 0 for none; and their sorted copy, in which equal ones meet.
    std::vector<std::uint64_t> hashes(snapshot.rows());
    done = context.source->readSpanIds(
        wanted,
        [&](std::size_t row, std::string_view id) {
            const auto trace = static_cast<std::uint64_t>(snapshot.intAt(row, IntField::Trace));
            const std::uint64_t mixed = (trace + 1) * 0x9E3779B97F4A7C15u; // spreads small numbers
            hashes[row] = std::hash<std::string_view>()(id) ^ mixed;
        },
        context.stop);
    if (!done)
        return done;
    const std::unordered_set<std::uint64_t> shared = repeated(hashes);
    for (std::size_t row = 0; !shared.empty() && row < hashes.size(); ++row) {
        if (hashes[row] != 0 && shared.contains(hashes[row]))
            mark(snapshot, issues, row / Segment::kRows, row % Segment::kRows, DataIssue::DuplicateSpan);
    }
    return Done{};
}

} // namespace genscope
