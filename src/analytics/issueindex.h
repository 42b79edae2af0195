// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dataissue.h"
#include "analytics/field.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace genscope {

/// Which issues each event of a snapshot has. Issues that an event's own columns tell are kept with its
/// segment, so that newer snapshots share them; the others are kept here: three bytes an event together,
/// fewer where segments have none. Immutable once made. @thread any
class IssueIndex
{
public:
    /// Goes through the columns once. @p wanted with DuplicateSpan reads the kept events of traces with
    /// several steps as well. @p known  an index of the same snapshot to take the rest from, or null.
    /// @error Database, Cancelled
    static Result<std::shared_ptr<const IssueIndex>> make(IssueMask wanted, const DataContext &context,
                                                          std::shared_ptr<const IssueIndex> known = nullptr);

    const std::shared_ptr<const Snapshot> &snapshot() const { return m_snapshot; }
    /// The issues that were looked for; the bits of others are 0.
    IssueMask searched() const { return m_searched; }
    /// The issues of a segment's rows.
    void read(std::size_t segment, std::vector<IssueMask> &out) const;
    IssueMask at(std::size_t row) const;
    /// The issues that some event has.
    IssueMask found() const { return m_found; }
    std::size_t memoryBytes() const; ///< without the snapshot

private:
    explicit IssueIndex(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot)) {}
    void addColumnIssues();
    void countFound();

    std::shared_ptr<const Snapshot> m_snapshot;
    IssueMask m_searched = kColumnIssues;
    IssueMask m_found = 0;
    /// Bits from DataIssue::CostMissing on, by segment and row; empty where no row has any.
    std::vector<std::vector<std::uint8_t>> m_rest;
};

/// The field `issue`: many-valued.
std::shared_ptr<const FieldReader> issueReader(std::shared_ptr<const IssueIndex> index);

} // namespace genscope
