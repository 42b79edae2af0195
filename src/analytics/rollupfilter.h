// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filterast.h"

namespace genscope {

/// The candidates whose trace or session fulfils the positive form of @p term, which has a roll-up for its
/// subject. Roll-ups are over all events of the store, as in the lists. An event without trace (session) has
/// none. @error Cancelled, Database
Result<RowSet> matchRollup(const Filter::Node &term, const DataContext &context, FieldCache &cache,
                           const RowSet &candidates);

} // namespace genscope
