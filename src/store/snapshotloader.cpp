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
#include <atomic>
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
    std::vector<std::int64_t> codes(segment.rows());
    for (int i = 0; i < kIntFieldCount && !codes.empty(); ++i) {
        const auto field = static_cast<IntField>(i);
        if (!isDictionaryField(field))
            continue;
        const IntColumn &column = segment.ints(field);
        if (column.isConstant()) {
            largest[static_cast<std::size_t>(i)] = std::max<std::int64_t>(column.at(0), -1);
            continue;
        }
        column.decode(codes);
        const auto [least, most] = std::minmax_element(codes.begin(), codes.end());
        largest[static_cast<std::size_t>(i)] = *least < 0 ? -1 : *most;
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

Result<std::vector<PackedSegment>> readPacked(const Connection &connection)
{
    std::vector<PackedSegment> packed;
    const Status read = forEachRow(
        connection, "SELECT raw_size, data, id FROM segment ORDER BY id",
        [&](const Statement &row) -> Status {
            if (row.integer(2) != static_cast<std::int64_t>(packed.size()))
                return misfit(connection);
            packed.push_back({static_cast<std::size_t>(row.integer(0)), std::string(row.bytes(1))});
            return Done{};
        });
    if (!read)
        return read.error();
    return packed;
}

/// Unpacks on threads of its own while the caller does something else.
class Unpacker
{
public:
    Unpacker(std::vector<PackedSegment> packed, const QString &storePath, const StopToken &stop)
        : m_packed(std::move(packed)), m_storePath(storePath), m_stop(stop), m_segments(m_packed.size())
    {
        const std::size_t threads =
            std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), m_packed.size());
        for (std::size_t i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    }

    /// Waits until all is done.
    Result<std::vector<UnpackedSegment>> take()
    {
        m_threads.clear();
        if (!m_status)
            return m_status.error();
        if (m_stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        return std::move(m_segments);
    }

private:
    void work()
    {
        while (!m_stop.stopRequested()) {
            const std::size_t index = m_next.fetch_add(1);
            if (index >= m_packed.size())
                return;
            PackedSegment &packed = m_packed[index];
            Result<std::shared_ptr<const Segment>> segment =
                unpackSegment(packed.data, packed.rawSize, m_storePath);
            packed.data = std::string();
            if (segment) {
                m_segments[index] = {*segment, largestCodesOf(**segment)};
                continue;
            }
            const std::lock_guard lock(m_mutex);
            m_status = segment.error();
        }
    }

    std::vector<PackedSegment> m_packed;
    const QString m_storePath;
    const StopToken m_stop;
    std::vector<UnpackedSegment> m_segments;
    std::atomic<std::size_t> m_next{0};
    std::mutex m_mutex;
    Status m_status = Done{};
    std::vector<std::jthread> m_threads;
};

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

Result<std::shared_ptr<const Snapshot>> readSnapshot(const Connection &connection, const StopToken &stop)
{
    if (const Status begun = connection.execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    const Transaction transaction(connection);
    Result<std::vector<PackedSegment>> packed = readPacked(connection);
    if (!packed)
        return packed.error();
    Unpacker unpacker(std::move(*packed), connection.path(), stop);
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
    const Result<std::vector<UnpackedSegment>> unpacked = unpacker.take();
    if (!unpacked)
        return unpacked.error();
    if (!fit(*unpacked, *events, *dictionaries))
        return misfit(connection);
    std::vector<std::shared_ptr<const Segment>> segments;
    for (const UnpackedSegment &each : *unpacked)
        segments.push_back(each.segment);
    return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(
        std::move(segments), dictionaries->views(), groupTypes->names(), std::move(*persons), *book));
}

} // namespace genscope
