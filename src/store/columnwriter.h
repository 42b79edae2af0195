// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/result.h"
#include "store/compression.h"
#include "store/connection.h"
#include "store/orderedpool.h"

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
    std::int64_t append(const FactRow &facts);
    /// Changes a row that was appended before.
    void set(std::int64_t row, const FactRow &facts);
    /// True where the last segment is full, and a commit writes nothing that a later one writes again.
    bool endsSegment() const { return static_cast<std::size_t>(m_rows) % Segment::kRows == 0; }
    /// True if what was appended since the last flush() may be left to the table `event` for a while.
    bool canWait() const;
    /// Rows that the segments in the store hold.
    std::int64_t storedRows() const { return m_storedRows; }
    /// True if something was appended or set since the last flush().
    bool hasChanged() const { return m_tailChanged || m_sealed || !m_changes.empty(); }
    /// Has everything that was appended and set since the last flush() compressed on other threads, while
    /// this one does something else. @error Database
    Status seal();
    /// Writes what was appended and set since the last call, inside of the current transaction, and answers
    /// those segments. @error Database
    Result<ChangedSegments> flush();

private:
    /// A segment on its way to the store.
    struct Packed
    {
        std::size_t index = 0;
        std::shared_ptr<const Segment> segment;
        std::size_t rawSize = 0;
        std::string bytes;
    };
    using Pool = OrderedPool<std::pair<std::size_t, std::shared_ptr<const Segment>>, Packed>;

    explicit ColumnWriter(const Connection &connection);
    Status prepare();
    static Pool::Work makePacking();
    std::size_t tailIndex() const { return static_cast<std::size_t>(m_rows) / Segment::kRows; }
    Status writeNext();
    Status catchUp();
    void sealTail();

    const Connection &m_connection;
    Statement m_upsert;
    std::int64_t m_rows = 0;
    SegmentBuilder m_tail;
    bool m_tailChanged = false;
    std::int64_t m_storedRows = 0;
    bool m_sealed = false;            ///< a segment became full since the last flush()
    bool m_storedTailChanged = false; ///< a row of the last segment as it is in the store
    /// Changes to rows before the tail, by segment; applied one segment at a time.
    std::map<std::size_t, std::vector<std::pair<std::size_t, FactRow>>> m_changes;
    ChangedSegments m_written;
    Pool m_pool; ///< never full: a batch holds one or two segments
};

/// The segment of that index. @error Database if it is damaged
Result<std::shared_ptr<const Segment>> loadSegment(const Connection &connection, std::size_t index);
/// Segments by index with the rows from @p first on, made from the table `event`: what columns lack that end
/// there. The first one goes on with the last segment of the store. @error Database
Result<ChangedSegments> segmentsFromEvents(const Connection &connection, std::int64_t first);
/// What a row of the `segment` table holds. @error Database naming the store
Result<std::shared_ptr<const Segment>> unpackSegment(std::string_view data, std::size_t rawSize,
                                                     const QString &storePath);

} // namespace genscope
