// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <string>
#include <vector>

namespace genscope {

/// The names of the tools that a response called, in call order with repeats, by the rules of PostHog's
/// ingestion (posthog-semantics 1.9): OpenAI chat and Responses, Anthropic, Gemini, Vercel, OTel shapes, and
/// Python's repr.
std::vector<std::string> toolsCalledIn(json::Value outputChoices);

/// The names in `$ai_tools_called`: text separated by commas, or a list of strings.
std::vector<std::string> toolsListedIn(json::Value toolsCalled);

/// @p names without later repeats.
std::vector<std::string> distinctInOrder(std::vector<std::string> names);

} // namespace genscope
