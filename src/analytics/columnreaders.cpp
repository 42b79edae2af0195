// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/columnreaders.h"

#include "analytics/segmentcolumns.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace genscope {

std::span<const std::uint32_t> FieldReader::codes(std::size_t, std::vector<std::uint32_t> &) const
{
    return {};
}

std::span<const std::int64_t> FieldReader::ints(std::size_t, std::vector<std::int64_t> &) const
{
    return {};
}

std::span<const double> FieldReader::reals(std::size_t, std::vector<double> &) const
{
    return {};
}

std::uint32_t FieldReader::codeAt(std::size_t) const
{
    return 0;
}

std::int64_t FieldReader::intAt(std::size_t) const
{
    return kMissing;
}

double FieldReader::realAt(std::size_t) const
{
    return std::numeric_limits<double>::quiet_NaN();
}

CodeReader::CodeReader(std::shared_ptr<const Snapshot> snapshot, std::uint32_t valueCount, ValueOf valueOf,
                       ReadCodes readCodes)
    : m_snapshot(std::move(snapshot)),
      m_valueCount(valueCount),
      m_valueOf(std::move(valueOf)),
      m_readCodes(std::move(readCodes))
{
}

std::span<const std::uint32_t> CodeReader::codes(std::size_t segment,
                                                 std::vector<std::uint32_t> &scratch) const
{
    scratch.resize(m_snapshot->segment(segment).rows());
    m_readCodes(segment, 0, scratch);
    return scratch;
}

std::uint32_t CodeReader::codeAt(std::size_t row) const
{
    std::uint32_t code = 0;
    m_readCodes(row / Segment::kRows, row % Segment::kRows, {&code, 1});
    return code;
}

IntReader::IntReader(std::shared_ptr<const Snapshot> snapshot, Type type, ReadInts readInts)
    : m_snapshot(std::move(snapshot)), m_type(type), m_readInts(std::move(readInts))
{
}

std::span<const std::int64_t> IntReader::ints(std::size_t segment, std::vector<std::int64_t> &scratch) const
{
    scratch.resize(m_snapshot->segment(segment).rows());
    m_readInts(segment, 0, scratch);
    return scratch;
}

std::int64_t IntReader::intAt(std::size_t row) const
{
    std::int64_t value = kMissing;
    m_readInts(row / Segment::kRows, row % Segment::kRows, {&value, 1});
    return value;
}

RealReader::RealReader(std::shared_ptr<const Snapshot> snapshot, RealField field)
    : m_snapshot(std::move(snapshot)), m_field(field)
{
}

std::span<const double> RealReader::reals(std::size_t segment, std::vector<double> &scratch) const
{
    scratch.resize(m_snapshot->segment(segment).rows());
    m_snapshot->segment(segment).reals(m_field).decode(scratch);
    return scratch;
}

double RealReader::realAt(std::size_t row) const
{
    return m_snapshot->realAt(row, m_field);
}

std::span<const double> SpeedReader::reals(std::size_t segment, std::vector<double> &scratch) const
{
    SegmentColumns columns(CostMode::Auto);
    columns.load(m_snapshot->segment(segment));
    const auto speeds = columns.reals(RealSource::TokensPerSecond);
    scratch.assign(speeds.begin(), speeds.end());
    return scratch;
}

double SpeedReader::realAt(std::size_t row) const
{
    return tokensPerSecond(m_snapshot->intAt(row, IntField::OutputTokens),
                           m_snapshot->realAt(row, RealField::Latency),
                           m_snapshot->intAt(row, IntField::Flags));
}

ToolReader::ToolReader(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot))
{
    const DictionaryView &sets = m_snapshot->dictionary(DictField::Tools);
    for (std::uint32_t code = 0; code < sets.size(); ++code) {
        const std::size_t begin = m_members.size();
        m_begins.push_back(static_cast<std::uint32_t>(begin));
        std::string_view rest = sets.at(code);
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::uint32_t name = m_names.intern(rest.substr(0, comma));
            const auto known = m_members.begin() + static_cast<std::ptrdiff_t>(begin);
            if (name != 0 && std::find(known, m_members.end(), name) == m_members.end())
                m_members.push_back(name);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    m_begins.push_back(static_cast<std::uint32_t>(m_members.size()));
}

std::uint32_t ToolReader::valueCount() const
{
    return m_snapshot->dictionary(DictField::Tools).size();
}

std::string_view ToolReader::value(std::uint32_t code) const
{
    return m_snapshot->dictionary(DictField::Tools).at(code);
}

std::span<const std::uint32_t> ToolReader::membersOf(std::uint32_t code) const
{
    return std::span(m_members).subspan(m_begins[code], m_begins[code + 1] - m_begins[code]);
}

std::span<const std::uint32_t> ToolReader::codes(std::size_t segment,
                                                 std::vector<std::uint32_t> &scratch) const
{
    scratch.resize(m_snapshot->segment(segment).rows());
    m_snapshot->segment(segment).ints(IntField::Tools).decodeCodes(scratch);
    return scratch;
}

std::uint32_t ToolReader::codeAt(std::size_t row) const
{
    return static_cast<std::uint32_t>(m_snapshot->intAt(row, IntField::Tools));
}

namespace {

constexpr std::size_t kUuidLength = 36;

} // namespace

UuidReader::UuidReader(std::shared_ptr<const Snapshot> snapshot)
    : m_snapshot(std::move(snapshot)), m_texts(std::make_unique<Texts[]>(m_snapshot->segmentCount()))
{
}

std::uint32_t UuidReader::valueCount() const
{
    return static_cast<std::uint32_t>(m_snapshot->rows()) + 1;
}

std::string_view UuidReader::value(std::uint32_t code) const
{
    if (code == 0)
        return {};
    const std::size_t row = code - 1;
    const Segment &segment = m_snapshot->segmentOf(row);
    Texts &texts = m_texts[row / Segment::kRows];
    std::call_once(texts.once, [&] {
        texts.bytes.reserve(segment.rows() * kUuidLength);
        for (std::size_t i = 0; i < segment.rows(); ++i)
            texts.bytes += segment.uuid(i).toString();
    });
    return std::string_view(texts.bytes).substr(row % Segment::kRows * kUuidLength, kUuidLength);
}

std::span<const std::uint32_t> UuidReader::codes(std::size_t segment,
                                                 std::vector<std::uint32_t> &scratch) const
{
    scratch.resize(m_snapshot->segment(segment).rows());
    std::iota(scratch.begin(), scratch.end(), static_cast<std::uint32_t>(segment * Segment::kRows) + 1);
    return scratch;
}

} // namespace genscope
