// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How a search index is made: block by block, from what searches would read.
#include "analytics/foldedtext.h"
#include "store/blockreader.h"
#include "store/compression.h"
#include "store/connection.h"
#include "store/contentplaces.h"
#include "store/eventjson.h"
#include "store/orderedpool.h"
#include "store/rows.h"
#include "store/searchindex.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>

namespace genscope {

namespace {

using Clock = std::chrono::steady_clock;
using Entry = SearchIndex::Entry;

struct Block
{
    std::int64_t id = 0;
    std::size_t size = 0;
};

Error stopped()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
}

Result<std::vector<Block>> lightBlocks(const Connection &store)
{
    std::vector<Block> blocks;
    const Status read = forEachRow(
        store, "SELECT id, raw_size FROM block WHERE kind = 0 ORDER BY id", [&blocks](const Statement &row) {
            blocks.push_back({row.integer(0), static_cast<std::size_t>(row.integer(1))});
        });
    if (!read)
        return read.error();
    return blocks;
}

/// Makes entries. One per thread, because of its connection.
class EntryMaker
{
public:
    explicit EntryMaker(const QString &storePath)
        : m_store(Connection::open(storePath, Connection::Access::Read))
    {
    }

    /// Nothing if no event of the block is current, so that it could not be known again.
    Result<std::optional<Entry>> make(const Block &block)
    {
        if (!m_store)
            return m_store.error();
        const BlockFetch fetch = [this](std::int64_t id, std::size_t minSize) {
            return m_cache.fetch(**m_store, id, minSize);
        };
        const Result<SharedBlock> raw = fetch(block.id, block.size);
        if (!raw)
            return raw.error();
        m_bytes = std::string_view(**raw).substr(0, block.size);
        std::vector<std::pair<std::int64_t, std::size_t>> places;
        LightRecord record;
        for (std::size_t offset = 0; offset < m_bytes.size();) {
            const std::optional<std::size_t> next = readRecord(m_bytes, offset, record);
            if (!next)
                return damagedBlock((*m_store)->path(), block.id);
            if (const Status added = addTexts(record, fetch); !added)
                return added.error();
            places.emplace_back(record.row, offset);
            m_places.add(record);
            offset = *next;
        }
        Entry entry;
        entry.block = block.id;
        entry.size = block.size;
        entry.grams = m_grams.take();
        const std::string contentPlaces = m_places.take();
        entry.placesSize = contentPlaces.size();
        entry.places = m_compressor.compress(contentPlaces, Compressor::kFast);
        return named(std::move(entry), places);
    }

private:
    Status addTexts(const LightRecord &record, const BlockFetch &fetch)
    {
        RecordReader reader(record, fetch);
        for (const Cut::Tag tag : {Cut::Tag::Input, Cut::Tag::Output}) {
            const Result<std::string> text = reader.contentText(tag);
            if (!text)
                return text.error();
            // Patterns are looked for in the text as it is, which a composed one may not hold.
            if (foldUncomposed(*text, m_folded)) {
                m_grams.add(m_folded);
                foldText(*text, m_folded);
            }
            m_grams.add(m_folded);
        }
        return Done{};
    }

    /// With the last event that the block is current for.
    Result<std::optional<Entry>> named(Entry entry,
                                       const std::vector<std::pair<std::int64_t, std::size_t>> &places) const
    {
        Result<Statement> select = (*m_store)->prepare(
            "SELECT raw_hash FROM event WHERE id = ?1 AND block = ?2 AND block_offset = ?3");
        if (!select)
            return select.error();
        for (auto place = places.rbegin(); place != places.rend(); ++place) {
            select->bind(1, place->first + 1);
            select->bind(2, entry.block);
            select->bind(3, static_cast<std::int64_t>(place->second));
            const Result<bool> found = select->step();
            if (!found)
                return found.error();
            if (*found) {
                entry.row = place->first;
                entry.offset = static_cast<std::int64_t>(place->second);
                entry.rawHash = select->integer(0);
                return std::optional(std::move(entry));
            }
            select->reset();
        }
        return std::optional<Entry>();
    }

    Result<std::unique_ptr<Connection>> m_store;
    BlockCache m_cache{4};
    GramCollector m_grams;
    ContentPlaces m_places;
    Compressor m_compressor;
    std::string m_folded;
    std::string_view m_bytes;
};

/// Makes the entries of @p blocks on all cores, and gives each to @p use, in order. @error of one that failed
/// or of @p use; Cancelled
Status makeEntries(const QString &storePath, const std::vector<Block> &blocks,
                   const std::function<Status(std::optional<Entry>)> &use, const StopToken &stop)
{
    using Pool = OrderedPool<Block, Result<std::optional<Entry>>>;
    Pool pool([&storePath, stop]() -> Pool::Work {
        return [maker = std::make_shared<EntryMaker>(storePath),
                stop](Block &&block) -> Result<std::optional<Entry>> {
            if (stop.stopRequested())
                return stopped();
            return maker->make(block);
        };
    });
    std::size_t next = 0;
    while (next < blocks.size() || pool.underWay() > 0) {
        while (next < blocks.size() && !pool.isFull())
            pool.add(blocks[next++]);
        Result<std::optional<Entry>> made = pool.take();
        if (stop.stopRequested())
            return stopped();
        if (!made)
            return made.error();
        if (const Status used = use(std::move(*made)); !used)
            return used;
    }
    return Done{};
}

struct Due
{
    std::vector<Block> blocks;
    std::int64_t total = 0; ///< of the store
};

Result<Due> dueBlocks(const Connection &store, const SearchIndex &index)
{
    Result<std::vector<Block>> blocks = lightBlocks(store);
    if (!blocks)
        return blocks.error();
    Due due;
    due.total = static_cast<std::int64_t>(blocks->size());
    for (const Block &block : *blocks) {
        const Entry *entry = index.find(block.id);
        if (entry == nullptr || entry->size < block.size)
            due.blocks.push_back(block);
    }
    return due;
}

} // namespace

Result<SearchIndexReport> updateSearchIndex(const QString &storePath, const SearchIndexOptions &options,
                                            const StopToken &stop)
{
    const auto store = Connection::open(storePath, Connection::Access::Read);
    if (!store)
        return store.error();
    const auto loaded = SearchIndex::load(**store);
    if (!loaded)
        return loaded.error();
    SearchIndex index = **loaded;
    const Result<Due> due = dueBlocks(**store, index);
    if (!due)
        return due.error();

    std::vector<Entry> made;
    const auto save = [&]() -> Status {
        if (made.empty())
            return Done{};
        index = index.with(std::exchange(made, {}));
        return index.save(**store);
    };
    std::int64_t done = due->total - static_cast<std::int64_t>(due->blocks.size());
    Clock::time_point saved = Clock::now();
    const auto use = [&](std::optional<Entry> entry) -> Status {
        if (entry)
            made.push_back(std::move(*entry));
        if (options.onProgress)
            options.onProgress(++done, due->total);
        if (Clock::now() - saved < options.saveEvery)
            return Done{};
        const Status status = save();
        saved = Clock::now();
        return status;
    };
    const Status finished = makeEntries(storePath, due->blocks, use, stop);
    const Status kept = save();
    if (!finished)
        return finished.error();
    if (!kept)
        return kept.error();
    SearchIndexReport report;
    report.blocks = due->total;
    report.indexed = static_cast<std::int64_t>(index.entries().size());
    report.bytes = QFileInfo(SearchIndex::pathOf(storePath)).size();
    return report;
}

Result<bool> isSearchIndexDue(const QString &storePath)
{
    const auto store = Connection::open(storePath, Connection::Access::Read);
    if (!store)
        return store.error();
    const auto index = SearchIndex::load(**store);
    if (!index)
        return index.error();
    const Result<Due> due = dueBlocks(**store, **index);
    if (!due)
        return due.error();
    return !due->blocks.empty();
}

Result<std::vector<std::int64_t>> wrongSearchEntries(const QString &storePath, const StopToken &stop)
{
    const auto store = Connection::open(storePath, Connection::Access::Read);
    if (!store)
        return store.error();
    const auto index = SearchIndex::load(**store);
    if (!index)
        return index.error();
    std::vector<Block> blocks;
    for (const Entry &entry : (*index)->entries())
        blocks.push_back({entry.block, entry.size});
    std::vector<std::int64_t> wrong;
    std::size_t at = 0;
    const auto compare = [&](std::optional<Entry> entry) -> Status {
        const Entry &kept = (*index)->entries()[at++];
        if (!entry || entry->grams != kept.grams || entry->readPlaces() != kept.readPlaces())
            wrong.push_back(kept.block);
        return Done{};
    };
    if (const Status made = makeEntries(storePath, blocks, compare, stop); !made)
        return made.error();
    return wrong;
}

} // namespace genscope
