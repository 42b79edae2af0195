// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/pricingview.h"
#include "analytics/snapshot.h"
#include "core/money.h"
#include "core/result.h"
#include "core/stoptoken.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

class PriceBook;
struct PricePeriod;

/// What one price of a book priced: of a model at a provider, for a time, in a context tier.
struct PriceUse
{
    const PricePeriod *period = nullptr; ///< of the book
    std::optional<std::int64_t> tier; ///< the threshold that the prompts are above; absent: the usual rates
    std::int64_t generations = 0;
    Money cost;        ///< recomputed
    std::string model; ///< what events call it, most of them
};

/// The uses of all prices of @p book, over all generations of a snapshot that is priced by it in @p view.
/// Calls that carry their own prices use none. @param now  what "today" means
/// @error Cancelled @thread any
Result<std::vector<PriceUse>> priceUses(const Snapshot &snapshot, const PriceBook &book,
                                        const PricingView &view, Timestamp now, const StopToken &stop);

} // namespace genscope
