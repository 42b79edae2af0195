// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/normalise.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace genscope {

inline void PrintTo(Timestamp timestamp, std::ostream *out)
{
    *out << isoTime(timestamp);
}

/// The event that @p json is; a test failure and an empty event if it is none.
inline Event parsed(std::string_view json, const CaptureEnvelope &envelope = {})
{
    auto event = EventParser().parse(json, envelope);
    if (!event) {
        ADD_FAILURE() << event.error().message.toStdString() << "\nin " << json;
        return {};
    }
    return std::move(event).value();
}

/// A generation with these properties, written as the inside of an object.
inline Event generation(const std::string &properties)
{
    return parsed(
        R"({"event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z","distinct_id":"u","properties":{)" +
        properties + "}}");
}

/// Why @p json is no event; empty if it is one.
inline std::string rejectReason(std::string_view json, const CaptureEnvelope &envelope = {})
{
    const auto event = EventParser().parse(json, envelope);
    return event ? std::string() : event.error().message.toStdString();
}

inline Timestamp at(std::string_view iso)
{
    return parseIsoTime(iso).value().instant();
}

} // namespace genscope
