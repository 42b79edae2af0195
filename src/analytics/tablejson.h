// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <string>
#include <string_view>

namespace genscope {

/// A value as JSON. Money and doubles are plain numbers that read back exactly; instants are ISO texts in @p
/// zone.
std::string cellJson(const Cell &cell, const Zone &zone);
/// Text inside quotes; bytes that are not UTF-8 become U+FFFD.
std::string jsonString(std::string_view text);

/// @p withTotal: a query's object has `total` and `unpriced`; a list's has neither.
std::string tableJson(const ResultTable &table, bool withTotal);

} // namespace genscope
