// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/matchbutton.h"

#include "workspace/workspace.h"

#include <QActionGroup>
#include <QMenu>

#include <utility>

namespace genscope {

MatchButton::MatchButton(Workspace *workspace, ListKind kind, QWidget *parent)
    : QToolButton(parent), m_workspace(workspace), m_choices(new QActionGroup(this))
{
    const bool traces = kind == ListKind::Traces;
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(InstantPopup);
    setToolTip(traces ? tr("When a trace is listed under a filter. All events of the time range count, its "
                           "$ai_trace event and its spans among them. Conditions such as “trace.cost > 1” "
                           "are about the whole trace in any case.")
                      : tr("When a session is listed under a filter. All events of the time range count, "
                           "$ai_trace events and spans among them. Conditions such as “session.cost > 1” "
                           "are about the whole session in any case."));
    auto *menu = new QMenu(this);
    for (const auto &[match, text] : {std::pair(EventMatch::Some, tr("Some event matches")),
                                      std::pair(EventMatch::All, tr("All events match"))}) {
        QAction *action = m_choices->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(match));
    }
    menu->addActions(m_choices->actions());
    setMenu(menu);
    connect(m_choices, &QActionGroup::triggered, this, [this](const QAction *action) {
        Scope scope = m_workspace->scope();
        const auto match = static_cast<EventMatch>(action->data().toInt());
        if (std::exchange(scope.match, match) != match)
            m_workspace->setScope(scope);
    });
    connect(workspace, &Workspace::scopeChanged, this, &MatchButton::showMatch);
    showMatch();
}

void MatchButton::showMatch()
{
    QAction *chosen = m_choices->actions().at(static_cast<int>(m_workspace->scope().match));
    chosen->setChecked(true);
    setText(chosen->text());
    setAccessibleName(tr("Listed if: %1").arg(chosen->text()));
}

} // namespace genscope
