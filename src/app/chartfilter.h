// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "charts/chartcontext.h"

#include <optional>

namespace genscope {

// What clicks on values of charts do to a filter. The conditions that clicks make and take away are those
// that name values of one field: `model in ("a", "b")`, `model != "a"`, `model is not set`, and ranges of
// numbers; all other parts of a filter stay as they are.

/// @p filter after a click: `Only` filters to the value, once more takes that away; `Add` and `Exclude` turn
/// one value on or off. With the intent `Rows`, or for a pick without a value, the condition is added.
Filter withPick(const Filter &filter, const ChartPick &pick);

/// @p filter without the conditions that clicks on values of @p field make.
Filter withoutPicks(const Filter &filter, const Field &field);

/// Which values of @p field the filter is about; nothing if there is no such condition.
std::optional<ValueChoice> choiceOf(const Filter &filter, const Field &field);

} // namespace genscope
