// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/dumpformat.h"
#include "ingest/json.h"

#include <QByteArray>

#include <span>
#include <string>
#include <vector>

namespace genscope {

/// A whole answer of `POST /query/`: its rows as they are, and as the events or persons that they mean.
class QueryAnswer
{
public:
    using Row = std::span<const json::Value>;

    /// @error Parse: it is not one whole JSON document, or no answer
    static Result<QueryAnswer> read(QByteArray body);

    const std::vector<std::string> &columns() const { return m_columns; }
    std::size_t rowCount() const { return m_rows.size(); }
    /// It was made earlier and kept by the server.
    bool isCached() const { return m_isCached; }
    /// The question is still being worked on under that id; there are no rows.
    const std::string &pendingId() const { return m_pendingId; }
    std::size_t size() const { return static_cast<std::size_t>(m_body.size()); }

    /// Cells of a row, Absent where it is short.
    std::vector<json::Value> row(std::size_t index) const;
    /// A cell as text; empty if it is absent or null.
    std::string text(std::size_t row, std::size_t column) const;
    /// What the rows mean, read as those of a file are. @param columns  that many count, the others are ours
    ParsedChunk records(EventParser &parser, std::size_t columns) const;

private:
    QueryAnswer() = default;

    QByteArray m_body; ///< rows are views of it
    std::vector<std::string> m_columns;
    std::vector<json::Value> m_rows;
    bool m_isCached = false;
    std::string m_pendingId;
};

} // namespace genscope
