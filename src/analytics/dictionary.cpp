// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dictionary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

// Inlined, as the texts are short.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace genscope {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(DictField::Group0)> kNames = {
    "event_name", "model", "provider", "distinct_id", "person_id",  "trace",        "session",
    "span_name",  "error", "lib",      "tools",       "cost_model", "cost_provider"};

constexpr std::array<std::string_view, kMaxGroupTypes> kGroupNames = {
    "group_0", "group_1", "group_2",  "group_3",  "group_4",  "group_5",  "group_6",  "group_7",
    "group_8", "group_9", "group_10", "group_11", "group_12", "group_13", "group_14", "group_15"};

// Chunk c holds kFirstChunk << c texts, so that a view of ten million texts is some twenty pointers.
constexpr std::uint32_t kFirstChunk = 256;
constexpr int kFirstChunkBits = 8;

struct Place
{
    std::size_t chunk;
    std::uint32_t index;
};

Place placeOf(std::uint32_t code)
{
    const std::uint64_t position = std::uint64_t{code} + kFirstChunk;
    const int chunk = std::bit_width(position) - 1 - kFirstChunkBits;
    return {static_cast<std::size_t>(chunk),
            static_cast<std::uint32_t>(position - (std::uint64_t{kFirstChunk} << chunk))};
}

} // namespace

std::string_view dictFieldName(DictField field)
{
    if (field == DictField::ServiceTier)
        return "service_tier";
    const auto index = static_cast<std::size_t>(field);
    return index < kNames.size() ? kNames[index] : kGroupNames[index - kNames.size()];
}

namespace detail {

/// Texts lie in blocks, each as its length (4 bytes) and its bytes. Nothing that a view can reach is ever
/// written again: the appending thread only fills entries past the end of every view.
struct DictionaryChunk
{
    explicit DictionaryChunk(std::size_t capacity)
        : entries(std::make_unique_for_overwrite<const char *[]>(capacity))
    {
    }

    std::string_view at(std::uint32_t index) const
    {
        std::uint32_t length;
        std::memcpy(&length, entries[index], sizeof length);
        return {entries[index] + sizeof length, length};
    }

    std::unique_ptr<const char *[]> entries;
    std::vector<std::unique_ptr<char[]>> blocks; ///< only for the appending thread
    char *free = nullptr;
    std::size_t freeBytes = 0;
};

} // namespace detail

using detail::DictionaryChunk;

std::string_view DictionaryView::at(std::uint32_t code) const
{
    if (code == 0)
        return {};
    const Place place = placeOf(code);
    return m_chunks[place.chunk]->at(place.index);
}

std::uint32_t DictionaryView::codeOf(std::string_view text) const
{
    for (std::uint32_t code = 1; code < m_size; ++code)
        if (at(code) == text)
            return code;
    return 0;
}

struct Dictionary::Data
{
    static constexpr std::size_t kSmallBlock = 1024;
    static constexpr std::size_t kLargeBlock = 256 * 1024;

    std::vector<std::shared_ptr<DictionaryChunk>> chunks;
    std::uint32_t size = 1;
    std::size_t bytes = 0;

    /// Open addressing: the upper half of a slot is the text's hash, the lower half its code; 0 is free.
    std::vector<std::uint64_t> slots;
    std::uint32_t indexed = 1; ///< codes below are in the slots

    std::string_view at(std::uint32_t code) const
    {
        if (code == 0)
            return {};
        const Place place = placeOf(code);
        return chunks[place.chunk]->at(place.index);
    }

    char *allocate(DictionaryChunk &chunk, std::size_t length)
    {
        if (chunk.freeBytes < length) {
            const std::size_t usual = std::clamp(std::size_t{size} * 16, kSmallBlock, kLargeBlock);
            const std::size_t block = std::max(usual, length);
            chunk.blocks.push_back(std::make_unique_for_overwrite<char[]>(block));
            chunk.free = chunk.blocks.back().get();
            chunk.freeBytes = block;
            bytes += block;
        }
        char *place = chunk.free;
        chunk.free += length;
        chunk.freeBytes -= length;
        return place;
    }

    void append(std::string_view text)
    {
        const Place place = placeOf(size);
        if (place.chunk == chunks.size()) {
            const std::size_t capacity = std::size_t{kFirstChunk} << place.chunk;
            chunks.push_back(std::make_shared<DictionaryChunk>(capacity));
            bytes += capacity * sizeof(const char *);
        }
        DictionaryChunk &chunk = *chunks[place.chunk];
        const auto length = static_cast<std::uint32_t>(text.size());
        char *bytesOfText = allocate(chunk, sizeof length + text.size());
        std::memcpy(bytesOfText, &length, sizeof length);
        std::copy(text.begin(), text.end(), bytesOfText + sizeof length);
        chunk.entries[place.index] = bytesOfText;
        ++size;
    }

    static std::uint64_t hashOf(std::string_view text)
    {
        return XXH3_64bits(text.data(), text.size()) & 0xFFFF'FFFF'0000'0000u;
    }
    std::size_t slotOf(std::uint64_t hash) const { return (hash >> 32) & (slots.size() - 1); }

    void insert(std::uint64_t hash, std::uint32_t code)
    {
        std::size_t slot = slotOf(hash);
        while (slots[slot] != 0)
            slot = (slot + 1) & (slots.size() - 1);
        slots[slot] = hash | code;
    }

    /// Brings the index up to date with at most half of its slots in use.
    void index()
    {
        if (std::size_t{size} * 2 > slots.size()) {
            slots.assign(std::bit_ceil(std::max<std::size_t>(64, std::size_t{size} * 4)), 0);
            indexed = 1;
        }
        for (; indexed < size; ++indexed)
            insert(hashOf(at(indexed)), indexed);
    }

    std::uint32_t find(std::uint64_t hash, std::string_view text) const
    {
        for (std::size_t slot = slotOf(hash); slots[slot] != 0; slot = (slot + 1) & (slots.size() - 1)) {
            const auto code = static_cast<std::uint32_t>(slots[slot]);
            if ((slots[slot] & 0xFFFF'FFFF'0000'0000u) == hash && at(code) == text)
                return code;
        }
        return 0;
    }
};

Dictionary::Dictionary() : m_data(std::make_unique<Data>()) {}
Dictionary::~Dictionary() = default;
Dictionary::Dictionary(Dictionary &&) noexcept = default;
Dictionary &Dictionary::operator=(Dictionary &&) noexcept = default;

std::uint32_t Dictionary::intern(std::string_view text)
{
    if (text.empty())
        return 0;
    m_data->index();
    const std::uint64_t hash = Data::hashOf(text);
    if (const std::uint32_t known = m_data->find(hash, text))
        return known;
    m_data->append(text);
    m_data->index();
    return m_data->size - 1;
}

void Dictionary::makeIndex()
{
    m_data->index();
}

std::uint32_t Dictionary::findIndexed(std::string_view text) const
{
    return text.empty() ? 0 : m_data->find(Data::hashOf(text), text);
}

std::uint32_t Dictionary::find(std::string_view text)
{
    if (text.empty())
        return 0;
    m_data->index();
    return m_data->find(Data::hashOf(text), text);
}

void Dictionary::append(std::string_view text)
{
    m_data->append(text);
}

std::string_view Dictionary::at(std::uint32_t code) const
{
    return m_data->at(code);
}

std::uint32_t Dictionary::size() const
{
    return m_data->size;
}

DictionaryView Dictionary::view() const
{
    DictionaryView view;
    view.m_chunks.assign(m_data->chunks.begin(), m_data->chunks.end());
    view.m_size = m_data->size;
    view.m_bytes = m_data->bytes;
    return view;
}

} // namespace genscope
