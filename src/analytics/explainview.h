// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/pricingview.h"
#include "core/result.h"
#include "pricing/explain.h"

#include <cstddef>

namespace genscope {

/// The substitution that holds for a row; null if none does. @error as matchRows()
Result<const Substitution *> substitutionOf(const PricingView &view, std::size_t row, const DataContext &data,
                                            FieldCache &cache);

/// Explains a cost as a view shows it: at the prices of its time, or, where @p assumed is set, of what the
/// call is assumed to be. Its price row is absent where rates are assumed.
/// @param now  what "today" means @thread any
CostExplanation explainCostIn(const PricingView &view, const Substitution *assumed, const PricedCall &call,
                              const PriceBook &book, SuppliedCosts supplied, Timestamp now);

} // namespace genscope
