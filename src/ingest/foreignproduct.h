// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/json.h"

#include <optional>
#include <string>
#include <vector>

namespace genscope {

// Exports of other products that observe LLMs are no events of PostHog's: what they are is told from the
// names that only they use, so that nobody has to guess what "no event name" means.

/// What @p object is if it comes from another product: a record, or a page that holds some in a list. For
/// objects that name no event. @return Parse, naming the product and what is read instead; nothing for any
/// other object
std::optional<Error> foreignRecord(json::Value object);
/// The same for a table with these columns.
std::optional<Error> foreignTableRow(const std::vector<std::string> &columns);

} // namespace genscope
