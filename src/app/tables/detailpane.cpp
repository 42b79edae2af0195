// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/detailpane.h"

#include "app/tables/conversationview.h"
#include "app/tables/detailcopy.h"
#include "app/tables/eventpane.h"
#include "app/tables/sessionview.h"
#include "app/tables/summarypane.h"
#include "app/tables/tracebar.h"
#include "app/tables/tracepane.h"
#include "app/tables/traceview.h"
#include "models/listmodel.h"
#include "models/tracesearch.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace genscope {

namespace {

constexpr int kLoadingAfterMs = 100;
constexpr std::size_t kTurnsAtOnce = 40; ///< calls of a session

using EventAnswer = Result<std::shared_ptr<const EventDetail>>;
using TraceAnswer = Result<std::shared_ptr<const TraceDetail>>;
using SessionAnswer = Result<std::shared_ptr<const SessionDetail>>;
using TreeAnswer = Result<std::shared_ptr<const JsonTree>>;

/// A trace loads one event before it is shown, and others as they are selected: a slot each.
const QString kContentSlot = QStringLiteral("content");
const QString kTraceEventSlot = QStringLiteral("traceEvent");
const QString kSearchSlot = QStringLiteral("search");
const QString kSessionSlot = QStringLiteral("session");
const QString kPropertiesSlot = QStringLiteral("properties");

} // namespace

DetailPane::DetailPane(Workspace *workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new QLabel),
      m_state(new QLabel),
      m_back(new QToolButton),
      m_previous(new QToolButton),
      m_next(new QToolButton),
      m_large(new QToolButton),
      m_copy(new DetailCopy(
          workspace,
          [this]() -> DetailCopy::Shown {
              if (m_stack->currentWidget() == m_trace)
                  return {m_trace->eventPane()->event(), m_trace->trace()};
              return {m_stack->currentWidget() == m_event ? m_event->event() : nullptr, nullptr};
          })),
      m_openRemote(new QToolButton),
      m_position(new QLabel),
      m_stack(new QStackedWidget),
      m_problem(new QLabel),
      m_event(new EventPane),
      m_trace(new TracePane),
      m_summary(new SummaryPane),
      m_loadingTimer(new QTimer(this))
{
    setAccessibleName(tr("Details"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack->addWidget(m_problem);
    m_stack->addWidget(m_event);
    m_stack->addWidget(m_trace);
    m_stack->addWidget(m_summary);
    m_loadingTimer->setSingleShot(true);
    m_loadingTimer->setInterval(kLoadingAfterMs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 0);
    layout->setSpacing(8);
    layout->addLayout(makeTop());
    layout->addWidget(m_stack, 1);
    setPosition({});
    setLarge(false);
    addShortcuts();

    connect(m_back, &QToolButton::clicked, this, &DetailPane::goBack);
    connect(m_loadingTimer, &QTimer::timeout, this, [this] { m_state->setText(tr("Loading…")); });
    connect(m_openRemote, &QToolButton::clicked, this, [this] {
        if (const QUrl link = remoteLink(); !link.isEmpty())
            m_remote.open(link);
    });
    connect(m_copy, &DetailCopy::message, this, &DetailPane::message);
    connect(m_event, &EventPane::filterRequested, this, &DetailPane::filterRequested);
    connect(m_event, &EventPane::message, this, &DetailPane::message);
    connect(m_event, &EventPane::priceRequested, this, &DetailPane::priceRequested);
    connect(m_event, &EventPane::traceRequested, this, &DetailPane::openTraceOfEvent);
    connect(m_trace, &TracePane::filterRequested, this, &DetailPane::filterRequested);
    connect(m_trace, &TracePane::message, this, &DetailPane::message);
    connect(m_trace, &TracePane::searchRequested, this, &DetailPane::searchTrace);
    connect(m_trace, &TracePane::eventSelected, this, &DetailPane::loadTraceEvent);
    connect(m_trace, &TracePane::generationsRequested, this, [this](const QString &trace) {
        if (const auto field = Field::parse("trace"))
            Q_EMIT openListRequested(ListKind::Generations, Filter::equals(*field, trace.toStdString()));
    });
    connect(m_trace, &TracePane::sessionRequested, this, [this](const QString &session) {
        if (const auto field = Field::parse("session"))
            Q_EMIT openListRequested(ListKind::Traces, Filter::equals(*field, session.toStdString()));
    });
    connect(m_summary, &SummaryPane::openListRequested, this, &DetailPane::openListRequested);
    connect(m_summary->sessionView(), &SessionView::traceRequested, this, &DetailPane::openTraceOfSession);
    connect(m_summary->sessionView(), &SessionView::earlierRequested, this, [this] {
        const auto &session = m_summary->sessionView()->session();
        loadSession(QString::fromStdString(session->id), session->turns.size() + 4 * kTurnsAtOnce);
    });
    connect(m_summary, &SummaryPane::filterRequested, this, &DetailPane::filterRequested);
}

QLayout *DetailPane::makeTop()
{
    for (QLabel *label : {m_title, m_state, m_position})
        label->setForegroundRole(QPalette::PlaceholderText);
    m_back->setArrowType(Qt::LeftArrow);
    m_back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_back->hide();
    m_previous->setText(QStringLiteral("↑"));
    m_previous->setToolTip(tr("Previous in the list (P or Alt+Up)"));
    m_previous->setAccessibleName(tr("Previous in the list"));
    m_next->setText(QStringLiteral("↓"));
    m_next->setToolTip(tr("Next in the list (N or Alt+Down)"));
    m_next->setAccessibleName(tr("Next in the list"));
    auto *close = new QToolButton;
    close->setText(QStringLiteral("✕"));
    close->setToolTip(tr("Close the details (Esc)"));
    close->setAccessibleName(tr("Close the details"));

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_back);
    top->addWidget(m_title);
    top->addWidget(m_state);
    top->addStretch();
    top->addWidget(m_position);
    top->addWidget(m_openRemote);
    top->addWidget(m_copy);
    for (QToolButton *button : {m_previous, m_next, m_large, close})
        top->addWidget(button);
    m_openRemote->setText(tr("PostHog"));
    m_openRemote->setToolTip(tr("Open in PostHog, in the browser"));
    m_openRemote->setAccessibleName(tr("Open in PostHog"));
    m_openRemote->hide();
    for (QToolButton *button : {m_back, m_previous, m_next, m_large, m_openRemote, close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    connect(close, &QToolButton::clicked, this, &DetailPane::closeRequested);
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    return top;
}

void DetailPane::addShortcuts()
{
    const auto on = [this](const QList<QKeySequence> &keys, auto function) {
        for (const QKeySequence &key : keys) {
            auto *shortcut = new QShortcut(key, this);
            shortcut->setContext(Qt::WidgetWithChildrenShortcut);
            connect(shortcut, &QShortcut::activated, this, function);
        }
    };
    on({QKeySequence(Qt::Key_P), QKeySequence(Qt::ALT | Qt::Key_Up)}, [this] { m_previous->click(); });
    on({QKeySequence(Qt::Key_N), QKeySequence(Qt::ALT | Qt::Key_Down)}, [this] { m_next->click(); });
    on({QKeySequence(Qt::Key_C)}, [this] { m_copy->showMenu(); });
    on({QKeySequence(Qt::Key_L)}, [this] { m_large->click(); });
}

void DetailPane::setPosition(const QString &text)
{
    m_position->setText(text);
    m_previous->setEnabled(!text.isEmpty());
    m_next->setEnabled(!text.isEmpty());
}

void DetailPane::setLarge(bool large)
{
    m_large->setText(large ? tr("Smaller") : tr("Larger"));
    m_large->setToolTip(large ? tr("Show the list beside it again (L or Esc)")
                              : tr("Give it the whole page (L, or Enter on a trace)"));
    m_large->disconnect(this);
    connect(m_large, &QToolButton::clicked, this, [this, large] { Q_EMIT largeRequested(!large); });
}

bool DetailPane::focusSearch()
{
    if (m_stack->currentWidget() != m_trace || !isVisible())
        return false;
    m_trace->bar()->focusSearch();
    return true;
}

/// Prompts and outputs are searched in the store.
void DetailPane::searchTrace(const QString &text)
{
    using Found = Result<std::vector<int>>;
    m_workspace->compute<Found>(
        this, kSearchSlot,
        [trace = m_trace->trace(), needle = text.toStdString()](const Selection &selection) -> Found {
            if (!trace)
                return std::vector<int>();
            return findInTrace(*trace, needle, selection.snapshot->rows(), selection.reader.get(),
                               selection.context.data.stop);
        },
        [this, text, trace = m_trace->trace()](Found found) {
            if (trace != m_trace->trace())
                return;
            if (!found && found.error().kind != Error::Kind::Cancelled)
                Q_EMIT message(found.error().message);
            m_trace->bar()->setFound(text, found ? std::move(*found) : std::vector<int>());
        });
}

QWidget *DetailPane::shownPane() const
{
    QWidget *shown = m_stack->currentWidget();
    return shown == m_problem ? nullptr : shown;
}

void DetailPane::beginLoading()
{
    m_loading = true;
    if (!m_loadingTimer->isActive())
        m_loadingTimer->start();
}

void DetailPane::endLoading()
{
    m_loading = false;
    m_loadingTimer->stop();
    m_state->clear();
}

void DetailPane::present(QWidget *pane, const QString &title)
{
    m_stack->setCurrentWidget(pane);
    m_title->setText(title);
    m_back->setText(m_fromSession ? tr("Back to the session") : tr("Back to the event"));
    m_back->setVisible(pane == m_trace && (m_backRow || m_fromSession));
    m_copy->setVisible(pane == m_trace || pane == m_event);
    m_openRemote->setVisible(!remoteLink().isEmpty());
}

QUrl DetailPane::remoteLink() const
{
    const auto project = m_remote.current();
    if (!project)
        return {};
    const QWidget *pane = m_stack->currentWidget();
    const auto &event = pane == m_trace ? m_trace->eventPane()->event() : m_event->event();
    const bool showsEvent = event && (pane == m_trace || pane == m_event);
    const QString uuid = showsEvent ? QString::fromStdString(event->uuid) : QString();
    if (pane == m_trace && m_trace->trace())
        return traceLink(*project, QString::fromStdString(m_trace->trace()->id), uuid);
    if (pane == m_event && event && !event->trace.empty())
        return traceLink(*project, QString::fromStdString(event->trace), uuid);
    return {};
}

void DetailPane::fail(const Error &error)
{
    endLoading();
    if (error.kind == Error::Kind::Cancelled)
        return;
    m_problem->setText(error.message);
    present(m_problem, tr("Could not be shown"));
}

void DetailPane::showEventAt(std::uint32_t row)
{
    m_backRow.reset();
    m_fromSession = false;
    beginLoading();
    m_workspace->compute<EventAnswer>(
        this, kContentSlot, [row](const Selection &selection) { return loadEventDetail(selection, row); },
        [this, question = ++m_question](EventAnswer answer) {
            if (question != m_question)
                return;
            if (!answer)
                return fail(answer.error());
            endLoading();
            m_event->setEvent(std::move(*answer));
            present(m_event, tr("Event"));
            Q_EMIT loaded();
        });
}

void DetailPane::showTrace(const QString &traceId, std::optional<std::uint32_t> select)
{
    beginLoading();
    const std::string id = traceId.toStdString();
    m_workspace->compute<TraceAnswer>(
        this, kContentSlot, [id](const Selection &selection) { return loadTraceDetail(selection, id); },
        [this, select, question = ++m_question](TraceAnswer answer) {
            if (question != m_question)
                return;
            if (!answer)
                return fail(answer.error());
            endLoading();
            present(m_trace, tr("Trace"));
            m_trace->setTrace(std::move(*answer), select);
        });
}

/// Continues a trace that is shown: its facts are there already.
void DetailPane::loadTraceEvent(std::uint32_t row)
{
    beginLoading();
    m_workspace->compute<EventAnswer>(
        this, kTraceEventSlot, [row](const Selection &selection) { return loadEventDetail(selection, row); },
        [this, question = m_question](EventAnswer answer) {
            if (question != m_question)
                return;
            if (!answer)
                return fail(answer.error());
            endLoading();
            m_trace->setEvent(std::move(*answer));
            Q_EMIT loaded();
        });
}

void DetailPane::showSummary(const ListModel &model, int row)
{
    ++m_question;
    m_backRow.reset();
    m_fromSession = false;
    m_summary->setRow(model, row);
    present(m_summary, listTitle(model.kind()));
    if (model.kind() == ListKind::Sessions)
        return loadSession(model.rowText(row, keyColumnOf(model.kind())), kTurnsAtOnce);
    loadKnownProperties(model.kind(), model.rowText(row, keyColumnOf(model.kind())));
}

void DetailPane::loadSession(const QString &session, std::size_t turns)
{
    beginLoading();
    m_workspace->compute<SessionAnswer>(
        this, kSessionSlot,
        [id = session.toStdString(), turns](const Selection &selection) {
            return loadSessionDetail(selection, id, turns);
        },
        [this, question = m_question](SessionAnswer answer) {
            if (question != m_question)
                return;
            if (!answer)
                return fail(answer.error());
            endLoading();
            m_summary->sessionView()->setSession(std::move(*answer));
            Q_EMIT loaded();
        });
}

void DetailPane::openTraceOfSession(const QString &trace, std::uint32_t row)
{
    m_fromSession = true;
    showTrace(trace, row);
}

void DetailPane::loadKnownProperties(ListKind kind, const QString &key)
{
    const auto customer = m_workspace->scope().customer;
    const bool isGroup = kind == ListKind::Customers && (!customer || customer->id == Field::Id::GroupKey);
    if (key.isEmpty() || (kind != ListKind::Users && !isGroup)) {
        Q_EMIT loaded();
        return;
    }
    const std::string text = key.toStdString();
    auto scope = std::make_shared<PropertyPath>();
    m_workspace->compute<TreeAnswer>(
        this, kPropertiesSlot,
        [=](const Selection &selection) -> TreeAnswer {
            if (!selection.reader)
                return std::shared_ptr<const JsonTree>();
            if (!isGroup) {
                scope->scope = PropertyPath::Scope::Person;
                auto json = selection.reader->personProperties(text);
                return json ? JsonTree::parse(std::move(*json)) : TreeAnswer(json.error());
            }
            const auto &types = selection.snapshot->groupTypes();
            scope->scope = PropertyPath::Scope::Group;
            scope->groupType = customer        ? customer->path.groupType
                               : types.empty() ? std::string()
                                               : types.front();
            auto json = selection.reader->groupProperties(scope->groupType, text);
            return json ? JsonTree::parse(std::move(*json)) : TreeAnswer(json.error());
        },
        [this, scope, question = m_question](TreeAnswer answer) {
            if (question != m_question)
                return;
            if (answer)
                m_summary->setProperties(std::move(*answer), *scope);
            Q_EMIT loaded();
        });
}

void DetailPane::openTraceOfEvent(const QString &traceId)
{
    if (const auto &event = m_event->event()) {
        m_backRow = event->row;
        showTrace(traceId, event->row);
    }
}

void DetailPane::goBack()
{
    if (std::exchange(m_fromSession, false)) {
        ++m_question;
        present(m_summary, listTitle(ListKind::Sessions));
    } else if (m_backRow)
        showEventAt(*m_backRow);
}

void DetailPane::clear()
{
    endLoading();
    ++m_question;
    m_backRow.reset();
    m_fromSession = false;
    m_event->setEvent(nullptr);
    m_trace->setTrace(nullptr);
    m_problem->clear();
    present(m_problem, {});
}

void DetailPane::focusContent()
{
    if (m_stack->currentWidget() == m_trace)
        m_trace->tree()->setFocus(Qt::OtherFocusReason);
    else if (m_stack->currentWidget() == m_event)
        m_event->tabs()->currentWidget()->setFocus(Qt::OtherFocusReason);
    else
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void DetailPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace genscope
