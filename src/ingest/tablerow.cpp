// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/tablerow.h"

namespace genscope {

void parseRow(const RowMapping &table, std::span<const json::Value> row, std::int64_t line,
              EventParser &parser, const KnownText &isKnown, ParsedChunk &parsed)
{
    const std::string object = table.object(row);
    if (isKnown && isKnown(object)) {
        ++parsed.known;
        return;
    }
    Result<Event> event = parser.parse(object);
    if (event)
        parsed.events.push_back(std::move(event).value());
    else
        parsed.rejects.push_back({{}, line, event.error().message});
}

} // namespace genscope
