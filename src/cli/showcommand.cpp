// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/explainview.h"
#include "analytics/rollup.h"
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/nearestname.h"
#include "ingest/normalise.h"

#include <QCoreApplication>

#include <cmath>
#include <map>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

/// Names and values of one JSON object, in order.
class JsonObject
{
public:
    JsonObject &add(std::string_view name, const std::string &json)
    {
        m_text += m_text.empty() ? '{' : ',';
        m_text += jsonString(name) + ':' + json;
        return *this;
    }
    JsonObject &addText(std::string_view name, std::string_view text)
    {
        return add(name, text.empty() ? "null" : jsonString(text));
    }
    JsonObject &addSeconds(std::string_view name, double seconds) { return add(name, cellJson(seconds, {})); }
    JsonObject &addNumber(std::string_view name, std::int64_t number)
    {
        return add(name, number == kMissing ? "null" : std::to_string(number));
    }
    JsonObject &addMoney(std::string_view name, std::int64_t pico)
    {
        return add(name, pico == kMissing ? "null" : Money{pico}.toString());
    }
    std::string text() const { return (m_text.empty() ? "{" : m_text) + '}'; }

private:
    std::string m_text;
};

/// Answers fields of single rows, opening each field once.
class RowFields
{
public:
    explicit RowFields(const Selection &selection) : m_selection(selection) {}

    std::string text(std::size_t row, std::string_view name)
    {
        const auto &reader = open(name);
        if (!reader)
            return {};
        const std::uint32_t code = reader->codeAt(row);
        return std::string(reader->value(code));
    }
    std::int64_t number(std::size_t row, std::string_view name)
    {
        const auto &reader = open(name);
        return reader ? reader->intAt(row) : kMissing;
    }

private:
    const std::shared_ptr<const FieldReader> &open(std::string_view name)
    {
        auto &reader = m_readers[std::string(name)];
        if (!reader) {
            auto opened = m_selection.context.cache->open(*Field::parse(name), m_selection.context.data);
            if (opened)
                reader = *opened;
        }
        return reader;
    }

    const Selection &m_selection;
    std::map<std::string, std::shared_ptr<const FieldReader>> m_readers;
};

Error unknown(const QString &kind, const QString &id)
{
    return makeError(Error::Kind::Cancelled, Text::tr("there is no %1 “%2” in this store").arg(kind, id));
}

/// One trace's events as captured, with the tree over them.
struct TraceDetails
{
    TraceSummary summary;
    std::vector<TraceNode> nodes;
    std::map<std::uint32_t, Event> events; ///< by row
};

Result<TraceDetails> loadTrace(const Selection &selection, std::uint32_t trace)
{
    const Snapshot &snapshot = *selection.snapshot;
    RowSet selected(snapshot.rows());
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < snapshot.rows(); ++row) {
        if (snapshot.intAt(row, IntField::Trace) != trace)
            continue;
        selected.set(row);
        rows.push_back(static_cast<std::uint32_t>(row));
    }
    TraceDetails details;
    EventParser parser;
    const Status read = selection.reader->readRawEvents(rows, [&](std::uint32_t row, const std::string &raw) {
        if (auto event = parser.parse(raw))
            details.events.emplace(row, std::move(*event));
    });
    if (!read)
        return read.error();
    const auto summaries = summariseTraces(selected, selection.context);
    if (!summaries)
        return summaries.error();
    details.summary = summaries->front();
    const auto idOf = [&](std::uint32_t row) { return details.events[row].spanId; };
    const auto parentOf = [&](std::uint32_t row) { return details.events[row].parentId; };
    details.nodes = traceTree(snapshot, trace, idOf, parentOf);
    return details;
}

std::string contentJson(const Event &event)
{
    std::string json = "[";
    for (const ByteSpan &span : event.heavy) {
        if (json.size() > 1)
            json += ',';
        json += event.raw.substr(span.offset, span.length);
    }
    return json + ']';
}

/// A node without its children.
std::string nodeJson(const TraceDetails &trace, const TraceNode &node, const Selection &selection,
                     RowFields &fields, bool withContent)
{
    const Snapshot &snapshot = *selection.snapshot;
    const auto found = trace.events.find(node.row);
    static const Event kNoEvent;
    const Event &event = found == trace.events.end() ? kNoEvent : found->second;
    const std::string uuid = snapshot.uuidAt(node.row).toString();

    JsonObject json;
    json.addText("id", event.spanId.empty() ? uuid : event.spanId)
        .addText("parent", event.parentId)
        .addText("uuid", uuid)
        .addText("kind", eventKindName(static_cast<EventKind>(snapshot.intAt(node.row, IntField::Kind))))
        .addText("name", event.spanName)
        .addText("model", event.model)
        .add("started", cellJson(Timestamp{node.startUs}, selection.scope.zone))
        .addSeconds("latency_s", snapshot.realAt(node.row, RealField::Latency))
        .addSeconds("ttft_s", snapshot.realAt(node.row, RealField::TimeToFirstToken))
        .addMoney("cost_usd", fields.number(node.row, "cost"))
        .addNumber("input_tokens", snapshot.intAt(node.row, IntField::InputTokens))
        .addNumber("output_tokens", snapshot.intAt(node.row, IntField::OutputTokens))
        .addText("error", event.errorNormalized);
    if (withContent)
        json.add("content", contentJson(event));
    return json.text();
}

/// The nodes as nested arrays, without recursion: a chain of calls may be as deep as the trace is long.
std::string treeJson(const TraceDetails &trace, const Selection &selection, RowFields &fields,
                     bool withContent)
{
    std::string json = "[";
    int open = 0; // nodes whose children are being written
    const auto closeDownTo = [&](int depth) {
        for (; open > depth; --open)
            json += "]}";
    };
    for (const TraceNode &node : trace.nodes) {
        closeDownTo(node.depth);
        if (json.back() == '}')
            json += ',';
        json += nodeJson(trace, node, selection, fields, withContent);
        json.pop_back();
        json += R"(,"children":[)";
        ++open;
    }
    closeDownTo(0);
    return json + ']';
}

Result<std::string> showTrace(const Selection &selection, const QString &id, bool withContent)
{
    const std::string text = id.toStdString();
    const DictionaryView &traces = selection.snapshot->dictionary(DictField::Trace);
    std::uint32_t code = 1;
    while (code < traces.size() && traces.at(code) != text)
        ++code;
    if (code == traces.size())
        return unknown(Text::tr("trace"), id);
    const auto trace = loadTrace(selection, code);
    if (!trace)
        return trace.error();

    RowFields fields(selection);
    const TraceSummary &summary = trace->summary;
    const Snapshot &snapshot = *selection.snapshot;
    const Zone &zone = selection.scope.zone;
    const auto tools = selection.context.cache->open(*Field::parse("tool"), selection.context.data);
    std::string toolNames = "[";
    for (const std::uint32_t tool : summary.tools) {
        if (toolNames.size() > 1)
            toolNames += ',';
        toolNames += tools ? jsonString((*tools)->member(tool)) : "null";
    }
    const std::uint32_t firstRow = trace->events.begin()->first;
    JsonObject json;
    json.addText("id", text)
        .addText("name", snapshot.dictionary(DictField::SpanName).at(summary.name))
        .addText("session_id", snapshot.dictionary(DictField::Session).at(summary.session))
        .addText("user", fields.text(firstRow, "user"))
        .addText("customer", fields.text(firstRow, "customer"))
        .add("started", cellJson(Timestamp{summary.startedUs}, zone))
        .add("ended", cellJson(Timestamp{summary.endedUs}, zone))
        .addSeconds("latency_s", summary.latencyWall)
        .addSeconds("latency_posthog_s", summary.latencyPostHog)
        .addMoney("cost_usd", summary.costPico)
        .addNumber("input_tokens", summary.inputTokens)
        .addNumber("output_tokens", summary.outputTokens)
        .addNumber("generations", summary.generations)
        .addNumber("errors", summary.errors)
        .add("tools", toolNames + ']')
        .add("tree", treeJson(*trace, selection, fields, withContent));
    return json.text() + '\n';
}

std::optional<std::size_t> rowOf(const Snapshot &snapshot, const Uuid &uuid)
{
    for (std::size_t row = 0; row < snapshot.rows(); ++row) {
        if (snapshot.uuidAt(row) == uuid)
            return row;
    }
    return std::nullopt;
}

/// Why the event costs what it costs in the cost view.
Result<std::string> explainedCost(const Selection &selection, const std::string &captured)
{
    const auto event = EventParser().parse(captured);
    if (!event)
        return event.error();
    if (!isPriced(event->kind))
        return std::string("null");
    const Scope &scope = selection.scope;
    const auto supplied = scope.cost == CostMode::Recomputed ? SuppliedCosts::Ignore : SuppliedCosts::Honour;
    return explanationJson(
        explainCostIn(scope.pricing, nullptr, callOf(*event), *selection.prices, supplied, currentTime()));
}

Result<std::string> showEvent(const Selection &selection, const QString &id, bool raw, bool explain)
{
    const Uuid uuid = Uuid::fromText(id.toStdString());
    const auto row = rowOf(*selection.snapshot, uuid);
    if (!row)
        return unknown(Text::tr("event"), id);
    auto captured = selection.reader->rawEventAt(*row);
    if (!captured || raw)
        return captured;
    RowFields fields(selection);
    const Snapshot &snapshot = *selection.snapshot;
    JsonObject json;
    json.addText("uuid", uuid.toString())
        .addText("event", snapshot.textAt(*row, IntField::EventName))
        .add("timestamp",
             cellJson(Timestamp{snapshot.intAt(*row, IntField::Timestamp)}, selection.scope.zone))
        .addText("user", fields.text(*row, "user"))
        .addText("customer", fields.text(*row, "customer"))
        .addText("trace_id", snapshot.textAt(*row, IntField::Trace))
        .addText("session_id", snapshot.textAt(*row, IntField::Session))
        .addText("model", snapshot.textAt(*row, IntField::Model))
        .addText("provider", snapshot.textAt(*row, IntField::Provider))
        .addSeconds("latency_s", snapshot.realAt(*row, RealField::Latency))
        .addMoney("cost_usd", fields.number(*row, "cost"))
        .addText("cost_source", fields.text(*row, "cost_source"))
        .addText("cost_model", fields.text(*row, "cost_model"))
        .addText("cost_provider", fields.text(*row, "cost_provider"));
    if (explain) {
        const auto cost = explainedCost(selection, *captured);
        if (!cost)
            return cost;
        json.add("cost", *cost);
    }
    json.add("captured", *captured);
    return json.text() + '\n';
}

Result<std::string> show(const OptionParser &options)
{
    const QString kind = options.positional().at(1);
    const QString id = options.positional().at(2);
    const auto selection = openSelection(options);
    if (!selection)
        return selection.error();
    if (kind == QLatin1String("trace"))
        return showTrace(**selection, id, options.has("content"));
    if (kind == QLatin1String("event"))
        return showEvent(**selection, id, options.has("raw"), options.has("explain"));
    return makeError(Error::Kind::Usage, Text::tr("show trace or event, not “%1”").arg(kind) +
                                             didYouMean(kind.toStdString(), {"trace", "event"}));
}

} // namespace

ExitStatus showCommand(const QStringList &arguments)
{
    OptionParser options("show", QStringLiteral("STORE trace|event ID"),
                         Text::tr("Prints one trace with its tree, or one event, as JSON."));
    options.addFlag("content", Text::tr("With a trace: prompts, outputs and states too."));
    options.addFlag("raw", Text::tr("With an event: the captured bytes, nothing else."));
    options.addFlag("explain", Text::tr("With an event: why it costs what it costs."));
    options.addViewOptions();
    options.addValue("out", Text::tr("file"), Text::tr("Writes to this file, whole or not at all."));
    if (!options.parse(arguments, 3, 3))
        return options.exitStatus();
    const auto text = show(options);
    if (!text)
        return fail(text.error());
    const auto written = writeOutput(*text, options);
    return written ? ExitStatus::Done : fail(written.error());
}

} // namespace genscope
