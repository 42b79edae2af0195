// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "analytics/csv.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
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

/// A cell for a terminal: nothing in it may move the cursor or break the line.
std::string printable(const Cell &cell, const Zone &zone)
{
    if (std::holds_alternative<std::monostate>(cell))
        return {};
    const auto *text = std::get_if<std::string>(&cell);
    if (!text) {
        const std::string json = cellJson(cell, zone);
        return json.front() == '"' ? json.substr(1, json.size() - 2) : json;
    }
    const std::string quoted = jsonString(*text);
    std::string shown;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        // Quotes need no escape here; all other escapes stay visible.
        if (quoted[i] == '\\' && quoted[i + 1] == '"')
            ++i;
        shown += quoted[i];
    }
    return shown;
}

std::size_t displayWidth(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool isNumeric(const Cell &cell)
{
    return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell) ||
           std::holds_alternative<Money>(cell);
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

std::string tableJsonLines(const ResultTable &table)
{
    std::string lines;
    for (const auto &row : table.rows) {
        lines += '{';
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                lines += ',';
            lines += jsonString(table.columns[i].name) + ':' + cellJson(row[i], table.zone);
        }
        lines += "}\n";
    }
    return lines;
}

std::string tableText(const ResultTable &table)
{
    std::vector<std::vector<std::string>> cells;
    cells.emplace_back();
    for (const auto &column : table.columns)
        cells.back().push_back(printable(column.name, table.zone));
    for (const auto &row : table.rows) {
        cells.emplace_back();
        for (const Cell &cell : row)
            cells.back().push_back(printable(cell, table.zone));
    }
    std::vector<std::size_t> widths(table.columns.size(), 0);
    std::vector<bool> numeric(table.columns.size(), false);
    for (const auto &row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[i]));
    }
    for (const auto &row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            numeric[i] = numeric[i] || isNumeric(row[i]);
    }
    std::string text;
    for (const auto &row : cells) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - displayWidth(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (numeric[i] ? padding + row[i] : row[i] + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

Status writeOutput(const std::string &text, const OptionParser &options)
{
    if (!options.has("out")) {
        const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
        if (!written || std::fflush(stdout) != 0)
            return makeError(
                Error::Kind::Io,
                QCoreApplication::translate("genscope::CommandLine", "could not write to standard output"));
        return Done{};
    }
    const QString path = options.value("out");
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit()) {
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("genscope::CommandLine", "could not write %1: %2")
                             .arg(path, file.errorString()));
    }
    return Done{};
}

Status writeTable(const ResultTable &table, bool withTotal, const OptionParser &options)
{
    const auto format = options.outputFormat();
    if (!format)
        return format.error();
    switch (*format) {
    case OutputFormat::Text:
        return writeOutput(tableText(table), options);
    case OutputFormat::Csv:
        return writeOutput(toCsv(table), options);
    case OutputFormat::Json:
        return writeOutput(tableJson(table, withTotal), options);
    case OutputFormat::JsonLines:
        return writeOutput(tableJsonLines(table), options);
    }
    return Done{};
}

} // namespace genscope
