// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/resulttable.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace genscope {

/// The values of a field as small codes, whatever its type: what rows are grouped by and what distinct counts
/// count. Code 0 is "missing". Immutable once made, but for keepOnly(). @thread any
class Dimension
{
public:
    /// @param rows  the rows that will be asked for
    Dimension(std::shared_ptr<const FieldReader> reader, const Snapshot &snapshot, const RowSet &rows);

    std::uint32_t codeCount() const { return m_codeCount; } ///< codes are 0 .. codeCount()-1
    /// What a value reads as in a result.
    Cell cell(std::uint32_t code) const;
    /// True if values of @p a come before those of @p b: by value, text by bytes, missing last.
    bool before(std::uint32_t a, std::uint32_t b) const;
    /// True for a value whose text is `Other`, and for what keepOnly() left out.
    bool isOther(std::uint32_t code) const;

    /// Makes one value `Other` of all that are not among @p kept.
    void keepOnly(std::span<const std::uint32_t> kept);
    /// What a code from before keepOnly() has become.
    std::uint32_t keptCode(std::uint32_t code) const { return m_newCode.empty() ? code : m_newCode[code]; }

    /// Buffers of one thread.
    struct Scratch
    {
        std::vector<std::uint32_t> codes;
        std::vector<std::int64_t> ints;
        std::vector<double> reals;
    };
    /// Writes the codes of @p rows of a segment. For a many-valued field they are of sets; see members().
    void read(std::size_t segment, std::span<const std::uint32_t> rows, std::span<std::uint32_t> out,
              Scratch &scratch) const;
    bool manyValued() const { return m_reader->manyValued(); }
    /// The codes in a set, at least one: the set without members has "missing".
    std::span<const std::uint32_t> members(std::uint32_t set) const
    {
        return std::span(m_members).subspan(m_begins[set], m_begins[set + 1] - m_begins[set]);
    }

private:
    void listMembers();
    void listNumbers(const Snapshot &snapshot, const RowSet &rows);
    std::int64_t bitsAt(std::size_t row, const Scratch &scratch) const;
    void loadNumbers(std::size_t segment, Scratch &scratch) const;
    std::uint32_t codeOfBits(std::int64_t bits) const;
    std::string_view textOf(std::uint32_t code) const;

    bool hasCodes() const; ///< the reader's own

    std::shared_ptr<const FieldReader> m_reader;
    FieldReader::Type m_type;
    std::uint32_t m_codeCount = 1;
    std::uint32_t m_otherCode = 0; ///< 0: nothing was left out

    // Numbers: value of each code, and the code of each value, by offset where they are close together.
    std::vector<std::int64_t> m_numbers;
    std::unordered_map<std::int64_t, std::uint32_t> m_codeOfNumber;
    std::int64_t m_smallest = 0;
    std::vector<std::uint32_t> m_codeOfOffset;

    // Sets of a many-valued field: members one after the other, and where each set's begin.
    std::vector<std::uint32_t> m_members;
    std::vector<std::uint32_t> m_begins;

    std::vector<std::uint32_t> m_newCode; ///< after keepOnly(): code -> code or m_otherCode
};

} // namespace genscope
