// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracedetail.h"

#include "analytics/columnreaders.h"
#include "store/tracelinks.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace genscope {

namespace {

/// All rows of a trace, metrics and feedback too.
std::vector<std::uint32_t> rowsOf(const Snapshot &snapshot, std::uint32_t trace)
{
    std::vector<std::uint32_t> rows;
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        codes.resize(segment.rows());
        segment.ints(IntField::Trace).decodeCodes(codes);
        for (std::size_t row = 0; row < codes.size(); ++row)
            if (codes[row] == trace)
                rows.push_back(static_cast<std::uint32_t>(i * Segment::kRows + row));
    }
    return rows;
}

/// How the events of one trace name themselves and their parents.
class TraceIds
{
public:
    TraceIds(const Snapshot &snapshot, std::string trace, std::unordered_map<std::uint32_t, TraceLink> links)
        : m_snapshot(snapshot), m_trace(std::move(trace)), m_links(std::move(links))
    {
    }

    /// An event without an id of its own goes by its uuid.
    std::string idOf(std::uint32_t row) const
    {
        const auto link = m_links.find(row);
        return link == m_links.end() || link->second.id.empty() ? m_snapshot.uuidAt(row).toString()
                                                                : link->second.id;
    }
    std::string parentOf(std::uint32_t row) const
    {
        const auto link = m_links.find(row);
        return link == m_links.end() ? std::string() : link->second.parent;
    }

    bool isChildOfTrace(std::uint32_t row) const
    {
        const std::string parent = parentOf(row);
        return parent.empty() || parent == m_trace;
    }

    /// Tells what is odd about the places of the events.
    void judge(TraceDetail &detail) const
    {
        // Of equal ids the earliest event counts, as in traceTree().
        std::vector<const TraceEvent *> byStart;
        for (const TraceEvent &event : detail.events)
            byStart.push_back(&event);
        std::stable_sort(byStart.begin(), byStart.end(), [](const TraceEvent *a, const TraceEvent *b) {
            return a->startUs != b->startUs ? a->startUs < b->startUs : a->row < b->row;
        });
        std::unordered_set<std::string> ids;
        std::unordered_set<std::uint32_t> sharing;
        for (const TraceEvent *event : byStart)
            if (!ids.insert(idOf(event->row)).second)
                sharing.insert(event->row);
        for (TraceEvent &event : detail.events) {
            event.sharesId = sharing.contains(event.row);
            detail.sharedIds += event.sharesId;
            const std::string parent = parentOf(event.row);
            if (event.parent >= 0 || parent.empty() || parent == m_trace)
                continue;
            event.place = ids.contains(parent) ? TraceEvent::Place::Cycle : TraceEvent::Place::Orphan;
            ++(event.place == TraceEvent::Place::Cycle ? detail.cycles : detail.orphans);
        }
    }

private:
    const Snapshot &m_snapshot;
    std::string m_trace;
    std::unordered_map<std::uint32_t, TraceLink> m_links;
};

/// Hangs the trace's own children below its `$ai_trace` event, if it has one: that is how long the trace
/// took, and not a step beside the others. Parents stay before their children.
void hangBelowTrace(const Snapshot &snapshot, const TraceIds &ids, std::vector<TraceNode> &nodes)
{
    const auto isTrace = [&snapshot](const TraceNode &node) {
        return static_cast<EventKind>(snapshot.intAt(node.row, IntField::Kind)) == EventKind::Trace;
    };
    const auto trace = std::find_if(nodes.begin(), nodes.end(), isTrace);
    if (trace == nodes.end() || trace->parent >= 0 ||
        std::find_if(trace + 1, nodes.end(), isTrace) != nodes.end())
        return;
    // It and what is below it go to the front.
    const auto below =
        std::find_if(trace + 1, nodes.end(), [](const TraceNode &node) { return node.parent < 0; });
    const int before = static_cast<int>(trace - nodes.begin());
    const int moved = static_cast<int>(below - trace);
    for (TraceNode &node : nodes) {
        if (node.parent >= before + moved || node.parent < 0)
            continue;
        node.parent += node.parent < before ? moved : -before;
    }
    std::rotate(nodes.begin(), trace, below);
    for (std::size_t i = 1; i < nodes.size(); ++i)
        if (nodes[i].parent < 0 && ids.isChildOfTrace(nodes[i].row))
            nodes[i].parent = 0;
}

TraceEvent eventOf(const Snapshot &snapshot, const FieldReader *cost, const TraceNode &node)
{
    const auto number = [&](IntField field) {
        const std::int64_t value = snapshot.intAt(node.row, field);
        return value == kMissing ? std::nullopt : std::optional(value);
    };
    TraceEvent event;
    event.row = node.row;
    event.parent = node.parent;
    event.startUs = node.startUs;
    event.kind = static_cast<EventKind>(snapshot.intAt(node.row, IntField::Kind));
    event.name = snapshot.textAt(node.row, IntField::SpanName);
    event.model = snapshot.textAt(node.row, IntField::Model);
    event.error = snapshot.textAt(node.row, IntField::Error);
    event.failed = (snapshot.intAt(node.row, IntField::Flags) & IsErrorFlag) != 0;
    const double latency = snapshot.realAt(node.row, RealField::Latency);
    event.endUs = node.startUs;
    if (!std::isnan(latency)) {
        event.latency = latency;
        event.endUs += std::max<std::int64_t>(
            0, std::llround(std::min(latency, kLongestLatencySeconds) * kMicrosPerSecond));
    }
    const double ttft = snapshot.realAt(node.row, RealField::TimeToFirstToken);
    if (!std::isnan(ttft))
        event.ttft = ttft;
    event.inputTokens = number(IntField::InputTokens);
    event.outputTokens = number(IntField::OutputTokens);
    if (cost != nullptr && cost->intAt(node.row) != kMissing)
        event.cost = Money{cost->intAt(node.row)};
    return event;
}

std::string textOf(const FieldReader *reader, std::uint32_t code)
{
    return reader == nullptr || code == 0 ? std::string() : std::string(reader->value(code));
}

void describe(const Selection &selection, TraceDetail &detail)
{
    const Snapshot &snapshot = *selection.snapshot;
    const TraceSummary &summary = detail.summary;
    detail.name = snapshot.dictionary(DictField::SpanName).at(summary.name);
    detail.session = snapshot.dictionary(DictField::Session).at(summary.session);
    detail.zone = selection.scope.zone;
    if (summary.user != 0) {
        const Snapshot::Users &users = snapshot.users();
        detail.user = snapshot.dictionary(DictField::DistinctId).at(users.distinctIdOfKey[summary.user]);
    }
    const auto earliest =
        std::min_element(detail.events.begin(), detail.events.end(),
                         [](const TraceEvent &a, const TraceEvent &b) { return a.startUs < b.startUs; });
    if (earliest != detail.events.end())
        detail.distinctId = snapshot.textAt(earliest->row, IntField::DistinctId);
    const QueryContext &context = selection.context;
    if (const auto customer = context.cache->open(Field{Field::Id::Customer, {}, {}}, context.data))
        detail.customer = textOf(customer->get(), summary.customer);
    if (const auto tools = openField(Field{Field::Id::Tool, {}, {}}, context.data))
        for (const std::uint32_t member : summary.tools)
            detail.tools += QString::fromStdString(std::string((*tools)->member(member)));
}

} // namespace

Result<std::shared_ptr<const TraceDetail>> loadTraceDetail(const Selection &selection,
                                                           const std::string &trace)
{
    const Snapshot &snapshot = *selection.snapshot;
    const std::uint32_t code = snapshot.dictionary(DictField::Trace).codeOf(trace);
    if (code == 0 || !selection.reader)
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("TraceDetail", "There is no trace %1 in the open store.")
                             .arg(QString::fromStdString(trace)));
    const std::vector<std::uint32_t> all = rowsOf(snapshot, code);
    auto links = readTraceLinks(selection.reader->path(), all, selection.context.data.stop);
    if (!links)
        return links.error();
    const TraceIds ids(snapshot, trace, std::move(*links));
    std::vector<TraceNode> nodes = traceTree(
        snapshot, code, [&ids](std::uint32_t row) { return ids.idOf(row); },
        [&ids](std::uint32_t row) { return ids.parentOf(row); });
    hangBelowTrace(snapshot, ids, nodes);
    auto detail = std::make_shared<TraceDetail>();
    detail->id = trace;
    RowSet rows(snapshot.rows());
    const auto cost = openField(Field{Field::Id::Cost, {}, {}}, selection.context.data);
    detail->events.reserve(nodes.size());
    for (const TraceNode &node : nodes) {
        rows.set(node.row);
        detail->events.push_back(eventOf(snapshot, cost ? cost->get() : nullptr, node));
    }
    for (const std::uint32_t row : all)
        if (!rows.test(row))
            detail->notes.push_back(row);
    ids.judge(*detail);
    sumUp(*detail);
    auto summaries = summariseTraces(rows, selection.context);
    if (!summaries)
        return summaries.error();
    if (!summaries->empty())
        detail->summary = std::move(summaries->front());
    describe(selection, *detail);
    return std::shared_ptr<const TraceDetail>(std::move(detail));
}

void sumUp(TraceDetail &trace)
{
    std::vector<TraceStep> steps;
    steps.reserve(trace.events.size());
    for (const TraceEvent &event : trace.events) {
        TraceStep step;
        step.parent = event.parent;
        step.kind = event.kind;
        step.startUs = event.startUs;
        step.endUs = event.endUs;
        step.failed = event.failed;
        if (event.latency)
            step.latency = *event.latency;
        step.costPico = event.cost ? static_cast<std::int64_t>(event.cost->pico) : kMissing;
        step.inputTokens = event.inputTokens.value_or(kMissing);
        step.outputTokens = event.outputTokens.value_or(kMissing);
        steps.push_back(step);
    }
    const std::vector<StepSums> sums = sumSteps(steps);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        trace.events[i].sums = sums[i];
        trace.startUs = i == 0 ? sums[i].startUs : std::min(trace.startUs, sums[i].startUs);
        trace.endUs = i == 0 ? sums[i].endUs : std::max(trace.endUs, sums[i].endUs);
    }
}

} // namespace genscope
