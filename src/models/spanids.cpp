// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spanids.h"

#include "ingest/normalise.h"

namespace genscope {

struct SpanIdReader::Impl
{
    EventParser parser;
};

SpanIdReader::SpanIdReader() : m_impl(std::make_unique<Impl>()) {}

SpanIdReader::~SpanIdReader() = default;

SpanIds SpanIdReader::read(std::string_view json)
{
    auto event = m_impl->parser.parse(json);
    if (!event)
        return {};
    return {event->spanId.empty() ? event->uuid.toString() : std::move(event->spanId),
            std::move(event->parentId)};
}

} // namespace genscope
