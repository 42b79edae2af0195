// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storereader.h"

#include "analytics/rawtext.h"
#include "store/blockreader.h"
#include "store/connection.h"
#include "store/eventjson.h"
#include "store/knownproperties.h"
#include "store/propertycounts.h"
#include "store/recordscan.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/searchindex.h"
#include "store/snapshotloader.h"
#include "store/storestats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <mutex>
#include <utility>

namespace genscope {

namespace {

// Below that many rows it pays to look up their blocks instead of going through all.
constexpr std::size_t kFewRows = 20'000;

using Visit = std::function<void(std::size_t, std::string_view)>;
using Content = EventSource::Content;

Result<std::unique_ptr<Connection>> connect(const QString &path)
{
    return Connection::open(path, Connection::Access::Read);
}

Result<std::string> keptJson(const Connection &connection, BlockCache &cache, Statement &select,
                             const QString &what)
{
    const Result<bool> row = select.step();
    if (!row)
        return row.error();
    if (!*row)
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("Store", "%1: there is no event %2 in this store.")
                             .arg(connection.path(), what));
    const BlockPlace place{select.integer(0), select.integer(1)};
    Result<KeptEvent> kept = readKeptEvent(
        place, [&](std::int64_t id, std::size_t size) { return cache.fetch(connection, id, size); },
        connection.path());
    if (!kept)
        return kept.error();
    return std::move(kept->raw);
}

} // namespace

struct StoreReader::Impl
{
    explicit Impl(const QString &storePath) : path(storePath) {}

    /// A snapshot of at least @p rows rows, without loading it again where a caller still holds one.
    Result<std::shared_ptr<const Snapshot>> snapshot(std::size_t rows, const StopToken &stop)
    {
        {
            const std::lock_guard lock(mutex);
            if (std::shared_ptr<const Snapshot> known = last.lock(); known && known->rows() >= rows)
                return known;
        }
        const auto connection = connect(path);
        if (!connection)
            return connection.error();
        Result<std::shared_ptr<const Snapshot>> loaded = readSnapshot(**connection, stop);
        if (loaded) {
            const std::lock_guard lock(mutex);
            last = *loaded;
        }
        return loaded;
    }

    Status readEventProperty(PropertySet set, const std::string &name, std::size_t rows, const Visit &visit,
                             const StopToken &stop) const;
    Status readPersonProperty(const std::string &name, std::size_t rows, const Visit &visit,
                              const StopToken &stop);
    Status readContent(Content content, const RowSet &rows, const TextHint *hint, const Visit &visit,
                       const StopToken &stop);
    Result<std::shared_ptr<const SearchIndex>> searchIndex(const Connection &connection);
    Status readGroupProperty(const PropertyPath &property, std::size_t rows, const Visit &visit,
                             const StopToken &stop);

    const QString path;
    BlockCache cache{16};
    std::mutex mutex;
    std::weak_ptr<const Snapshot> last;
    std::shared_ptr<const SearchIndex> index; ///< null before the first search
    QDateTime indexWritten;                   ///< when the file that index is from was
};

StoreReader::StoreReader(const QString &path) : m_impl(std::make_unique<Impl>(path)) {}
StoreReader::~StoreReader() = default;

Result<std::shared_ptr<StoreReader>> StoreReader::open(const QString &path)
{
    const auto connection = connect(path);
    if (!connection)
        return connection.error();
    return std::shared_ptr<StoreReader>(new StoreReader(path));
}

const QString &StoreReader::path() const
{
    return m_impl->path;
}

Result<std::shared_ptr<const Snapshot>> StoreReader::loadSnapshot(const StopToken &stop) const
{
    return m_impl->snapshot(std::numeric_limits<std::size_t>::max(), stop);
}

Result<StoreStats> StoreReader::stats() const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    const Result<std::shared_ptr<const Snapshot>> snapshot = readSnapshot(**connection, {});
    if (!snapshot)
        return snapshot.error();
    return storeStats(**connection, **snapshot);
}

Result<std::string> StoreReader::rawEvent(const Uuid &uuid) const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    Result<Statement> select =
        (*connection)->prepare("SELECT block, block_offset FROM event WHERE uuid = ?1");
    if (!select)
        return select.error();
    select->bindBlob(1, {reinterpret_cast<const char *>(uuid.bytes.data()), uuid.bytes.size()});
    return keptJson(**connection, m_impl->cache, *select, QString::fromStdString(uuid.toString()));
}

Result<std::string> StoreReader::rawEventAt(std::size_t row) const
{
    std::string json;
    const Status read = readRawEvents({static_cast<std::uint32_t>(row)},
                                      [&json](std::uint32_t, std::string raw) { json = std::move(raw); });
    if (!read)
        return read.error();
    return json;
}

Status StoreReader::readRawEvents(const std::vector<std::uint32_t> &rows,
                                  const std::function<void(std::uint32_t, std::string)> &visit) const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    // Without a transaction every lookup takes the file's locks and gives them back.
    if (const Status begun = (*connection)->execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    Transaction transaction(**connection);
    Result<Statement> select = (*connection)->prepare("SELECT block, block_offset FROM event WHERE id = ?1");
    if (!select)
        return select.error();
    for (const std::uint32_t row : rows) {
        select->reset();
        select->bind(1, static_cast<std::int64_t>(row) + 1);
        Result<std::string> raw = keptJson(**connection, m_impl->cache, *select, QString::number(row));
        if (!raw)
            return raw.error();
        visit(row, std::move(*raw));
    }
    return Done{};
}

Result<std::string> StoreReader::personProperties(const std::string &personOrDistinctId) const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    const Result<PropertyBag> bag = knownPersonProperties(**connection, personOrDistinctId);
    if (!bag)
        return bag.error();
    return bag->toJson();
}

Result<std::string> StoreReader::groupProperties(const std::string &type, const std::string &key) const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    const Result<PropertyBag> bag = knownGroupProperties(**connection, type, key);
    if (!bag)
        return bag.error();
    return bag->toJson();
}

Result<std::vector<PropertyPath>> StoreReader::propertyNames() const
{
    auto counts = propertyCounts(m_impl->path);
    if (!counts)
        return counts.error();
    std::vector<PropertyPath> names;
    for (PropertyCount &count : *counts)
        names.push_back(std::move(count.path));
    return names;
}

Status StoreReader::readProperty(const PropertyPath &property, std::size_t rows, const Visit &visit,
                                 const StopToken &stop) const
{
    switch (property.scope) {
    case PropertyPath::Scope::Event:
        return m_impl->readEventProperty(PropertySet::Event, property.name, rows, visit, stop);
    case PropertyPath::Scope::Person:
        return m_impl->readPersonProperty(property.name, rows, visit, stop);
    case PropertyPath::Scope::Group:
        return m_impl->readGroupProperty(property, rows, visit, stop);
    }
    return Done{};
}

Status StoreReader::Impl::readEventProperty(PropertySet set, const std::string &name, std::size_t rows,
                                            const Visit &visit, const StopToken &stop) const
{
    const auto connection = connect(path);
    if (!connection)
        return connection.error();
    const Result<RecordScan> scan = RecordScan::open(**connection);
    if (!scan)
        return scan.error();
    const auto extract = [&](const LightRecord &record, const BlockFetch &fetch,
                             std::vector<RecordScan::Found> &found) -> Status {
        Result<std::optional<std::string>> text = RecordReader(record, fetch).property(set, name);
        if (!text)
            return text.error();
        if (*text)
            found.push_back({static_cast<std::size_t>(record.row), std::move(**text)});
        return Done{};
    };
    return scan->run(rows, extract, visit, stop);
}

Status StoreReader::Impl::readPersonProperty(const std::string &name, std::size_t rows, const Visit &visit,
                                             const StopToken &stop)
{
    RowSet carried(rows);
    const auto visitCarried = [&](std::size_t row, std::string_view text) {
        carried.set(row);
        visit(row, text);
    };
    if (const Status done = readEventProperty(PropertySet::Person, name, rows, visitCarried, stop); !done)
        return done;

    const auto connection = connect(path);
    if (!connection)
        return connection.error();
    const Result<KnownValues> known = KnownValues::ofPersons(**connection, name);
    if (!known)
        return known.error();
    if (known->empty())
        return Done{};
    const Result<std::shared_ptr<const Snapshot>> data = snapshot(rows, stop);
    if (!data)
        return data.error();
    const auto valuesOf = [&known](const DictionaryView &ids) {
        std::vector<const std::string *> values(ids.size());
        for (std::uint32_t code = 1; code < ids.size(); ++code)
            values[code] = known->find(ids.at(code));
        return values;
    };
    const auto byPerson = valuesOf((*data)->dictionary(DictField::PersonId));
    const auto byDistinctId = valuesOf((*data)->dictionary(DictField::DistinctId));
    for (std::size_t row = 0; row < rows; ++row) {
        if (carried.test(row) || ((*data)->intAt(row, IntField::Flags) & AnonymousFlag) != 0)
            continue;
        const auto person = static_cast<std::size_t>((*data)->intAt(row, IntField::PersonId));
        const auto distinctId = static_cast<std::size_t>((*data)->intAt(row, IntField::DistinctId));
        if (const std::string *value = person != 0 ? byPerson[person] : byDistinctId[distinctId])
            visit(row, *value);
    }
    return Done{};
}

Status StoreReader::Impl::readGroupProperty(const PropertyPath &property, std::size_t rows,
                                            const Visit &visit, const StopToken &stop)
{
    const auto connection = connect(path);
    if (!connection)
        return connection.error();
    const Result<KnownValues> known = KnownValues::ofGroups(**connection, property.groupType, property.name);
    if (!known)
        return known.error();
    const Result<std::shared_ptr<const Snapshot>> data = snapshot(rows, stop);
    if (!data)
        return data.error();
    const std::vector<std::string> &types = (*data)->groupTypes();
    const auto type = std::find(types.begin(), types.end(), property.groupType);
    if (type == types.end() || known->empty())
        return Done{};
    const int slot = static_cast<int>(type - types.begin());
    const DictionaryView &keys = (*data)->dictionary(groupDictField(slot));
    std::vector<const std::string *> values(keys.size());
    for (std::uint32_t code = 1; code < keys.size(); ++code)
        values[code] = known->find(keys.at(code));
    for (std::size_t row = 0; row < rows; ++row) {
        const auto code = static_cast<std::size_t>((*data)->intAt(row, groupIntField(slot)));
        if (const std::string *value = values[code])
            visit(row, *value);
    }
    return Done{};
}

Status StoreReader::readSpanIds(const RowSet &rows, const Visit &visit, const StopToken &stop) const
{
    const auto connection = connect(m_impl->path);
    if (!connection)
        return connection.error();
    const Result<RecordScan> scan = RecordScan::open(**connection);
    if (!scan)
        return scan.error();
    const auto extract = [&](const LightRecord &record, const BlockFetch &fetch,
                             std::vector<RecordScan::Found> &) -> Status {
        const auto row = static_cast<std::size_t>(record.row);
        if (!rows.test(row))
            return Done{};
        RecordReader reader(record, fetch);
        for (const std::string_view name : {"$ai_generation_id", "$ai_span_id"}) {
            Result<std::optional<std::string>> id = reader.property(PropertySet::Event, name);
            if (!id)
                return id.error();
            if (*id && !(*id)->empty()) {
                visit(row, **id); // here, so that no id waits in memory
                break;
            }
        }
        return Done{};
    };
    return scan->run(
        rows.size(), extract, [](std::size_t, std::string_view) {}, stop);
}

Status StoreReader::readContent(Content content, const RowSet &rows, const Visit &visit,
                                const StopToken &stop) const
{
    return m_impl->readContent(content, rows, nullptr, visit, stop);
}

Status StoreReader::searchContent(Content content, const RowSet &rows, const TextHint &hint,
                                  const Visit &visit, const StopToken &stop) const
{
    return m_impl->readContent(content, rows, &hint, visit, stop);
}

/// Reads it again where it was written since: a window makes it in the background.
Result<std::shared_ptr<const SearchIndex>> StoreReader::Impl::searchIndex(const Connection &connection)
{
    const std::lock_guard lock(mutex);
    const QDateTime written = QFileInfo(SearchIndex::pathOf(path)).lastModified();
    if (index && written == indexWritten)
        return index;
    Result<std::shared_ptr<const SearchIndex>> loaded = SearchIndex::load(connection);
    if (loaded) {
        index = *loaded;
        indexWritten = written;
    }
    return loaded;
}

Status StoreReader::Impl::readContent(Content content, const RowSet &rows, const TextHint *hint,
                                      const Visit &visit, const StopToken &stop)
{
    const auto connection = connect(path);
    if (!connection)
        return connection.error();
    Result<RecordScan> scan = RecordScan::open(**connection);
    if (!scan)
        return scan.error();
    if (hint != nullptr) {
        const auto known = searchIndex(**connection);
        if (!known)
            return known.error();
        const auto entryOf = [index = *known](std::int64_t block, std::size_t size) {
            const SearchIndex::Entry *entry = index->find(block);
            return entry != nullptr && entry->size >= size ? entry : nullptr;
        };
        scan->restrictTo([&](std::int64_t block, std::size_t size) {
            const SearchIndex::Entry *entry = entryOf(block, size);
            return entry == nullptr ||
                   hint->mayMatch([entry](std::string_view text) { return entry->grams.mayHold(text); });
        });
        scan->usePlaces([entryOf](std::int64_t block, std::size_t size) -> std::optional<std::string> {
            const SearchIndex::Entry *entry = entryOf(block, size);
            return entry == nullptr ? std::nullopt : entry->readPlaces();
        });
    }
    const RawTextFilter *raw = hint != nullptr ? hint->rawFilter() : nullptr;
    if (rows.count() <= kFewRows) {
        std::vector<std::size_t> wanted;
        rows.forEach([&wanted](std::size_t row) { wanted.push_back(row); });
        if (const Status restricted = scan->restrictTo(wanted, **connection); !restricted)
            return restricted;
    }
    const Cut::Tag tag = content == Content::Input ? Cut::Tag::Input : Cut::Tag::Output;
    const auto extract = [&](const LightRecord &record, const BlockFetch &fetch,
                             std::vector<RecordScan::Found> &found) -> Status {
        const auto row = static_cast<std::size_t>(record.row);
        if (!rows.test(row))
            return Done{};
        RecordReader reader(record, fetch);
        if (raw != nullptr) {
            thread_local std::string scratch;
            const Result<bool> mayHold = reader.contentMayHold(
                tag, [&](std::string_view json) { return raw->mayHold(json, scratch); });
            if (!mayHold)
                return mayHold.error();
            if (!*mayHold)
                return Done{};
        }
        Result<std::string> text = reader.contentText(tag);
        if (!text)
            return text.error();
        if (text->empty())
            return Done{};
        if (hint != nullptr)
            visit(row, *text); // here, on all cores
        else
            found.push_back({row, std::move(*text)});
        return Done{};
    };
    return scan->run(rows.size(), extract, visit, stop);
}

bool looksLikeStore(const QString &path)
{
    return inspectStoreFile(path).kind == StoreFile::Kind::Store;
}

} // namespace genscope
