// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/verify.h"

#include "pricing/pricebook.h"
#include "store/columnwriter.h"
#include "store/eventcheck.h"
#include "store/orderedpool.h"
#include "store/searchindex.h"
#include "store/storemeta.h"
#include "store/tablecheck.h"

#include <QCoreApplication>

#include <chrono>
#include <map>
#include <mutex>

namespace genscope {

namespace {

using Clock = std::chrono::steady_clock;

/// Some megabytes of rows. Divides a segment.
constexpr std::size_t kChunkEvents = 8'192;
static_assert(Segment::kRows % kChunkEvents == 0);
constexpr auto kProgressTime = std::chrono::milliseconds(200);

/// Goes through `event_copy` beside the rows of `event`.
class CopyCursor
{
public:
    static Result<CopyCursor> open(const Connection &connection)
    {
        CopyCursor cursor;
        Result<Statement> select =
            connection.prepare("SELECT event - 1, source, raw_hash, captured, block, block_offset"
                               " FROM event_copy ORDER BY event, block, block_offset");
        if (!select)
            return select.error();
        cursor.m_select = std::move(*select);
        if (const Status stepped = cursor.step(); !stepped)
            return stepped.error();
        return cursor;
    }
    /// Takes the copies of a row, passing over those of rows before it.
    Status take(std::int64_t row, std::vector<std::pair<std::int64_t, EventOrigin>> &copies)
    {
        while (m_next && m_next->first <= row) {
            if (m_next->first == row)
                copies.push_back(*m_next);
            if (const Status stepped = step(); !stepped)
                return stepped;
        }
        return Done{};
    }

private:
    Status step()
    {
        m_next.reset();
        const Result<bool> row = m_select.step();
        if (!row)
            return row.error();
        if (*row) {
            m_next = {m_select.integer(0),
                      {m_select.integer(1),
                       m_select.integer(2),
                       m_select.integer(3) == 0,
                       {m_select.integer(4), m_select.integer(5)}}};
        }
        return Done{};
    }

    Statement m_select;
    std::optional<std::pair<std::int64_t, EventOrigin>> m_next;
};

/// One pass over all of a store, inside of one read transaction.
class Verification
{
public:
    Verification(const Connection &connection, const VerifyOptions &options, const StopToken &stop)
        : m_connection(connection), m_options(options), m_stop(stop)
    {
    }
    Status run();

    CheckCounts counts;

private:
    using Pool = OrderedPool<EventChunk, Result<CheckCounts>>;

    Status prepare();
    Status prepareColumns();
    Pool::Work makeWork();
    Status checkEvents();
    Status feed(Pool &pool);
    Status take(Pool &pool);
    void useSegmentOf(std::int64_t row);
    void checkRowNumber(std::int64_t row);
    Status checkSegmentTable();

    const Connection &m_connection;
    const VerifyOptions &m_options;
    const StopToken m_stop;

    CheckContext m_context;
    std::optional<StoredDictionaries> m_dictionaries;
    std::optional<GroupTypes> m_groupTypes;
    std::int64_t m_total = 0;
    std::int64_t m_expectedRow = 0;

    std::mutex m_checksMutex;
    std::vector<std::shared_ptr<EventCheck>> m_checks; ///< one a thread
    std::shared_ptr<const Segment> m_segment;
    std::int64_t m_segmentIndex = -1;
    std::int64_t m_columnRows = 0; ///< rows that the segments should hold
    std::map<std::size_t, std::shared_ptr<const Segment>> m_lacking;
    Clock::time_point m_told;
};

Status Verification::run()
{
    if (const Status checked = checkDatabase(m_connection, counts.problems, m_stop); !checked)
        return checked;
    if (const Status prepared = prepare(); !prepared)
        return prepared;
    // What cannot be read is a problem of the store, not of the check: the other tables are looked at all the
    // same.
    const auto attempt = [this](const Status &status) -> Status {
        if (!status && status.error().kind != Error::Kind::Cancelled)
            counts.problems.add(Damage::Database, "sqlite", status.error().message.toStdString());
        return status || status.error().kind != Error::Kind::Cancelled ? Status(Done{}) : status;
    };
    if (const Status done = attempt(checkEvents()); !done)
        return done;
    PropertyCounter none;
    for (const Status &status :
         {checkSegmentTable(), checkReferences(m_connection, counts.problems),
          checkGroups(m_connection, counts.problems), checkSources(m_connection, counts, counts.problems),
          checkProperties(m_connection, m_checks.empty() ? none : m_checks.front()->names(),
                          counts.problems)})
        (void)attempt(status);
    return attempt(checkBlocks(m_connection, counts, counts.problems, m_stop));
}

Status Verification::prepare()
{
    m_context.storePath = m_connection.path();
    m_context.prices = m_options.prices ? m_options.prices : PriceBook::bundled();
    m_context.comparePrices = m_options.prices != nullptr;
    Result<StoredDictionaries> dictionaries = StoredDictionaries::load(m_connection);
    if (dictionaries) {
        m_dictionaries = std::move(*dictionaries);
        checkDictionaries(*m_dictionaries, counts.problems);
        m_context.dictionaries = &*m_dictionaries;
    } else {
        counts.problems.add(Damage::Dictionary, "dictionary", dictionaries.error().message.toStdString());
    }
    Result<GroupTypes> groupTypes = GroupTypes::load(m_connection);
    if (groupTypes) {
        m_groupTypes = std::move(*groupTypes);
        m_context.groupTypes = &*m_groupTypes;
    } else {
        counts.problems.add(Damage::Database, "group_type", groupTypes.error().message.toStdString());
    }
    const Result<std::int64_t> total = m_connection.integer("SELECT count(*) FROM event");
    if (total)
        m_total = *total;
    return prepareColumns();
}

/// Columns may end before the events do; what they lack is made from the events, as a reader does.
Status Verification::prepareColumns()
{
    m_columnRows = m_total;
    const Result<std::int64_t> rows = columnRows(m_connection, m_total);
    if (!rows || *rows >= m_total)
        return Done{};
    m_columnRows = *rows;
    const Result<ChangedSegments> lacking = segmentsFromEvents(m_connection, *rows);
    if (lacking)
        m_lacking.insert(lacking->begin(), lacking->end());
    else
        counts.problems.add(Damage::SegmentUnreadable, "segment", lacking.error().message.toStdString());
    return Done{};
}

Verification::Pool::Work Verification::makeWork()
{
    const auto check = std::make_shared<EventCheck>(m_context);
    const Status opened = check->open();
    {
        const std::lock_guard lock(m_checksMutex);
        m_checks.push_back(check);
    }
    return [check, opened](EventChunk &&chunk) {
        return opened ? check->check(chunk) : Result<CheckCounts>(opened.error());
    };
}

Status Verification::checkEvents()
{
    Status fed = Done{};
    {
        Pool pool([this] { return makeWork(); });
        fed = feed(pool);
        while (pool.underWay() > 0) {
            if (const Status taken = take(pool); !taken && fed)
                fed = taken;
        }
    }
    for (std::size_t i = 1; i < m_checks.size(); ++i)
        m_checks.front()->names().add(m_checks[i]->names());
    return fed;
}

Status Verification::feed(Pool &pool)
{
    Result<EventRows> rows = EventRows::open(m_connection);
    if (!rows)
        return rows.error();
    Result<CopyCursor> copies = CopyCursor::open(m_connection);
    if (!copies)
        return copies.error();
    EventChunk chunk;
    const auto send = [&]() -> Status {
        if (!chunk.events.empty())
            pool.add(std::exchange(chunk, {}));
        return pool.isFull() ? take(pool) : Status(Done{});
    };
    for (StoredEvent event;;) {
        if (m_stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        const Result<bool> more = rows->next(event);
        if (!more)
            return more.error();
        if (!*more)
            break;
        if (static_cast<std::size_t>(event.row) % kChunkEvents == 0) {
            if (const Status sent = send(); !sent)
                return sent;
        }
        if (chunk.events.empty()) {
            useSegmentOf(event.row);
            chunk.segment = m_segment;
        }
        checkRowNumber(event.row);
        if (const Status taken = copies->take(event.row, chunk.copies); !taken)
            return taken;
        chunk.events.push_back(event);
    }
    return send();
}

Status Verification::take(Pool &pool)
{
    const Result<CheckCounts> answer = pool.take();
    if (!answer)
        return answer.error();
    counts.add(*answer);
    if (m_options.onProgress && Clock::now() - m_told >= kProgressTime) {
        m_told = Clock::now();
        m_options.onProgress(counts.events, m_total);
    }
    return Done{};
}

void Verification::useSegmentOf(std::int64_t row)
{
    const std::int64_t index = row / static_cast<std::int64_t>(Segment::kRows);
    if (index == std::exchange(m_segmentIndex, index))
        return;
    if (const auto made = m_lacking.find(static_cast<std::size_t>(index)); made != m_lacking.end()) {
        m_segment = made->second;
        return;
    }
    const auto segment = loadSegment(m_connection, static_cast<std::size_t>(index));
    m_segment = segment ? *segment : nullptr;
    if (!segment)
        counts.problems.add(Damage::SegmentUnreadable, "segment", "segment " + std::to_string(index));
}

void Verification::checkRowNumber(std::int64_t row)
{
    if (row != m_expectedRow)
        counts.problems.add(Damage::RowsMissing, "event", "before id " + std::to_string(row + 1),
                            row - m_expectedRow);
    m_expectedRow = row + 1;
}

Status Verification::checkSegmentTable()
{
    Result<Statement> segments = m_connection.prepare("SELECT id, rows FROM segment ORDER BY id");
    if (!segments)
        return segments.error();
    std::int64_t expected = 0;
    for (;; ++expected) {
        const Result<bool> row = segments->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        const std::int64_t before = expected * static_cast<std::int64_t>(Segment::kRows);
        const std::int64_t rows = std::clamp<std::int64_t>(std::min(m_expectedRow, m_columnRows) - before, 0,
                                                           static_cast<std::int64_t>(Segment::kRows));
        if (segments->integer(0) != expected || segments->integer(1) != rows || rows == 0)
            counts.problems.add(Damage::RowsMissing, "segment",
                                "segment " + std::to_string(segments->integer(0)) + " has " +
                                    std::to_string(segments->integer(1)) + " rows instead of " +
                                    std::to_string(rows));
    }
    return Done{};
}

} // namespace

Result<VerifyReport> verifyStore(const QString &path, const VerifyOptions &options, const StopToken &stop)
{
    const Clock::time_point start = Clock::now();
    const Result<std::unique_ptr<Connection>> connection = Connection::open(path, Connection::Access::Read);
    if (!connection)
        return connection.error();
    if (const Status begun = (*connection)->execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    const Transaction transaction(**connection);
    Verification verification(**connection, options, stop);
    if (const Status done = verification.run(); !done)
        return done.error();
    // Blocks that cannot be read were found already.
    if (const auto wrong = wrongSearchEntries(path, stop)) {
        for (const std::int64_t block : *wrong)
            verification.counts.problems.add(Damage::SearchIndex, "STORE.search",
                                             "block " + std::to_string(block));
    } else if (wrong.error().kind == Error::Kind::Cancelled) {
        return wrong.error();
    }
    VerifyReport report;
    report.events = verification.counts.events;
    report.problems = verification.counts.problems.problems();
    report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
}

} // namespace genscope
