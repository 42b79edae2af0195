// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/callprices.h"
#include "analytics/costcause.h"
#include "analytics/pricefit.h"
#include "analytics/snapshot.h"

#include <array>
#include <cstdint>
#include <map>

namespace genscope {

/// Finds the mistake behind a reported cost, one event at a time. One per thread.
class CostHypotheses
{
public:
    CostHypotheses(const Snapshot &snapshot, CallPriceTable &prices) : m_snapshot(snapshot), m_prices(prices)
    {
    }

    /// @p reported and @p recomputed are the event's totals [picodollars].
    CostCause causeOf(const FactRow &facts, std::int64_t reported, std::int64_t recomputed);
    /// The tokens that a price list would charge, each kind apart.
    PriceFit::Tokens chargedTokens(const FactRow &facts) const;

private:
    struct Call;
    CostCause cacheMistake(const Call &call) const;
    CostCause priceMistake(const Call &call) const;
    CostCause reasoningMistake(const Call &call) const;
    std::string_view text(DictField field, std::int64_t code) const
    {
        return m_snapshot.dictionary(field).at(static_cast<std::uint32_t>(code));
    }

    const CallPrices &pricesOf(const FactRow &facts);

    const Snapshot &m_snapshot;
    CallPriceTable &m_prices;
    std::map<std::array<std::int64_t, 3>, const CallPrices *> m_known; ///< by model, provider, service tier
};

} // namespace genscope
