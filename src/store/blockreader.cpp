// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/blockreader.h"

#include "store/compression.h"
#include "store/connection.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

Error damagedBlock(const QString &storePath, std::int64_t id)
{
    return damagedStore(storePath, QCoreApplication::translate("Store", "block %1 cannot be read.").arg(id));
}

Result<SharedBlock> BlockCache::fetch(const Connection &connection, std::int64_t id, std::size_t minSize)
{
    if (SharedBlock known = find(id, minSize))
        return known;
    Result<Statement> select = connection.prepare("SELECT raw_size, data FROM block WHERE id = ?1");
    if (!select)
        return select.error();
    select->bind(1, id);
    const Result<bool> row = select->step();
    if (!row)
        return row.error();
    if (!*row || static_cast<std::size_t>(select->integer(0)) < minSize)
        return damagedBlock(connection.path(), id);
    thread_local Decompressor decompressor;
    auto raw = std::make_shared<std::string>();
    if (!decompressor.decompress(select->bytes(1), static_cast<std::size_t>(select->integer(0)), *raw))
        return damagedBlock(connection.path(), id);
    put(id, raw);
    return SharedBlock(raw);
}

SharedBlock BlockCache::find(std::int64_t id, std::size_t minSize)
{
    const std::lock_guard lock(m_mutex);
    const auto known =
        std::find_if(m_blocks.begin(), m_blocks.end(), [id](const auto &entry) { return entry.first == id; });
    if (known == m_blocks.end())
        return nullptr;
    if (known->second->size() < minSize) {
        m_blocks.erase(known);
        return nullptr;
    }
    m_blocks.splice(m_blocks.begin(), m_blocks, known);
    return m_blocks.front().second;
}

void BlockCache::put(std::int64_t id, const SharedBlock &block)
{
    const std::lock_guard lock(m_mutex);
    m_blocks.emplace_front(id, block);
    if (m_blocks.size() > m_capacity)
        m_blocks.pop_back();
}

Result<KeptEvent> readKeptEvent(const BlockPlace &place, const BlockFetch &fetch, const QString &storePath)
{
    const auto offset = static_cast<std::size_t>(place.offset);
    const Result<SharedBlock> light = fetch(place.block, offset + 1);
    if (!light)
        return light.error();
    LightRecord record;
    if (!readRecord(**light, offset, record))
        return damagedBlock(storePath, place.block);
    KeptEvent kept{record.row, {}, std::string(record.context)};
    if (record.content.block == 0) {
        kept.raw = record.skeleton;
        return kept;
    }
    const Result<SharedBlock> content = fetch(record.content.block, record.contentEnd());
    if (!content)
        return content.error();
    const auto begin = static_cast<std::size_t>(record.content.offset);
    kept.raw = spliceRaw(record, std::string_view(**content).substr(begin, record.contentSize()));
    return kept;
}

} // namespace genscope
