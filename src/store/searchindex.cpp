// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/searchindex.h"

#include "store/compression.h"
#include "store/connection.h"
#include "store/storemeta.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>

namespace genscope {

namespace {

constexpr std::string_view kMagic = "Genscope search 2\n"; // another way to fold or to hash is another number

template<typename Number>
void put(std::string &out, Number number)
{
    const auto value = static_cast<std::make_unsigned_t<Number>>(number);
    for (std::size_t i = 0; i < sizeof value; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// Reads what put() wrote; a text that ends early gives zeroes, and is not ok().
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    template<typename Number>
    Number number()
    {
        const std::string_view bytes = text(sizeof(Number));
        std::make_unsigned_t<Number> value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value |= static_cast<std::make_unsigned_t<Number>>(static_cast<unsigned char>(bytes[i]))
                     << (8 * i);
        return static_cast<Number>(value);
    }
    std::string_view text(std::size_t size)
    {
        m_ok = m_ok && size <= m_bytes.size();
        if (!m_ok)
            return {};
        const std::string_view bytes = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return bytes;
    }
    bool atEnd() const { return m_bytes.empty(); }
    bool ok() const { return m_ok; }

private:
    std::string_view m_bytes;
    bool m_ok = true;
};

void putEntry(std::string &out, const SearchIndex::Entry &entry, Compressor &compressor)
{
    std::string raw;
    for (const std::uint64_t word : entry.grams.words())
        put(raw, word);
    const std::string data = compressor.compress(raw, Compressor::kFast);
    for (const std::int64_t number :
         {entry.block, static_cast<std::int64_t>(entry.size), entry.row, entry.offset, entry.rawHash})
        put(out, number);
    put(out, static_cast<std::uint32_t>(raw.size()));
    put(out, static_cast<std::uint32_t>(data.size()));
    out += data;
    put(out, static_cast<std::uint32_t>(entry.placesSize));
    put(out, static_cast<std::uint32_t>(entry.places.size()));
    out += entry.places;
}

std::optional<SearchIndex::Entry> readEntry(Reader &reader, Decompressor &decompressor)
{
    SearchIndex::Entry entry;
    entry.block = reader.number<std::int64_t>();
    entry.size = static_cast<std::size_t>(reader.number<std::int64_t>());
    entry.row = reader.number<std::int64_t>();
    entry.offset = reader.number<std::int64_t>();
    entry.rawHash = reader.number<std::int64_t>();
    const auto rawSize = reader.number<std::uint32_t>();
    const auto size = reader.number<std::uint32_t>();
    const std::string_view data = reader.text(size);
    entry.placesSize = reader.number<std::uint32_t>();
    entry.places = reader.text(reader.number<std::uint32_t>());
    std::string raw;
    if (!reader.ok() || rawSize > (1u << GramSet::kMostBits) || !decompressor.decompress(data, rawSize, raw))
        return std::nullopt;
    Reader words(raw);
    std::vector<std::uint64_t> bits(raw.size() / sizeof(std::uint64_t));
    for (std::uint64_t &word : bits)
        word = words.number<std::uint64_t>();
    entry.grams = GramSet(std::move(bits));
    return entry;
}

bool byBlock(const SearchIndex::Entry &a, const SearchIndex::Entry &b)
{
    return a.block < b.block;
}

/// What the file says, if it is about that store.
std::vector<SearchIndex::Entry> readFile(const QString &path, const std::string &id)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    Reader reader({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (reader.text(kMagic.size()) != kMagic || reader.text(id.size()) != id || id.empty())
        return {};
    Decompressor decompressor;
    std::vector<SearchIndex::Entry> entries;
    while (!reader.atEnd()) {
        std::optional<SearchIndex::Entry> entry = readEntry(reader, decompressor);
        if (!entry)
            return {};
        entries.push_back(std::move(*entry));
    }
    std::sort(entries.begin(), entries.end(), byBlock);
    return entries;
}

} // namespace

std::optional<std::string> SearchIndex::Entry::readPlaces() const
{
    thread_local Decompressor decompressor;
    std::string raw;
    return decompressor.decompress(places, placesSize, raw) ? std::optional(std::move(raw)) : std::nullopt;
}

QString SearchIndex::pathOf(const QString &storePath)
{
    return storePath + QStringLiteral(".search");
}

Result<std::shared_ptr<const SearchIndex>> SearchIndex::load(const Connection &store)
{
    auto index = std::make_shared<SearchIndex>();
    if (!QFile::exists(pathOf(store.path())))
        return std::shared_ptr<const SearchIndex>(index);
    if (const Status begun = store.execute(QStringLiteral("BEGIN")); !begun)
        return begun.error();
    Transaction transaction(store);
    const Result<std::string> id = storeId(store);
    if (!id)
        return id.error();
    std::vector<Entry> entries = readFile(pathOf(store.path()), *id);
    // A copy of the store that was put back may have gone on in another way.
    Result<Statement> select = store.prepare(
        "SELECT 1 FROM event WHERE id = ?1 AND block = ?2 AND block_offset = ?3 AND raw_hash = ?4");
    if (!select)
        return select.error();
    for (Entry &entry : entries) {
        select->bind(1, entry.row + 1);
        select->bind(2, entry.block);
        select->bind(3, entry.offset);
        select->bind(4, entry.rawHash);
        const Result<bool> found = select->step();
        if (!found)
            return found.error();
        if (*found)
            index->m_entries.push_back(std::move(entry));
        select->reset();
    }
    return std::shared_ptr<const SearchIndex>(index);
}

const SearchIndex::Entry *SearchIndex::find(std::int64_t block) const
{
    const auto entry = std::lower_bound(m_entries.begin(), m_entries.end(), block,
                                        [](const Entry &e, std::int64_t id) { return e.block < id; });
    return entry != m_entries.end() && entry->block == block ? &*entry : nullptr;
}

SearchIndex SearchIndex::with(std::vector<Entry> entries) const
{
    SearchIndex index;
    std::sort(entries.begin(), entries.end(), byBlock);
    // Of equal ones the first is kept: the new one.
    std::merge(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
               std::back_inserter(index.m_entries), byBlock);
    const auto same = [](const Entry &a, const Entry &b) { return a.block == b.block; };
    index.m_entries.erase(std::unique(index.m_entries.begin(), index.m_entries.end(), same),
                          index.m_entries.end());
    return index;
}

Status SearchIndex::save(const Connection &store) const
{
    const Result<std::string> id = storeId(store);
    if (!id)
        return id.error();
    QSaveFile file(pathOf(store.path()));
    const auto failed = [&file] {
        return makeError(Error::Kind::Io, QCoreApplication::translate("Store", "%1 cannot be written: %2")
                                              .arg(file.fileName(), file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    Compressor compressor;
    std::string out = std::string(kMagic) + *id;
    for (const Entry &entry : m_entries) {
        putEntry(out, entry, compressor);
        if (file.write(out.data(), static_cast<qint64>(out.size())) != static_cast<qint64>(out.size()))
            return failed();
        out.clear();
    }
    file.write(out.data(), static_cast<qint64>(out.size()));
    if (!file.commit())
        return failed();
    return Done{};
}

} // namespace genscope
