// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rollup.h"

#include "analytics/columnreaders.h"
#include "analytics/knownsum.h"
#include "analytics/tracegroups.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Rollup", "Stopped."));
}

bool isSpending(EventKind kind)
{
    return kind == EventKind::Generation || kind == EventKind::Embedding;
}

/// The six events that PostHog's traces are made of.
bool isTracing(EventKind kind)
{
    return kind != EventKind::Evaluation && kind != EventKind::Other;
}

struct Span
{
    std::int64_t beginUs = 0;
    std::int64_t endUs = 0;
};

/// Microseconds in which at least one of the spans was running. Reorders them.
std::int64_t unionLength(std::vector<Span>::iterator begin, std::vector<Span>::iterator end)
{
    std::sort(begin, end, [](const Span &a, const Span &b) { return a.beginUs < b.beginUs; });
    std::int64_t total = 0;
    std::int64_t covered = std::numeric_limits<std::int64_t>::min();
    for (auto span = begin; span != end; ++span) {
        const std::int64_t from = std::max(span->beginUs, covered);
        if (span->endUs > from) {
            total += span->endUs - from;
            covered = span->endUs;
        }
    }
    return total;
}

/// What a trace needs to know about itself only while its events are read.
struct Pending
{
    std::int64_t sessionUs = std::numeric_limits<std::int64_t>::max();
    std::int64_t nameUs = std::numeric_limits<std::int64_t>::max();
    std::int64_t userUs = std::numeric_limits<std::int64_t>::max();
    std::int64_t customerUs = std::numeric_limits<std::int64_t>::max();
    std::uint32_t spans = 0; ///< events with a latency
    bool nameFromTrace = false;
    bool userFromTrace = false;
    bool otherLatency = false; ///< an event that is no generation has a latency above 0
    double generationLatency = TraceSummary::kNone;
    double rootLatency = TraceSummary::kNone;
    double traceLatency = TraceSummary::kNone;
    double stepLatency = TraceSummary::kNone;
    std::uint32_t lastTools = 0; ///< set of tool names added last: most traces repeat few sets
};

/// One segment's columns, decoded.
struct Columns
{
    std::vector<std::uint32_t> trace, session, name, distinctId, personId;
    std::vector<std::int64_t> time, kind, flags, input, output;
    std::vector<double> latency;
    std::vector<std::int64_t> costScratch;
    std::vector<std::uint32_t> toolScratch, customerScratch;
    std::span<const std::int64_t> cost;
    std::span<const std::uint32_t> tools, customer; ///< customer may be empty
};

void decodeCodes(const Segment &segment, IntField field, std::vector<std::uint32_t> &out)
{
    out.resize(segment.rows());
    segment.ints(field).decodeCodes(out);
}

void decodeInts(const Segment &segment, IntField field, std::vector<std::int64_t> &out)
{
    out.resize(segment.rows());
    segment.ints(field).decode(out);
}

/// Sums the events of each group in one pass over the columns.
class Rollup
{
public:
    Rollup(TraceGroups groups, const QueryContext &context)
        : m_context(context),
          m_snapshot(*context.data.snapshot),
          m_users(m_snapshot.users()),
          m_groups(std::move(groups)),
          m_traces(m_groups.count),
          m_pending(m_groups.count)
    {
        for (TraceSummary &trace : m_traces) {
            trace.firstSeenUs = trace.startedUs = std::numeric_limits<std::int64_t>::max();
            trace.lastSeenUs = trace.endedUs = std::numeric_limits<std::int64_t>::min();
        }
    }

    Result<std::vector<TraceSummary>> run()
    {
        for (const Status &opened : {open(Field::Id::Cost, m_cost), open(Field::Id::Tool, m_tools),
                                     open(Field::Id::Customer, m_customer)}) {
            if (!opened)
                return opened.error();
        }
        if (m_customer->type() != FieldReader::Type::Text || m_customer->manyValued())
            m_customer = nullptr;
        m_spans.reserve(m_snapshot.rows());
        m_traceOfSpan.reserve(m_snapshot.rows());
        for (std::size_t i = 0; i < m_snapshot.segmentCount(); ++i) {
            if (m_context.data.stop.stopRequested())
                return cancelled();
            readSegment(i);
        }
        finishLatencies();
        return std::move(m_traces);
    }

private:
    Status open(Field::Id id, std::shared_ptr<const FieldReader> &reader)
    {
        Field field;
        field.id = id;
        auto opened = m_context.cache->open(field, m_context.data);
        if (!opened)
            return opened.error();
        reader = std::move(*opened);
        return Done{};
    }

    bool concerns(const std::vector<std::uint32_t> &traces, const std::vector<std::uint32_t> &sessions) const
    {
        for (std::size_t row = 0; row < traces.size(); ++row) {
            if (m_groups.of(traces[row], sessions[row]) != TraceGroups::kNone)
                return true;
        }
        return false;
    }

    void readSegment(std::size_t segmentIndex)
    {
        const Segment &segment = m_snapshot.segment(segmentIndex);
        Columns &c = m_columns;
        decodeCodes(segment, IntField::Trace, c.trace);
        decodeCodes(segment, IntField::Session, c.session);
        if (!concerns(c.trace, c.session))
            return;
        decodeCodes(segment, IntField::SpanName, c.name);
        decodeCodes(segment, IntField::DistinctId, c.distinctId);
        decodeCodes(segment, IntField::PersonId, c.personId);
        decodeInts(segment, IntField::Timestamp, c.time);
        decodeInts(segment, IntField::Kind, c.kind);
        decodeInts(segment, IntField::Flags, c.flags);
        decodeInts(segment, IntField::InputTokens, c.input);
        decodeInts(segment, IntField::OutputTokens, c.output);
        c.latency.resize(segment.rows());
        segment.reals(RealField::Latency).decode(c.latency);
        c.cost = m_cost->ints(segmentIndex, c.costScratch);
        c.tools = m_tools->codes(segmentIndex, c.toolScratch);
        if (m_customer)
            c.customer = m_customer->codes(segmentIndex, c.customerScratch);
        for (std::size_t row = 0; row < segment.rows(); ++row) {
            if (const std::uint32_t index = m_groups.of(c.trace[row], c.session[row]);
                index != TraceGroups::kNone)
                addEvent(index, row);
        }
    }

    void addEvent(std::uint32_t index, std::size_t row)
    {
        const Columns &c = m_columns;
        TraceSummary &trace = m_traces[index];
        const auto kind = static_cast<EventKind>(c.kind[row]);
        const bool isError = (c.flags[row] & IsErrorFlag) != 0;
        trace.firstSeenUs = std::min(trace.firstSeenUs, c.time[row]);
        trace.lastSeenUs = std::max(trace.lastSeenUs, c.time[row]);
        trace.startedUs = std::min(trace.startedUs, c.time[row]);
        trace.endedUs = std::max(trace.endedUs, c.time[row]);
        ++trace.events;
        trace.generations += kind == EventKind::Generation;
        trace.embeddings += kind == EventKind::Embedding;
        trace.spans += kind == EventKind::Span;
        trace.errors += isError && isTracing(kind);
        if (isSpending(kind)) {
            addKnown(trace.inputTokens, c.input[row]);
            addKnown(trace.outputTokens, c.output[row]);
            addKnown(trace.costPico, c.cost[row]);
            const bool costsNothing = isError && c.input[row] == kMissing && c.output[row] == kMissing;
            trace.unpriced += c.cost[row] == kMissing && !costsNothing;
        }
        if (kind == EventKind::Generation && c.tools[row] != 0)
            addTools(index, c.tools[row]);
        addIdentity(index, row, kind);
        if (!std::isnan(c.latency[row]))
            addLatency(index, row, kind);
    }

    void addIdentity(std::uint32_t index, std::size_t row, EventKind kind)
    {
        const Columns &c = m_columns;
        TraceSummary &trace = m_traces[index];
        Pending &pending = m_pending[index];
        const std::int64_t time = c.time[row];
        const auto keepEarliest = [time](std::uint32_t code, std::uint32_t &kept, std::int64_t &keptUs) {
            if (code != 0 && time < keptUs) {
                kept = code;
                keptUs = time;
            }
        };
        // What the trace's own event says goes before what its steps say.
        const auto preferTrace = [&](std::uint32_t code, std::uint32_t &kept, std::int64_t &keptUs,
                                     bool &fromTrace) {
            const bool isTrace = kind == EventKind::Trace;
            if (code == 0 || (fromTrace && !isTrace))
                return;
            if (isTrace && !fromTrace) {
                fromTrace = true;
                keptUs = std::numeric_limits<std::int64_t>::max();
            }
            keepEarliest(code, kept, keptUs);
        };
        keepEarliest(c.session[row], trace.session, pending.sessionUs);
        if (!c.customer.empty())
            keepEarliest(c.customer[row], trace.customer, pending.customerUs);
        preferTrace(c.name[row], trace.name, pending.nameUs, pending.nameFromTrace);
        preferTrace(m_users.keyOf(c.distinctId[row], c.personId[row], c.flags[row]), trace.user,
                    pending.userUs, pending.userFromTrace);
    }

    void addTools(std::uint32_t index, std::uint32_t set)
    {
        Pending &pending = m_pending[index];
        if (pending.lastTools == set)
            return;
        pending.lastTools = set;
        std::vector<std::uint32_t> &tools = m_traces[index].tools;
        for (const std::uint32_t tool : m_tools->membersOf(set)) {
            const auto place = std::lower_bound(tools.begin(), tools.end(), tool);
            if (place == tools.end() || *place != tool)
                tools.insert(place, tool);
        }
    }

    void addLatency(std::uint32_t index, std::size_t row, EventKind kind)
    {
        const Columns &c = m_columns;
        Pending &pending = m_pending[index];
        const double latency = c.latency[row];
        ++pending.spans;
        const std::int64_t time = c.time[row];
        const std::int64_t length = std::max<std::int64_t>(0, time - startedUs(time, 0, latency));
        const std::int64_t begin = startedUs(time, c.flags[row], latency);
        const Span span{std::min(begin, time), std::min(begin, time) + length};
        m_spans.push_back(span);
        m_traces[index].startedUs = std::min(m_traces[index].startedUs, span.beginUs);
        m_traces[index].endedUs = std::max(m_traces[index].endedUs, span.endUs);
        m_traceOfSpan.push_back(index);

        if (!isTracing(kind))
            return;
        if (kind == EventKind::Generation)
            addKnown(pending.generationLatency, latency);
        else
            pending.otherLatency = pending.otherLatency || latency > 0;
        if ((c.flags[row] & RootFlag) != 0)
            addKnown(pending.rootLatency, latency);
        if (kind == EventKind::Trace)
            addKnown(pending.traceLatency, latency);
        if (isSpending(kind) || kind == EventKind::Span)
            addKnown(pending.stepLatency, latency);
    }

    void finishLatencies()
    {
        // Counting sort: each trace's spans side by side.
        std::vector<std::size_t> place(m_traces.size() + 1);
        for (std::size_t i = 0; i < m_traces.size(); ++i)
            place[i + 1] = place[i] + m_pending[i].spans;
        std::vector<Span> spans(m_spans.size());
        std::vector<std::size_t> next(place.begin(), place.end() - 1);
        for (std::size_t i = 0; i < m_spans.size(); ++i)
            spans[next[m_traceOfSpan[i]]++] = m_spans[i];

        for (std::size_t i = 0; i < m_traces.size(); ++i) {
            TraceSummary &trace = m_traces[i];
            const Pending &pending = m_pending[i];
            const bool onlyGenerations = !pending.otherLatency && pending.generationLatency > 0;
            trace.latencyPostHog = onlyGenerations ? pending.generationLatency : pending.rootLatency;
            trace.latencyInSession =
                std::isnan(pending.traceLatency) ? pending.stepLatency : pending.traceLatency;
            if (place[i] == place[i + 1])
                continue;
            const auto first = spans.begin() + static_cast<std::ptrdiff_t>(place[i]);
            trace.latencyWall =
                static_cast<double>(unionLength(first, first + static_cast<std::ptrdiff_t>(pending.spans))) /
                1e6;
        }
    }

    const QueryContext &m_context;
    const Snapshot &m_snapshot;
    const Snapshot::Users &m_users;
    std::shared_ptr<const FieldReader> m_cost, m_tools, m_customer;
    TraceGroups m_groups;
    std::vector<TraceSummary> m_traces;
    std::vector<Pending> m_pending;
    std::vector<Span> m_spans;
    std::vector<std::uint32_t> m_traceOfSpan;
    Columns m_columns;
};

/// By a start [us], latest first; equal ones stay in order. Sorts small keys, then moves the items in place:
/// summaries are large, and a second copy of them costs more than the sorting.
template<typename Item, typename StartOf>
std::vector<Item> newestFirst(std::vector<Item> items, StartOf startOf)
{
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    order.reserve(items.size());
    for (std::uint32_t i = 0; i < items.size(); ++i)
        order.emplace_back(-startOf(items[i]), i);
    std::sort(order.begin(), order.end());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        // Follow the cycle that begins here; a place that is done points to itself.
        std::uint32_t at = place;
        while (order[at].second != place) {
            const std::uint32_t from = order[at].second;
            std::swap(items[at], items[from]);
            order[at].second = at;
            at = from;
        }
        order[at].second = at;
    }
    return items;
}

} // namespace

Result<std::vector<TraceSummary>> summariseTraces(const RowSet &rows, const QueryContext &context)
{
    TraceGroups groups = TraceGroups::byTrace(rows, *context.data.snapshot);
    const std::vector<std::uint32_t> groupOf = groups.ofTrace;
    auto traces = Rollup(std::move(groups), context).run();
    if (!traces)
        return traces.error();
    for (std::uint32_t code = 0; code < groupOf.size(); ++code) {
        if (groupOf[code] != TraceGroups::kNone)
            (*traces)[groupOf[code]].trace = code;
    }
    return newestFirst(std::move(*traces), [](const TraceSummary &trace) { return trace.firstSeenUs; });
}

Result<std::vector<SessionSummary>> summariseSessions(const RowSet &rows, const QueryContext &context)
{
    const Snapshot &snapshot = *context.data.snapshot;
    std::vector<std::uint32_t> codeOfGroup;
    const TraceGroups groups = TraceGroups::bySession(rows, snapshot, codeOfGroup);
    auto totals = Rollup(groups, context).run();
    if (!totals)
        return totals.error();
    std::vector<SessionSummary> sessions(totals->size());
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        sessions[i].totals = std::move((*totals)[i]);
        sessions[i].totals.session = codeOfGroup[i];
        sessions[i].totals.latencyPostHog = TraceSummary::kNone;
    }

    const auto members = groups.rows(snapshot, context.data.stop);
    if (!members)
        return members.error();
    const auto traces = summariseTraces(*members, context);
    if (!traces)
        return traces.error();
    for (const TraceSummary &trace : *traces) {
        SessionSummary &session = sessions[groups.ofTrace[trace.trace]];
        ++session.traces;
        addKnown(session.totals.latencyPostHog, trace.latencyInSession);
    }
    return newestFirst(std::move(sessions),
                       [](const SessionSummary &session) { return session.totals.lastSeenUs; });
}

Result<RowSet> rowsOfTraces(const RowSet &rows, const QueryContext &context)
{
    const Snapshot &snapshot = *context.data.snapshot;
    return TraceGroups::byTrace(rows, snapshot).rows(snapshot, context.data.stop);
}

Result<RowSet> rowsOfSessions(const RowSet &rows, const QueryContext &context)
{
    const Snapshot &snapshot = *context.data.snapshot;
    std::vector<std::uint32_t> codes;
    return TraceGroups::bySession(rows, snapshot, codes).rows(snapshot, context.data.stop);
}

} // namespace genscope
