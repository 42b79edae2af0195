// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracedetail.h"

#include "models/spanids.h"

#include <QCoreApplication>

#include <cmath>
#include <unordered_map>

namespace genscope {

namespace {

/// The code of a trace id; 0 if there is none. Linear in the dictionary, which is fast enough for a click.
std::uint32_t traceCode(const Snapshot &snapshot, const std::string &trace)
{
    const DictionaryView &traces = snapshot.dictionary(DictField::Trace);
    for (std::uint32_t code = 1; code < traces.size(); ++code)
        if (traces.at(code) == trace)
            return code;
    return 0;
}

/// Span and parent ids are no columns: they are read from the events themselves, each event once.
class TraceIds
{
public:
    explicit TraceIds(const StoreReader &reader) : m_reader(reader) {}

    const SpanIds &of(std::uint32_t row)
    {
        const auto found = m_ids.find(row);
        if (found != m_ids.end())
            return found->second;
        const auto raw = m_reader.rawEventAt(row);
        return m_ids.emplace(row, raw ? m_parser.read(*raw) : SpanIds()).first->second;
    }

private:
    const StoreReader &m_reader;
    SpanIdReader m_parser;
    std::unordered_map<std::uint32_t, SpanIds> m_ids;
};

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
    if (!std::isnan(latency))
        event.latency = latency;
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
    const std::uint32_t code = traceCode(snapshot, trace);
    if (code == 0 || !selection.reader)
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("TraceDetail", "There is no trace %1 in the open store.")
                             .arg(QString::fromStdString(trace)));
    TraceIds ids(*selection.reader);
    const auto nodes = traceTree(
        snapshot, code, [&ids](std::uint32_t row) { return ids.of(row).id; },
        [&ids](std::uint32_t row) { return ids.of(row).parent; });
    auto detail = std::make_shared<TraceDetail>();
    detail->id = trace;
    RowSet rows(snapshot.rows());
    const auto cost = openField(Field{Field::Id::Cost, {}, {}}, selection.context.data);
    for (const TraceNode &node : nodes) {
        rows.set(node.row);
        detail->events.push_back(eventOf(snapshot, cost ? cost->get() : nullptr, node));
    }
    auto summaries = summariseTraces(rows, selection.context);
    if (!summaries)
        return summaries.error();
    if (!summaries->empty())
        detail->summary = std::move(summaries->front());
    describe(selection, *detail);
    return std::shared_ptr<const TraceDetail>(std::move(detail));
}

} // namespace genscope
