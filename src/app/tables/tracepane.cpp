// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tracepane.h"

#include "app/tables/eventpane.h"
#include "app/tables/factgrid.h"
#include "app/tables/tracebar.h"
#include "app/tables/traceview.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/eventdetail.h"

#include <QLabel>
#include <QLocale>
#include <QResizeEvent>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <cmath>

namespace genscope {

namespace {

constexpr int kNarrowest = 160;
constexpr int kSideBySide = 900; ///< pixels: from here on steps and event stand beside each other

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString secondsText(double seconds, const QLocale &locale)
{
    return std::isnan(seconds) ? QString() : formatSeconds(seconds, locale);
}

double criticalSeconds(const TraceDetail &trace)
{
    std::int64_t total = 0;
    for (const TraceEvent &event : trace.events)
        total += event.sums.criticalUs;
    return static_cast<double>(total) / 1e6;
}

} // namespace

TracePane::TracePane(QWidget *parent)
    : QWidget(parent),
      m_model(new TraceTreeModel(this)),
      m_title(new QLabel),
      m_facts(new FactGrid),
      m_oddities(new QLabel),
      m_tree(new TraceView(m_model)),
      m_bar(new TraceBar(m_model, m_tree)),
      m_event(new EventPane),
      m_splitter(new QSplitter(Qt::Vertical))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setMinimumWidth(40);
    m_oddities->setTextFormat(Qt::PlainText);
    m_oddities->setWordWrap(true);
    m_oddities->hide();
    m_event->setTraceLinkShown(false);
    m_tree->setMinimumHeight(160); // a few steps are always in sight
    auto *steps = new QWidget;
    auto *stepsLayout = new QVBoxLayout(steps);
    stepsLayout->setContentsMargins(0, 0, 0, 0);
    stepsLayout->setSpacing(4);
    stepsLayout->addWidget(m_bar);
    stepsLayout->addWidget(m_tree, 1);
    m_splitter->addWidget(steps);
    m_splitter->addWidget(m_event);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    for (QWidget *side : {steps, static_cast<QWidget *>(m_event)}) // beside each other they may become narrow
        side->setMinimumWidth(kNarrowest);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_oddities);
    layout->addWidget(m_splitter, 1);

    connect(m_tree, &TraceView::eventSelected, this, &TracePane::eventSelected);
    connect(m_bar, &TraceBar::searchRequested, this, &TracePane::searchRequested);
    connect(m_event, &EventPane::filterRequested, this, &TracePane::filterRequested);
    connect(m_event, &EventPane::message, this, &TracePane::message);
    addShortcuts();
}

void TracePane::addShortcuts()
{
    const auto on = [this](const QKeySequence &keys, auto function) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, function);
    };
    on(QKeySequence(Qt::Key_F3), [this] { m_bar->findNext(1); });
    on(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { m_bar->findNext(-1); });
}

/// Side by side where both keep a useful width.
void TracePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = event->size().width() >= kSideBySide ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() == wanted)
        return;
    m_splitter->setOrientation(wanted);
    const int length = wanted == Qt::Horizontal ? event->size().width() : m_splitter->height();
    m_splitter->setSizes(wanted == Qt::Horizontal ? QList<int>{length * 3 / 5, length * 2 / 5}
                                                  : QList<int>{length * 2 / 5, length * 3 / 5});
}

void TracePane::setTrace(std::shared_ptr<const TraceDetail> trace, std::optional<std::uint32_t> select)
{
    m_model->setTrace(std::move(trace));
    showFacts();
    showOddities();
    if (!m_model->trace()) {
        m_event->setEvent(nullptr);
        return;
    }
    const QModelIndex wanted = select ? m_model->indexOfRow(*select) : QModelIndex();
    if (wanted.isValid())
        m_tree->setCurrentIndex(wanted);
    else
        selectFirst();
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

/// What the tree had to be helped with.
void TracePane::showOddities()
{
    const auto &trace = m_model->trace();
    QStringList odd;
    if (trace && trace->orphans > 0)
        odd += tr("%n step(s) name a parent that is not here.", nullptr, trace->orphans);
    if (trace && trace->cycles > 0)
        odd += tr("%n circle(s) of parents cut.", nullptr, trace->cycles);
    if (trace && trace->sharedIds > 0)
        odd += tr("%n step(s) have the id of an earlier one.", nullptr, trace->sharedIds);
    m_oddities->setText(odd.join(QLatin1Char(' ')));
    m_oddities->setVisible(!odd.isEmpty());
    QPalette amber = palette();
    amber.setColor(QPalette::WindowText, Theme::of(palette()).warning);
    m_oddities->setPalette(amber);
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
    // An anonymous event carries the trace's id as its user, whom PostHog's lists count as a person.
    m_facts->add(tr("User"), trace->user.empty() ? tr("anonymous") : shortenId(textOf(trace->user), 28),
                 !trace->user.empty() ? textOf(trace->user)
                 : trace->distinctId.empty()
                     ? QString()
                     : tr("PostHog shows the user %1").arg(textOf(trace->distinctId)));
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
    if (const double critical = criticalSeconds(*trace); critical > 0)
        m_facts->add(tr("Critical path"), formatSeconds(critical, locale),
                     tr("What the end of the trace waited for, one step after the other; underlined in the "
                        "timeline"));
    m_facts->add(tr("Tools"), trace->tools.join(QStringLiteral(", ")).left(120),
                 trace->tools.join(QStringLiteral(", ")));
    if (!trace->session.empty())
        m_facts->addLink(tr("Session"), shortenId(textOf(trace->session), 24),
                         tr("Show its traces: %1").arg(textOf(trace->session)),
                         [this] { Q_EMIT sessionRequested(textOf(m_model->trace()->session)); });
    m_facts->add(tr("ID"), shortenId(textOf(trace->id), 24), textOf(trace->id));
}

} // namespace genscope
