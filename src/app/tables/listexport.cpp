// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/listexport.h"

#include "analytics/csv.h"

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
    std::string buffer = what.byteOrderMark ? "\xEF\xBB\xBF" : "";
    CsvWriter csv(buffer);
    writeHeader(csv, rows);
    const std::size_t total = what.positions ? what.positions->size() : rows.size();
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    for (std::size_t i = 0; i < total; ++i) {
        writeRow(csv, rows, what.positions ? static_cast<std::size_t>((*what.positions)[i]) : i);
        if (buffer.size() >= kChunkBytes && !flush(file, buffer))
            return fileError(file);
        if (i % 1024 != 0)
            continue;
        if (stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("ListExport", "Export stopped."));
        if (sinceProgress.elapsed() >= kProgressMs) {
            onProgress(static_cast<std::int64_t>(i), static_cast<std::int64_t>(total));
            sinceProgress.restart();
        }
    }
    if (!flush(file, buffer))
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
