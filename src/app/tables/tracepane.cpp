// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tracepane.h"

#include "app/tables/celldelegate.h"
#include "app/tables/eventpane.h"
#include "app/tables/factgrid.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/eventdetail.h"
#include "models/roles.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr int kWidestColumn = 180;
constexpr int kNarrowestStep = 160;
constexpr int kExpandedAtOnce = 2'000; ///< of larger traces only the first level is open

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString secondsText(double seconds, const QLocale &locale)
{
    return std::isnan(seconds) ? QString() : formatSeconds(seconds, locale);
}

} // namespace

TracePane::TracePane(QWidget *parent)
    : QWidget(parent),
      m_model(new TraceTreeModel(this)),
      m_title(new QLabel),
      m_facts(new FactGrid),
      m_tree(new QTreeView),
      m_event(new EventPane),
      m_splitter(new QSplitter(Qt::Vertical))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setMinimumWidth(40);
    auto *delegate = new CellDelegate(m_tree);
    m_tree->setItemDelegate(delegate);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Events of the trace"));
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setIndentation(16);
    m_tree->header()->setStretchLastSection(false);
    m_tree->viewport()->installEventFilter(this);
    softenSelection(m_tree, Theme::of(palette()));
    m_event->setTraceLinkShown(false);
    m_tree->setMinimumHeight(160); // a few steps are always in sight
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_event);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_splitter, 1);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    Q_EMIT eventSelected(current.data(RowIdRole).toUInt());
            });
    connect(m_event, &EventPane::filterRequested, this, &TracePane::filterRequested);
    connect(m_event, &EventPane::message, this, &TracePane::message);
}

void TracePane::setTrace(std::shared_ptr<const TraceDetail> trace, std::optional<std::uint32_t> select)
{
    m_model->setTrace(std::move(trace));
    showFacts();
    if (!m_model->trace()) {
        m_event->setEvent(nullptr);
        return;
    }
    if (m_model->trace()->events.size() <= kExpandedAtOnce)
        m_tree->expandAll();
    else
        m_tree->expandToDepth(0);
    arrangeColumns();
    const QModelIndex wanted = select ? m_model->indexOfRow(*select) : QModelIndex();
    if (wanted.isValid())
        m_tree->setCurrentIndex(wanted);
    else
        selectFirst();
}

/// Numbers take what they need, errors what they need if there are any; the steps get the rest.
void TracePane::arrangeColumns()
{
    const auto &events = m_model->trace()->events;
    m_tree->setColumnHidden(
        TraceTreeModel::ErrorColumn,
        std::none_of(events.begin(), events.end(), [](const TraceEvent &event) { return event.failed; }));
    int rest = m_tree->viewport()->width();
    QHeaderView *header = m_tree->header();
    for (int column = TraceTreeModel::ModelColumn; column < TraceTreeModel::ColumnCount; ++column) {
        if (m_tree->isColumnHidden(column))
            continue;
        m_tree->resizeColumnToContents(column);
        if (header->sectionSize(column) > kWidestColumn)
            header->resizeSection(column, kWidestColumn);
        rest -= header->sectionSize(column);
    }
    header->resizeSection(TraceTreeModel::NameColumn, std::max(rest, kNarrowestStep));
}

bool TracePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree->viewport() && event->type() == QEvent::Resize && m_model->trace())
        arrangeColumns();
    return QWidget::eventFilter(watched, event);
}

void TracePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        softenSelection(m_tree, Theme::of(palette()));
}

/// A trace's own event is often missing or empty: the first generation tells more.
void TracePane::selectFirst()
{
    const auto &events = m_model->trace()->events;
    for (const TraceEvent &event : events) {
        if (event.kind == EventKind::Generation) {
            m_tree->setCurrentIndex(m_model->indexOfRow(event.row));
            return;
        }
    }
    if (!events.empty())
        m_tree->setCurrentIndex(m_model->indexOfRow(events.front().row));
}

void TracePane::setEvent(std::shared_ptr<const EventDetail> event)
{
    m_event->setEvent(std::move(event));
}

void TracePane::showFacts()
{
    m_facts->clear();
    const auto &trace = m_model->trace();
    m_title->setText(!trace                ? QString()
                     : trace->name.empty() ? shortenId(textOf(trace->id), 24)
                                           : textOf(trace->name).left(200));
    if (!trace)
        return;
    const TraceSummary &summary = trace->summary;
    const QLocale locale;
    const Timestamp started{summary.startedUs};
    m_facts->add(tr("Started"),
                 formatInstant(started, trace->zone, locale) + QLatin1Char(' ') +
                     QString::fromLatin1(trace->zone.name()),
                 QString::fromStdString(trace->zone.iso(started)));
    m_facts->add(tr("User"), trace->user.empty() ? tr("anonymous") : shortenId(textOf(trace->user), 28),
                 textOf(trace->user));
    m_facts->add(tr("Customer"), textOf(trace->customer).left(60), textOf(trace->customer));
    m_facts->add(tr("Wall clock"), secondsText(summary.latencyWall, locale),
                 tr("The union of the events' intervals: what a user waited for"));
    m_facts->add(tr("PostHog latency"), secondsText(summary.latencyPostHog, locale),
                 tr("PostHog's rule, which adds up parallel calls"));
    m_facts->add(tr("Cost"), summary.costPico != kMissing ? formatMoney(Money{summary.costPico}, locale)
                             : summary.unpriced > 0       ? tr("unpriced")
                                                          : QString());
    if (summary.unpriced > 0 && summary.costPico != kMissing)
        m_facts->add(tr("Unpriced"), tr("%n call(s)", nullptr, static_cast<int>(summary.unpriced)));
    if (summary.inputTokens != kMissing || summary.outputTokens != kMissing)
        m_facts->add(tr("Tokens"),
                     (summary.inputTokens == kMissing ? QStringLiteral("–")
                                                      : formatCount(summary.inputTokens, locale)) +
                         QStringLiteral(" → ") +
                         (summary.outputTokens == kMissing ? QStringLiteral("–")
                                                           : formatCount(summary.outputTokens, locale)));
    m_facts->addLink(tr("Generations"), formatCount(summary.generations, locale), tr("Show them as a list"),
                     [this] { Q_EMIT generationsRequested(textOf(m_model->trace()->id)); });
    m_facts->add(tr("Errors"), formatCount(summary.errors, locale));
    m_facts->add(tr("Tools"), trace->tools.join(QStringLiteral(", ")).left(120),
                 trace->tools.join(QStringLiteral(", ")));
    m_facts->add(tr("Session"), shortenId(textOf(trace->session), 24), textOf(trace->session));
    m_facts->add(tr("ID"), shortenId(textOf(trace->id), 24), textOf(trace->id));
}

} // namespace genscope
