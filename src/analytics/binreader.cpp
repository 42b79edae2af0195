// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/binreader.h"

#include "analytics/bins.h"
#include "analytics/jsonnumber.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

using ReaderPtr = std::shared_ptr<const FieldReader>;
using Type = FieldReader::Type;

bool isKnown(std::int64_t value)
{
    return value != kMissing;
}
bool isKnown(double value)
{
    return !std::isnan(value);
}

std::int64_t bitsOf(std::int64_t value)
{
    return value;
}
std::int64_t bitsOf(double value)
{
    return std::bit_cast<std::int64_t>(value + 0.0);
}

template<typename Value>
struct Range
{
    Value lowest{};
    Value highest{};
    bool any = false;

    void add(Value value)
    {
        lowest = any ? std::min(lowest, value) : value;
        highest = any ? std::max(highest, value) : value;
        any = true;
    }
    void add(const Range &other)
    {
        if (!other.any)
            return;
        add(other.lowest);
        add(other.highest);
    }
};

/// Finds the bin of a number: the upper bits of the number as a double say about where, a step or two the
/// rest. Logarithms would take ten times as long, and round.
template<typename Value>
class BinFinder
{
public:
    explicit BinFinder(std::vector<Value> edges) : m_edges(std::move(edges)), m_first(kCells)
    {
        std::uint16_t bin = 0;
        for (std::size_t cell = 0; cell < kCells; ++cell) {
            const double lowest = lowestOf(cell);
            while (bin + 2u < m_edges.size() && static_cast<double>(m_edges[bin + 1u]) <= lowest)
                ++bin;
            m_first[cell] = bin;
        }
    }

    const std::vector<Value> &edges() const { return m_edges; }
    std::size_t binCount() const { return m_edges.size() - 1; }

    std::uint32_t operator()(Value value) const
    {
        std::uint32_t bin = m_first[orderedBits(static_cast<double>(value)) >> kShift];
        while (bin > 0 && value < m_edges[bin]) // a large whole number is not exact as a double
            --bin;
        while (bin + 2 < m_edges.size() && value >= m_edges[bin + 1])
            ++bin;
        return bin;
    }

private:
    static constexpr int kShift = 47; ///< sign, exponent and five bits of the mantissa: cells of 2 or 3 %
    static constexpr std::size_t kCells = std::size_t{1} << (64 - kShift);

    static std::uint64_t orderedBits(double value)
    {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        return bits >> 63 != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
    }
    static double lowestOf(std::size_t cell)
    {
        const std::uint64_t ordered = std::uint64_t{cell} << kShift;
        return std::bit_cast<double>(ordered >> 63 != 0 ? ordered ^ (std::uint64_t{1} << 63) : ~ordered);
    }

    std::vector<Value> m_edges; ///< one more than there are bins
    std::vector<std::uint16_t> m_first;
};

/// Bins of a field of numbers.
template<typename Value>
class NumberBins final : public FieldReader
{
public:
    NumberBins(ReaderPtr numbers, std::vector<Value> edges)
        : m_numbers(std::move(numbers)), m_type(m_numbers->type()), m_find(std::move(edges))
    {
        for (std::size_t bin = 0; bin < m_find.binCount(); ++bin)
            m_list.push_back(bitsOf(m_find.edges()[bin]));
    }

    Type type() const override { return m_type; }
    std::span<const std::int64_t> numberList() const override { return m_list; }

    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const override
    {
        thread_local std::vector<Value> values;
        const std::span<const Value> numbers = numbersOf(segment, values);
        scratch.resize(numbers.size());
        for (std::size_t row = 0; row < numbers.size(); ++row)
            scratch[row] = isKnown(numbers[row]) ? m_find(numbers[row]) + 1 : 0;
        return scratch;
    }
    std::span<const std::int64_t> ints(std::size_t segment, std::vector<std::int64_t> &scratch) const override
    {
        return lowerEdges(segment, scratch);
    }
    std::span<const double> reals(std::size_t segment, std::vector<double> &scratch) const override
    {
        return lowerEdges(segment, scratch);
    }
    std::int64_t intAt(std::size_t row) const override { return edgeOf(m_numbers->intAt(row)); }
    double realAt(std::size_t row) const override { return edgeOf(m_numbers->realAt(row)); }

private:
    std::span<const Value> numbersOf(std::size_t segment, std::vector<Value> &scratch) const
    {
        if constexpr (std::is_same_v<Value, double>)
            return m_numbers->reals(segment, scratch);
        else
            return m_numbers->ints(segment, scratch);
    }
    template<typename Number>
    Number edgeOf(Number number) const
    {
        if constexpr (std::is_same_v<Value, Number>)
            return isKnown(number) ? m_find.edges()[m_find(number)] : number;
        else
            return number;
    }
    template<typename Number>
    std::span<const Number> lowerEdges(std::size_t segment, std::vector<Number> &scratch) const
    {
        if constexpr (std::is_same_v<Value, Number>) {
            const std::span<const Number> numbers = numbersOf(segment, scratch);
            std::vector<Number> edges(numbers.size());
            std::transform(numbers.begin(), numbers.end(), edges.begin(),
                           [this](Number number) { return edgeOf(number); });
            scratch = std::move(edges);
            return scratch;
        } else {
            return {};
        }
    }

    ReaderPtr m_numbers;
    Type m_type;
    BinFinder<Value> m_find;
    std::vector<std::int64_t> m_list;
};

/// Bins of a property: its values are texts, some of which are numbers.
class TextBins final : public FieldReader
{
public:
    TextBins(ReaderPtr texts, const Binning &binning) : m_texts(std::move(texts))
    {
        constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
        std::vector<double> numbers(m_texts->valueCount(), kNoNumber);
        Range<double> range;
        for (std::uint32_t code = 1; code < numbers.size(); ++code) {
            if (const auto number = JsonNumber::parse(m_texts->value(code))) {
                numbers[code] = number->toDouble();
                range.add(numbers[code]);
            }
        }
        m_binOf.assign(std::max<std::size_t>(numbers.size(), 1), 0);
        if (!range.any)
            return;
        const BinFinder<double> find(realBinEdges(binning, range.lowest, range.highest));
        for (std::size_t bin = 0; bin < find.binCount(); ++bin)
            m_list.push_back(bitsOf(find.edges()[bin]));
        for (std::size_t code = 0; code < numbers.size(); ++code) {
            if (isKnown(numbers[code]))
                m_binOf[code] = find(numbers[code]) + 1;
        }
    }

    Type type() const override { return Type::Real; }
    std::span<const std::int64_t> numberList() const override { return m_list; }
    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const override
    {
        thread_local std::vector<std::uint32_t> own;
        const auto texts = m_texts->codes(segment, own);
        scratch.resize(texts.size());
        std::transform(texts.begin(), texts.end(), scratch.begin(),
                       [this](std::uint32_t code) { return m_binOf[code]; });
        return scratch;
    }
    std::span<const double> reals(std::size_t segment, std::vector<double> &scratch) const override
    {
        std::vector<std::uint32_t> bins;
        codes(segment, bins);
        scratch.resize(bins.size());
        std::transform(bins.begin(), bins.end(), scratch.begin(),
                       [this](std::uint32_t bin) { return edgeOf(bin); });
        return scratch;
    }
    double realAt(std::size_t row) const override { return edgeOf(m_binOf[m_texts->codeAt(row)]); }

private:
    double edgeOf(std::uint32_t bin) const
    {
        return bin == 0 ? std::numeric_limits<double>::quiet_NaN() : std::bit_cast<double>(m_list[bin - 1]);
    }

    ReaderPtr m_texts;
    std::vector<std::uint32_t> m_binOf; ///< by code of the text: 1 + bin; 0: not a number
    std::vector<std::int64_t> m_list;
};

/// The smallest and the largest number of all rows.
template<typename Value>
Range<Value> rangeOf(const FieldReader &reader, const DataContext &context)
{
    const Snapshot &snapshot = *context.snapshot;
    std::vector<Range<Value>> ranges(snapshot.segmentCount());
    forEachInParallel(ranges.size(), [&](std::size_t segment) {
        if (context.stop.stopRequested())
            return;
        std::vector<Value> scratch;
        std::span<const Value> values;
        if constexpr (std::is_same_v<Value, double>)
            values = reader.reals(segment, scratch);
        else
            values = reader.ints(segment, scratch);
        for (const Value value : values) {
            if (isKnown(value))
                ranges[segment].add(value);
        }
    });
    Range<Value> all;
    for (const Range<Value> &range : ranges)
        all.add(range);
    return all;
}

/// The same from what columns of whole microseconds know of themselves; nothing where some segment has
/// others.
std::optional<Range<double>> microsRange(const Snapshot &snapshot, RealField field)
{
    Range<double> range;
    for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
        const IntColumn *micros = snapshot.segment(segment).reals(field).wholeMicros();
        if (micros == nullptr)
            return std::nullopt;
        if (snapshot.segment(segment).rows() == 0 || micros->isMissing())
            continue;
        range.add(static_cast<double>(micros->lowest()) / 1e6);
        range.add(static_cast<double>(micros->range().second) / 1e6);
    }
    return range;
}

Error noNumbers(const Field &field)
{
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate("Field", "“%1”: only numbers, such as latency, cost, "
                                                          "output_tokens or a property, can be put into bins")
                         .arg(QString::fromStdString(field.text)));
}

Error tooManyBins(const Field &field)
{
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate("Field", "“%1” gives more than %2 bins; take wider ones")
                         .arg(QString::fromStdString(field.text))
                         .arg(kMostBins));
}

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Query", "stopped"));
}

} // namespace

Result<ReaderPtr> binReader(const Field &field, ReaderPtr numbers, const DataContext &context)
{
    const Binning binning = *field.bins;
    switch (numbers->type()) {
    case Type::Text:
        if (field.id != Field::Id::Property)
            return noNumbers(field);
        if (auto bins = std::make_shared<TextBins>(std::move(numbers), binning);
            !binning.isLinear() || bins->numberList().size() < kMostBins)
            return ReaderPtr(std::move(bins));
        return tooManyBins(field);
    case Type::Boolean:
    case Type::Instant:
        return noNumbers(field);
    case Type::Real: {
        std::optional<Range<double>> range;
        if (field.id == Field::Id::Latency || field.id == Field::Id::TimeToFirstToken)
            range =
                microsRange(*context.snapshot, field.id == Field::Id::Latency ? RealField::Latency
                                                                              : RealField::TimeToFirstToken);
        if (!range)
            range = rangeOf<double>(*numbers, context);
        if (context.stop.stopRequested())
            return cancelled();
        auto edges = realBinEdges(binning, range->lowest, range->highest);
        if (binning.isLinear() && edges.size() > kMostBins)
            return tooManyBins(field);
        return ReaderPtr(std::make_shared<NumberBins<double>>(std::move(numbers), std::move(edges)));
    }
    case Type::Integer:
    case Type::Money: {
        const auto range = rangeOf<std::int64_t>(*numbers, context);
        if (context.stop.stopRequested())
            return cancelled();
        auto edges = wholeBinEdges(binning, numberKindOf(field), range.lowest, range.highest);
        if (binning.isLinear() && edges.size() > kMostBins)
            return tooManyBins(field);
        return ReaderPtr(std::make_shared<NumberBins<std::int64_t>>(std::move(numbers), std::move(edges)));
    }
    }
    return noNumbers(field);
}

} // namespace genscope
