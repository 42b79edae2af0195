// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/columns.h"

#include "analytics/bytes.h"
#include "analytics/widen.h"
#include "core/event.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <numeric>

namespace genscope {

namespace {

constexpr double kMicrosPerSecondReal = 1e6;
/// Whole numbers up to here are doubles.
constexpr double kLargestExact = 9007199254740992.0;

double secondsOf(std::int64_t micros)
{
    return micros == kMissing ? std::numeric_limits<double>::quiet_NaN()
                              : static_cast<double>(micros) / kMicrosPerSecondReal;
}

/// The whole microseconds that secondsOf() turns into exactly @p seconds, if there are any.
std::optional<std::int64_t> exactMicrosOf(double seconds)
{
    if (std::isnan(seconds))
        return kMissing;
    const double scaled = std::round(seconds * kMicrosPerSecondReal);
    if (!(std::abs(scaled) < kLargestExact))
        return std::nullopt;
    const auto micros = static_cast<std::int64_t>(scaled);
    if (std::bit_cast<std::uint64_t>(secondsOf(micros)) != std::bit_cast<std::uint64_t>(seconds))
        return std::nullopt;
    return micros;
}

std::uint8_t widthFor(std::uint64_t largestRaw)
{
    if (largestRaw <= std::numeric_limits<std::uint8_t>::max())
        return 1;
    if (largestRaw <= std::numeric_limits<std::uint16_t>::max())
        return 2;
    return largestRaw <= std::numeric_limits<std::uint32_t>::max() ? 4 : 8;
}

/// The largest step that leads from @p smallest to every value there is.
std::uint64_t commonStep(std::span<const std::int64_t> values, std::int64_t smallest)
{
    std::uint64_t step = 0;
    for (const std::int64_t value : values) {
        if (value == kMissing)
            continue;
        const std::uint64_t offset = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(smallest);
        if (step == 0 ? offset != 0 : offset % step != 0)
            step = std::gcd(step, offset);
        if (step == 1)
            break;
    }
    return std::max<std::uint64_t>(step, 1);
}

/// Writes how many steps each value is above @p base, plus 1; 0 where it is missing.
template<typename Raw>
void writeRaws(std::span<const std::int64_t> values, std::uint64_t base, std::uint64_t step,
               std::uint8_t *out)
{
    const auto write = [&](const auto &stepsIn) {
        for (const std::int64_t value : values) {
            const std::uint64_t steps = stepsIn(static_cast<std::uint64_t>(value) - base);
            const auto raw = static_cast<Raw>(value == kMissing ? 0 : steps + 1);
            std::memcpy(out, &raw, sizeof raw);
            out += sizeof raw;
        }
    };
    if (step == 1) // without dividing, which takes longer than all else
        write([](std::uint64_t offset) { return offset; });
    else
        write([step](std::uint64_t offset) { return offset / step; });
}

/// In a width byte: the step between values follows.
constexpr std::uint8_t kHasStep = 0x80;

} // namespace

std::shared_ptr<std::uint8_t[]> makeColumnMemory(std::size_t bytes)
{
    return std::make_shared_for_overwrite<std::uint8_t[]>(bytes);
}

std::int64_t emptyValueOf(IntField field)
{
    switch (field) {
    case IntField::Kind:
        return static_cast<std::int64_t>(EventKind::Other);
    case IntField::Flags:
    case IntField::CostSource:
        return 0;
    default:
        return isDictionaryField(field) ? 0 : kMissing;
    }
}

bool isDictionaryField(IntField field)
{
    return (field >= IntField::EventName && field <= IntField::CostProvider) ||
           (field >= IntField::Group0 && field <= IntField::ServiceTier);
}

DictField dictFieldOf(IntField field)
{
    static_assert(static_cast<int>(IntField::CostProvider) - static_cast<int>(IntField::EventName) ==
                  static_cast<int>(DictField::CostProvider) - static_cast<int>(DictField::EventName));
    static_assert(static_cast<int>(IntField::ServiceTier) - static_cast<int>(IntField::Group0) ==
                  static_cast<int>(DictField::ServiceTier) - static_cast<int>(DictField::Group0));
    if (field >= IntField::Group0)
        return groupDictField(static_cast<int>(field) - static_cast<int>(IntField::Group0));
    return static_cast<DictField>(static_cast<int>(field) - static_cast<int>(IntField::EventName));
}

FactRow::FactRow()
{
    static const auto kEmpty = [] {
        std::array<std::int64_t, kIntFieldCount> empty{};
        for (int field = 0; field < kIntFieldCount; ++field)
            empty[static_cast<std::size_t>(field)] = emptyValueOf(static_cast<IntField>(field));
        return empty;
    }();
    ints = kEmpty;
    reals.fill(std::numeric_limits<double>::quiet_NaN());
}

IntColumn IntColumn::constant(std::size_t rows, std::int64_t value)
{
    IntColumn column;
    column.m_rows = rows;
    column.m_base = value;
    return column;
}

IntColumn IntColumn::encode(std::span<const std::int64_t> values)
{
    // Most columns say the same in every row, mostly nothing.
    if (!values.empty() &&
        std::adjacent_find(values.begin(), values.end(), std::not_equal_to()) == values.end())
        return constant(values.size(), values.front());
    std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
    std::int64_t largest = kMissing; // smaller than every value
    bool missing = false;
    for (const std::int64_t value : values) {
        missing |= value == kMissing;
        largest = std::max(largest, value);
        smallest = std::min(smallest, value == kMissing ? smallest : value);
    }
    if (largest == kMissing)
        return constant(values.size(), kMissing);
    if (smallest == largest && !missing)
        return constant(values.size(), smallest);

    IntColumn column;
    column.m_rows = values.size();
    column.m_base = smallest;
    const auto base = static_cast<std::uint64_t>(smallest);
    const std::uint64_t spread = static_cast<std::uint64_t>(largest) - base;
    column.m_width = widthFor(spread + 1);
    if (column.m_width > 1) {
        const std::uint64_t step = commonStep(values, smallest);
        if (const std::uint8_t width = widthFor(spread / step + 1); width < column.m_width) {
            column.m_width = width;
            column.m_step = step;
        }
    }
    const auto bytes = makeColumnMemory(values.size() * column.m_width);
    column.m_bytes = bytes;
    switch (column.m_width) {
    case 1:
        writeRaws<std::uint8_t>(values, base, column.m_step, bytes.get());
        break;
    case 2:
        writeRaws<std::uint16_t>(values, base, column.m_step, bytes.get());
        break;
    case 4:
        writeRaws<std::uint32_t>(values, base, column.m_step, bytes.get());
        break;
    default:
        writeRaws<std::uint64_t>(values, base, column.m_step, bytes.get());
        break;
    }
    return column;
}

bool IntColumn::operator==(const IntColumn &other) const
{
    if (m_rows != other.m_rows)
        return false;
    if (m_base == other.m_base && m_step == other.m_step && m_width == other.m_width)
        return m_width == 0 || std::memcmp(m_bytes.get(), other.m_bytes.get(), memoryBytes()) == 0;
    for (std::size_t row = 0; row < m_rows; ++row) {
        if (at(row) != other.at(row))
            return false;
    }
    return true;
}

void IntColumn::decode(std::span<std::int64_t> out, std::size_t first) const
{
    if (m_width == 0)
        std::fill(out.begin(), out.end(), m_base);
    else
        widenNumbers({m_bytes.get() + first * m_width, m_width, m_base, m_step}, out);
}

void IntColumn::decodeCodes(std::span<std::uint32_t> out, std::size_t first) const
{
    if (m_width == 0)
        std::fill(out.begin(), out.end(), static_cast<std::uint32_t>(m_base));
    else
        widenCodes({m_bytes.get() + first * m_width, m_width, m_base, m_step}, out);
}

std::pair<std::int64_t, std::int64_t> IntColumn::range() const
{
    if (m_width == 0)
        return {m_base, m_base};
    const auto [smallest, largest] = rawRange({m_bytes.get(), m_width, m_base, m_step}, m_rows);
    // Values ascend with what is stored, unless a damaged store makes them wrap around.
    std::uint64_t offset = 0;
    std::int64_t highest = 0;
    const bool wraps = largest != 0 && (__builtin_mul_overflow(largest - 1, m_step, &offset) ||
                                        __builtin_add_overflow(m_base, offset, &highest));
    if (!wraps)
        return {valueOfRaw(smallest), valueOfRaw(largest)};
    std::vector<std::int64_t> values(m_rows);
    decode(values);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return {*least, *most};
}

void IntColumn::serialize(std::string &out) const
{
    putNumber(out, static_cast<std::uint8_t>(m_step == 1 ? m_width : m_width | kHasStep));
    putNumber(out, m_base);
    if (m_step != 1)
        putNumber(out, m_step);
    out.append(reinterpret_cast<const char *>(m_bytes.get()), memoryBytes());
}

Result<IntColumn> IntColumn::deserialize(std::string_view &in, std::size_t rows, ColumnMemory memory)
{
    IntColumn column;
    column.m_rows = rows;
    std::string_view bytes;
    if (!takeNumber(in, column.m_width) || !takeNumber(in, column.m_base))
        return damagedColumns();
    const bool hasStep = (column.m_width & kHasStep) != 0;
    column.m_width = static_cast<std::uint8_t>(column.m_width & ~kHasStep);
    if ((hasStep && (column.m_width == 0 || !takeNumber(in, column.m_step) || column.m_step == 0)) ||
        (column.m_width != 0 && (!std::has_single_bit(column.m_width) || column.m_width > 8)) ||
        !takeBytes(in, rows * column.m_width, bytes))
        return damagedColumns();
    if (bytes.empty())
        return column;
    if (memory) {
        column.m_bytes = {std::move(memory), reinterpret_cast<const std::uint8_t *>(bytes.data())};
    } else {
        const auto copy = makeColumnMemory(bytes.size());
        std::memcpy(copy.get(), bytes.data(), bytes.size());
        column.m_bytes = copy;
    }
    return column;
}

RealColumn RealColumn::missing(std::size_t rows)
{
    RealColumn column;
    column.m_micros = IntColumn::constant(rows, kMissing);
    return column;
}

RealColumn RealColumn::encode(std::span<const double> values)
{
    RealColumn column;
    std::vector<std::int64_t> micros;
    micros.reserve(values.size());
    for (const double value : values) {
        const auto exact = exactMicrosOf(value);
        if (!exact) {
            column.m_exactMicros = false;
            column.m_values.assign(values.begin(), values.end());
            return column;
        }
        micros.push_back(*exact);
    }
    column.m_micros = IntColumn::encode(micros);
    return column;
}

double RealColumn::at(std::size_t row) const
{
    return m_exactMicros ? secondsOf(m_micros.at(row)) : m_values[row];
}

void RealColumn::decode(std::span<double> out, std::size_t first) const
{
    if (!m_exactMicros) {
        std::copy_n(m_values.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
        return;
    }
    std::array<std::int64_t, 1024> micros;
    for (std::size_t done = 0; done < out.size(); done += micros.size()) {
        const std::size_t count = std::min(micros.size(), out.size() - done);
        m_micros.decode(std::span(micros).first(count), first + done);
        secondsOfMicros(std::span(micros).first(count), out.subspan(done, count));
    }
}

void RealColumn::serialize(std::string &out) const
{
    putNumber(out, static_cast<std::uint8_t>(m_exactMicros));
    if (m_exactMicros) {
        m_micros.serialize(out);
        return;
    }
    for (const double value : m_values)
        putNumber(out, value);
}

Result<RealColumn> RealColumn::deserialize(std::string_view &in, std::size_t rows, ColumnMemory memory)
{
    RealColumn column;
    std::uint8_t exact = 0;
    if (!takeNumber(in, exact) || exact > 1)
        return damagedColumns();
    column.m_exactMicros = exact == 1;
    if (column.m_exactMicros) {
        auto micros = IntColumn::deserialize(in, rows, std::move(memory));
        if (!micros)
            return micros.error();
        column.m_micros = std::move(*micros);
        return column;
    }
    std::string_view bytes;
    if (!takeBytes(in, rows * sizeof(double), bytes))
        return damagedColumns();
    column.m_values.resize(rows);
    if (rows > 0) // memcpy takes no null, even of nothing
        std::memcpy(column.m_values.data(), bytes.data(), bytes.size());
    return column;
}

} // namespace genscope
