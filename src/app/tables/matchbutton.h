// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include "analytics/lists.h"

class QActionGroup;

namespace genscope {

class Workspace;

/// Says, and changes, which traces or sessions a filter lists: those of which some event matches, or all.
class MatchButton final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MatchButton)
public:
    /// @param kind  Traces or Sessions
    MatchButton(Workspace *workspace, ListKind kind, QWidget *parent = nullptr);

    QActionGroup *choices() const { return m_choices; }

private:
    void showMatch();

    Workspace *m_workspace;
    QActionGroup *m_choices;
};

} // namespace genscope
