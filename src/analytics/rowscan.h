// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/figures.h"
#include "analytics/grouping.h"
#include "analytics/query.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace genscope {

/// The rows of one segment at a time that are of some kinds. Remembers those of the segment asked for last,
/// for questions that share it.
class KindFilter
{
public:
    KindFilter(const RowSet &rows, KindSet kinds) : m_rows(rows), m_kinds(kinds) {}

    bool isOf(const RowSet &rows, KindSet kinds) const { return &m_rows == &rows && m_kinds == kinds; }
    /// Bits of the segment's rows.
    const RowBits &bits(const Segment &segment, std::size_t segmentIndex);
    /// The segment's rows by number, ascending.
    std::span<const std::uint32_t> list(const Segment &segment, std::size_t segmentIndex);
    struct Count
    {
        std::int64_t rows = 0;
        std::int64_t unpriced = 0; ///< those without a cost
    };
    Count count(const Segment &segment, std::size_t segmentIndex, CostMode cost);

private:
    static constexpr std::size_t kNoSegment = std::numeric_limits<std::size_t>::max();

    const RowSet &m_rows;
    KindSet m_kinds;
    RowBits m_bits;
    std::vector<std::uint32_t> m_list;
    std::size_t m_bitsOf = kNoSegment;
    Count m_count;
    std::size_t m_listOf = kNoSegment;
    std::size_t m_countOf = kNoSegment;
};

/// The first and last time of rows of @p kinds [us]; nothing if there are none.
std::optional<std::pair<std::int64_t, std::int64_t>> timesOf(const Snapshot &snapshot, const RowSet &rows,
                                                             KindSet kinds);

/// Kinds of the events that a stream of a query is made of.
KindSet kindsOf(EventStream stream, KindSet queryKinds);
/// Kinds that some measure of the plan looks at.
KindSet kindsOf(const MeasurePlan &plan, KindSet queryKinds);

/// What is added up over which rows.
struct ScanJob
{
    const MeasurePlan *plan = nullptr; ///< outlives the answer
    GroupingParts parts;
    KindSet queryKinds;
    KindSet groupKinds; ///< kinds whose events make groups, at least kindsOf(plan)
    const RowSet *rows = nullptr;
};

struct Scanned
{
    std::unique_ptr<Grouping> grouping; ///< null without parts
    std::unique_ptr<Figures> groups;    ///< null without parts: there is only the total
    std::unique_ptr<Figures> total;     ///< over all events, each counted once
    // Rows of the query's kinds, and those of them without a cost.
    std::int64_t matched = 0;
    std::int64_t unpriced = 0;

    std::size_t groupCount() const { return grouping ? grouping->size() : 0; }
    /// Called once, before figures are asked for.
    void finish();
};

/// What all @p jobs come to in one segment alone, made for being merged often.
std::vector<Scanned> scanSegment(std::span<const ScanJob> jobs, const QueryContext &context,
                                 std::size_t segment);
/// Brings together what @p job came to in several parts of its rows; not finished yet. Parts whose job was
/// never begun are null.
Scanned mergeScanned(const ScanJob &job, std::span<const Scanned *const> parts);

/// Adds up the figures of all @p jobs by group in one pass, in which each column is decoded once; the
/// answers, in the order of the jobs, are not finished yet. Large sets are shared out between threads, and
/// always in the same way, so that real sums are always the same.
/// @error Cancelled
Result<std::vector<Scanned>> scanRows(std::span<const ScanJob> jobs, const QueryContext &context);

} // namespace genscope
