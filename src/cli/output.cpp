// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "analytics/csv.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

/// A cell for a terminal: nothing in it may move the cursor or break the line. Twelve digits are more than
/// anything was measured with, and hide what binary fractions add; machine-readable formats have all 17.
std::string printable(const Cell &cell, const Zone &zone)
{
    constexpr int kDigits = 12;
    if (std::holds_alternative<std::monostate>(cell))
        return "-";
    if (const auto *number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number))
        return cellJson(QByteArray::number(*number, 'g', kDigits).toDouble(), zone);
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

std::string tableText(const ResultTable &table, bool withTotal)
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
    if (withTotal) {
        cells.emplace_back();
        for (const Cell &cell : table.total)
            cells.back().push_back(cells.back().empty() ? Text::tr("Total").toStdString()
                                                        : printable(cell, table.zone));
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
            return makeError(Error::Kind::Io, Text::tr("could not write to standard output"));
        return Done{};
    }
    const QString path = options.value("out");
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit()) {
        return makeError(Error::Kind::Io, Text::tr("could not write %1: %2").arg(path, file.errorString()));
    }
    return Done{};
}

Status writeTable(const ResultTable &table, Totals totals, const OptionParser &options)
{
    const auto format = options.outputFormat();
    if (!format)
        return format.error();
    switch (*format) {
    case OutputFormat::Text:
        return writeOutput(tableText(table, totals == Totals::InJsonAndText), options);
    case OutputFormat::Csv:
        return writeOutput(toCsv(table), options);
    case OutputFormat::Json:
        return writeOutput(tableJson(table, totals != Totals::None), options);
    case OutputFormat::JsonLines:
        return writeOutput(tableJsonLines(table), options);
    }
    return Done{};
}

} // namespace genscope
