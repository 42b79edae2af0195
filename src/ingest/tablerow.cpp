// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/tablerow.h"

#include "ingest/personrow.h"

#include <QCoreApplication>

namespace genscope {

namespace {

RecordKind recordKindOf(RowKind kind)
{
    switch (kind) {
    case RowKind::Content:
        return RecordKind::Content;
    case RowKind::Person:
    case RowKind::ListedPerson:
        return RecordKind::Person;
    case RowKind::Event:
    case RowKind::Other:
        break;
    }
    return RecordKind::Event;
}

} // namespace

void parseRow(const RowMapping &table, std::span<const json::Value> row, std::int64_t line,
              EventParser &parser, const KnownText &isKnown, ParsedChunk &parsed)
{
    if (table.kind() == RowKind::Other) {
        parsed.rejects.push_back(
            {{},
             line,
             QCoreApplication::translate("DumpReader",
                                         "a row whose columns are neither an event's (“event” with "
                                         "“uuid” or “timestamp”) nor a person's")});
        return;
    }
    const std::string object = table.object(row);
    if (isKnown && isKnown(object)) {
        ++parsed.known;
        return;
    }
    const auto take = [&](const std::string &record) {
        Result<Event> event = parser.parseRecord(recordKindOf(table.kind()), record);
        if (event)
            parsed.events.push_back(std::move(event).value());
        else
            parsed.rejects.push_back({{}, line, event.error().message});
    };
    if (table.kind() == RowKind::ListedPerson)
        rowsOfListedPerson(json::Value(std::string_view(object)), take);
    else
        take(object);
}

} // namespace genscope
