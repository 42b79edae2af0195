// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/capturemodels.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace genscope {

template<typename Take>
void NewestFirstModel::advance(std::int64_t rows, std::int64_t end, Take take)
{
    const std::int64_t added = end - m_end;
    if (added == 0 && rows == m_rows)
        return;
    const std::int64_t kept = rows - added;
    if (added < 0 || kept <= 0 || kept > m_rows) { // another list, or a new one altogether
        beginResetModel();
        take();
        m_rows = rows;
        m_end = end;
        endResetModel();
        return;
    }
    if (kept < m_rows) { // the oldest are forgotten
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_rows - 1));
        const std::int64_t forgotten = m_rows - kept;
        forget(static_cast<std::size_t>(forgotten));
        m_rows = kept;
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, 0, static_cast<int>(added - 1));
        take();
        m_rows = rows;
        m_end = end;
        endInsertRows();
    }
}

// --- Events

void CapturedEventModel::setStatus(const CaptureStatus &status, const Zone &zone)
{
    m_zone = zone;
    advance(static_cast<std::int64_t>(status.latest.size()), status.latestEnd,
            [&] { m_events = status.latest; });
}

void CapturedEventModel::forget(std::size_t oldest)
{
    m_events.erase(m_events.begin(), m_events.begin() + static_cast<std::ptrdiff_t>(oldest));
}

int CapturedEventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CapturedEventModel::text(const CapturedEvent &event, Column column) const
{
    const QLocale locale;
    const auto count = [&locale](const std::optional<double> &number) {
        return number ? formatCount(std::llround(*number), locale) : QString();
    };
    switch (column) {
    case ReceivedColumn:
        return formatInstant(event.receivedAt, m_zone, locale);
    case EventColumn:
        return QString::fromStdString(event.name);
    case ModelColumn:
        return QString::fromStdString(event.model);
    case UserColumn:
        return QString::fromStdString(event.user);
    case InputColumn:
        return count(event.inputTokens);
    case OutputColumn:
        return count(event.outputTokens);
    case LatencyColumn:
        return event.latencySeconds ? formatSeconds(*event.latencySeconds, locale) : QString();
    case NameColumn:
        return QString::fromStdString(event.spanName);
    case TraceColumn:
        return QString::fromStdString(event.traceId);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CapturedEventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CapturedEvent &event = m_events[placeOf(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return column == TraceColumn ? shortenId(text(event, column)) : text(event, column);
    case FullTextRole:
        return text(event, column);
    case Qt::ToolTipRole:
        return plainToolTip(text(event, column));
    case Qt::TextAlignmentRole:
        return cellAlignment(column >= InputColumn && column <= LatencyColumn);
    case ErrorRole:
        return event.isError && column == EventColumn;
    default:
        return {};
    }
}

QVariant CapturedEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case ReceivedColumn:
        return tr("Received");
    case EventColumn:
        return tr("Event");
    case ModelColumn:
        return tr("Model");
    case UserColumn:
        return tr("User");
    case InputColumn:
        return tr("Input");
    case OutputColumn:
        return tr("Output");
    case LatencyColumn:
        return tr("Latency");
    case NameColumn:
        return tr("Name");
    case TraceColumn:
        return tr("Trace");
    case ColumnCount:
        break;
    }
    return {};
}

// --- Troubles

void CaptureTroubleModel::setStatus(const CaptureStatus &status, const Zone &zone)
{
    m_zone = zone;
    advance(static_cast<std::int64_t>(status.troubles.size()), status.troublesEnd,
            [&] { m_troubles = status.troubles; });
}

void CaptureTroubleModel::forget(std::size_t oldest)
{
    m_troubles.erase(m_troubles.begin(), m_troubles.begin() + static_cast<std::ptrdiff_t>(oldest));
}

int CaptureTroubleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CaptureTroubleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CaptureTrouble &trouble = m_troubles[placeOf(index.row())];
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::ToolTipRole)
        return plainToolTip(trouble.reason);
    if (role == ErrorRole)
        return column == StatusColumn;
    if (role != Qt::DisplayRole && role != FullTextRole)
        return {};
    switch (column) {
    case TimeColumn:
        return formatInstant(trouble.at, m_zone, QLocale());
    case StatusColumn:
        return trouble.status > 0 ? QString::number(trouble.status) : tr("note");
    case PlaceColumn:
        return trouble.what;
    case ReasonColumn:
        return trouble.reason;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CaptureTroubleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case TimeColumn:
        return tr("Time");
    case StatusColumn:
        return tr("Answer");
    case PlaceColumn:
        return tr("Where");
    case ReasonColumn:
        return tr("Reason");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace genscope
