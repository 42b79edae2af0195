// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rollup.h"

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

/// Adds where there is a value; sums past 64 bits stay at the limit, so that nothing wraps.
void addTo(std::int64_t &sum, std::int64_t value)
{
    if (value == kMissing)
        return;
    if (sum == kMissing)
        sum = 0;
    if (__builtin_add_overflow(sum, value, &sum))
        sum = value > 0 ? std::numeric_limits<std::int64_t>::max() : kMissing + 1;
}

void addTo(double &sum, double value)
{
    sum = std::isnan(sum) ? value : sum + value;
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

/// Marks the traces that have an event in @p rows. Code 0, no trace, stays unmarked.
std::vector<std::uint8_t> tracesIn(const RowSet &rows, const Snapshot &snapshot)
{
    std::vector<std::uint8_t> marks(snapshot.dictionary(DictField::Trace).size());
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        decodeCodes(segment, IntField::Trace, codes);
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) { marks[codes[row - first]] = 1; });
    }
    if (!marks.empty())
        marks[0] = 0;
    return marks;
}

class TraceRollup
{
public:
    TraceRollup(const RowSet &rows, const QueryContext &context)
        : m_context(context), m_snapshot(*context.data.snapshot), m_users(m_snapshot.users())
    {
        const std::vector<std::uint8_t> marks = tracesIn(rows, m_snapshot);
        m_indexOfTrace.assign(marks.size(), kUnwanted);
        for (std::uint32_t code = 0; code < marks.size(); ++code) {
            if (marks[code] == 0)
                continue;
            m_indexOfTrace[code] = static_cast<std::uint32_t>(m_traces.size());
            m_traces.emplace_back().trace = code;
            m_traces.back().startedUs = std::numeric_limits<std::int64_t>::max();
            m_traces.back().endedUs = std::numeric_limits<std::int64_t>::min();
        }
        m_pending.resize(m_traces.size());
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
        for (std::size_t i = 0; i < m_snapshot.segmentCount(); ++i) {
            if (m_context.data.stop.stopRequested())
                return cancelled();
            readSegment(i);
        }
        finishLatencies();
        return newestFirst();
    }

private:
    static constexpr std::uint32_t kUnwanted = std::numeric_limits<std::uint32_t>::max();

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

    void readSegment(std::size_t index)
    {
        const Segment &segment = m_snapshot.segment(index);
        Columns &c = m_columns;
        decodeCodes(segment, IntField::Trace, c.trace);
        decodeCodes(segment, IntField::Session, c.session);
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
        c.cost = m_cost->ints(index, c.costScratch);
        c.tools = m_tools->codes(index, c.toolScratch);
        if (m_customer)
            c.customer = m_customer->codes(index, c.customerScratch);
        for (std::size_t row = 0; row < segment.rows(); ++row) {
            if (const std::uint32_t trace = m_indexOfTrace[c.trace[row]]; trace != kUnwanted)
                addEvent(trace, row);
        }
    }

    void addEvent(std::uint32_t index, std::size_t row)
    {
        const Columns &c = m_columns;
        TraceSummary &trace = m_traces[index];
        const auto kind = static_cast<EventKind>(c.kind[row]);
        const bool isError = (c.flags[row] & IsErrorFlag) != 0;
        trace.startedUs = std::min(trace.startedUs, c.time[row]);
        trace.endedUs = std::max(trace.endedUs, c.time[row]);
        ++trace.events;
        trace.generations += kind == EventKind::Generation;
        trace.embeddings += kind == EventKind::Embedding;
        trace.spans += kind == EventKind::Span;
        trace.errors += isError && isTracing(kind);
        if (isSpending(kind)) {
            addTo(trace.inputTokens, c.input[row]);
            addTo(trace.outputTokens, c.output[row]);
            addTo(trace.costPico, c.cost[row]);
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
        const std::int64_t length = std::max<std::int64_t>(0, std::llround(latency * 1e6));
        const std::int64_t time = c.time[row];
        const bool startsHere = (c.flags[row] & StartsAtTimestampFlag) != 0;
        m_spans.push_back(startsHere ? Span{time, time + length} : Span{time - length, time});
        m_traceOfSpan.push_back(index);

        if (!isTracing(kind))
            return;
        if (kind == EventKind::Generation)
            addTo(pending.generationLatency, latency);
        else
            pending.otherLatency = pending.otherLatency || latency > 0;
        if ((c.flags[row] & RootFlag) != 0)
            addTo(pending.rootLatency, latency);
        if (kind == EventKind::Trace)
            addTo(pending.traceLatency, latency);
        if (isSpending(kind) || kind == EventKind::Span)
            addTo(pending.stepLatency, latency);
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

    std::vector<TraceSummary> newestFirst()
    {
        // Sorts small keys, then moves each summary once.
        std::vector<std::pair<std::int64_t, std::uint32_t>> order;
        order.reserve(m_traces.size());
        for (std::uint32_t i = 0; i < m_traces.size(); ++i)
            order.emplace_back(-m_traces[i].startedUs, i);
        std::sort(order.begin(), order.end());
        std::vector<TraceSummary> sorted;
        sorted.reserve(order.size());
        for (const auto &[key, index] : order)
            sorted.push_back(std::move(m_traces[index]));
        return sorted;
    }

    const QueryContext &m_context;
    const Snapshot &m_snapshot;
    const Snapshot::Users &m_users;
    std::shared_ptr<const FieldReader> m_cost, m_tools, m_customer;
    std::vector<std::uint32_t> m_indexOfTrace; ///< trace code -> index in m_traces
    std::vector<TraceSummary> m_traces;
    std::vector<Pending> m_pending;
    std::vector<Span> m_spans;
    std::vector<std::uint32_t> m_traceOfSpan;
    Columns m_columns;
};

} // namespace

Result<std::vector<TraceSummary>> summariseTraces(const RowSet &rows, const QueryContext &context)
{
    return TraceRollup(rows, context).run();
}

Result<RowSet> rowsOfTraces(const RowSet &rows, const QueryContext &context)
{
    const Snapshot &snapshot = *context.data.snapshot;
    const std::vector<std::uint8_t> marks = tracesIn(rows, snapshot);
    RowSet all(snapshot.rows());
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (context.data.stop.stopRequested())
            return cancelled();
        const Segment &segment = snapshot.segment(i);
        decodeCodes(segment, IntField::Trace, codes);
        for (std::size_t row = 0; row < segment.rows(); ++row) {
            if (marks[codes[row]] != 0)
                all.set(i * Segment::kRows + row);
        }
    }
    return all;
}

} // namespace genscope
