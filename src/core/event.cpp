// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event.h"

namespace genscope {

namespace {

struct KindName
{
    std::string_view event;
    std::string_view kind;
};

constexpr KindName kKindNames[kEventKindCount] = {
    {"$ai_generation", "generation"},
    {"$ai_embedding", "embedding"},
    {"$ai_span", "span"},
    {"$ai_trace", "trace"},
    {"$ai_metric", "metric"},
    {"$ai_feedback", "feedback"},
    {"$ai_evaluation", "evaluation"},
    {"", "other"},
};

} // namespace

EventKind eventKindFromName(std::string_view eventName)
{
    for (std::size_t i = 0; i + 1 < kEventKindCount; ++i) {
        if (kKindNames[i].event == eventName)
            return static_cast<EventKind>(i);
    }
    return EventKind::Other;
}

std::string_view eventKindName(EventKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)].kind;
}

std::optional<EventKind> eventKindFromKindName(std::string_view kindName)
{
    for (std::size_t i = 0; i < kEventKindCount; ++i) {
        if (kKindNames[i].kind == kindName)
            return static_cast<EventKind>(i);
    }
    return std::nullopt;
}

bool isAiEventName(std::string_view eventName)
{
    return eventName.starts_with("$ai_");
}

} // namespace genscope
