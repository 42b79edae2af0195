// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/tablejson.h"

#include <QByteArray>
#include <QString>

#include <charconv>
#include <cmath>
#include <cstdio>

namespace genscope {

namespace {

/// Overloads for std::visit.
template<typename... Parts>
struct Visitor : Parts...
{
    using Parts::operator()...;
};
template<typename... Parts>
Visitor(Parts...) -> Visitor<Parts...>;

std::string numberText(double number)
{
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    return {buffer, end};
}

std::string joinedCells(const std::vector<Cell> &cells, const Zone &zone)
{
    std::string text = "[";
    for (const Cell &cell : cells) {
        if (text.size() > 1)
            text += ',';
        text += cellJson(cell, zone);
    }
    return text + ']';
}

} // namespace

std::string jsonString(std::string_view text)
{
    // Through QString, so that bytes that are not UTF-8 become U+FFFD and the output is always valid JSON.
    const QByteArray utf8 = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUtf8();
    std::string json = "\"";
    for (const char c : utf8) {
        switch (c) {
        case '"':
            json += "\\\"";
            break;
        case '\\':
            json += "\\\\";
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                char buffer[8];
                std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
                json += buffer;
            } else {
                json += c;
            }
        }
    }
    return json + '"';
}

std::string cellJson(const Cell &cell, const Zone &zone)
{
    return std::visit(Visitor{[](std::monostate) { return std::string("null"); },
                              [](bool value) { return std::string(value ? "true" : "false"); },
                              [](std::int64_t value) { return std::to_string(value); },
                              [](double value) { return std::isfinite(value) ? numberText(value) : "null"; },
                              [](const Money &value) { return value.toString(); },
                              [](const std::string &value) { return jsonString(value); },
                              [&](const Timestamp &value) { return '"' + zone.iso(value) + '"'; }},
                      cell);
}

std::string tableJson(const ResultTable &table, bool withTotal)
{
    std::string json = "{\"columns\":[";
    for (const auto &column : table.columns) {
        if (&column != table.columns.data())
            json += ',';
        json += jsonString(column.name);
    }
    json += "],\"rows\":[";
    for (const auto &row : table.rows) {
        if (&row != table.rows.data())
            json += ',';
        json += '\n' + joinedCells(row, table.zone);
    }
    json += ']';
    if (withTotal)
        json += ",\"total\":" + joinedCells(table.total, table.zone);
    json += ",\"matched\":" + std::to_string(table.matched);
    if (withTotal)
        json += ",\"unpriced\":" + std::to_string(table.unpriced);
    return json + "}\n";
}

} // namespace genscope
