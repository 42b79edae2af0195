// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/grouping.h"

#include <algorithm>
#include <bit>

namespace genscope {

namespace {

constexpr std::uint64_t kMostDirectKeys = 1 << 20;
constexpr std::uint64_t kMostKeys = std::uint64_t{1} << 63;
constexpr std::uint64_t kMostIds = std::uint64_t{1} << 32;

std::uint64_t hashOf(std::uint64_t key)
{
    key *= 0x9E37'79B9'7F4A'7C15u;
    return key ^ (key >> 32);
}

/// a * b, or kMostKeys if that is less.
std::uint64_t cappedProduct(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? kMostKeys : std::min(product, kMostKeys);
}

} // namespace

KeyIndex::KeyIndex(std::uint64_t keyBound)
{
    if (keyBound <= kMostDirectKeys)
        m_idOfKey.assign(keyBound, kNone);
    else
        m_slots.assign(1024, kNone);
}

std::uint32_t KeyIndex::add(std::uint64_t key)
{
    m_keys.push_back(key);
    return static_cast<std::uint32_t>(m_keys.size() - 1);
}

void KeyIndex::grow()
{
    const std::size_t mask = m_slots.size() * 4 - 1;
    m_slots.assign(m_slots.size() * 4, kNone);
    for (std::uint32_t id = 0; id < m_keys.size(); ++id) {
        std::size_t slot = hashOf(m_keys[id]) & mask;
        while (m_slots[slot] != kNone)
            slot = (slot + 1) & mask;
        m_slots[slot] = id;
    }
}

std::uint32_t KeyIndex::searched(std::uint64_t key)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hashOf(key) & mask;
    while (m_slots[slot] != kNone) {
        if (m_keys[m_slots[slot]] == key)
            return m_slots[slot];
        slot = (slot + 1) & mask;
    }
    const std::uint32_t id = add(key);
    m_slots[slot] = id;
    if (m_keys.size() * 2 > m_slots.size())
        grow();
    return id;
}

std::uint64_t GroupingParts::valueCount(std::size_t part) const
{
    if (buckets != nullptr && part == 0)
        return buckets->size();
    return dimensions[part - (buckets != nullptr ? 1 : 0)]->codeCount();
}

bool GroupingParts::manyValued() const
{
    return std::any_of(dimensions.begin(), dimensions.end(),
                       [](const auto &dimension) { return dimension->manyValued(); });
}

std::uint64_t GroupingParts::mostGroups() const
{
    std::uint64_t most = 1;
    for (std::size_t part = 0; part < count(); ++part)
        most = cappedProduct(most, valueCount(part));
    return most;
}

Grouping::Grouping(GroupingParts parts) : m_parts(std::move(parts))
{
    std::size_t part = 0;
    do {
        std::uint64_t keyBound = m_stages.empty() ? 1 : kMostIds;
        const std::size_t begin = part;
        // A stage takes at least one part: an id and a code always fit one key.
        while (part < m_parts.count() &&
               (part == begin || cappedProduct(keyBound, m_parts.valueCount(part)) < kMostKeys))
            keyBound = cappedProduct(keyBound, m_parts.valueCount(part++));
        m_stages.push_back({begin, part, KeyIndex(keyBound)});
    } while (part < m_parts.count());
}

std::size_t Grouping::size() const
{
    return m_stages.back().index.size();
}

void Grouping::assign(const Segment &segment, std::size_t segmentIndex, std::span<const std::uint32_t> rows)
{
    m_rows = rows;
    m_codes.clear();
    if (const auto bucket = m_parts.count() == 1 ? onlyBucketOf(segment) : std::nullopt) {
        m_onlyGroup = m_stages.front().index.idOf(*bucket);
        return;
    }
    m_keys.resize(rows.size());
    for (Stage &stage : m_stages) {
        for (std::size_t part = stage.begin; part < stage.end; ++part)
            addPart(segment, segmentIndex, part);
        m_codes.resize(m_keys.size());
        for (std::size_t i = 0; i < m_keys.size(); ++i)
            m_codes[i] = stage.index.idOf(m_keys[i]);
        if (&stage != &m_stages.back())
            std::copy(m_codes.begin(), m_codes.end(), m_keys.begin());
    }
}

void Grouping::addPart(const Segment &segment, std::size_t segmentIndex, std::size_t part)
{
    m_codes.resize(m_rows.size());
    if (m_parts.buckets != nullptr && part == 0) {
        findBuckets(segment);
    } else {
        const Dimension &dimension = *m_parts.dimensions[part - (m_parts.buckets != nullptr ? 1 : 0)];
        dimension.read(segmentIndex, m_rows, m_codes, m_scratch);
        if (dimension.manyValued())
            expand(dimension);
    }
    if (part == 0) {
        std::copy(m_codes.begin(), m_codes.end(), m_keys.begin());
        return;
    }
    const std::uint64_t valueCount = m_parts.valueCount(part);
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        m_keys[i] = m_keys[i] * valueCount + m_codes[i];
}

/// A segment is a few hours of a busy store: often its events are all of one bucket.
std::optional<std::size_t> Grouping::onlyBucketOf(const Segment &segment) const
{
    return m_parts.buckets == nullptr
               ? std::nullopt
               : m_parts.buckets->onlyBucketOf(segment.earliestUs(), segment.latestUs());
}

void Grouping::findBuckets(const Segment &segment)
{
    if (const auto one = onlyBucketOf(segment)) {
        std::fill(m_codes.begin(), m_codes.end(), static_cast<std::uint32_t>(*one));
        return;
    }
    m_times.resize(segment.rows());
    segment.ints(IntField::Timestamp).decode(m_times);
    m_parts.buckets->find(m_times, m_rows, m_codes);
}

void Grouping::expand(const Dimension &dimension)
{
    std::vector<std::uint32_t> rows;
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> codes;
    rows.reserve(m_rows.size());
    keys.reserve(m_rows.size());
    codes.reserve(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        for (const std::uint32_t member : dimension.members(m_codes[i])) {
            rows.push_back(m_rows[i]);
            keys.push_back(m_keys[i]);
            codes.push_back(member);
        }
    }
    m_expandedRows = std::move(rows);
    m_rows = m_expandedRows;
    m_keys = std::move(keys);
    m_codes = std::move(codes);
}

void Grouping::writeParts(std::uint32_t group, std::span<std::uint32_t> parts) const
{
    std::uint64_t id = group;
    for (auto stage = m_stages.rbegin(); stage != m_stages.rend(); ++stage) {
        std::uint64_t key = stage->index.key(static_cast<std::uint32_t>(id));
        for (std::size_t part = stage->end; part-- > stage->begin;) {
            const std::uint64_t count = m_parts.valueCount(part);
            parts[part] = static_cast<std::uint32_t>(key % count);
            key /= count;
        }
        id = key;
    }
}

std::vector<std::uint32_t> Grouping::allParts() const
{
    const std::size_t count = m_parts.count();
    std::vector<std::uint32_t> parts(size() * count);
    for (std::size_t group = 0; group < size(); ++group)
        writeParts(static_cast<std::uint32_t>(group), std::span(parts).subspan(group * count, count));
    return parts;
}

std::uint32_t Grouping::idOf(std::span<const std::uint32_t> parts)
{
    std::uint64_t id = 0;
    for (Stage &stage : m_stages) {
        std::uint64_t key = id;
        for (std::size_t part = stage.begin; part < stage.end; ++part)
            key = key * m_parts.valueCount(part) + parts[part];
        id = stage.index.idOf(key);
    }
    return static_cast<std::uint32_t>(id);
}

} // namespace genscope
