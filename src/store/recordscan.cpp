// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/recordscan.h"

#include "store/contentplaces.h"
#include "store/rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace genscope {

/// What the threads of one run() share.
struct RecordScan::Run
{
    std::size_t rows = 0;
    const Extract &extract;
    StopToken stop;
    std::size_t stretch = 1; ///< blocks in a row that one thread takes: they share content blocks
    std::atomic<std::size_t> nextBlock{0};
    std::atomic<bool> failed{false};

    static constexpr std::size_t kMaxWaiting = 8;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::vector<Found>> waiting;
    std::size_t working = 0;
    Status status = Done{};

    Run(std::size_t rowCount, const Extract &extractor, const StopToken &stopToken)
        : rows(rowCount), extract(extractor), stop(stopToken)
    {
    }
    bool shouldEnd() const { return stop.stopRequested() || failed.load(std::memory_order_relaxed); }
    void fail(const Error &error)
    {
        const std::lock_guard lock(mutex);
        if (status)
            status = error;
        failed = true;
    }
    void deliver(std::vector<Found> &&found)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return shouldEnd() || waiting.size() < kMaxWaiting; });
        waiting.push_back(std::move(found));
        lock.unlock();
        changed.notify_all();
    }
};

Result<RecordScan> RecordScan::open(const Connection &connection)
{
    RecordScan scan;
    scan.m_storePath = connection.path();
    // One read transaction, so that blocks and replaced records belong together.
    if (const Status begun = connection.execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    Transaction transaction(connection);
    const Status blocks =
        forEachRow(connection, "SELECT id, raw_size FROM block WHERE kind = 0 ORDER BY id",
                   [&scan](const Statement &row) {
                       scan.m_blocks.push_back({row.integer(0), static_cast<std::size_t>(row.integer(1))});
                   });
    if (!blocks)
        return blocks.error();
    const Status replaced =
        forEachRow(connection, "SELECT block, block_offset FROM event_copy ORDER BY block, block_offset",
                   [&scan](const Statement &row) {
                       scan.m_replaced.push_back({row.integer(0), row.integer(1)});
                   });
    if (!replaced)
        return replaced.error();
    return scan;
}

Status RecordScan::restrictTo(const std::vector<std::size_t> &rows, const Connection &connection)
{
    // Without a transaction every lookup takes the file's locks and gives them back.
    if (const Status begun = connection.execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    Transaction transaction(connection);
    Result<Statement> select = connection.prepare("SELECT block FROM event WHERE id = ?1");
    if (!select)
        return select.error();
    std::unordered_set<std::int64_t> wanted;
    for (const std::size_t row : rows) {
        select->bind(1, static_cast<std::int64_t>(row) + 1);
        const Result<bool> found = select->step();
        if (!found)
            return found.error();
        if (*found)
            wanted.insert(select->integer(0));
        select->reset();
    }
    std::erase_if(m_blocks, [&wanted](const Block &block) { return !wanted.contains(block.id); });
    return Done{};
}

void RecordScan::restrictTo(const std::function<bool(std::int64_t, std::size_t)> &keep)
{
    std::erase_if(m_blocks, [&keep](const Block &block) { return !keep(block.id, block.size); });
}

Status RecordScan::run(std::size_t rows, const Extract &extract, const Visit &visit,
                       const StopToken &stop) const
{
    Run run(rows, extract, stop);
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    constexpr std::size_t kLongestStretch = 8;
    run.stretch = std::clamp<std::size_t>(m_blocks.size() / (cores * 8), 1, kLongestStretch);
    std::vector<std::jthread> workers;
    run.working = std::min(cores, m_blocks.size());
    for (std::size_t i = 0; i < std::min(cores, m_blocks.size()); ++i)
        workers.emplace_back([this, &run] { work(run); });

    std::unique_lock lock(run.mutex);
    for (;;) {
        run.changed.wait(lock, [&run] { return run.working == 0 || !run.waiting.empty(); });
        if (run.waiting.empty())
            break;
        const std::vector<Found> found = std::move(run.waiting.front());
        run.waiting.pop_front();
        lock.unlock();
        run.changed.notify_all();
        if (!run.shouldEnd()) {
            for (const Found &item : found)
                visit(item.row, item.text);
        }
        lock.lock();
    }
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
    return run.status;
}

void RecordScan::work(Run &run) const
{
    const auto finished = [&run] {
        const std::lock_guard lock(run.mutex);
        --run.working;
        run.changed.notify_all();
    };
    {
        const Result<std::unique_ptr<Connection>> connection =
            Connection::open(m_storePath, Connection::Access::Read);
        BlockCache cache(4);
        const BlockFetch fetch = [&](std::int64_t id, std::size_t minSize) {
            return cache.fetch(**connection, id, minSize);
        };
        if (!connection)
            run.fail(connection.error());
        while (!run.shouldEnd()) {
            const std::size_t first = run.nextBlock.fetch_add(run.stretch);
            if (first >= m_blocks.size())
                break;
            const std::size_t end = std::min(first + run.stretch, m_blocks.size());
            for (std::size_t index = first; index < end && !run.shouldEnd(); ++index) {
                std::vector<Found> found;
                if (const Status scanned = scanBlock(m_blocks[index], run, fetch, found); !scanned)
                    run.fail(scanned.error());
                if (!found.empty())
                    run.deliver(std::move(found));
            }
        }
    }
    finished();
}

Status RecordScan::scanBlock(const Block &block, const Run &run, const BlockFetch &fetch,
                             std::vector<Found> &found) const
{
    if (const std::optional<Status> scanned = scanPlaces(block, run, fetch, found))
        return *scanned;
    const Result<SharedBlock> raw = fetch(block.id, block.size);
    if (!raw)
        return raw.error();
    const std::string_view bytes = std::string_view(**raw).substr(0, block.size);
    LightRecord record;
    for (std::size_t offset = 0; offset < bytes.size();) {
        const std::optional<std::size_t> next = readRecord(bytes, offset, record);
        if (!next)
            return damagedBlock(m_storePath, block.id);
        if (static_cast<std::size_t>(record.row) < run.rows && !isReplaced(block.id, offset)) {
            if (const Status done = run.extract(record, fetch, found); !done)
                return done;
        }
        offset = *next;
    }
    return Done{};
}

std::optional<Status> RecordScan::scanPlaces(const Block &block, const Run &run, const BlockFetch &fetch,
                                             std::vector<Found> &found) const
{
    if (!m_places || hasReplaced(block.id))
        return std::nullopt;
    const std::optional<std::string> places = m_places(block.id, block.size);
    if (!places)
        return std::nullopt;
    ContentPlacesReader reader(*places);
    for (LightRecord record; reader.next(record);) {
        if (static_cast<std::size_t>(record.row) >= run.rows)
            continue;
        if (Status done = run.extract(record, fetch, found); !done)
            return done;
    }
    return reader.ok() ? std::optional<Status>(Done{}) : std::nullopt;
}

bool RecordScan::hasReplaced(std::int64_t block) const
{
    const auto first = std::lower_bound(m_replaced.begin(), m_replaced.end(), BlockPlace{block, 0});
    return first != m_replaced.end() && first->block == block;
}

bool RecordScan::isReplaced(std::int64_t block, std::size_t offset) const
{
    return !m_replaced.empty() && std::binary_search(m_replaced.begin(), m_replaced.end(),
                                                     BlockPlace{block, static_cast<std::int64_t>(offset)});
}

} // namespace genscope
