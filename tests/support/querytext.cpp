// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/querytext.h"

#include <gtest/gtest.h>

#include <sstream>

namespace genscope::test {

namespace {

std::vector<std::string_view> splitAtCommas(std::string_view list)
{
    std::vector<std::string_view> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        names.push_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return names;
}

std::string line(const std::vector<Cell> &cells, const Zone &zone)
{
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i)
        text.append(i == 0 ? "" : " | ").append(printed(cells[i], zone));
    return text + "\n";
}

} // namespace

Query QueryText::query() const
{
    Query query;
    for (const std::string_view name : splitAtCommas(measures)) {
        const auto measure = measureFromName(name);
        EXPECT_TRUE(measure.has_value()) << "not a measure: " << name;
        if (measure)
            query.measures.push_back(*measure);
    }
    for (const std::string_view name : splitAtCommas(by)) {
        auto field = Field::parse(name);
        EXPECT_TRUE(field.ok()) << "not a field: " << name;
        if (field)
            query.by.push_back(*field);
    }
    query.interval = interval;
    query.top = top;
    query.kinds = kinds;
    return query;
}

std::string printed(const Cell &cell, const Zone &zone)
{
    struct Printer
    {
        const Zone &zone;
        std::string operator()(std::monostate) const { return "-"; }
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const
        {
            std::ostringstream out;
            out << value;
            return out.str();
        }
        std::string operator()(Money value) const { return value.toString(); }
        std::string operator()(const std::string &value) const { return value; }
        std::string operator()(Timestamp value) const { return zone.iso(value); }
    };
    return std::visit(Printer{zone}, cell);
}

std::string printed(const ResultTable &table)
{
    std::string text;
    for (const auto &row : table.rows)
        text += line(row, table.zone);
    return text + "total: " + line(table.total, table.zone);
}

} // namespace genscope::test
