// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventshapes.h"

#include "ingest/capturerequest.h"
#include "ingest/otlp.h"
#include "ingest/personrow.h"
#include "ingest/rowmapping.h"
#include "ingest/tracetree.h"

namespace genscope {

namespace {

/// Rows of events by name, as examples show what each warehouse gets: `{"bigquery": {"event": ...}, ...}`.
bool isNamedEvents(json::Value object)
{
    bool any = false;
    for (json::MemberReader reader(object); reader.next();) {
        const json::Value row = reader.value();
        if (!row.isObject() || !json::member(row, "event").isString() ||
            !json::member(row, "timestamp").isPresent())
            return false;
        any = true;
    }
    return any;
}

} // namespace

bool openShape(json::Value object, const ShapeSink &sink)
{
    const auto takeEvent = [&sink](std::string &&json) { sink.record(RecordKind::Event, std::move(json)); };
    if (isPersonRow(object)) {
        sink.record(RecordKind::Person, std::string(object.raw()));
    } else if (isListedPerson(object)) {
        rowsOfListedPerson(object,
                           [&sink](std::string &&json) { sink.record(RecordKind::Person, std::move(json)); });
    } else if (isCopiedTrace(object)) {
        eventsOfCopiedTrace(object, takeEvent);
    } else if (isQueriedTrace(object)) {
        eventsOfQueriedTrace(object, takeEvent);
    } else if (isOtlpRequest(object)) {
        eventsOfOtlp(object, takeEvent);
    } else if (isNamedEvents(object)) {
        for (json::MemberReader reader(object); reader.next();)
            takeEvent(std::string(reader.value().raw()));
    } else if (isRecordedRequest(object)) {
        RecordedRequest request = recordedRequestOf(object);
        if (request.route == CaptureRoute::None)
            return true; // flags, remote config: nothing captured
        Result<DecodedBody> body = decodedBody(request.body);
        if (body)
            sink.body(std::move(body->json), request.body.envelope);
        else
            sink.reject(body.error());
    } else {
        return false;
    }
    return true;
}

TableRow tableRowOf(json::Value object)
{
    std::vector<std::string> columns;
    std::vector<json::Value> row;
    for (json::MemberReader reader(object); reader.next();) {
        columns.emplace_back(reader.key());
        row.push_back(reader.value());
    }
    const RowMapping table(columns);
    if (table.kind() != RowKind::Event && table.kind() != RowKind::Content)
        return {};
    return {table.kind() == RowKind::Event ? RecordKind::Event : RecordKind::Content, table.object(row)};
}

} // namespace genscope
