// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storestats.h"

#include "store/rows.h"
#include "store/sourcelog.h"

#include <QFileInfo>

#include <algorithm>

namespace genscope {

namespace {

std::vector<std::pair<std::string, std::int64_t>> eventCounts(const Snapshot &snapshot)
{
    const DictionaryView &names = snapshot.dictionary(DictField::EventName);
    std::vector<std::int64_t> counts(names.size());
    std::vector<std::uint32_t> codes;
    for (const auto &segment : snapshot.segments()) {
        codes.resize(segment->rows());
        segment->ints(IntField::EventName).decodeCodes(codes);
        for (const std::uint32_t code : codes)
            ++counts[code];
    }
    std::vector<std::pair<std::string, std::int64_t>> byEvent;
    for (std::uint32_t code = 1; code < names.size(); ++code) {
        if (counts[code] > 0)
            byEvent.emplace_back(names.at(code), counts[code]);
    }
    std::sort(byEvent.begin(), byEvent.end(), [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return byEvent;
}

Status addGroups(const Connection &connection, StoreStats &stats)
{
    return forEachRow(
        connection, "SELECT type, count(*) FROM group_key GROUP BY type",
        [&stats](const Statement &row) { stats.groups.emplace_back(row.bytes(0), row.integer(1)); });
}

Status addSources(const Connection &connection, StoreStats &stats)
{
    return forEachRow(connection, "SELECT path, kind, events, rejected FROM source ORDER BY id",
                      [&stats](const Statement &row) {
                          stats.sources.push_back({std::string(row.bytes(0)), std::string(row.bytes(1)),
                                                   row.integer(2), row.integer(3)});
                      });
}

} // namespace

Result<StoreStats> storeStats(const Connection &connection, const Snapshot &snapshot)
{
    StoreStats stats;
    stats.events = static_cast<std::int64_t>(snapshot.rows());
    stats.byEvent = eventCounts(snapshot);
    stats.first = snapshot.firstTimestamp();
    stats.last = snapshot.lastTimestamp();
    stats.storeBytes =
        QFileInfo(connection.path()).size() + QFileInfo(connection.path() + QStringLiteral("-wal")).size();
    // What was said of a distinct id counts for its person.
    const Result<std::int64_t> persons = connection.integer(
        "SELECT count(*) FROM person WHERE NOT EXISTS"
        " (SELECT 1 FROM person_distinct d WHERE d.distinct_id = key AND d.person_id <> key)");
    if (!persons)
        return persons.error();
    stats.persons = *persons;
    if (const Status added = addGroups(connection, stats); !added)
        return added.error();
    const Result<std::int64_t> rejected = rejectedLines(connection);
    if (!rejected)
        return rejected.error();
    stats.rejected = *rejected;
    if (const Status added = addSources(connection, stats); !added)
        return added.error();
    return stats;
}

} // namespace genscope
