// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/record.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace genscope {

class Connection;

/// What a row of the store's `block` table holds. Part of the store's format.
enum class BlockKind : std::uint8_t { Light, Content };

/// A block as it was before compression.
using SharedBlock = std::shared_ptr<const std::string>;
/// Gets a block that has at least that many bytes.
using BlockFetch = std::function<Result<SharedBlock>(std::int64_t id, std::size_t minSize)>;

/// The blocks that were read last. Blocks only ever grow at their end, so one that is large enough is right.
/// @thread any
class BlockCache
{
public:
    explicit BlockCache(std::size_t capacity = 8) : m_capacity(capacity) {}
    /// @error Database if there is no such block, or it is damaged or shorter than @p minSize
    Result<SharedBlock> fetch(const Connection &connection, std::int64_t id, std::size_t minSize);

private:
    SharedBlock find(std::int64_t id, std::size_t minSize);
    void put(std::int64_t id, const SharedBlock &block);

    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::list<std::pair<std::int64_t, SharedBlock>> m_blocks; ///< used last, first
};

/// A captured event as the store keeps it.
struct KeptEvent
{
    std::int64_t row = 0;
    std::string raw;     ///< byte for byte
    std::string context; ///< Event::context
};

/// @error Database if a block is damaged
Result<KeptEvent> readKeptEvent(const BlockPlace &place, const BlockFetch &fetch, const QString &storePath);

/// The error for blocks that do not hold what the `event` table says.
Error damagedBlock(const QString &storePath, std::int64_t id);

} // namespace genscope
