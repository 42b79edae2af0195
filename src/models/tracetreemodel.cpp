// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracetreemodel.h"

#include "core/format.h"
#include "models/tablecolumns.h"

#include <QCoreApplication>

#include <cmath>

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

TraceTreeModel::TraceTreeModel(QObject *parent) : QAbstractItemModel(parent), m_begin(2) {}

void TraceTreeModel::setTrace(std::shared_ptr<const TraceDetail> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    m_matches.clear();
    arrange();
    endResetModel();
}

void TraceTreeModel::setShown(TraceSteps steps)
{
    if (m_steps == steps)
        return;
    beginResetModel();
    m_steps = steps;
    arrange();
    endResetModel();
}

/// Lists the children of each parent one after the other. Sums say what is below, so that whether an event
/// stays never depends on another.
void TraceTreeModel::arrange()
{
    const std::size_t count = m_trace ? m_trace->events.size() : 0;
    m_rowOf.assign(count, -1);
    m_begin.assign(count + 2, 0);
    m_list.clear();
    const auto stays = [this](const TraceEvent &event) {
        return m_steps == TraceSteps::All ||
               (m_steps == TraceSteps::Failed ? event.sums.failed > 0 : event.sums.critical);
    };
    for (std::size_t i = 0; i < count; ++i) {
        const TraceEvent &event = m_trace->events[i];
        if (stays(event))
            m_rowOf[i] = static_cast<int>(m_begin[static_cast<std::size_t>(event.parent + 2)]++);
    }
    for (std::size_t group = 1; group < m_begin.size(); ++group)
        m_begin[group] += m_begin[group - 1];
    m_list.resize(m_begin.back());
    for (std::size_t i = 0; i < count; ++i)
        if (m_rowOf[i] >= 0)
            m_list[m_begin[static_cast<std::size_t>(m_trace->events[i].parent + 1)] +
                   static_cast<std::size_t>(m_rowOf[i])] = static_cast<int>(i);
}

void TraceTreeModel::setMatches(const std::vector<int> &events)
{
    m_matches.assign(events.empty() ? 0 : m_rowOf.size(), false);
    for (const int event : events)
        m_matches[static_cast<std::size_t>(event)] = true;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {MatchRole});
}

QModelIndex TraceTreeModel::indexOfRow(std::uint32_t row) const
{
    for (std::size_t i = 0; i < m_rowOf.size(); ++i)
        if (m_trace->events[i].row == row)
            return indexOfEvent(static_cast<int>(i));
    return {};
}

QModelIndex TraceTreeModel::indexOfEvent(int event) const
{
    if (event < 0 || static_cast<std::size_t>(event) >= m_rowOf.size() ||
        m_rowOf[static_cast<std::size_t>(event)] < 0)
        return {};
    return createIndex(m_rowOf[static_cast<std::size_t>(event)], 0, static_cast<quintptr>(event));
}

QModelIndex TraceTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const int event = m_list[m_begin[groupOf(parent)] + static_cast<std::size_t>(row)];
    return createIndex(row, column, static_cast<quintptr>(event));
}

QModelIndex TraceTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOfEvent(m_trace->events[index.internalId()].parent) : QModelIndex();
}

int TraceTreeModel::rowCount(const QModelIndex &parent) const
{
    const std::size_t group = groupOf(parent);
    return parent.column() > 0 ? 0 : static_cast<int>(m_begin[group + 1] - m_begin[group]);
}

int TraceTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

TraceTreeModel::Words TraceTreeModel::nameOf(const TraceEvent &event) const
{
    const QString name = event.name.empty()
                             ? eventKindTitle(event.kind)
                             : QStringLiteral("%1  %2").arg(eventKindTitle(event.kind), textOf(event.name));
    QString odd;
    if (event.place == TraceEvent::Place::Orphan)
        odd = QStringLiteral(" · ") + tr("parent missing");
    else if (event.place == TraceEvent::Place::Cycle)
        odd = QStringLiteral(" · ") + tr("parents in a circle");
    if (event.sharesId)
        odd += QStringLiteral(" · ") + tr("id used before");
    return {name + odd, odd};
}

/// What a step has itself, and in brackets what it has with everything below.
TraceTreeModel::Words TraceTreeModel::wordsAt(const TraceEvent &event, int column) const
{
    const auto withSum = [](const QString &own, const QString &sum) -> Words {
        if (sum.isEmpty() || sum == own)
            return {own};
        if (own.isEmpty())
            return {QStringLiteral("∑ ") + sum};
        const QString unit = QStringLiteral(" (∑ %1)").arg(sum);
        return {own + unit, unit};
    };
    const auto tokens = [this](std::optional<std::int64_t> input, std::optional<std::int64_t> output) {
        const auto count = [this](std::optional<std::int64_t> number) {
            return number ? formatCount(*number, m_locale) : QStringLiteral("–");
        };
        return input || output ? count(input) + QStringLiteral(" → ") + count(output) : QString();
    };
    const auto known = [](std::int64_t number) {
        return number == kMissing ? std::nullopt : std::optional(number);
    };
    switch (static_cast<Column>(column)) {
    case NameColumn:
        return nameOf(event);
    case ModelColumn:
        return {textOf(event.model)};
    case OffsetColumn: {
        const double offset = static_cast<double>(event.startUs - m_trace->startUs) / 1e6;
        return {offset == 0.0 ? QStringLiteral("0 s") : QLatin1Char('+') + formatSeconds(offset, m_locale)};
    }
    case LatencyColumn:
        return {event.latency ? formatSeconds(*event.latency, m_locale) : QString()};
    case TokensColumn:
        return withSum(tokens(event.inputTokens, event.outputTokens),
                       event.sums.below > 0
                           ? tokens(known(event.sums.inputTokens), known(event.sums.outputTokens))
                           : QString());
    case CostColumn:
        return withSum(event.cost ? formatMoney(*event.cost, m_locale) : QString(),
                       event.sums.below > 0 && event.sums.costPico != kMissing
                           ? formatMoney(Money{event.sums.costPico}, m_locale)
                           : QString());
    case ErrorColumn:
        if (event.failed)
            return {event.error.empty() ? tr("failed") : textOf(event.error).simplified()};
        return {event.sums.failed > 0 ? tr("%n below", nullptr, event.sums.failed) : QString()};
    case TimelineColumn:
    case ColumnCount:
        break;
    }
    return {};
}

QString TraceTreeModel::timelineText(const TraceEvent &event) const
{
    const auto seconds = [this](std::int64_t us) {
        return formatSeconds(static_cast<double>(us) / 1e6, m_locale);
    };
    const std::int64_t offset = event.startUs - m_trace->startUs;
    QStringList words{offset == 0 ? tr("starts with the trace") : tr("starts after %1").arg(seconds(offset))};
    if (event.latency)
        words += tr("takes %1").arg(formatSeconds(*event.latency, m_locale));
    else if (event.sums.endUs > event.sums.startUs)
        words += tr("says no latency; its steps take %1").arg(seconds(event.sums.endUs - event.sums.startUs));
    else
        words += tr("says no latency");
    if (event.ttft)
        words += tr("first token after %1").arg(formatSeconds(*event.ttft, m_locale));
    if (event.sums.critical)
        words += tr("on the critical path, which waits %1 for it alone").arg(seconds(event.sums.criticalUs));
    return words.join(QStringLiteral("; "));
}

/// Where PostHog's sum differs from ours, both.
QString TraceTreeModel::toolTip(const TraceEvent &event, int column) const
{
    if (column == TimelineColumn)
        return timelineText(event);
    const QString text = wordsAt(event, column).text;
    const StepSums &sums = event.sums;
    if (column == CostColumn && sums.below > 0 && sums.postHogCostPico != sums.costPico)
        return tr("%1\nPostHog shows %2: it leaves out what is below a generation")
            .arg(text, sums.postHogCostPico == kMissing ? tr("none")
                                                        : formatMoney(Money{sums.postHogCostPico}, m_locale));
    const double extent = static_cast<double>(sums.endUs - sums.startUs) / 1e6;
    if (column == LatencyColumn && sums.below > 0 && sums.postHogLatency > 0 &&
        std::abs(sums.postHogLatency - extent) > 0.001)
        return tr("%1\nFrom the first start to the last end below: %2. PostHog shows %3.")
            .arg(text, formatSeconds(extent, m_locale), formatSeconds(sums.postHogLatency, m_locale))
            .trimmed();
    return text;
}

QVariant TraceTreeModel::rawAt(const TraceEvent &event, int column) const
{
    if (column == LatencyColumn)
        return event.latency ? QVariant(*event.latency) : QVariant();
    if (column == CostColumn) {
        if (event.cost)
            return event.cost->usd();
        return event.sums.costPico == kMissing ? QVariant() : Money{event.sums.costPico}.usd();
    }
    if (column == OffsetColumn)
        return static_cast<qlonglong>(event.startUs);
    return wordsAt(event, column).text;
}

QVariant TraceTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TraceEvent &event = m_trace->events[index.internalId()];
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole:
        return wordsAt(event, index.column()).text;
    case Qt::AccessibleTextRole:
        return index.column() == TimelineColumn ? timelineText(event) : wordsAt(event, index.column()).text;
    case UnitRole:
        return wordsAt(event, index.column()).unit;
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(event, index.column()));
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
    case MatchRole:
        return !m_matches.empty() && m_matches[index.internalId()];
    case EventKindRole:
        return static_cast<int>(event.kind);
    case CriticalRole:
        return event.sums.critical;
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
    case TimelineColumn:
        return tr("Timeline");
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
