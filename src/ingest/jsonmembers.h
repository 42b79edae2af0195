// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/json.h"

#include <optional>
#include <string_view>

namespace genscope::json {

/// member(member(object, holder), name) in one pass over the text. Nothing if the holder is no object or is
/// there twice, or if a name is written with escapes: then the long way tells.
std::optional<Value> memberOfMember(Value object, std::string_view holder, std::string_view name);

} // namespace genscope::json
