// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracetreemodel.h"

#include "core/format.h"
#include "models/tablecolumns.h"

#include <QCoreApplication>

namespace genscope {

namespace {

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

bool isNumberColumn(int column)
{
    return column == TraceTreeModel::OffsetColumn || column == TraceTreeModel::LatencyColumn ||
           column == TraceTreeModel::TokensColumn || column == TraceTreeModel::CostColumn;
}

CellStyle styleOf(int column)
{
    if (column == TraceTreeModel::ModelColumn)
        return CellStyle::Model;
    if (column == TraceTreeModel::ErrorColumn)
        return CellStyle::Error;
    return isNumberColumn(column) ? CellStyle::Number : CellStyle::Text;
}

} // namespace

TraceTreeModel::TraceTreeModel(QObject *parent) : QAbstractItemModel(parent), m_children(1) {}

void TraceTreeModel::setTrace(std::shared_ptr<const TraceDetail> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    const std::size_t count = m_trace ? m_trace->events.size() : 0;
    m_children.assign(count + 1, {});
    m_rowOf.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const int parent = m_trace->events[i].parent;
        auto &siblings = m_children[parent < 0 ? count : static_cast<std::size_t>(parent)];
        m_rowOf[i] = static_cast<int>(siblings.size());
        siblings.push_back(static_cast<int>(i));
    }
    endResetModel();
}

QModelIndex TraceTreeModel::indexOfRow(std::uint32_t row) const
{
    for (std::size_t i = 0; i < m_rowOf.size(); ++i)
        if (m_trace->events[i].row == row)
            return createIndex(m_rowOf[i], 0, static_cast<quintptr>(i));
    return {};
}

const std::vector<int> &TraceTreeModel::childrenOf(const QModelIndex &parent) const
{
    return parent.isValid() ? m_children[parent.internalId()] : m_children.back();
}

QModelIndex TraceTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, static_cast<quintptr>(childrenOf(parent)[static_cast<std::size_t>(row)]));
}

QModelIndex TraceTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const int parent = m_trace->events[index.internalId()].parent;
    if (parent < 0)
        return {};
    return createIndex(m_rowOf[static_cast<std::size_t>(parent)], 0, static_cast<quintptr>(parent));
}

int TraceTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(childrenOf(parent).size());
}

int TraceTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString TraceTreeModel::textAt(const TraceEvent &event, int column) const
{
    switch (static_cast<Column>(column)) {
    case NameColumn:
        return event.name.empty()
                   ? eventKindTitle(event.kind)
                   : QStringLiteral("%1  %2").arg(eventKindTitle(event.kind), textOf(event.name));
    case ModelColumn:
        return textOf(event.model);
    case OffsetColumn: {
        const double offset = static_cast<double>(event.startUs - m_trace->events.front().startUs) / 1e6;
        return offset == 0.0 ? QStringLiteral("0 s") : QLatin1Char('+') + formatSeconds(offset, m_locale);
    }
    case LatencyColumn:
        return event.latency ? formatSeconds(*event.latency, m_locale) : QString();
    case TokensColumn:
        if (!event.inputTokens && !event.outputTokens)
            return {};
        return (event.inputTokens ? formatCount(*event.inputTokens, m_locale) : QStringLiteral("–")) +
               QStringLiteral(" → ") +
               (event.outputTokens ? formatCount(*event.outputTokens, m_locale) : QStringLiteral("–"));
    case CostColumn:
        return event.cost ? formatMoney(*event.cost, m_locale) : QString();
    case ErrorColumn:
        if (!event.failed)
            return {};
        return event.error.empty() ? tr("failed") : textOf(event.error).simplified();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TraceTreeModel::rawAt(const TraceEvent &event, int column) const
{
    if (column == LatencyColumn)
        return event.latency ? QVariant(*event.latency) : QVariant();
    if (column == CostColumn)
        return event.cost ? QVariant(event.cost->usd()) : QVariant();
    if (column == OffsetColumn)
        return static_cast<qlonglong>(event.startUs);
    return textAt(event, column);
}

QVariant TraceTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TraceEvent &event = m_trace->events[index.internalId()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
        return textAt(event, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(textAt(event, index.column()));
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumberColumn(index.column()));
    case SortRole:
        return rawAt(event, index.column());
    case RowIdRole:
        return event.row;
    case StyleRole:
        return static_cast<int>(styleOf(index.column()));
    case ErrorRole:
        return event.failed;
    default:
        return {};
    }
}

QVariant TraceTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumberColumn(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case NameColumn:
        return tr("Step");
    case ModelColumn:
        return tr("Model");
    case OffsetColumn:
        return tr("Start");
    case LatencyColumn:
        return tr("Latency");
    case TokensColumn:
        return tr("Tokens");
    case CostColumn:
        return tr("Cost");
    case ErrorColumn:
        return tr("Error");
    case ColumnCount:
        break;
    }
    return {};
}

QString eventKindTitle(EventKind kind)
{
    switch (kind) {
    case EventKind::Generation:
        return QCoreApplication::translate("EventKind", "Generation");
    case EventKind::Embedding:
        return QCoreApplication::translate("EventKind", "Embedding");
    case EventKind::Span:
        return QCoreApplication::translate("EventKind", "Span");
    case EventKind::Trace:
        return QCoreApplication::translate("EventKind", "Trace");
    case EventKind::Metric:
        return QCoreApplication::translate("EventKind", "Metric");
    case EventKind::Feedback:
        return QCoreApplication::translate("EventKind", "Feedback");
    case EventKind::Evaluation:
        return QCoreApplication::translate("EventKind", "Evaluation");
    case EventKind::Other:
        return QCoreApplication::translate("EventKind", "Event");
    }
    return {};
}

} // namespace genscope
