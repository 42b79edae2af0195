// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/result.h"
#include "store/compression.h"
#include "store/connection.h"

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace genscope {

using ChangedSegments = std::vector<std::pair<std::size_t, std::shared_ptr<const Segment>>>;

/// Keeps the columns in the store's `segment` table in step with the `event` table.
class ColumnWriter
{
public:
    /// Continues the last segment of the store. @error Database
    static Result<std::unique_ptr<ColumnWriter>> open(const Connection &connection);

    std::int64_t rows() const { return m_rows; }
    /// @return the row's number
    Result<std::int64_t> append(const FactRow &facts);
    /// Changes a row that was appended before.
    void set(std::int64_t row, const FactRow &facts);
    /// Writes what was appended and set since the last call, inside of the current transaction, and answers
    /// those segments. @error Database
    Result<ChangedSegments> flush();

private:
    explicit ColumnWriter(const Connection &connection) : m_connection(connection) {}
    Status prepare();
    std::size_t tailIndex() const { return static_cast<std::size_t>(m_rows) / Segment::kRows; }
    Status write(std::size_t index, const std::shared_ptr<const Segment> &segment);
    Status sealTail();

    const Connection &m_connection;
    Statement m_upsert;
    Compressor m_compressor;
    std::int64_t m_rows = 0;
    SegmentBuilder m_tail;
    bool m_tailChanged = false;
    /// Changes to rows before the tail, by segment; applied one segment at a time.
    std::map<std::size_t, std::vector<std::pair<std::size_t, FactRow>>> m_changes;
    ChangedSegments m_written;
};

/// The segment of that index. @error Database if it is damaged
Result<std::shared_ptr<const Segment>> loadSegment(const Connection &connection, std::size_t index);
/// What a row of the `segment` table holds. @error Database naming the store
Result<std::shared_ptr<const Segment>> unpackSegment(std::string_view data, std::size_t rawSize,
                                                     const QString &storePath);

} // namespace genscope
