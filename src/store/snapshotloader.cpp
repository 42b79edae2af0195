// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/snapshotloader.h"

#include "store/columnwriter.h"
#include "store/grouptypes.h"
#include "store/rows.h"
#include "store/storeddictionaries.h"
#include "store/storemeta.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace genscope {

namespace {

struct PackedSegment
{
    std::size_t rawSize = 0;
    std::string data;
};

/// A segment, with what can be checked of it once all dictionaries are there.
struct UnpackedSegment
{
    std::shared_ptr<const Segment> segment;
    std::array<std::int64_t, kIntFieldCount> largestCodes{}; ///< -1: a negative one was found
};

Error misfit(const Connection &connection)
{
    return damagedStore(connection.path(),
                        QCoreApplication::translate("Store", "its columns do not fit its events."));
}

/// The largest code in each column of dictionary codes.
std::array<std::int64_t, kIntFieldCount> largestCodesOf(const Segment &segment)
{
    std::array<std::int64_t, kIntFieldCount> largest{};
    for (int i = 0; i < kIntFieldCount && segment.rows() > 0; ++i) {
        const auto field = static_cast<IntField>(i);
        if (!isDictionaryField(field))
            continue;
        const auto [least, most] = segment.ints(field).range();
        largest[static_cast<std::size_t>(i)] = least < 0 ? -1 : most;
    }
    return largest;
}

/// Segments of the sizes they must have, with no code that its dictionary lacks: whatever reads columns later
/// counts on it.
bool fit(const std::vector<UnpackedSegment> &segments, std::int64_t events,
         const StoredDictionaries &dictionaries)
{
    std::size_t rows = 0;
    for (const UnpackedSegment &unpacked : segments) {
        if (rows % Segment::kRows != 0 || unpacked.segment->rows() == 0)
            return false; // one that is not full is the last
        rows += unpacked.segment->rows();
        for (int i = 0; i < kIntFieldCount; ++i) {
            const auto field = static_cast<IntField>(i);
            const std::int64_t largest = unpacked.largestCodes[static_cast<std::size_t>(i)];
            if (isDictionaryField(field) &&
                (largest < 0 || largest >= dictionaries.at(dictFieldOf(field)).size()))
                return false;
        }
    }
    return static_cast<std::int64_t>(rows) == events;
}

/// Unpacks segments on threads of its own while the caller reads more, and then does something else.
class Unpacker
{
public:
    Unpacker(const QString &storePath, const StopToken &stop) : m_storePath(storePath), m_stop(stop)
    {
        const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
        for (unsigned i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    }
    ~Unpacker() { end(); }

    /// Waits while many are to be unpacked, so that they never lie in memory all at once.
    void add(PackedSegment packed)
    {
        std::unique_lock lock(m_mutex);
        m_taken.wait(lock, [this] { return m_waiting.size() < kMostWaiting; });
        m_waiting.emplace_back(m_segments.size(), std::move(packed));
        m_segments.emplace_back();
        m_added.notify_one();
    }

    /// Waits until all is done.
    Result<std::vector<UnpackedSegment>> take()
    {
        end();
        if (!m_status)
            return m_status.error();
        if (m_stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        return std::vector<UnpackedSegment>(std::make_move_iterator(m_segments.begin()),
                                            std::make_move_iterator(m_segments.end()));
    }

private:
    static constexpr std::size_t kMostWaiting = 32;

    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_complete = true;
        }
        m_added.notify_all();
        m_threads.clear();
    }

    void work()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_added.wait(lock, [this] { return m_complete || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            const auto [index, packed] = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_taken.notify_one();
            if (!m_status || m_stop.stopRequested())
                continue;                               // the caller goes on until it has given all
            UnpackedSegment &place = m_segments[index]; // stays where it is while the deque grows
            lock.unlock();
            const Result<std::shared_ptr<const Segment>> segment =
                unpackSegment(packed.data, packed.rawSize, m_storePath);
            if (segment)
                place = {*segment, largestCodesOf(**segment)};
            lock.lock();
            if (!segment)
                m_status = segment.error();
        }
    }

    const QString m_storePath;
    const StopToken m_stop;
    std::mutex m_mutex;
    std::condition_variable m_added;
    std::condition_variable m_taken;
    std::deque<std::pair<std::size_t, PackedSegment>> m_waiting;
    std::deque<UnpackedSegment> m_segments;
    bool m_complete = false;
    Status m_status = Done{};
    std::vector<std::jthread> m_threads;
};

Status readPacked(const Connection &connection, Unpacker &unpacker)
{
    std::int64_t next = 0;
    return forEachRow(connection, "SELECT raw_size, data, id FROM segment ORDER BY id",
                      [&](const Statement &row) -> Status {
                          if (row.integer(2) != next++)
                              return misfit(connection);
                          unpacker.add({static_cast<std::size_t>(row.integer(0)), std::string(row.bytes(1))});
                          return Done{};
                      });
}

using Persons = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Result<Persons> readPersons(const Connection &connection, StoredDictionaries &dictionaries)
{
    Persons persons;
    const Status read = forEachRow(
        connection, "SELECT distinct_id, person_id FROM person_distinct", [&](const Statement &row) {
            const std::uint32_t distinctId = dictionaries.at(DictField::DistinctId).find(row.bytes(0));
            const std::uint32_t person = dictionaries.at(DictField::PersonId).find(row.bytes(1));
            if (distinctId != 0 && person != 0)
                persons.emplace_back(distinctId, person);
        });
    if (!read)
        return read.error();
    return persons;
}

} // namespace

namespace {

/// Adds what columns lack that end before the events do.
Status complete(const Connection &connection, std::int64_t events, std::vector<UnpackedSegment> &segments)
{
    const Result<std::int64_t> stored = columnRows(connection, events);
    if (!stored)
        return stored.error();
    if (*stored >= events)
        return Done{};
    const Result<ChangedSegments> lacking = segmentsFromEvents(connection, *stored);
    if (!lacking)
        return lacking.error();
    for (const auto &[index, segment] : *lacking) {
        if (index > segments.size())
            return misfit(connection);
        if (index == segments.size())
            segments.emplace_back();
        segments[index] = {segment, largestCodesOf(*segment)};
    }
    return Done{};
}

} // namespace

Result<std::shared_ptr<const Snapshot>> readSnapshot(const Connection &connection, const StopToken &stop)
{
    if (const Status begun = connection.execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    const Transaction transaction(connection);
    Unpacker unpacker(connection.path(), stop);
    if (const Status read = readPacked(connection, unpacker); !read)
        return read.error();
    Result<StoredDictionaries> dictionaries = StoredDictionaries::load(connection);
    if (!dictionaries)
        return dictionaries.error();
    const Result<GroupTypes> groupTypes = GroupTypes::load(connection);
    if (!groupTypes)
        return groupTypes.error();
    const Result<std::optional<std::int64_t>> book = pricedWith(connection);
    if (!book)
        return book.error();
    Result<Persons> persons = readPersons(connection, *dictionaries);
    if (!persons)
        return persons.error();
    const Result<std::int64_t> events = connection.integer("SELECT max(id) FROM event");
    if (!events)
        return events.error();
    Result<std::vector<UnpackedSegment>> unpacked = unpacker.take();
    if (!unpacked)
        return unpacked.error();
    if (const Status completed = complete(connection, *events, *unpacked); !completed)
        return completed.error();
    if (!fit(*unpacked, *events, *dictionaries))
        return misfit(connection);
    std::vector<std::shared_ptr<const Segment>> segments;
    for (const UnpackedSegment &each : *unpacked)
        segments.push_back(each.segment);
    return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(
        std::move(segments), dictionaries->views(), groupTypes->names(), std::move(*persons), *book));
}

} // namespace genscope
