// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptreplay.h"

#include "ingest/normalise.h"
#include "store/blockreader.h"
#include "store/eventcopies.h"
#include "store/orderedpool.h"
#include "store/storewriter.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kTaskBytes = 4 * 1024 * 1024; // of original bytes, about

} // namespace

/// Puts events together and parses and prices them.
class KeptReplay::Worker
{
public:
    Worker(const QString &path, std::shared_ptr<const PriceBook> prices)
        : m_path(path), m_prices(std::move(prices))
    {
        if (auto opened = Connection::open(path, Connection::Access::Rebuild))
            m_connection = std::move(*opened);
    }

    Answer work(Task &&task)
    {
        Answer answer;
        for (const std::size_t offset : task.offsets) {
            const BlockPlace place{task.block, static_cast<std::int64_t>(offset)};
            LightRecord record;
            readRecord(*task.light, offset, record); // was read before
            answer.push_back({record.row, place, read(task, place)});
        }
        return answer;
    }

private:
    std::unique_ptr<ReplayedEvent> read(const Task &task, const BlockPlace &place)
    {
        const BlockFetch fetch = [&](std::int64_t id, std::size_t size) -> Result<SharedBlock> {
            if (id == task.block)
                return task.light;
            return m_connection ? m_cache.fetch(*m_connection, id, size) : damagedBlock(m_path, id);
        };
        const Result<KeptEvent> kept = readKeptEvent(place, fetch, m_path);
        if (!kept)
            return nullptr;
        Result<Event> event = parseKept(m_parser, *kept);
        if (!event)
            return nullptr;
        auto replayed = std::make_unique<ReplayedEvent>();
        replayed->rawHash = hashOfRaw(event->raw);
        replayed->costs = costsOf(*event, *m_prices);
        replayed->event = std::move(*event);
        return replayed;
    }

    const QString m_path;
    const std::shared_ptr<const PriceBook> m_prices;
    std::unique_ptr<Connection> m_connection;
    BlockCache m_cache{4};
    EventParser m_parser;
};

KeptReplay::KeptReplay(const Connection &connection, std::shared_ptr<const PriceBook> prices)
    : m_connection(connection), m_prices(std::move(prices))
{
}

Status KeptReplay::run(const Take &take, const StopToken &stop)
{
    // Without these tables the store's own united records are taken for captured ones: that adds nothing to
    // an event, so it is no reason to give up.
    (void)readUnited();
    if (auto source = m_connection.prepare(
            "SELECT source FROM event WHERE id = ?1 AND block = ?2 AND block_offset = ?3 UNION ALL"
            " SELECT source FROM event_copy WHERE event = ?1 AND block = ?2 AND block_offset = ?3"))
        m_source = std::move(*source);
    const Result<std::vector<std::int64_t>> blocks = lightBlocks();
    if (!blocks)
        return blocks.error();

    OrderedPool<Task, Answer> pool([this] {
        const auto worker = std::make_shared<Worker>(m_connection.path(), m_prices);
        return [worker](Task &&task) { return worker->work(std::move(task)); };
    });
    for (const std::int64_t id : *blocks) {
        for (Task &task : tasksOf(id)) {
            pool.add(std::move(task));
            if (!pool.isFull())
                continue;
            if (stop.stopRequested())
                return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
            if (const Status used = use(pool.take(), take); !used)
                return used;
        }
    }
    while (pool.underWay() > 0) {
        if (const Status used = use(pool.take(), take); !used)
            return used;
    }
    return Done{};
}

std::vector<KeptReplay::Task> KeptReplay::tasksOf(std::int64_t id)
{
    std::vector<Task> tasks;
    const Result<SharedBlock> light = BlockCache(1).fetch(m_connection, id, 0);
    if (!light) {
        lose(1, "block " + std::to_string(id));
        return tasks;
    }
    std::size_t bytes = kTaskBytes;
    LightRecord record;
    for (std::size_t offset = 0; offset < (*light)->size();) {
        const std::optional<std::size_t> next = readRecord(**light, offset, record);
        if (!next) {
            lose(1, "block " + std::to_string(id));
            break;
        }
        if (bytes >= kTaskBytes) {
            tasks.push_back({id, *light, {}});
            bytes = 0;
        }
        tasks.back().offsets.push_back(offset);
        bytes += record.skeleton.size() + record.contentSize();
        offset = *next;
    }
    return tasks;
}

Status KeptReplay::use(Answer &&answer, const Take &take)
{
    for (Item &item : answer) {
        if (isUnited(item.place))
            continue;
        if (!item.event) {
            lose(1, "row " + std::to_string(item.row));
            continue;
        }
        item.event->source = sourceOf(item.row, item.place);
        if (const Status taken = take(std::move(*item.event)); !taken)
            return taken;
    }
    return Done{};
}

Status KeptReplay::readUnited()
{
    Result<Statement> rows = m_connection.prepare("SELECT block, block_offset FROM event WHERE united"
                                                  " UNION ALL"
                                                  " SELECT block, block_offset FROM event_copy"
                                                  " WHERE NOT captured");
    if (!rows)
        return rows.error();
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row || !*row) {
            std::sort(m_united.begin(), m_united.end());
            return row ? Status(Done{}) : Status(row.error());
        }
        m_united.push_back({rows->integer(0), rows->integer(1)});
    }
}

Result<std::vector<std::int64_t>> KeptReplay::lightBlocks() const
{
    Result<Statement> rows = m_connection.prepare("SELECT id FROM block WHERE kind = 0 ORDER BY id");
    if (!rows)
        return rows.error();
    std::vector<std::int64_t> blocks;
    for (;;) {
        const Result<bool> row = rows->step();
        // With a broken page in the table the blocks before it are what there is.
        if (!row && blocks.empty())
            return row.error();
        if (!row || !*row)
            return blocks;
        blocks.push_back(rows->integer(0));
    }
}

bool KeptReplay::isUnited(const BlockPlace &place) const
{
    return std::binary_search(m_united.begin(), m_united.end(), place);
}

/// Where a copy came from; if the store does not know any more, where the copy before it did.
std::int64_t KeptReplay::sourceOf(std::int64_t row, const BlockPlace &place)
{
    if (!m_source.isPrepared())
        return m_lastSource;
    m_source.bind(1, row + 1);
    m_source.bind(2, place.block);
    m_source.bind(3, place.offset);
    if (const Result<bool> found = m_source.step(); found && *found)
        m_lastSource = m_source.integer(0);
    m_source.reset();
    return m_lastSource;
}

void KeptReplay::lose(std::int64_t records, const std::string &where)
{
    if (m_lost == 0)
        m_firstLoss = where;
    m_lost += records;
}

} // namespace genscope
