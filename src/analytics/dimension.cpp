// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dimension.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace genscope {

namespace {

using Type = FieldReader::Type;

/// Up to this spread, numbers find their code by offset instead of by hash.
constexpr std::int64_t kCloseNumbers = 1 << 16;

bool isText(Type type)
{
    return type == Type::Text;
}

} // namespace

Dimension::Dimension(std::shared_ptr<const FieldReader> reader, const Snapshot &snapshot, const RowSet &rows)
    : m_reader(std::move(reader)), m_type(m_reader->type())
{
    if (m_reader->manyValued()) {
        m_codeCount = std::max(1u, m_reader->memberCount());
        listMembers();
    } else if (isText(m_type)) {
        m_codeCount = std::max(1u, m_reader->valueCount());
    } else if (const auto list = m_reader->numberList(); !list.empty()) {
        m_numbers.push_back(kMissing);
        m_numbers.insert(m_numbers.end(), list.begin(), list.end());
        m_codeCount = static_cast<std::uint32_t>(m_numbers.size());
    } else {
        listNumbers(snapshot, rows);
    }
}

bool Dimension::hasCodes() const
{
    return isText(m_type) || !m_reader->numberList().empty();
}

void Dimension::listMembers()
{
    for (std::uint32_t set = 0; set < m_reader->valueCount(); ++set) {
        m_begins.push_back(static_cast<std::uint32_t>(m_members.size()));
        const auto members = m_reader->membersOf(set);
        m_members.insert(m_members.end(), members.begin(), members.end());
        if (members.empty())
            m_members.push_back(0);
    }
    m_begins.push_back(static_cast<std::uint32_t>(m_members.size()));
}

void Dimension::loadNumbers(std::size_t segment, Scratch &scratch) const
{
    // The reader may answer with memory of its own; numbers are read from the scratch.
    if (m_type == Type::Real) {
        const auto values = m_reader->reals(segment, scratch.reals);
        if (values.data() != scratch.reals.data())
            scratch.reals.assign(values.begin(), values.end());
    } else {
        const auto values = m_reader->ints(segment, scratch.ints);
        if (values.data() != scratch.ints.data())
            scratch.ints.assign(values.begin(), values.end());
    }
}

std::int64_t Dimension::bitsAt(std::size_t row, const Scratch &scratch) const
{
    if (m_type != Type::Real)
        return scratch.ints[row];
    const double value = scratch.reals[row];
    return std::isnan(value) ? kMissing : std::bit_cast<std::int64_t>(value + 0.0); // -0.0 is 0.0
}

void Dimension::listNumbers(const Snapshot &snapshot, const RowSet &rows)
{
    Scratch scratch;
    m_numbers.push_back(kMissing);
    // Most numbers were seen just before: they need no search.
    constexpr std::size_t kRecent = 256;
    std::array<std::int64_t, kRecent> recent;
    recent.fill(kMissing);
    for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
        const std::size_t begin = segment * Segment::kRows;
        loadNumbers(segment, scratch);
        rows.forEach(begin, begin + snapshot.segment(segment).rows(), [&](std::size_t row) {
            const std::int64_t bits = bitsAt(row - begin, scratch);
            std::int64_t &known = recent[static_cast<std::uint64_t>(bits) % kRecent];
            if (bits == known || bits == kMissing)
                return;
            known = bits;
            const auto code = static_cast<std::uint32_t>(m_numbers.size());
            if (m_codeOfNumber.try_emplace(bits, code).second)
                m_numbers.push_back(bits);
        });
    }
    m_codeCount = static_cast<std::uint32_t>(m_numbers.size());
    if (m_numbers.size() == 1)
        return;
    const auto [smallest, largest] = std::minmax_element(m_numbers.begin() + 1, m_numbers.end());
    const auto spread = static_cast<std::uint64_t>(*largest) - static_cast<std::uint64_t>(*smallest);
    if (spread > static_cast<std::uint64_t>(kCloseNumbers))
        return;
    m_smallest = *smallest;
    m_codeOfOffset.assign(spread + 1, 0);
    for (std::uint32_t code = 1; code < m_codeCount; ++code)
        m_codeOfOffset[static_cast<std::size_t>(m_numbers[code] - m_smallest)] = code;
}

std::uint32_t Dimension::codeOfBits(std::int64_t bits) const
{
    if (bits == kMissing)
        return 0;
    if (!m_codeOfOffset.empty()) {
        const auto offset = static_cast<std::uint64_t>(bits) - static_cast<std::uint64_t>(m_smallest);
        return offset < m_codeOfOffset.size() ? m_codeOfOffset[offset] : 0;
    }
    const auto found = m_codeOfNumber.find(bits);
    return found == m_codeOfNumber.end() ? 0 : found->second;
}

void Dimension::read(std::size_t segment, std::span<const std::uint32_t> rows, std::span<std::uint32_t> out,
                     Scratch &scratch) const
{
    if (hasCodes()) {
        const auto codes = m_reader->codes(segment, scratch.codes);
        for (std::size_t i = 0; i < rows.size(); ++i)
            out[i] = codes[rows[i]];
    } else {
        loadNumbers(segment, scratch);
        for (std::size_t i = 0; i < rows.size(); ++i)
            out[i] = codeOfBits(bitsAt(rows[i], scratch));
    }
    if (m_newCode.empty() || manyValued()) // sets hold new codes already
        return;
    for (std::uint32_t &code : out)
        code = m_newCode[code];
}

void Dimension::keepOnly(std::span<const std::uint32_t> kept)
{
    m_otherCode = m_codeCount;
    m_newCode.assign(m_codeCount, m_otherCode);
    for (const std::uint32_t code : kept)
        m_newCode[code] = code;
    ++m_codeCount;
    if (!manyValued())
        return;
    const std::vector<std::uint32_t> before = std::move(m_members);
    m_members.clear();
    for (std::size_t set = 0; set + 1 < m_begins.size(); ++set) {
        const std::size_t begin = m_members.size();
        for (std::uint32_t i = m_begins[set]; i < m_begins[set + 1]; ++i) {
            const std::uint32_t code = m_newCode[before[i]];
            const auto first = m_members.begin() + static_cast<std::ptrdiff_t>(begin);
            if (std::find(first, m_members.end(), code) == m_members.end())
                m_members.push_back(code);
        }
        m_begins[set] = static_cast<std::uint32_t>(begin);
    }
    m_begins.back() = static_cast<std::uint32_t>(m_members.size());
}

std::string_view Dimension::textOf(std::uint32_t code) const
{
    return m_reader->manyValued() ? m_reader->member(code) : m_reader->value(code);
}

bool Dimension::isOther(std::uint32_t code) const
{
    if (code == 0)
        return false;
    return code == m_otherCode || (isText(m_type) && textOf(code) == ResultTable::kOther);
}

Cell Dimension::cell(std::uint32_t code) const
{
    if (code == 0)
        return {};
    if (code == m_otherCode)
        return std::string(ResultTable::kOther);
    if (isText(m_type))
        return std::string(textOf(code));
    const std::int64_t number = m_numbers[code];
    switch (m_type) {
    case Type::Boolean:
        return number != 0;
    case Type::Money:
        return Money{number};
    case Type::Instant:
        return Timestamp{number};
    case Type::Real:
        return std::bit_cast<double>(number);
    case Type::Integer:
    case Type::Text:
        break;
    }
    return number;
}

bool Dimension::before(std::uint32_t a, std::uint32_t b) const
{
    if (a == b || a == 0 || b == 0)
        return a != b && b == 0;
    const auto text = [this](std::uint32_t code) {
        return code == m_otherCode ? ResultTable::kOther : textOf(code);
    };
    if (isText(m_type))
        return text(a) < text(b);
    if (a == m_otherCode || b == m_otherCode)
        return b == m_otherCode;
    if (m_type == Type::Real)
        return std::bit_cast<double>(m_numbers[a]) < std::bit_cast<double>(m_numbers[b]);
    return m_numbers[a] < m_numbers[b];
}

} // namespace genscope
