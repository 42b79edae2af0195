// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "store/blockreader.h"
#include "store/compression.h"
#include "store/connection.h"
#include "store/record.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace genscope {

/// Gathers the original bytes of events in blocks and writes them compressed. Full blocks are compressed on
/// another thread. The last block of each kind stays open over
/// commits and imports, so that many small imports make no small blocks.
/// @thread one
class BlockWriter
{
public:
    /// Continues the last blocks of the store. @error Database
    static Result<std::unique_ptr<BlockWriter>> open(const Connection &connection);
    ~BlockWriter();

    /// Blocks begun from now on get ids above that one.
    void beginAfter(std::int64_t lastId) { m_nextId = std::max(m_nextId, lastId + 1); }
    /// Takes an event's original bytes. @return where its light record will be
    BlockPlace append(const Event &event, std::int64_t row);
    /// An event that was appended, in this import or before. @error Database
    Result<KeptEvent> read(const BlockPlace &place);
    /// Writes the blocks that are compressed by now. @error Database
    Status writeFinished();
    /// Writes everything that was appended, inside of the current transaction. @error Database
    Status flush();

private:
    /// Large enough to compress well and to leave little of SQLite's pages empty, small enough to read one
    /// event in about a millisecond.
    static constexpr std::size_t kBlockBytes = 1024 * 1024;
    static constexpr std::size_t kMaxWaiting = 16;

    struct OpenBlock
    {
        BlockKind kind = BlockKind::Light;
        std::int64_t id = 0; ///< 0: not begun
        std::string raw;
        std::size_t flushed = 0; ///< size of raw at the last flush
    };
    struct Job
    {
        std::int64_t id = 0;
        BlockKind kind = BlockKind::Light;
        std::string raw;
        std::size_t rawSize = 0;
        std::string compressed;
    };

    explicit BlockWriter(const Connection &connection);
    Status prepare();
    Status resume(OpenBlock &block);
    void begin(OpenBlock &block);
    void sealIfFull(OpenBlock &block);
    Status write(std::int64_t id, BlockKind kind, std::size_t rawSize, std::string_view compressed);
    Status writeOpen(OpenBlock &block);
    Status waitAndWrite();
    Result<SharedBlock> fetch(std::int64_t id, std::size_t minSize);
    void compressJobs();

    const Connection &m_connection;
    Statement m_insert;
    std::int64_t m_nextId = 1;
    OpenBlock m_light;
    OpenBlock m_content{BlockKind::Content, 0, {}, 0};
    Compressor m_compressor; ///< for open blocks, on the calling thread
    BlockCache m_cache;      ///< of blocks that are in the store

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_waiting;
    std::vector<Job> m_finished;
    std::size_t m_running = 0;
    bool m_closing = false;
    std::thread m_worker;
};

} // namespace genscope
