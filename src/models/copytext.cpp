// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/copytext.h"

#include "analytics/csv.h"

#include <QLocale>

#include <algorithm>

namespace genscope {

namespace {

/// Tabs and line breaks would end a cell.
QString oneLine(QString text)
{
    for (QChar &c : text)
        if (c == QLatin1Char('\t') || c == QLatin1Char('\n') || c == QLatin1Char('\r'))
            c = QLatin1Char(' ');
    return text;
}

/// As people read it: composed cells as shown, others in full.
QString readable(const ListRows &rows, std::size_t position, std::size_t column)
{
    const TableColumn &shown = rows.columns()[column];
    if (shown.parts.size() > 1)
        return cellText(rows.cells(position, column), shown, rows.zone(), QLocale()).text;
    return plainText(rows.cell(position, column), rows.zone());
}

QString markdownCell(const QString &text)
{
    return oneLine(text)
        .replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('|'), QLatin1String("\\|"));
}

/// A table of texts; @p between joins cells, @p edge stands around rows.
QString tableText(const ListRows &rows, const RowRanges &positions, const std::vector<std::size_t> &columns,
                  bool markdown)
{
    const QString between = markdown ? QStringLiteral(" | ") : QStringLiteral("\t");
    const auto line = [&](const QStringList &cells) {
        const QString joined = cells.join(between);
        return markdown ? QStringLiteral("| ") + joined + QStringLiteral(" |") : joined;
    };
    const auto escaped = [markdown](const QString &text) {
        return markdown ? markdownCell(text) : oneLine(text);
    };
    QStringList titles, rules;
    for (const std::size_t column : columns) {
        titles += escaped(rows.columns()[column].title);
        rules += rows.columns()[column].style == CellStyle::Number ? QStringLiteral("---:")
                                                                   : QStringLiteral("---");
    }
    QStringList lines{line(titles)};
    if (markdown)
        lines += line(rules);
    forEachPosition(positions, [&](std::size_t position) {
        QStringList cells;
        for (const std::size_t column : columns)
            cells += escaped(readable(rows, position, column));
        lines += line(cells);
        return true;
    });
    return lines.join(QLatin1Char('\n'));
}

QString csvText(const ListRows &rows, const RowRanges &positions, const std::vector<std::size_t> &columns)
{
    std::string out;
    CsvWriter csv(out);
    const auto forEachPart = [&](auto visit) {
        for (const std::size_t column : columns)
            for (std::size_t part = 0; part < rows.columns()[column].parts.size(); ++part)
                visit(column, part);
    };
    forEachPart([&](std::size_t column, std::size_t part) { csv.text(rows.columns()[column].parts[part]); });
    csv.endRow();
    forEachPosition(positions, [&](std::size_t position) {
        forEachPart([&](std::size_t column, std::size_t part) {
            csv.cell(rows.cell(position, column, part), rows.columns()[column].unit, rows.zone());
        });
        csv.endRow();
        return true;
    });
    return QString::fromStdString(out);
}

std::string jsonValue(const Cell &cell, const Zone &zone)
{
    if (const auto *text = std::get_if<std::string>(&cell))
        return jsonText(*text);
    if (std::holds_alternative<Timestamp>(cell))
        return jsonText(plainText(cell, zone).toStdString());
    return plainText(cell, zone).toStdString(); // numbers and booleans
}

std::string jsonObject(const ListRows &rows, std::size_t position, const std::vector<std::size_t> &columns)
{
    std::string object = "{";
    for (const std::size_t column : columns) {
        const std::vector<std::string> &parts = rows.columns()[column].parts;
        for (std::size_t part = 0; part < parts.size(); ++part) {
            const Cell cell = rows.cell(position, column, part);
            if (std::holds_alternative<std::monostate>(cell))
                continue;
            if (object.size() > 1)
                object += ',';
            object.append(jsonText(parts[part])).append(1, ':').append(jsonValue(cell, rows.zone()));
        }
    }
    return object + '}';
}

std::vector<std::size_t> allColumns(const ListRows &rows)
{
    std::vector<std::size_t> columns(rows.columns().size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i] = i;
    return columns;
}

} // namespace

QString plainNumber(const Cell &cell)
{
    if (const auto *money = std::get_if<Money>(&cell))
        return QString::fromStdString(money->toString());
    if (const auto *count = std::get_if<std::int64_t>(&cell))
        return QString::number(*count);
    if (const auto *real = std::get_if<double>(&cell))
        return QString::number(*real, 'f', QLocale::FloatingPointShortest);
    return {};
}

QString plainText(const Cell &cell, const Zone &zone)
{
    if (const auto *text = std::get_if<std::string>(&cell))
        return QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size()));
    if (const auto *flag = std::get_if<bool>(&cell))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return QString::fromStdString(zone.iso(*instant));
    return plainNumber(cell);
}

std::string jsonText(const std::string &utf8)
{
    constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append(1, '\\').append(1, c);
        else if (byte < 0x20)
            out.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
        else
            out.append(1, c);
    }
    return out + '"';
}

std::string jsonRow(const ListRows &rows, std::size_t position)
{
    return jsonObject(rows, position, allColumns(rows));
}

QString copiedRows(const ListRows &rows, const RowRanges &positions, const std::vector<std::string> &names,
                   CopyFormat format)
{
    std::vector<std::size_t> columns;
    for (const std::string &name : names)
        if (const int index = rows.columnIndex(name); index >= 0)
            columns.push_back(static_cast<std::size_t>(index));
    switch (format) {
    case CopyFormat::Tsv:
    case CopyFormat::Markdown:
        return tableText(rows, positions, columns, format == CopyFormat::Markdown);
    case CopyFormat::Csv:
        return csvText(rows, positions, columns);
    case CopyFormat::Json:
        break;
    }
    std::string json = "[";
    forEachPosition(positions, [&](std::size_t position) {
        json.append(json.size() > 1 ? ",\n" : "\n").append(jsonObject(rows, position, columns));
        return true;
    });
    return QString::fromStdString(json + "\n]\n");
}

} // namespace genscope
