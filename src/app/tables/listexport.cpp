// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/listexport.h"

#include "analytics/csv.h"
#include "models/copytext.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSaveFile>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kChunkBytes = 1 << 20;
constexpr int kProgressMs = 100;

/// `tokens` is three columns for people, but a file has one number a column.
std::vector<std::string> takenApart(ListKind kind, const std::vector<std::string> &names)
{
    std::vector<std::string> result;
    for (const std::string &name : names) {
        std::vector<std::string> parts = tableColumn(kind, name).parts;
        if (parts.size() > 1)
            std::rotate(parts.begin(), parts.begin() + 1, parts.end()); // the sum comes last
        for (std::string &part : parts)
            if (std::find(result.begin(), result.end(), part) == result.end())
                result.push_back(std::move(part));
    }
    return result;
}

Error fileError(const QSaveFile &file)
{
    return makeError(Error::Kind::Io, QCoreApplication::translate("ListExport", "Could not write %1: %2.")
                                          .arg(file.fileName(), file.errorString()));
}

void writeHeader(CsvWriter &csv, const ListRows &rows)
{
    for (const TableColumn &column : rows.columns())
        csv.text(column.name);
    csv.endRow();
}

void writeRow(CsvWriter &csv, const ListRows &rows, std::size_t position)
{
    for (std::size_t column = 0; column < rows.columns().size(); ++column)
        csv.cell(rows.cell(position, column), rows.columns()[column].unit, rows.zone());
    csv.endRow();
}

bool flush(QSaveFile &file, std::string &buffer)
{
    const auto size = static_cast<qint64>(buffer.size());
    const bool written = file.write(buffer.data(), size) == size;
    buffer.clear();
    return written;
}

Result<std::int64_t> writeRows(QSaveFile &file, const ListRows &rows, const ListExport &what,
                               const std::function<void(std::int64_t, std::int64_t)> &onProgress,
                               const StopToken &stop)
{
    std::string buffer = what.byteOrderMark && !what.jsonLines ? "\xEF\xBB\xBF" : "";
    CsvWriter csv(buffer);
    if (!what.jsonLines)
        writeHeader(csv, rows);
    const RowRanges positions = what.positions.value_or(rows.everything());
    const std::size_t total = rowCount(positions);
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    std::size_t done = 0;
    const bool written = forEachPosition(positions, [&](std::size_t position) {
        if (what.jsonLines)
            buffer.append(jsonRow(rows, position)).append(1, '\n');
        else
            writeRow(csv, rows, position);
        if (buffer.size() >= kChunkBytes && !flush(file, buffer))
            return false;
        if (++done % 1024 != 0)
            return true;
        if (sinceProgress.elapsed() >= kProgressMs) {
            onProgress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
            sinceProgress.restart();
        }
        return !stop.stopRequested();
    });
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled,
                         QCoreApplication::translate("ListExport", "Export stopped."));
    if (!written || !flush(file, buffer))
        return fileError(file);
    return static_cast<std::int64_t>(total);
}

} // namespace

Result<std::int64_t> exportList(const ListExport &what,
                                const std::function<void(std::int64_t, std::int64_t)> &onProgress,
                                const StopToken &stop)
{
    ListRequest request = what.request;
    request.columns = takenApart(request.kind, request.columns);
    const auto rows = loadRows(request);
    if (!rows)
        return rows.error();
    QSaveFile file(what.path);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(file);
    auto written = writeRows(file, **rows, what, onProgress, stop);
    if (written && !file.commit())
        return fileError(file);
    return written; // an uncommitted file vanishes with `file`
}

std::vector<std::string> allExportColumns(ListKind kind, const std::vector<std::string> &shown)
{
    std::vector<std::string> names = tableColumnNames(kind);
    for (const std::string &name : shown)
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    return takenApart(kind, names);
}

} // namespace genscope
