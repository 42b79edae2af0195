// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a stranger sends to the capture endpoint: the first byte chooses the route, the rest is the body.

#include "fuzz/fuzzing.h"
#include "ingest/capturerequest.h"
#include "ingest/normalise.h"

#include <array>

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::array kRoutes = {CaptureRoute::Events, CaptureRoute::AiEvents, CaptureRoute::V1,
                                    CaptureRoute::Multipart, CaptureRoute::Otlp};
    constexpr std::size_t kMost = 1 << 20;
    if (size == 0)
        return 0;
    RequestBody request;
    request.route = kRoutes[data[0] % kRoutes.size()];
    request.bytes = fuzzing::textOf(data + 1, size - 1);
    request.envelope.receivedAt = Timestamp{1'795'428'065'000'000};
    const auto body = decodedBody(request, kMost);
    if (!body)
        return 0;
    static EventParser parser;
    static EventParser again;
    parser.parseAll(body->json, request.envelope, [](std::int64_t, Result<Event> &&event) {
        if (!event)
            return;
        const auto kept = again.parseStored(event->raw, event->context);
        fuzzing::require(bool(kept), "what is kept of an event can be read again");
        fuzzing::require(kept->uuid == event->uuid, "and is the same event");
    });
    return 0;
}
