// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/bytes.h"
#include "analytics/columns.h"
#include "analytics/costs.h"
#include "analytics/rowissues.h"
#include "core/event.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <tuple>
#include <type_traits>

namespace genscope {

namespace {

constexpr std::string_view kMagic = "GSC1"; ///< the digit changes only if older programs must not read on
enum class ColumnTag : std::uint8_t { Int, Real };

constexpr IntField intField(std::size_t index)
{
    return static_cast<IntField>(index);
}

/// A column as its tag, field, length and bytes, so that a reader can pass over what it does not know.
template<typename Column>
void putColumn(std::string &out, ColumnTag tag, std::size_t field, const Column &column)
{
    putNumber(out, static_cast<std::uint8_t>(tag));
    putNumber(out, static_cast<std::uint8_t>(field));
    const std::size_t lengthAt = out.size();
    putNumber(out, std::uint32_t{0});
    column.serialize(out);
    const auto length = static_cast<std::uint32_t>(out.size() - lengthAt - sizeof(std::uint32_t));
    std::memcpy(out.data() + lengthAt, &length, sizeof length);
}

template<typename Column>
bool takeColumn(std::string_view bytes, std::size_t rows, const ColumnMemory &memory,
                std::shared_ptr<const Column> &column)
{
    auto read = Column::deserialize(bytes, rows, memory);
    if (!read || !bytes.empty())
        return false;
    column = std::make_shared<const Column>(std::move(*read));
    return true;
}

/// What follows from columns that do not change with costs.
struct DerivedKinds
{
    std::once_flag once;
    std::array<RowBits, kEventKindCount> bits;
};
struct DerivedIssues
{
    std::once_flag once;
    RowIssues rows;
};

} // namespace

struct Segment::Derived
{
    std::shared_ptr<DerivedKinds> kinds = std::make_shared<DerivedKinds>();
    std::array<std::once_flag, kCostModeCount> unpricedOnce;
    std::array<RowBits, kCostModeCount> unpriced;
    std::shared_ptr<DerivedIssues> issues = std::make_shared<DerivedIssues>();
};

namespace {

std::size_t wordsFor(std::size_t rows)
{
    return (rows + 63) / 64;
}

void dropIfEmpty(RowBits &bits)
{
    if (std::all_of(bits.begin(), bits.end(), [](std::uint64_t word) { return word == 0; }))
        bits = {};
}

std::array<RowBits, kEventKindCount> splitByKind(const Segment &segment)
{
    std::vector<std::int64_t> kinds(segment.rows());
    segment.ints(IntField::Kind).decode(kinds);
    std::array<RowBits, kEventKindCount> bits;
    bits.fill(RowBits(wordsFor(kinds.size())));
    for (std::size_t row = 0; row < kinds.size(); ++row) {
        if (kinds[row] >= 0 && kinds[row] < kEventKindCount)
            bits[static_cast<std::size_t>(kinds[row])][row / 64] |= std::uint64_t{1} << (row % 64);
    }
    for (RowBits &ofKind : bits)
        dropIfEmpty(ofKind);
    return bits;
}

/// Errors that used no tokens cost nothing, so that they are not unpriced.
bool isCostless(const Segment &segment, std::size_t row)
{
    if ((segment.ints(IntField::Flags).at(row) & IsErrorFlag) == 0)
        return false;
    constexpr std::array kTokens = {IntField::InputTokens, IntField::OutputTokens, IntField::CacheReadTokens,
                                    IntField::CacheWriteTokens, IntField::ReasoningTokens};
    return std::all_of(kTokens.begin(), kTokens.end(),
                       [&](IntField field) { return segment.ints(field).at(row) == kMissing; });
}

RowBits findUnpriced(const Segment &segment, CostMode mode)
{
    std::vector<std::int64_t> costs(segment.rows());
    readCosts(segment, CostPart::Total, mode, 0, costs);
    RowBits unpriced(wordsFor(costs.size()));
    for (std::size_t row = 0; row < costs.size(); ++row)
        unpriced[row / 64] |= std::uint64_t{costs[row] == kMissing} << (row % 64);
    for (std::size_t word = 0; segment.anyFlag(IsErrorFlag) && word < unpriced.size(); ++word) {
        for (std::uint64_t rest = unpriced[word]; rest != 0; rest &= rest - 1) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
            if (isCostless(segment, word * 64 + bit))
                unpriced[word] &= ~(std::uint64_t{1} << bit);
        }
    }
    dropIfEmpty(unpriced);
    return unpriced;
}

} // namespace

namespace {

std::int64_t flagsIn(const IntColumn &column)
{
    std::vector<std::int64_t> values(column.rows());
    column.decode(values);
    std::int64_t all = 0;
    for (const std::int64_t flags : values)
        all |= flags;
    return all;
}

} // namespace

Segment::Segment() : m_derived(std::make_unique<Derived>())
{
    static const auto noInts = std::make_shared<const IntColumn>();
    static const auto noReals = std::make_shared<const RealColumn>();
    m_ints.fill(noInts);
    m_reals.fill(noReals);
}

Segment::~Segment() = default;

std::shared_ptr<const Segment> Segment::with(IntColumns columns) const
{
    auto segment = std::make_shared<Segment>();
    segment->m_ints = m_ints;
    segment->m_reals = m_reals;
    segment->m_uuids = m_uuids;
    segment->m_rows = m_rows;
    segment->m_earliestUs = m_earliestUs;
    segment->m_latestUs = m_latestUs;
    segment->m_allFlags = m_allFlags;
    segment->m_derived->kinds = m_derived->kinds;
    segment->m_derived->issues = m_derived->issues;
    for (auto &[field, column] : columns) {
        if (field == IntField::Flags)
            segment->m_allFlags = flagsIn(column);
        segment->m_ints[static_cast<std::size_t>(field)] =
            std::make_shared<const IntColumn>(std::move(column));
    }
    return segment;
}

const RowBits &Segment::rowsOfKind(EventKind kind) const
{
    DerivedKinds &kinds = *m_derived->kinds;
    std::call_once(kinds.once, [&] { kinds.bits = splitByKind(*this); });
    return kinds.bits[static_cast<std::size_t>(kind)];
}

const RowBits &Segment::unpricedRows(CostMode mode) const
{
    const auto index = static_cast<std::size_t>(mode);
    std::call_once(m_derived->unpricedOnce[index],
                   [&] { m_derived->unpriced[index] = findUnpriced(*this, mode); });
    return m_derived->unpriced[index];
}

const RowIssues &Segment::rowIssues(const Snapshot &snapshot) const
{
    DerivedIssues &issues = *m_derived->issues;
    std::call_once(issues.once, [&] { issues.rows = findRowIssues(*this, snapshot); });
    return issues.rows;
}

FactRow Segment::row(std::size_t row) const
{
    FactRow facts;
    facts.uuid = uuid(row);
    for (std::size_t field = 0; field < m_ints.size(); ++field)
        facts.ints[field] = m_ints[field]->at(row);
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        facts.reals[field] = m_reals[field]->at(row);
    return facts;
}

std::size_t Segment::memoryBytes() const
{
    std::size_t bytes = sizeof *this + rows() * sizeof(Uuid);
    for (const auto &column : m_ints)
        bytes += column->memoryBytes();
    for (const auto &column : m_reals)
        bytes += column->memoryBytes();
    return bytes;
}

void Segment::summarise()
{
    if (m_rows > 0)
        std::tie(m_earliestUs, m_latestUs) = ints(IntField::Timestamp).range();
    m_allFlags = flagsIn(ints(IntField::Flags));
}

std::string Segment::serialize() const
{
    std::string out(kMagic);
    putNumber(out, static_cast<std::uint32_t>(rows()));
    out.append(reinterpret_cast<const char *>(m_uuids.get()), m_rows * sizeof(Uuid));
    putNumber(out, static_cast<std::uint16_t>(m_ints.size() + m_reals.size()));
    for (std::size_t field = 0; field < m_ints.size(); ++field)
        putColumn(out, ColumnTag::Int, field, *m_ints[field]);
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        putColumn(out, ColumnTag::Real, field, *m_reals[field]);
    return out;
}

Result<std::shared_ptr<const Segment>> Segment::deserialize(std::string_view bytes)
{
    const auto memory = makeColumnMemory(bytes.size());
    std::copy(bytes.begin(), bytes.end(), memory.get());
    return deserialize(memory, bytes.size());
}

Result<std::shared_ptr<const Segment>> Segment::deserialize(const ColumnMemory &memory, std::size_t size)
{
    std::string_view bytes(reinterpret_cast<const char *>(memory.get()), size);
    auto segment = std::make_shared<Segment>();
    std::string_view part;
    std::uint32_t rows = 0;
    std::uint16_t columns = 0;
    if (!takeBytes(bytes, kMagic.size(), part) || part != kMagic || !takeNumber(bytes, rows) ||
        rows > kRows || !takeBytes(bytes, rows * sizeof(Uuid), part))
        return damagedColumns();
    static_assert(std::is_trivially_copyable_v<Uuid> && alignof(Uuid) == 1);
    segment->m_uuids = {memory, reinterpret_cast<const Uuid *>(part.data())};
    segment->m_rows = rows;
    for (std::size_t field = 0; field < segment->m_ints.size(); ++field)
        segment->m_ints[field] =
            std::make_shared<const IntColumn>(IntColumn::constant(rows, emptyValueOf(intField(field))));
    segment->m_reals.fill(std::make_shared<const RealColumn>(RealColumn::missing(rows)));

    if (!takeNumber(bytes, columns))
        return damagedColumns();
    for (int i = 0; i < columns; ++i) {
        std::uint8_t tag = 0;
        std::uint8_t field = 0;
        std::uint32_t length = 0;
        if (!takeNumber(bytes, tag) || !takeNumber(bytes, field) || !takeNumber(bytes, length) ||
            !takeBytes(bytes, length, part))
            return damagedColumns();
        bool sound = true; // a column of a newer version is passed over
        if (tag == static_cast<std::uint8_t>(ColumnTag::Int) && field < segment->m_ints.size())
            sound = takeColumn(part, rows, memory, segment->m_ints[field]);
        else if (tag == static_cast<std::uint8_t>(ColumnTag::Real) && field < segment->m_reals.size())
            sound = takeColumn(part, rows, memory, segment->m_reals[field]);
        if (!sound)
            return damagedColumns();
    }
    if (!bytes.empty())
        return damagedColumns();
    segment->summarise();
    return std::shared_ptr<const Segment>(std::move(segment));
}

// A column of which every row so far is empty holds no rows: a third of all columns, or more, are so in most
// stores, and neither appending nor freezing has to touch them.

namespace {

using Ints = std::vector<std::int64_t>;

/// Has a value for each of @p rows rows in a column that was empty until now.
void fillEmpty(Ints &column, std::size_t field, std::size_t rows)
{
    column.assign(rows, emptyValueOf(intField(field)));
}

} // namespace

SegmentBuilder::SegmentBuilder(const Segment &segment)
    : m_uuids(segment.m_uuids.get(), segment.m_uuids.get() + segment.rows())
{
    for (std::size_t field = 0; field < m_ints.size(); ++field) {
        const IntColumn &column = *segment.m_ints[field];
        if (segment.rows() == 0 || (column.isConstant() && column.at(0) == emptyValueOf(intField(field))))
            continue;
        m_ints[field].resize(segment.rows());
        column.decode(m_ints[field]);
    }
    for (std::size_t field = 0; field < m_reals.size(); ++field) {
        m_reals[field].resize(segment.rows());
        segment.m_reals[field]->decode(m_reals[field]);
    }
}

void SegmentBuilder::append(const FactRow &row)
{
    static const FactRow kEmpty;
    const std::size_t rows = m_uuids.size();
    for (std::size_t field = 0; field < m_ints.size(); ++field) {
        Ints &column = m_ints[field];
        const std::int64_t value = row.ints[field];
        if (column.empty()) {
            if (value == kEmpty.ints[field])
                continue;
            fillEmpty(column, field, rows);
        }
        column.push_back(value);
    }
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        m_reals[field].push_back(row.reals[field]);
    m_uuids.push_back(row.uuid);
}

void SegmentBuilder::set(std::size_t row, const FactRow &facts)
{
    m_uuids[row] = facts.uuid;
    for (std::size_t field = 0; field < m_ints.size(); ++field) {
        Ints &column = m_ints[field];
        if (column.empty()) {
            if (facts.ints[field] == emptyValueOf(intField(field)))
                continue;
            fillEmpty(column, field, rows());
        }
        column[row] = facts.ints[field];
    }
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        m_reals[field][row] = facts.reals[field];
}

FactRow SegmentBuilder::row(std::size_t row) const
{
    FactRow facts;
    facts.uuid = m_uuids[row];
    for (std::size_t field = 0; field < m_ints.size(); ++field) {
        if (!m_ints[field].empty())
            facts.ints[field] = m_ints[field][row];
    }
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        facts.reals[field] = m_reals[field][row];
    return facts;
}

void SegmentBuilder::clear()
{
    m_uuids.clear();
    for (auto &column : m_ints)
        column.clear();
    for (auto &column : m_reals)
        column.clear();
}

std::shared_ptr<const Segment> SegmentBuilder::freeze() const
{
    auto segment = std::make_shared<Segment>();
    const auto uuids = std::make_shared_for_overwrite<Uuid[]>(m_uuids.size());
    std::copy(m_uuids.begin(), m_uuids.end(), uuids.get());
    segment->m_uuids = uuids;
    segment->m_rows = m_uuids.size();
    for (std::size_t field = 0; field < m_ints.size(); ++field)
        segment->m_ints[field] = std::make_shared<const IntColumn>(
            m_ints[field].empty() ? IntColumn::constant(rows(), emptyValueOf(intField(field)))
                                  : IntColumn::encode(m_ints[field]));
    for (std::size_t field = 0; field < m_reals.size(); ++field)
        segment->m_reals[field] = std::make_shared<const RealColumn>(RealColumn::encode(m_reals[field]));
    segment->summarise();
    return segment;
}

} // namespace genscope
