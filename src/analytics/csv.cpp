// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/csv.h"

#include <array>
#include <charconv>
#include <cmath>

namespace genscope {

namespace {

template<typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template<typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

} // namespace

void CsvWriter::cell(const Cell &cell, Unit unit, const Zone &zone)
{
    std::visit(Overloaded{[this](std::monostate) { missing(); },
                          [this](bool value) { number(value ? "true" : "false"); },
                          [this](std::int64_t value) { number(std::to_string(value)); },
                          [this, unit](double value) { number(exactNumber(value, unit)); },
                          [this](const Money &value) { number(value.toString()); },
                          [this](const std::string &value) { text(value); },
                          [this, &zone](const Timestamp &value) { number(zone.iso(value)); }},
               cell);
}

std::string toCsv(const ResultTable &table)
{
    std::string out;
    CsvWriter writer(out);
    for (const ResultTable::Column &column : table.columns)
        writer.text(column.name);
    writer.endRow();
    for (const std::vector<Cell> &row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            writer.cell(row[i], i < table.columns.size() ? table.columns[i].unit : Unit::None, table.zone);
        writer.endRow();
    }
    return out;
}

std::string exactNumber(double number, Unit unit)
{
    if (!std::isfinite(number))
        return {};
    if (number == 0.0)
        return "0"; // also for -0
    const double magnitude = std::abs(number);
    const bool plain = unit == Unit::Usd || (magnitude >= 1e-9 && magnitude < 1e17);
    std::array<char, 400> buffer; // the longest double without exponent has 1 + 309 or 2 + 1074 digits
    auto result =
        plain ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed)
              : std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    if (result.ec != std::errc())
        result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

} // namespace genscope
