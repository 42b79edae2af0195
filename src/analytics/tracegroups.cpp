// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/tracegroups.h"

#include <QCoreApplication>

namespace genscope {

namespace {

/// The identities of one segment's events, decoded.
struct Identities
{
    std::vector<std::uint32_t> traces;
    std::vector<std::uint32_t> sessions;

    void read(const Segment &segment)
    {
        traces.resize(segment.rows());
        sessions.resize(segment.rows());
        segment.ints(IntField::Trace).decodeCodes(traces);
        segment.ints(IntField::Session).decodeCodes(sessions);
    }
};

/// Numbers the marked codes but 0, which stands for none.
std::uint32_t numberMarked(const std::vector<std::uint8_t> &marks, std::vector<std::uint32_t> &groupOf)
{
    groupOf.assign(marks.size(), TraceGroups::kNone);
    std::uint32_t count = 0;
    for (std::size_t code = 1; code < marks.size(); ++code) {
        if (marks[code] != 0)
            groupOf[code] = count++;
    }
    return count;
}

/// Calls @p visit(trace, session) for the rows.
template<typename Visit>
void forEachIdentity(const RowSet &rows, const Snapshot &snapshot, Visit visit)
{
    Identities ids;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        ids.read(snapshot.segment(i));
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + ids.traces.size(),
                     [&](std::size_t row) { visit(ids.traces[row - first], ids.sessions[row - first]); });
    }
}

/// By trace code: the session that the trace's earliest event with a session names; 0: none.
std::vector<std::uint32_t> sessionsOfTraces(const Snapshot &snapshot)
{
    const std::size_t count = snapshot.dictionary(DictField::Trace).size();
    std::vector<std::uint32_t> sessionOf(count);
    std::vector<std::int64_t> seenUs(count, std::numeric_limits<std::int64_t>::max());
    Identities ids;
    std::vector<std::int64_t> times;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        ids.read(segment);
        times.resize(segment.rows());
        segment.ints(IntField::Timestamp).decode(times);
        for (std::size_t row = 0; row < segment.rows(); ++row) {
            const std::uint32_t trace = ids.traces[row];
            if (trace != 0 && ids.sessions[row] != 0 && times[row] < seenUs[trace]) {
                seenUs[trace] = times[row];
                sessionOf[trace] = ids.sessions[row];
            }
        }
    }
    return sessionOf;
}

} // namespace

TraceGroups TraceGroups::byTrace(const RowSet &rows, const Snapshot &snapshot)
{
    std::vector<std::uint8_t> marks(snapshot.dictionary(DictField::Trace).size());
    forEachIdentity(rows, snapshot, [&](std::uint32_t trace, std::uint32_t) { marks[trace] = 1; });
    TraceGroups groups;
    groups.count = numberMarked(marks, groups.ofTrace);
    return groups;
}

TraceGroups TraceGroups::bySession(const RowSet &rows, const Snapshot &snapshot,
                                   std::vector<std::uint32_t> &sessionOfGroup)
{
    const std::vector<std::uint32_t> sessionOf = sessionsOfTraces(snapshot);
    std::vector<std::uint8_t> marks(snapshot.dictionary(DictField::Session).size());
    forEachIdentity(rows, snapshot, [&](std::uint32_t trace, std::uint32_t session) {
        marks[trace != 0 ? sessionOf[trace] : session] = 1;
    });
    TraceGroups groups;
    groups.count = numberMarked(marks, groups.ofSession);
    sessionOfGroup.resize(groups.count);
    for (std::uint32_t code = 0; code < groups.ofSession.size(); ++code) {
        if (groups.ofSession[code] != kNone)
            sessionOfGroup[groups.ofSession[code]] = code;
    }
    groups.ofTrace.reserve(sessionOf.size());
    for (const std::uint32_t session : sessionOf)
        groups.ofTrace.push_back(groups.ofSession[session]);
    return groups;
}

Result<RowSet> TraceGroups::rows(const Snapshot &snapshot, const StopToken &stop) const
{
    RowSet all(snapshot.rows());
    Identities ids;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("genscope::Rollup", "Stopped."));
        ids.read(snapshot.segment(i));
        for (std::size_t row = 0; row < ids.traces.size(); ++row) {
            if (of(ids.traces[row], ids.sessions[row]) != kNone)
                all.set(i * Segment::kRows + row);
        }
    }
    return all;
}

} // namespace genscope
