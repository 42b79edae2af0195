// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <span>
#include <string>
#include <string_view>

namespace genscope {

/// Unites all copies of one event. Every property that any of them has is there, with the value of the copy
/// with the latest created_at among those that have it; among equally late ones the greater bytes. So the
/// order of the copies does not matter, and uniting some of them first would not be the same. Answers a copy
/// itself, byte for byte, if it already holds everything.
/// @param copies  at least one
/// @error Parse
Result<std::string> uniteCopies(std::span<const std::string_view> copies);

} // namespace genscope
