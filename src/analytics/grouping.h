// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/buckets.h"
#include "analytics/dimension.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace genscope {

/// Numbers keys in the order they are first seen.
class KeyIndex
{
public:
    explicit KeyIndex(std::uint64_t keyBound); ///< keys are smaller

    std::uint32_t idOf(std::uint64_t key)
    {
        if (m_idOfKey.empty())
            return searched(key);
        const std::uint32_t id = m_idOfKey[key];
        return id != kNone ? id : m_idOfKey[key] = add(key);
    }
    std::uint64_t key(std::uint32_t id) const { return m_keys[id]; }
    std::size_t size() const { return m_keys.size(); }

private:
    std::uint32_t add(std::uint64_t key);
    std::uint32_t searched(std::uint64_t key);
    void grow();

    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
    std::vector<std::uint64_t> m_keys;
    std::vector<std::uint32_t> m_idOfKey; ///< few possible keys: id by key
    std::vector<std::uint32_t> m_slots;   ///< many: open addressing, ids
};

/// What rows are grouped by. The parts of a group are its bucket, if there are buckets, and a code of each
/// dimension.
struct GroupingParts
{
    const Buckets *buckets = nullptr; ///< may be null
    std::vector<std::shared_ptr<const Dimension>> dimensions;

    std::size_t count() const { return (buckets != nullptr ? 1 : 0) + dimensions.size(); }
    std::uint64_t valueCount(std::size_t part) const;
    bool manyValued() const;
    /// How many groups there can be at most; no more than 2^63.
    std::uint64_t mostGroups() const;
};

/// Puts rows into groups, numbered in the order they are first seen. One per thread.
class Grouping
{
public:
    explicit Grouping(GroupingParts parts);

    std::size_t size() const;
    /// The group of each of @p rows of a segment. Where a dimension is many-valued a row has several: then
    /// groupedRows() repeats it. @p rows are still there when groupedRows() is read.
    void assign(const Segment &segment, std::size_t segmentIndex, std::span<const std::uint32_t> rows);
    std::span<const std::uint32_t> groupedRows() const { return m_rows; }
    std::span<const std::uint32_t> groups() const { return m_codes; }
    /// The group of all these rows, where that was clear without looking at them: then groups() is empty.
    std::uint32_t onlyGroup() const { return m_onlyGroup; }

    /// The parts of every group, one group after the other.
    std::vector<std::uint32_t> allParts() const;
    /// The group with these parts, added if new.
    std::uint32_t idOf(std::span<const std::uint32_t> parts);

private:
    /// Parts whose combinations fit one key. The first also takes the id that the stage before gave.
    struct Stage
    {
        std::size_t begin = 0;
        std::size_t end = 0;
        KeyIndex index;
    };
    void writeParts(std::uint32_t group, std::span<std::uint32_t> parts) const;
    void addPart(const Segment &segment, std::size_t segmentIndex, std::size_t part);
    void expand(const Dimension &dimension);
    std::optional<std::size_t> onlyBucketOf(const Segment &segment) const;
    void findBuckets(const Segment &segment);

    GroupingParts m_parts;
    std::vector<Stage> m_stages;
    std::span<const std::uint32_t> m_rows;
    std::vector<std::uint32_t> m_expandedRows; ///< what m_rows is where rows have several groups
    std::vector<std::uint64_t> m_keys;
    std::vector<std::uint32_t> m_codes;
    std::uint32_t m_onlyGroup = 0;
    std::vector<std::int64_t> m_times;
    Dimension::Scratch m_scratch;
};

} // namespace genscope
