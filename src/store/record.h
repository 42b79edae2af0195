// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Where some bytes are in the store's blocks. Block ids begin with 1.
struct BlockPlace
{
    std::int64_t block = 0;
    std::int64_t offset = 0;

    auto operator<=>(const BlockPlace &) const = default;
};

/// A heavy value that was cut out of an event: the skeleton has `null` in its place.
struct Cut
{
    /// What the value is, from the name before it. Part of the store's format.
    enum class Tag : std::uint8_t {
        Other,
        Input,
        Output,
        Properties, ///< all properties, captured as a string that holds JSON
    };

    std::size_t position = 0; ///< of the `null`, in the skeleton
    std::size_t length = 0;   ///< of the value
    Tag tag = Tag::Other;
};

/// How one captured event is kept: its JSON without heavy values (the skeleton, still valid JSON) in a light
/// block, the heavy values one after the other in a content block, so that lists never touch prompts.
/// In a light block a record is
///
///     varint size of what follows | varint row | varint content block (0: none) | varint content offset
///     | varint number of cuts | per cut: varint gap to the cut before, varint length, varint tag
///     | varint context size | context | skeleton
struct LightRecord
{
    std::int64_t row = 0;
    BlockPlace content; ///< block 0 if the event has no heavy values
    std::vector<Cut> cuts;
    std::string_view context;
    std::string_view skeleton;

    std::size_t contentSize() const;
    /// How long the content block must be at least; the largest number for sizes that no block has.
    std::size_t contentEnd() const;
};

/// The cuts that @p heavy (spans inside of @p raw, in order) leave in the skeleton.
std::vector<Cut> cutsOf(std::string_view raw, std::span<const ByteSpan> heavy);
/// Appends a record to @p block. @p cuts is cutsOf() the event.
void appendRecord(std::string &block, std::int64_t row, const BlockPlace &content, const Event &event,
                  std::span<const Cut> cuts);
/// Appends the heavy values to @p block.
void appendContent(std::string &block, const Event &event);

/// Reads the record at @p offset of a light block, into @p record, whose views point into @p block.
/// @return the offset behind it, or nothing if the block is damaged
std::optional<std::size_t> readRecord(std::string_view block, std::size_t offset, LightRecord &record);

/// The captured JSON, byte for byte. @p content holds the heavy values.
std::string spliceRaw(const LightRecord &record, std::string_view content);

} // namespace genscope
