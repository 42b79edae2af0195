// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costmode.h"
#include "analytics/dimension.h"
#include "analytics/query.h"
#include "core/result.h"
#include "pricing/pricing.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// What costs are compared by, and the costs of what.
struct CostBreakdown
{
    std::optional<Field> field;
    std::optional<Interval> interval;                 ///< without field: hours, days ... of the scope's zone
    KindSet kinds = kindSet({EventKind::Generation}); ///< of those that have costs
};
/// `day`, `week` ... or a field's name. @error Usage
Result<CostBreakdown> costBreakdownOf(std::string_view name);

/// The values that rows are broken down by, as codes. A row may be under several (`tool`). One per thread.
class CostGroups
{
public:
    /// @param rows  that will be asked for @error as FieldCache::open()
    static Result<CostGroups> open(const CostBreakdown &by, const Scope &scope, const RowSet &rows,
                                   const QueryContext &context);

    /// Reads the codes of some rows of a segment, which come by time.
    void read(const Segment &segment, std::size_t index, const std::vector<std::uint32_t> &rows);
    /// Calls @p visit with each code of the @p i th of the rows that were read.
    template<typename Visit>
    void forEachCode(std::size_t i, const Visit &visit) const
    {
        if (!manyValued()) {
            visit(m_codes[i]);
            return;
        }
        for (const std::uint32_t member : m_dimension->members(m_codes[i]))
            visit(member);
    }
    /// The code of the @p i th, where a row is under one value.
    std::uint32_t code(std::size_t i) const { return m_codes[i]; }
    /// True if a row can be under several values.
    bool manyValued() const { return m_dimension && m_dimension->manyValued(); }
    Cell cell(std::uint32_t code) const
    {
        return m_dimension ? m_dimension->cell(code) : Cell(m_starts[code]);
    }

private:
    std::uint32_t codeOfTime(Timestamp instant);

    std::shared_ptr<const Dimension> m_dimension;
    Dimension::Scratch m_scratch;
    std::vector<std::uint32_t> m_codes; ///< of the rows; for a many-valued field, of sets
    Interval m_interval = Interval::Day;
    Zone m_zone;
    std::map<std::int64_t, std::uint32_t> m_codeOfStart;
    std::vector<Timestamp> m_starts;
    Timestamp m_bucketEnd{kMissing}; ///< of the bucket last seen, whose code is ...
    std::uint32_t m_bucket = 0;
};

Error costsStopped();

inline bool isIn(const RowBits &bits, std::uint32_t row)
{
    return !bits.empty() && ((bits[row / 64] >> (row % 64)) & 1) != 0;
}

/// Calls @p visit(segment, its index, rows of it) for the selected rows of @p kinds that can have costs.
/// @error Cancelled
template<typename Visit>
Status forEachPriced(const Snapshot &snapshot, const RowSet &rows, KindSet kinds, const StopToken &stop,
                     const Visit &visit)
{
    std::vector<std::uint32_t> list;
    std::vector<std::int64_t> kindOf;
    for (std::size_t index = 0; index < snapshot.segmentCount(); ++index) {
        if (stop.stopRequested())
            return costsStopped();
        const Segment &segment = snapshot.segment(index);
        kindOf.resize(segment.rows());
        segment.ints(IntField::Kind).decode(kindOf);
        list.clear();
        const std::size_t first = index * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            const auto kind = static_cast<std::size_t>(kindOf[row - first]);
            if (kinds.test(kind) && isPriced(static_cast<EventKind>(kind)))
                list.push_back(static_cast<std::uint32_t>(row - first));
        });
        visit(segment, index, list);
    }
    return Done{};
}

/// The totals of a segment's rows [picodollars]; kMissing where not known.
std::vector<std::int64_t> totalCosts(const Segment &segment, CostMode mode);

} // namespace genscope
