// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/callprices.h"
#include "analytics/rowset.h"
#include "analytics/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace genscope {

/// Prices one segment at a time, row by row. One per thread.
class SegmentPricer
{
public:
    /// @param assumed  rows of each substitution
    SegmentPricer(const Snapshot &snapshot, CallPriceTable &prices, const std::vector<RowSet> &assumed);
    ~SegmentPricer();

    /// The segment with the costs of the table's prices; shares what did not change.
    std::shared_ptr<const Segment> price(std::size_t index);

private:
    struct Input;
    struct Output;
    void priceBlock(const Segment &segment, std::size_t firstRow, std::size_t first, std::size_t count);
    void priceRow(const Segment &segment, std::size_t inBlock, std::size_t inSegment, int substitution);
    void keepOwnPrices(const Segment &segment, std::size_t row, bool isReported, int substitution);
    std::shared_ptr<const Segment> withOutput(const Segment &segment) const;
    int substitutionOf(std::size_t row) const;

    const Snapshot &m_snapshot;
    CallPriceTable &m_prices;
    const std::vector<RowSet> &m_assumed;
    const std::uint32_t m_customModel;
    const std::uint32_t m_customProvider;

    /// The prices of a call with these codes.
    const CallPrices &pricesOf(std::int64_t model, std::int64_t provider, std::int64_t tier,
                               int substitution);
    struct Known
    {
        std::uint64_t names = 0; ///< model and provider
        std::uint64_t more = 0;  ///< tier and substitution
        const CallPrices *prices = nullptr;
    };
    std::vector<Known> m_known; ///< by hash of the codes: what was asked for lately
    std::unique_ptr<Input> m_in;
    std::unique_ptr<Output> m_out;
};

} // namespace genscope
