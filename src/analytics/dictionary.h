// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace genscope {

inline constexpr int kMaxGroupTypes = 16;

/// The strings that columns hold codes of. The order is part of the store's format: append only.
enum class DictField : std::uint8_t {
    EventName,
    Model,
    Provider,
    DistinctId,
    PersonId,
    Trace,
    Session,
    SpanName,
    Error, ///< normalised
    Lib,
    Tools, ///< sets of tool names, comma separated
    CostModel,
    CostProvider,
    Group0, ///< keys of the first group type seen; kMaxGroupTypes dictionaries follow each other
    ServiceTier = Group0 + kMaxGroupTypes,
};
inline constexpr int kDictFieldCount = static_cast<int>(DictField::ServiceTier) + 1;
constexpr DictField groupDictField(int slot)
{
    return static_cast<DictField>(static_cast<int>(DictField::Group0) + slot);
}
std::string_view dictFieldName(DictField field); ///< `model`, ..., `group_0`, ...

namespace detail {
struct DictionaryChunk;
}

/// A frozen prefix of a Dictionary: code -> text. Code 0 is "missing" and reads as an empty text.
/// Cheap to copy; stays valid while the dictionary grows, and after it is gone. @thread any
class DictionaryView
{
public:
    std::uint32_t size() const { return m_size; } ///< codes are 0 .. size()-1
    /// @p code is below size()
    std::string_view at(std::uint32_t code) const;
    /// The code of @p text, or 0. Looks at every text, which is fast enough for a click.
    std::uint32_t codeOf(std::string_view text) const;
    std::size_t memoryBytes() const { return m_bytes; } ///< shared with the dictionary and its other views

private:
    friend class Dictionary;
    std::vector<std::shared_ptr<const detail::DictionaryChunk>> m_chunks;
    std::uint32_t m_size = 1;
    std::size_t m_bytes = 0;
};

/// Append-only text <-> code table. One thread at a time may call its functions; views may be read meanwhile
/// by others.
class Dictionary
{
public:
    Dictionary();
    ~Dictionary();
    Dictionary(Dictionary &&) noexcept;
    Dictionary &operator=(Dictionary &&) noexcept;

    /// The code of @p text, added if new; 0 for an empty text.
    std::uint32_t intern(std::string_view text);
    /// The code of @p text, or 0. Not const: the first call after append() makes the index.
    std::uint32_t find(std::string_view text);
    /// Makes the index; until something is added, findIndexed() may then be called on any thread.
    void makeIndex();
    std::uint32_t findIndexed(std::string_view text) const;
    /// Adds the next code without looking for it: for loading from the store in code order.
    void append(std::string_view text);
    std::string_view at(std::uint32_t code) const;
    std::uint32_t size() const; ///< codes are 0 .. size()-1
    DictionaryView view() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace genscope
