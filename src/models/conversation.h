// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jsontree.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <vector>

namespace genscope {

enum class EventKind : std::uint8_t; // core/event.h

/// One piece of a message. Its text is untrusted: show it as plain text only.
struct ConversationPart
{
    enum class Kind {
        Text,
        Reasoning,
        ToolCall,   ///< title: the tool; text: its arguments, indented where they are JSON
        ToolResult, ///< title: the tool if the message says so; text: what it answered
        Media,      ///< text: what it is and how large; never loaded
        Raw,        ///< a shape that is not known: text is JSON
    };
    Kind kind = Kind::Text;
    QString title;
    QString callId; ///< joins tool calls and results; may be empty
    QString text;
    /// Counts the tool calls of a conversation from 1; a result has the number of the call that it answers.
    /// 0: neither, or a result of a call that is not here.
    int call = 0;
    QString calledTool = {};     ///< of a result: the tool that was called
    bool answered = false;       ///< of a call: there is a result
    QByteArray imageBase64 = {}; ///< of an image that came along, as captured; empty for all other media

    bool operator==(const ConversationPart &) const = default;
};

struct ConversationMessage
{
    enum class Role { User, System, Assistant, Tool, Other };
    enum class Origin { Input, Output };

    Role role = Role::Other;
    QString roleName; ///< as captured (`developer`, `model`); empty where the shape has none
    Origin origin = Origin::Input;
    QString finishReason;
    /// A user message that a program wrote around the conversation (`<system-reminder>`): folded at first.
    bool internal = false;
    std::vector<ConversationPart> parts;
};

/// What went into a model or step and what came out, of any of the shapes that SDKs send (the list is in
/// tests/models/test_conversation.cpp).
struct Conversation
{
    std::vector<ConversationMessage> messages; ///< input first, in the order captured
    bool hasInput = false;                     ///< the event carries input content
    bool hasOutput = false;

    /// Messages whose shape was not recognised at all.
    int unknownCount = 0;
};

/// How many messages at the start of @p now were there in the turn before already, as its input or output.
/// What the model was told again; the rest is new.
std::size_t sharedMessages(const Conversation &now, const Conversation &before);

/// Reads `$ai_input` and `$ai_output_choices`, else `$ai_output` (generations, embeddings), or the states
/// (spans, traces); where an event carries only the other pair, that one. Never fails: what is not
/// recognised becomes a Raw part.
Conversation conversationOf(const JsonValue &properties, EventKind kind);

} // namespace genscope
