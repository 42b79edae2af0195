// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/columnfigures.h"

#include "analytics/listcells.h"
#include "analytics/percentile.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace genscope {

namespace {

constexpr std::size_t kPollEvery = 4096;

Error stopped()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("ColumnFigures", "Stopped."));
}

/// Takes numbers in and says what they come to.
class Numbers
{
public:
    enum class Type { Whole, Money, Real };

    void add(Int128 value, Type type)
    {
        m_type = type;
        m_whole += value;
        m_values.push_back(static_cast<double>(value));
    }
    void add(double value)
    {
        m_type = Type::Real;
        m_real += value;
        m_values.push_back(value);
    }
    void add(const Cell &cell)
    {
        if (const auto *money = std::get_if<Money>(&cell))
            add(money->pico, Type::Money);
        else if (const auto *count = std::get_if<std::int64_t>(&cell))
            add(*count, Type::Whole);
        else if (const auto *real = std::get_if<double>(&cell); real != nullptr && !std::isnan(*real))
            add(*real);
    }

    ColumnFigures finish(std::size_t column, bool addsUp)
    {
        ColumnFigures figures;
        figures.column = column;
        figures.count = static_cast<std::int64_t>(m_values.size());
        if (m_values.empty())
            return figures;
        const double largest = *std::max_element(m_values.begin(), m_values.end());
        figures.largest = m_type == Type::Money ? largest / 1e12 : largest;
        if (addsUp)
            figures.sum = sum();
        figures.mean = m_type == Type::Money ? Cell(Money{m_whole}.dividedBy(figures.count))
                       : m_type == Type::Real
                           ? Cell(static_cast<double>(m_real) / static_cast<double>(figures.count))
                           : Cell(static_cast<double>(m_whole) / static_cast<double>(figures.count));
        std::array<double, 1> p95{};
        percentiles(m_values, std::array{0.95}, p95);
        figures.p95 = m_type == Type::Money ? Cell(Money{static_cast<std::int64_t>(std::llround(p95[0]))})
                                            : Cell(p95[0]);
        return figures;
    }

private:
    Cell sum() const
    {
        if (m_type == Type::Money)
            return Money{m_whole};
        if (m_type == Type::Real)
            return static_cast<double>(m_real);
        return static_cast<std::int64_t>(m_whole);
    }

    Type m_type = Type::Whole;
    Int128 m_whole = 0;
    long double m_real = 0;
    std::vector<double> m_values;
};

/// Reads a field segment by segment: a column of millions is not asked for cell by cell.
bool addField(Numbers &numbers, const FieldReader &reader, const RowSet &chosen, const Snapshot &snapshot,
              const StopToken &stop)
{
    std::vector<std::int64_t> ints;
    std::vector<double> reals;
    const auto type = reader.type() == FieldReader::Type::Money ? Numbers::Type::Money : Numbers::Type::Whole;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (stop.stopRequested())
            return false;
        const std::size_t first = i * Segment::kRows;
        const std::size_t end = first + snapshot.segment(i).rows();
        if (reader.type() == FieldReader::Type::Real) {
            const auto values = reader.reals(i, reals);
            chosen.forEach(first, end, [&](std::size_t row) {
                if (!std::isnan(values[row - first]))
                    numbers.add(values[row - first]);
            });
        } else {
            const auto values = reader.ints(i, ints);
            chosen.forEach(first, end, [&](std::size_t row) {
                if (values[row - first] != kMissing)
                    numbers.add(values[row - first], type);
            });
        }
    }
    return true;
}

/// The rows of the snapshot at @p positions.
RowSet rowsAt(const ListRows &rows, const RowRanges &positions)
{
    RowSet chosen(rows.selection()->rows.size());
    forEachPosition(positions, [&](std::size_t position) {
        chosen.set(rows.rowId(position));
        return true;
    });
    return chosen;
}

/// The reader of a column of events, where its field has numbers.
std::shared_ptr<const FieldReader> numberReader(ListKind kind, const ListRows &rows,
                                                const TableColumn &column)
{
    if (!isEventList(kind) || !column.field)
        return nullptr;
    const QueryContext &context = rows.selection()->context;
    const auto reader = context.cache->open(*column.field, context.data);
    if (!reader)
        return nullptr;
    switch ((*reader)->type()) {
    case FieldReader::Type::Integer:
    case FieldReader::Type::Money:
    case FieldReader::Type::Real:
        return *reader;
    default:
        return nullptr;
    }
}

} // namespace

Result<std::vector<ColumnFigures>> columnFigures(ListKind kind, const ListRows &rows,
                                                 const std::optional<RowRanges> &positions,
                                                 const StopToken &stop)
{
    const RowRanges chosen = positions.value_or(rows.everything());
    std::optional<RowSet> chosenRows;
    std::vector<ColumnFigures> figures;
    for (std::size_t column = 0; column < rows.columns().size(); ++column) {
        const TableColumn &shown = rows.columns()[column];
        if (shown.style != CellStyle::Number || shown.unit == Unit::None)
            continue;
        Numbers numbers;
        if (const auto reader = numberReader(kind, rows, shown)) {
            if (!chosenRows)
                chosenRows = rowsAt(rows, chosen);
            if (!addField(numbers, *reader, *chosenRows, *rows.selection()->snapshot, stop))
                return stopped();
        } else {
            const bool done = forEachPosition(chosen, [&](std::size_t position) {
                numbers.add(rows.cell(position, column));
                return position % kPollEvery != 0 || !stop.stopRequested();
            });
            if (!done)
                return stopped();
        }
        figures.push_back(numbers.finish(column, addsUp(kind, shown)));
    }
    return figures;
}

Result<ValueCounts> valueCounts(const ListRows &rows, std::size_t column, std::size_t limit,
                                const StopToken &stop)
{
    std::unordered_map<Cell, std::int64_t, CellHash> counts;
    for (std::size_t position = 0; position < rows.size(); ++position) {
        ++counts[rows.cell(position, column)];
        if (position % kPollEvery == 0 && stop.stopRequested())
            return stopped();
    }
    ValueCounts answer;
    answer.rows = static_cast<std::int64_t>(rows.size());
    answer.distinct = counts.size();
    for (const auto &[value, count] : counts)
        answer.values.push_back({value, count});
    const auto shown = std::min(limit, answer.values.size());
    std::partial_sort(answer.values.begin(), answer.values.begin() + static_cast<std::ptrdiff_t>(shown),
                      answer.values.end(), [](const ValueCount &a, const ValueCount &b) {
                          return a.count != b.count ? a.count > b.count : a.value < b.value;
                      });
    answer.values.resize(shown);
    return answer;
}

} // namespace genscope
