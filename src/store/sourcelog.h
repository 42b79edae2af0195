// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/importreport.h"
#include "store/connection.h"

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Keeps the tables `source` and `reject`: what was read from where.
class SourceLog
{
public:
    explicit SourceLog(const Connection &connection) : m_connection(&connection) {}

    /// Begins a row for @p file (`-`: standard input), inside of the current transaction. @error Database
    Status begin(const QString &file);
    enum class Stream {
        Capture, ///< what SDKs send to an address of this machine
        Sync,    ///< what is pulled from a project
    };
    /// The same for a stream, which has no end.
    Status beginStream(Stream stream, const QString &address);
    /// Goes on with a row of before. @error Database
    Status resume(std::int64_t id);
    bool isOpen() const { return m_id != 0; }
    std::int64_t id() const { return m_id; }

    void addBytes(std::int64_t bytes) { m_bytes += bytes; }
    void addEvents(std::int64_t events, std::int64_t newEvents);
    void addReject(const Reject &reject);
    /// Writes the counts so far. @p finished: the source was read to its end. @error Database
    Status save(bool finished);

private:
    Status insert(const std::string &path, std::string_view kind);

    const Connection *m_connection;
    std::int64_t m_id = 0;
    std::int64_t m_bytes = 0;
    std::int64_t m_events = 0;
    std::int64_t m_new = 0;
    std::int64_t m_rejected = 0;
    /// With the number of events it tells sources apart, whatever they are called and however they are
    /// compressed: see rejectedLines().
    std::uint64_t m_rejectsHash = 0;
    std::vector<Reject> m_unsaved;
    std::size_t m_savedRejects = 0;
};

/// Rejected lines over all sources, each counted once however often it was imported: of a file name the last
/// import counts, of equal content one. @error Database
Result<std::int64_t> rejectedLines(const Connection &connection);

} // namespace genscope
