// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/conversation.h"

namespace genscope {

/// True if the object is one part of a message (`{type:"text"}`, `{functionCall:...}`) rather than a message.
bool looksLikePart(const JsonValue &value);
/// Appends what a message's content says: a string, a part, or a list of either.
void appendParts(const JsonValue &content, std::vector<ConversationPart> &parts);
/// Appends OpenAI's and LangChain's `tool_calls` list.
void appendToolCalls(const JsonValue &calls, std::vector<ConversationPart> &parts);
ConversationPart rawPart(const JsonValue &value);
/// The text of a value that people should be able to read: strings decoded, lists of text parts joined,
/// anything else as indented JSON; a string that is JSON is indented too.
QString readableText(const JsonValue &value);

} // namespace genscope
