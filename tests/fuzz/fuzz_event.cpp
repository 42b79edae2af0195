// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of one record: events, lists and capture bodies; and what is made of kept events later.

#include "fuzz/fuzzing.h"
#include "ingest/jsondocument.h"
#include "ingest/normalise.h"

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static EventParser parser;
    static EventParser again;
    const std::string_view text = fuzzing::textOf(data, size);
    std::string first;
    parser.parseAll(text, {}, [&first](std::int64_t, Result<Event> &&event) {
        if (!event)
            return;
        const auto kept = again.parseStored(event->raw, event->context);
        fuzzing::require(bool(kept), "what is kept of an event can be read again");
        fuzzing::require(kept->uuid == event->uuid, "and is the same event");
        fuzzing::require(kept->timestamp == event->timestamp, "at the same time");
        if (first.empty()) {
            first = event->raw;
            return;
        }
        const auto one = uniteEvents(first, event->raw);
        const auto other = uniteEvents(event->raw, first);
        fuzzing::require(one.ok() == other.ok(), "two copies unite whatever their order");
        if (one.ok())
            fuzzing::require(*one == *other, "to the same text");
    });
    normaliseError(text);
    json::Document document;
    if (document.read(text))
        decodedText(text);
    return 0;
}
