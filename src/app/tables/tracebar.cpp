// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tracebar.h"

#include "app/tables/traceview.h"
#include "core/format.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QShortcut>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kTypingMs = 200;
constexpr double kZoomStep = 1.5;

} // namespace

TraceBar::TraceBar(TraceTreeModel *model, TraceView *view, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(view),
      m_search(new QLineEdit),
      m_count(new QLabel),
      m_typing(new QTimer(this)),
      m_next(button(QStringLiteral("↓"), tr("Next match (F3)"), tr("Next match"))),
      m_previous(button(QStringLiteral("↑"), tr("Previous match (Shift+F3)"), tr("Previous match"))),
      m_steps(makeSteps()),
      m_whole(
          button(tr("All time"), tr("Show the whole trace on the time axis (0)"), tr("Show the whole trace")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeFind(), 1);
    layout->addWidget(m_count);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_steps);
    auto *closer = button(QStringLiteral("+"), tr("Zoom in on the time axis (+, or Ctrl and the wheel)"),
                          tr("Zoom in on the time axis"));
    auto *wider = button(QStringLiteral("−"), tr("Zoom out (−)"), tr("Zoom out on the time axis"));
    layout->addWidget(wider);
    layout->addWidget(closer);
    layout->addWidget(m_whole);

    connect(m_next, &QToolButton::clicked, this, [this] { findNext(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { findNext(-1); });
    connect(closer, &QToolButton::clicked, m_view, [this] { m_view->zoom(kZoomStep); });
    connect(wider, &QToolButton::clicked, m_view, [this] { m_view->zoom(1 / kZoomStep); });
    connect(m_whole, &QToolButton::clicked, m_view, &TraceView::showAllTime);
    connect(m_view, &TraceView::axisChanged, this, &TraceBar::updateZoom);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TraceBar::forget);
    updateZoom();
    showCount();
}

QToolButton *TraceBar::button(const QString &text, const QString &toolTip, const QString &name)
{
    auto *made = new QToolButton;
    made->setText(text);
    made->setToolTip(toolTip);
    made->setAccessibleName(name);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

QWidget *TraceBar::makeFind()
{
    m_search->setPlaceholderText(tr("Find in steps, prompts and outputs"));
    m_search->setAccessibleName(tr("Find in the trace"));
    m_search->setToolTip(tr("Find in the trace (Ctrl+F); F3 and Shift+F3 go through what was found"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(80);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_typing->setSingleShot(true);
    m_typing->setInterval(kTypingMs);
    connect(m_search, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_typing, &QTimer::timeout, this, &TraceBar::changed);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_typing->isActive()) {
            m_typing->stop();
            changed();
        } else {
            findNext(1);
        }
    });
    auto *leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_search);
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        m_search->clear();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    return m_search;
}

QToolButton *TraceBar::makeSteps()
{
    auto *made = button(tr("All steps"), tr("Which steps are shown"), tr("Which steps are shown"));
    auto *menu = new QMenu(made);
    m_choices = new QActionGroup(menu);
    const auto add = [&](const QString &text, TraceSteps steps) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(steps));
        m_choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, steps] { setShown(steps); });
    };
    add(tr("All steps"), TraceSteps::All);
    add(tr("Errors only"), TraceSteps::Failed);
    add(tr("Critical path only"), TraceSteps::Critical);
    m_choices->actions().constFirst()->setChecked(true);
    made->setMenu(menu);
    made->setPopupMode(QToolButton::InstantPopup);
    return made;
}

void TraceBar::setShown(TraceSteps steps)
{
    const int selected = m_view->selectedEvent();
    m_model->setShown(steps);
    for (QAction *action : m_choices->actions()) {
        if (action->data().toInt() != static_cast<int>(steps))
            continue;
        action->setChecked(true);
        m_steps->setText(action->text());
    }
    if (m_model->indexOfEvent(selected).isValid())
        m_view->select(selected);
    else if (m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(0, 0));
}

void TraceBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TraceBar::changed()
{
    m_searching = !m_search->text().isEmpty();
    m_found.clear();
    m_at = -1;
    if (!m_searching)
        m_model->setMatches({});
    m_view->viewport()->update();
    showCount();
    Q_EMIT searchRequested(m_search->text());
}

/// Other steps, or another trace: what was found is asked for again.
void TraceBar::forget()
{
    m_found.clear();
    m_at = -1;
    if (!m_search->text().isEmpty())
        m_typing->start();
    showCount();
}

void TraceBar::setFound(const QString &text, std::vector<int> events)
{
    if (text != m_search->text())
        return;
    m_searching = false;
    std::erase_if(events, [this](int event) { return !m_model->indexOfEvent(event).isValid(); });
    m_found = std::move(events);
    m_model->setMatches(m_found);
    m_view->viewport()->update(); // at every depth, where the view looks at the range of one parent
    m_at = -1;
    if (!m_found.empty()) {
        const auto next = std::lower_bound(m_found.begin(), m_found.end(), m_view->selectedEvent());
        m_at = next == m_found.end() ? 0 : static_cast<int>(next - m_found.begin());
        m_view->select(m_found[static_cast<std::size_t>(m_at)]);
    }
    showCount();
}

void TraceBar::findNext(int direction)
{
    if (m_found.empty())
        return;
    const int count = static_cast<int>(m_found.size());
    m_at = (m_at + direction + count) % count;
    m_view->select(m_found[static_cast<std::size_t>(m_at)]);
    showCount();
}

void TraceBar::showCount()
{
    const QLocale locale;
    QString text;
    if (m_searching)
        text = tr("…");
    else if (!m_found.empty())
        text = tr("%1 of %2")
                   .arg(formatCount(m_at + 1, locale),
                        formatCount(static_cast<std::int64_t>(m_found.size()), locale));
    else if (!m_search->text().isEmpty() && !m_typing->isActive())
        text = tr("none");
    m_count->setText(text);
    m_count->setVisible(!text.isEmpty());
    m_next->setEnabled(!m_found.empty());
    m_previous->setEnabled(!m_found.empty());
}

QString TraceBar::countText() const
{
    return m_count->text();
}

void TraceBar::updateZoom()
{
    m_whole->setEnabled(m_view->axis().isZoomed());
}

} // namespace genscope
