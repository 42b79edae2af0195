// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/conversation.h"
#include "workspace/workspace.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

struct CostBill;

/// What is known of whom an event belongs to.
struct KnownProperties
{
    QString title;      ///< `Person ada`, `company acme`
    PropertyPath scope; ///< without a name: how filters call the members
    std::shared_ptr<const JsonTree> tree;
};

/// Everything a detail view shows of one event, read and parsed ahead. Text is untrusted. Immutable.
/// @thread any
struct EventDetail
{
    std::uint32_t row = 0;
    std::string uuid;
    EventKind kind = EventKind::Other;
    std::string eventName;
    std::string name; ///< span name
    std::string model;
    std::string provider;
    std::string user; ///< empty: anonymous
    std::string trace;
    std::string session;
    std::string customer;
    std::string error; ///< as captured; errors only
    Timestamp timestamp;
    Zone zone;
    bool failed = false;
    std::optional<std::int64_t> httpStatus;
    std::optional<double> latency; ///< seconds
    std::optional<double> ttft;    ///< seconds
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<std::int64_t> cacheReadTokens;
    std::optional<std::int64_t> cacheWriteTokens;
    std::optional<std::int64_t> reasoningTokens;
    std::optional<Money> cost;            ///< absent: unpriced
    QString costSource;                   ///< a few words: where the cost comes from
    std::shared_ptr<const CostBill> bill; ///< why; null for kinds that are not priced

    std::shared_ptr<const std::string> raw; ///< as captured
    std::shared_ptr<const JsonTree> tree;   ///< of raw, or of its properties where those are a JSON text
    JsonValue properties;
    Conversation conversation;
    /// Messages at the start of the conversation that the call before, of the same trace or else session, had
    /// already.
    std::size_t sharedMessages = 0;
    QStringList searched;               ///< texts that the filter looks for in prompts and outputs
    PrettyText pretty;                  ///< of the whole event, cut for the screen
    std::vector<KnownProperties> known; ///< the person first, then groups; of those that have properties
};

/// @error Database, Parse; Usage if the workspace holds no store @thread a worker
Result<std::shared_ptr<const EventDetail>> loadEventDetail(const Selection &selection, std::uint32_t row);

} // namespace genscope
