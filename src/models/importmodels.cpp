// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importmodels.h"

#include "analytics/csv.h"
#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace genscope {

namespace {

QString fileName(const QString &path)
{
    return path == QLatin1String("-") ? SourceModel::tr("standard input") : QFileInfo(path).fileName();
}

std::optional<std::int64_t> numberOf(const SourceReport &source, SourceModel::Column column)
{
    const auto time = [](const std::optional<Timestamp> &stamp) {
        return stamp ? std::optional(stamp->us) : std::nullopt;
    };
    switch (column) {
    case SourceModel::EventsColumn:
        return source.events;
    case SourceModel::NewColumn:
        return source.newEvents;
    case SourceModel::DuplicatesColumn:
        return source.duplicates;
    case SourceModel::UpdatedColumn:
        return source.updated;
    case SourceModel::IgnoredColumn:
        return source.ignored;
    case SourceModel::RejectedColumn:
        return source.rejected;
    case SourceModel::FirstColumn:
        return time(source.first);
    case SourceModel::LastColumn:
        return time(source.last);
    case SourceModel::BytesColumn:
        return source.bytes;
    case SourceModel::FileColumn:
    case SourceModel::ColumnCount:
        break;
    }
    return std::nullopt;
}

} // namespace

// --- Files

SourceModel::SourceModel(std::vector<SourceReport> sources, const Zone &zone, QObject *parent)
    : QAbstractTableModel(parent), m_sources(std::move(sources)), m_zone(zone)
{
}

int SourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sources.size());
}

int SourceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SourceModel::text(const SourceReport &source, Column column) const
{
    const QLocale locale;
    switch (column) {
    case FileColumn:
        return fileName(source.name);
    case FirstColumn:
        return source.first ? formatInstant(*source.first, m_zone, locale) : QString();
    case LastColumn:
        return source.last ? formatInstant(*source.last, m_zone, locale) : QString();
    case BytesColumn:
        return formatBytes(source.bytes, locale);
    default:
        return formatCount(numberOf(source, column).value_or(0), locale);
    }
}

QVariant SourceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SourceReport &source = m_sources[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(source, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(column != FileColumn);
    case Qt::ToolTipRole:
        return column == FileColumn ? plainToolTip(source.name) : QString();
    case FullTextRole:
        return column == FileColumn ? source.name : text(source, column);
    case SortRole:
        if (const auto number = numberOf(source, column))
            return static_cast<qlonglong>(*number);
        return column == FileColumn ? QVariant(source.name) : QVariant();
    case ErrorRole:
        return column == RejectedColumn && source.rejected > 0;
    default:
        return {};
    }
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != FileColumn);
    if (role == Qt::ToolTipRole && (section == FirstColumn || section == LastColumn))
        return tr("Of the events that had to be read: copies that the store knew byte by byte are left out");
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case FileColumn:
        return tr("File");
    case EventsColumn:
        return tr("Events");
    case NewColumn:
        return tr("New");
    case DuplicatesColumn:
        return tr("Duplicates");
    case UpdatedColumn:
        return tr("Updated");
    case IgnoredColumn:
        return tr("Ignored");
    case RejectedColumn:
        return tr("Rejected");
    case FirstColumn:
        return tr("First event");
    case LastColumn:
        return tr("Last event");
    case BytesColumn:
        return tr("Size");
    case ColumnCount:
        break;
    }
    return {};
}

// --- Rejected lines

RejectModel::RejectModel(std::vector<Reject> rejects, QObject *parent)
    : QAbstractTableModel(parent), m_rejects(std::move(rejects))
{
}

int RejectModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rejects.size());
}

int RejectModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Reject &reject = m_rejects[static_cast<std::size_t>(index.row())];
    if (role == kKindRole)
        return rejectKind(reject.reason);
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(index.column() == LineColumn);
    if (role == Qt::ToolTipRole)
        return plainToolTip(index.column() == FileColumn ? reject.file : reject.reason);
    if (role != Qt::DisplayRole && role != FullTextRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case FileColumn:
        return role == FullTextRole ? reject.file : fileName(reject.file);
    case LineColumn:
        return reject.line > 0 ? formatCount(reject.line, QLocale()) : QString();
    case ReasonColumn:
        return reject.reason;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RejectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return cellAlignment(section == LineColumn);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case FileColumn:
        return tr("File");
    case LineColumn:
        return tr("Line");
    case ReasonColumn:
        return tr("Reason");
    case ColumnCount:
        break;
    }
    return {};
}

QString RejectModel::lineText(int row) const
{
    const Reject &reject = m_rejects[static_cast<std::size_t>(row)];
    if (reject.line <= 0)
        return reject.file + QStringLiteral(": ") + reject.reason;
    return reject.file + QLatin1Char(':') + QString::number(reject.line) + QStringLiteral(": ") +
           reject.reason;
}

// --- Reasons

RejectKindModel::RejectKindModel(const std::map<QString, std::int64_t> &kinds, QObject *parent)
    : QAbstractTableModel(parent)
{
    std::int64_t all = 0;
    for (const auto &[kind, count] : kinds) {
        m_kinds.push_back({kind, count});
        all += count;
    }
    std::stable_sort(m_kinds.begin(), m_kinds.end(),
                     [](const auto &a, const auto &b) { return a.second > b.second; });
    m_kinds.prepend({QString(), all});
}

int RejectKindModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_kinds.size());
}

int RejectKindModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectKindModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &[kind, count] = m_kinds[index.row()];
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(index.column() == CountColumn);
    if (role == Qt::ToolTipRole)
        return plainToolTip(kind);
    if (role != Qt::DisplayRole && role != FullTextRole)
        return {};
    if (index.column() == CountColumn)
        return formatCount(count, QLocale());
    return kind.isEmpty() ? tr("All reasons") : kind;
}

QVariant RejectKindModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return cellAlignment(section == CountColumn);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == CountColumn ? tr("Lines") : tr("Reason");
}

QString RejectKindModel::kind(int row) const
{
    return m_kinds.value(row).first;
}

QByteArray rejectsCsv(const std::vector<Reject> &rejects)
{
    std::string out;
    CsvWriter csv(out);
    for (const std::string_view title : {"file", "line", "reason"})
        csv.text(title);
    csv.endRow();
    for (const Reject &reject : rejects) {
        csv.text(reject.file.toStdString());
        if (reject.line > 0)
            csv.number(std::to_string(reject.line));
        else
            csv.missing();
        csv.text(reject.reason.toStdString());
        csv.endRow();
    }
    return QByteArray::fromStdString(out);
}

} // namespace genscope
