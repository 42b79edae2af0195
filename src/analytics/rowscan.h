// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/figures.h"
#include "analytics/grouping.h"
#include "analytics/query.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

/// The rows of one segment that are of some kinds.
class KindFilter
{
public:
    KindFilter(const RowSet &rows, KindSet kinds) : m_rows(rows), m_kinds(kinds) {}

    /// Bits of the segment's rows.
    const RowBits &bits(const Segment &segment, std::size_t segmentIndex);
    /// The segment's rows by number, ascending.
    std::span<const std::uint32_t> list(const Segment &segment, std::size_t segmentIndex);

private:
    const RowSet &m_rows;
    KindSet m_kinds;
    RowBits m_bits;
    std::vector<std::uint32_t> m_list;
};

/// How many rows of @p kinds there are, and when.
struct RowSummary
{
    std::int64_t rows = 0;
    std::int64_t unpriced = 0;
    std::int64_t firstUs = 0; ///< meaningless without rows
    std::int64_t lastUs = 0;
};
RowSummary countRows(const Snapshot &snapshot, const RowSet &rows, KindSet kinds, CostMode cost);
/// Fills in firstUs and lastUs.
RowSummary summariseTimes(const Snapshot &snapshot, const RowSet &rows, KindSet kinds);

/// Kinds of the events that a stream of a query is made of.
KindSet kindsOf(EventStream stream, KindSet queryKinds);
/// Kinds that some measure of the plan looks at.
KindSet kindsOf(const MeasurePlan &plan, KindSet queryKinds);

struct Scanned
{
    std::unique_ptr<Grouping> grouping; ///< null without parts
    std::unique_ptr<Figures> groups;    ///< null without parts: there is only the total
    std::unique_ptr<Figures> total;     ///< over all events, each counted once

    std::size_t groupCount() const { return grouping ? grouping->size() : 0; }
    /// Called once, before figures are asked for.
    void finish();
};

/// Adds up the plan's figures over @p rows by group; the answer is not finished yet. Large sets are shared
/// out between threads.
/// @param plan        outlives the answer
/// @param groupKinds  kinds whose events make groups, at least kindsOf(plan)
/// @error Cancelled
Result<Scanned> scanRows(const MeasurePlan &plan, const GroupingParts &parts, KindSet queryKinds,
                         KindSet groupKinds, const RowSet &rows, const QueryContext &context);

} // namespace genscope
