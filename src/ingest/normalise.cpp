// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/normalise.h"

#include "ingest/capturedobject.h"
#include "ingest/eventshapes.h"
#include "ingest/foreignproduct.h"
#include "ingest/personrow.h"
#include "ingest/personsandgroups.h"
#include "ingest/scalars.h"
#include "ingest/toolcalls.h"
#include "ingest/usagereader.h"

#include <QCoreApplication>

#include <xxhash.h>

namespace genscope {

namespace {

Error reject(const char *reason)
{
    return makeError(Error::Kind::Parse, QCoreApplication::translate("EventParser", reason));
}

Error notAnObject(const QString &what)
{
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate("EventParser", "not one JSON object: %1").arg(what));
}

QString describeType(json::Type type)
{
    switch (type) {
    case json::Type::Absent:
    case json::Type::Null:
        return QCoreApplication::translate("EventParser", "it is null");
    case json::Type::Bool:
        return QCoreApplication::translate("EventParser", "it is a boolean");
    case json::Type::Number:
        return QCoreApplication::translate("EventParser", "it is a number");
    case json::Type::String:
        return QCoreApplication::translate("EventParser", "it is a string");
    case json::Type::Array:
        return QCoreApplication::translate("EventParser", "it is a list without events");
    case json::Type::Object:
        break;
    }
    return {};
}

std::string firstOf(std::string first, std::string second)
{
    return first.empty() ? std::move(second) : std::move(first);
}

/// PostHog keeps 200 characters of a distinct_id.
std::string distinctIdOf(const CapturedObject &object)
{
    constexpr std::size_t kMaxCharacters = 200;
    std::string id;
    for (const json::Value value :
         {object.field(EventKey::DistinctId), object.field(EventKey::DollarDistinctId),
          object.property(Property::DistinctId)}) {
        if (id.empty())
            id = value.isObject() || value.isArray() ? json::compact(value) : idOf(value);
    }
    std::size_t characters = 0;
    for (std::size_t at = 0; at < id.size(); ++at) {
        if ((static_cast<unsigned char>(id[at]) & 0xC0) != 0x80 && ++characters > kMaxCharacters) {
            id.resize(at);
            break;
        }
    }
    return id;
}

/// The name; `/engage` bodies set person properties without one.
std::string eventNameOf(const CapturedObject &object)
{
    const json::Value name = object.field(EventKey::Event);
    if (name.isPresent())
        return stringOf(name);
    const bool sets = object.field(EventKey::Set).isObject() || object.property(Property::Set).isObject();
    return sets && !distinctIdOf(object).empty() ? "$identify" : "";
}

/// Fills one event from a captured object.
class Normaliser
{
public:
    Normaliser(const CapturedObject &object, Event &event, std::string_view sdk = {})
        : m_object(object), m_event(event), m_sdk(sdk), m_numbers(object, event.notes)
    {
    }

    void run()
    {
        readIdentity();
        readCall();
        readMeasures();
        if (m_event.isError)
            readError();
        readTools();
        markHeavyValues();
        hashNames();
        m_event.groups = groupsOf(m_object);
        m_event.updates = updatesOf(m_object, m_event.name);
        if (!m_object.propertiesUsable()) {
            m_event.notes.push_back(
                QCoreApplication::translate("EventParser", "properties: not an object, counts as missing")
                    .toStdString());
        }
    }

private:
    std::string id(Property property) const { return idOf(m_object.property(property)); }
    std::string string(Property property) const { return stringOf(m_object.property(property)); }

    void readIdentity();
    void readCall();
    void readMeasures();
    void readError();
    void readTools();
    void markHeavyValues();
    void hashNames();

    const CapturedObject &m_object;
    Event &m_event;
    const std::string_view m_sdk; ///< what the request says of its sender; empty if nothing
    NumberReader m_numbers;
};

void Normaliser::readIdentity()
{
    m_event.distinctId = distinctIdOf(m_object);
    m_event.personId = idOf(m_object.field(EventKey::PersonId));
    const json::Value whole = m_object.field(EventKey::Person); // as the API answers it
    if (m_event.personId.empty() && whole.isObject())
        m_event.personId = firstOf(idOf(json::member(whole, "uuid")), idOf(json::member(whole, "id")));
    m_event.traceId = id(Property::TraceId);
    m_event.sessionId = id(Property::SessionId);
    m_event.spanId = firstOf(id(Property::GenerationId), id(Property::SpanId));
    m_event.parentId = id(Property::ParentId);

    std::string storage;
    json::Value person = objectOf(m_object.field(EventKey::PersonProperties), storage);
    if (!person.isPresent() && whole.isObject())
        person = objectOf(json::member(whole, "properties"), storage);
    if (json::MemberReader(person).next())
        m_event.personProperties = std::string(person.raw());
}

void Normaliser::readCall()
{
    m_event.spanName = id(Property::SpanName);
    if (m_event.spanName.empty() && m_event.kind == EventKind::Trace)
        m_event.spanName = id(Property::TraceName);
    m_event.model = string(Property::Model);
    m_event.provider = string(Property::Provider);
    m_event.framework = string(Property::Framework);
    m_event.lib = firstOf(firstOf(string(Property::AiLib), string(Property::Lib)),
                          std::string(m_sdk.substr(0, m_sdk.find('/'))));
    m_event.startsAtTimestamp = m_object.property(Property::IngestionSource).raw() == "\"otel\"";
    m_event.isError = booleanOf(m_object.property(Property::IsError)).value_or(false);
    m_event.stream = booleanOf(m_object.property(Property::Stream));
    if (!m_event.stream) {
        std::string storage;
        const json::Value parameters = objectOf(m_object.property(Property::ModelParameters), storage);
        m_event.stream = booleanOf(json::member(parameters, "stream"));
    }
}

void Normaliser::readMeasures()
{
    m_event.latencySeconds = m_numbers.duration(Property::Latency);
    m_event.timeToFirstTokenSeconds = m_numbers.duration(Property::TimeToFirstToken);
    m_event.httpStatus = m_numbers.status(Property::HttpStatus);
    m_event.usage = usageOf(m_object, m_numbers);
}

void Normaliser::readError()
{
    m_event.error = textOf(m_object.property(Property::Error));
    m_event.errorNormalized = string(Property::ErrorNormalized);
    if (m_event.errorNormalized.empty())
        m_event.errorNormalized = normaliseError(m_event.error);
}

void Normaliser::readTools()
{
    const json::Value listed = m_object.property(Property::ToolsCalled);
    if (listed.isPresent())
        m_event.tools = distinctInOrder(toolsListedIn(listed));
    else if (m_event.kind == EventKind::Generation)
        m_event.tools = distinctInOrder(toolsCalledIn(m_object.property(Property::OutputChoices)));
}

void Normaliser::markHeavyValues()
{
    const char *begin = m_object.root().raw().data();
    const auto mark = [this, begin](json::Value value) {
        m_event.heavy.push_back({static_cast<std::uint32_t>(value.raw().data() - begin),
                                 static_cast<std::uint32_t>(value.raw().size())});
    };
    if (m_object.propertiesAreText()) {
        mark(m_object.field(EventKey::Properties));
        return;
    }
    m_object.forEachProperty([&mark](std::string_view key, json::Value value) {
        if (isHeavyPropertyName(key) && value.isPresent() && !value.isEmptyString())
            mark(value);
    });
}

void Normaliser::hashNames()
{
    std::uint64_t hash = 0;
    const auto add = [&hash](std::string_view name) {
        hash = XXH3_64bits_withSeed(name.data(), name.size(), hash);
    };
    m_object.forEachProperty([&add](std::string_view name, json::Value) { add(name); });
    add({}); // what follows is of the person
    for (json::MemberReader reader{json::Value(std::string_view(m_event.personProperties))}; reader.next();)
        add(reader.key());
    m_event.namesHash = hash;
}

} // namespace

struct EventParser::Impl
{
    CapturedObject object;
    int opened = 0; ///< shapes around the current text

    /// The event that `object` is.
    Result<Event> event(const CaptureEnvelope &envelope);
    Result<Event> content();
    Result<Event> tableRow(const CaptureEnvelope &envelope, json::Value row);
};

Result<Event> EventParser::Impl::event(const CaptureEnvelope &envelope)
{
    const json::Value root = object.root();
    if (!root.isObject())
        return notAnObject(describeType(root.type()));
    if (object.isTableRow())
        return tableRow(envelope, root);
    Event event;
    event.name = eventNameOf(object);
    if (event.name.empty())
        return reject(QT_TRANSLATE_NOOP("EventParser", "no event name"));
    const auto timestamp = eventTime(object, envelope);
    if (!timestamp)
        return timestamp.error();
    event.timestamp = *timestamp;
    event.recordedAt = recordedTime(object);
    event.kind = eventKindFromName(event.name);
    event.raw = std::string(root.raw());
    event.context = envelopeToJson(envelope);
    const std::string uuid = idOf(object.field(EventKey::Uuid));
    if (!uuid.empty())
        event.uuid = Uuid::fromText(uuid);
    else if (object.field(EventKey::Timestamp).isPresent())
        event.uuid = Uuid::derivedFrom(event.raw);
    else // equal bytes in two bodies are two events
        event.uuid = Uuid::derivedFrom(event.raw + event.context);
    Normaliser(object, event, envelope.sdk).run();
    return event;
}

/// Parts of an event that only its uuid names.
Result<Event> EventParser::Impl::content()
{
    const auto uuid = Uuid::parse(idOf(object.field(EventKey::Uuid)));
    if (!object.root().isObject() || !uuid)
        return reject(QT_TRANSLATE_NOOP("EventParser", "content without the uuid of its event"));
    Event event;
    event.record = RecordKind::Content;
    event.uuid = *uuid;
    event.raw = std::string(object.root().raw());
    Normaliser(object, event).run();
    return event;
}

/// An object with columns of ai_events beside `properties`: read as what the row means.
Result<Event> EventParser::Impl::tableRow(const CaptureEnvelope &envelope, json::Value row)
{
    const TableRow meant = tableRowOf(row);
    if (meant.json.empty())
        return reject(QT_TRANSLATE_NOOP("EventParser", "no event name"));
    if (!object.read(meant.json))
        return notAnObject(object.fault().describe(meant.json));
    return meant.kind == RecordKind::Content ? content() : event(envelope);
}

EventParser::EventParser() : m_impl(std::make_unique<Impl>()) {}
EventParser::~EventParser() = default;

Result<Event> EventParser::parse(std::string_view json, const CaptureEnvelope &envelope)
{
    if (!m_impl->object.read(json))
        return notAnObject(m_impl->object.fault().describe(json));
    return m_impl->event(envelope);
}

Result<Event> EventParser::parseRecord(RecordKind kind, std::string_view json)
{
    if (kind == RecordKind::Event)
        return parse(json);
    if (!m_impl->object.read(json))
        return notAnObject(m_impl->object.fault().describe(json));
    return kind == RecordKind::Person ? personOf(m_impl->object.root()) : m_impl->content();
}

Result<Event> EventParser::parseStored(std::string_view json, std::string_view context)
{
    if (!m_impl->object.read(json))
        return notAnObject(m_impl->object.fault().describe(json));
    // Among the copies of an event there may be one that its uuid alone told.
    const bool isContent = m_impl->object.root().isObject() && eventNameOf(m_impl->object).empty();
    return isContent ? m_impl->content() : m_impl->event(envelopeFromJson(context));
}

/// The event that was just read into `object`, or what is in it if it is of another shape.
void EventParser::takeObject(std::int64_t element, const CaptureEnvelope &envelope, const EventSink &sink)
{
    constexpr int kDeepest = 4;
    const json::Value root = m_impl->object.root();
    const bool isEvent = !root.isObject() || m_impl->object.field(EventKey::Event).isPresent() ||
                         !eventNameOf(m_impl->object).empty();
    if (isEvent || m_impl->opened >= kDeepest) {
        sink(element, m_impl->event(envelope));
        return;
    }
    if (std::optional<Error> foreign = foreignRecord(root)) {
        sink(element, std::move(*foreign));
        return;
    }
    ++m_impl->opened;
    const ShapeSink shape{
        [&](RecordKind kind, std::string &&json) { sink(element, parseRecord(kind, json)); },
        [&](std::string &&body, const CaptureEnvelope &around) { parseAll(body, around, sink); },
        [&](const Error &error) { sink(element, Error(error)); }};
    const bool opened = openShape(root, shape);
    --m_impl->opened;
    if (!opened)
        sink(element, m_impl->event(envelope));
}

void EventParser::parseAll(std::string_view json, const CaptureEnvelope &envelope, const EventSink &sink)
{
    CapturedObject &object = m_impl->object;
    if (!object.read(json)) {
        sink(0, notAnObject(object.fault().describe(json)));
        return;
    }
    CaptureEnvelope around = envelope;
    json::Value list = object.root();
    if (!list.isObject() && !list.isArray()) {
        sink(0, notAnObject(describeType(list.type())));
        return;
    }
    if (list.isObject()) {
        list = object.field(EventKey::Batch);
        if (object.field(EventKey::Event).isPresent() || !list.isArray()) {
            // A lone capture event may carry its own sent_at.
            if (const auto sentAt = timeOf(object.field(EventKey::SentAt)))
                around.sentAt = sentAt;
            takeObject(0, around, sink);
            return;
        }
        around = envelopeOf(object, envelope);
    }
    std::int64_t element = 0;
    bool any = false;
    for (json::ElementReader reader(list); reader.next() && !any;)
        any = reader.value().isObject();
    if (!any) {
        sink(0, notAnObject(describeType(json::Type::Array)));
        return;
    }
    for (json::ElementReader reader(list); reader.next();) {
        ++element;
        if (object.read(reader.value().raw()))
            takeObject(element, around, sink);
        else
            sink(element, notAnObject(object.fault().describe(reader.value().raw())));
    }
}

} // namespace genscope
