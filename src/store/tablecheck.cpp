// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tablecheck.h"

#include "ingest/json.h"
#include "store/blockreader.h"
#include "store/orderedpool.h"
#include "store/rows.h"

#include <QCoreApplication>

#include <array>
#include <map>
#include <tuple>

namespace genscope {

namespace {

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
}

struct BlockTask
{
    std::int64_t id = 0;
    BlockKind kind = BlockKind::Light;
    std::size_t size = 0; ///< what was appended later is left out
};

struct BlockAnswer
{
    std::int64_t id = 0;
    bool readable = false;
    bool light = false;
    std::int64_t records = 0;
};

BlockAnswer checkBlock(const BlockTask &task, const Connection *connection)
{
    BlockAnswer answer{task.id, false, task.kind == BlockKind::Light, 0};
    BlockCache cache(1);
    const Result<SharedBlock> block =
        connection ? cache.fetch(*connection, task.id, task.size) : Result<SharedBlock>(Error{});
    if (!block)
        return answer;
    answer.readable = true;
    const std::string_view bytes = std::string_view(**block).substr(0, task.size);
    LightRecord record;
    for (std::size_t offset = 0; answer.light && offset < bytes.size(); ++answer.records) {
        const std::optional<std::size_t> next = readRecord(bytes, offset, record);
        answer.readable = next.has_value();
        if (!next)
            break;
        offset = *next;
    }
    return answer;
}

std::string propertyWords(std::string_view group, std::string_view name)
{
    return group.empty() ? json::quoted(name) : json::quoted(group) + " " + json::quoted(name);
}

} // namespace

Status checkDatabase(const Connection &connection, ProblemList &problems, const StopToken &stop)
{
    const InterruptOnStop interrupt(connection, stop);
    // SQLite 3.40 finds NULLs in tables without row ids whose key is not in front, where there are none: so
    // that table's are looked for with a query, and there is no limit that false ones could use up.
    const Status checked =
        forEachRow(connection, "PRAGMA integrity_check(2000000000)", [&problems](const Statement &row) {
            if (row.bytes(0) != "ok" && !row.bytes(0).starts_with("NULL value in event_copy."))
                problems.add(Damage::Database, "sqlite", std::string(row.bytes(0)));
        });
    if (stop.stopRequested())
        return cancelled();
    if (!checked)
        problems.add(Damage::Database, "sqlite", checked.error().message.toStdString());
    return Done{};
}

void checkDictionaries(StoredDictionaries &dictionaries, ProblemList &problems)
{
    for (int i = 0; i < kDictFieldCount; ++i) {
        const auto field = static_cast<DictField>(i);
        Dictionary &dictionary = dictionaries.at(field);
        dictionary.makeIndex();
        for (std::uint32_t code = 1; code < dictionary.size(); ++code) {
            if (dictionary.findIndexed(dictionary.at(code)) != code)
                problems.add(Damage::Dictionary, "dictionary." + std::string(dictFieldName(field)),
                             json::quoted(dictionary.at(code)) + " has two codes");
        }
    }
}

Status checkReferences(const Connection &connection, ProblemList &problems)
{
    const struct
    {
        const char *where;
        const char *sql; ///< a number that leads nowhere
    } references[] = {
        {"event.source", "SELECT id FROM event WHERE source NOT IN (SELECT id FROM source)"},
        {"event_copy",
         "SELECT event FROM event_copy WHERE raw_hash IS NULL OR captured IS NULL OR source IS NULL"},
        {"event_copy.event", "SELECT event FROM event_copy WHERE event NOT IN (SELECT id FROM event)"},
        {"event_copy.source", "SELECT event FROM event_copy WHERE source NOT IN (SELECT id FROM source)"},
        {"reject.source", "SELECT source FROM reject WHERE source NOT IN (SELECT id FROM source)"},
    };
    for (const auto &reference : references) {
        const Status checked = forEachRow(connection, reference.sql, [&](const Statement &row) {
            problems.add(Damage::Dangling, reference.where, "row " + std::to_string(row.integer(0)));
        });
        if (!checked)
            return checked;
    }
    return Done{};
}

Status checkGroups(const Connection &connection, ProblemList &problems)
{
    const std::string firstField = std::to_string(static_cast<int>(DictField::Group0));
    return forEachRow(connection,
                      "SELECT t.name, d.value FROM group_type t JOIN dictionary d ON d.field = t.slot + " +
                          firstField +
                          " WHERE NOT EXISTS (SELECT 1 FROM group_key g WHERE g.type = t.name AND g.key = "
                          "d.value)",
                      [&problems](const Statement &row) {
                          problems.add(Damage::ProfileLacks, "group_key",
                                       "no group " + propertyWords(row.bytes(0), row.bytes(1)));
                      });
}

Status checkSources(const Connection &connection, const CheckCounts &counts, ProblemList &problems)
{
    constexpr std::string_view kSql =
        "SELECT id, events, new_events, rejected, path, (SELECT count(*) FROM reject WHERE source = s.id)"
        " FROM source s";
    return forEachRow(connection, kSql, [&](const Statement &row) {
        const auto found = counts.newOfSource.find(row.integer(0));
        const std::int64_t counted = found == counts.newOfSource.end() ? 0 : found->second;
        const auto differs = [&](const char *where, std::int64_t stored, std::int64_t expected) {
            problems.add(Damage::CountDiffers, where,
                         json::quoted(row.bytes(4)) + ": " + std::to_string(stored) + " instead of " +
                             std::to_string(expected));
        };
        if (row.integer(2) != counted)
            differs("source.new_events", row.integer(2), counted);
        if (row.integer(1) < counted)
            differs("source.events", row.integer(1), counted);
        if (row.integer(3) < row.integer(5))
            differs("source.rejected", row.integer(3), row.integer(5));
    });
}

Status checkProperties(const Connection &connection, PropertyCounter &names, ProblemList &problems)
{
    using Key = std::tuple<int, std::string, std::string>;
    std::map<Key, std::int64_t> counted;
    names.forEach([&counted](PropertyPath::Scope scope, std::string_view group, std::string_view name,
                             std::int64_t count) {
        counted[{static_cast<int>(scope), std::string(group), std::string(name)}] = count;
    });
    const auto differs = [&problems](std::string_view group, std::string_view name, std::int64_t stored,
                                     std::int64_t expected) {
        problems.add(Damage::CountDiffers, "property.count",
                     propertyWords(group, name) + ": " + std::to_string(stored) + " instead of " +
                         std::to_string(expected));
    };
    const Status read = forEachRow(
        connection, "SELECT scope, group_type, name, count FROM property", [&](const Statement &row) {
            const auto entry = counted.extract(
                Key(static_cast<int>(row.integer(0)), std::string(row.bytes(1)), std::string(row.bytes(2))));
            const std::int64_t expected = entry.empty() ? 0 : entry.mapped();
            if (row.integer(3) != expected)
                differs(row.bytes(1), row.bytes(2), row.integer(3), expected);
        });
    for (const auto &[key, count] : counted)
        problems.add(Damage::CountDiffers, "property",
                     propertyWords(std::get<1>(key), std::get<2>(key)) + " is missing");
    return read;
}

Status checkBlocks(const Connection &connection, const CheckCounts &counts, ProblemList &problems,
                   const StopToken &stop)
{
    OrderedPool<BlockTask, BlockAnswer> pool([path = connection.path()] {
        const std::shared_ptr<Connection> own = [&path]() -> std::shared_ptr<Connection> {
            auto opened = Connection::open(path, Connection::Access::Read);
            return opened ? std::shared_ptr<Connection>(std::move(*opened)) : nullptr;
        }();
        return [own](BlockTask &&task) { return checkBlock(task, own.get()); };
    });
    const auto use = [&](const BlockAnswer &answer) {
        const std::string words = "block " + std::to_string(answer.id);
        if (!answer.readable)
            problems.add(Damage::BlockUnreadable, "block", words);
        const auto known = counts.recordsOfBlock.find(answer.id);
        const std::int64_t referred = known == counts.recordsOfBlock.end() ? 0 : known->second;
        if (answer.readable && answer.light && answer.records > referred)
            problems.add(Damage::RecordUnreferenced, "block", words, answer.records - referred);
    };
    const Status read =
        forEachRow(connection, "SELECT id, kind, raw_size FROM block ORDER BY id", [&](const Statement &row) {
            if (stop.stopRequested())
                return;
            pool.add({row.integer(0), static_cast<BlockKind>(row.integer(1)),
                      static_cast<std::size_t>(row.integer(2))});
            if (pool.isFull())
                use(pool.take());
        });
    while (pool.underWay() > 0)
        use(pool.take());
    return stop.stopRequested() ? Status(cancelled()) : read;
}

} // namespace genscope
