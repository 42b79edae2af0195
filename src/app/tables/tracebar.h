// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tracetreemodel.h"

#include <QWidget>

#include <vector>

class QActionGroup;
class QLabel;
class QLineEdit;
class QTimer;
class QToolButton;

namespace genscope {

class TraceView;

/// What can be done with a trace's steps: search with the count of what was found, next and previous; only
/// failures or the critical path; zoom.
class TraceBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceBar)
public:
    TraceBar(TraceTreeModel *model, TraceView *view, QWidget *parent = nullptr);

    QLineEdit *searchBox() const { return m_search; }
    void focusSearch();
    /// What the search for @p text found: indices of the trace's events, ascending. Goes to the first that
    /// does not lie before the selected one.
    void setFound(const QString &text, std::vector<int> events);
    void findNext(int direction); ///< 1 or -1, around the ends
    QString countText() const;
    void setShown(TraceSteps steps);

Q_SIGNALS:
    void searchRequested(const QString &text); ///< may be empty

private:
    QWidget *makeFind();
    QToolButton *makeSteps();
    QToolButton *button(const QString &text, const QString &toolTip, const QString &name);
    void changed();
    void forget();
    void showCount();
    void updateZoom();

    TraceTreeModel *m_model;
    TraceView *m_view;
    QLineEdit *m_search;
    QLabel *m_count;
    QTimer *m_typing;
    QToolButton *m_next;
    QToolButton *m_previous;
    QToolButton *m_steps;
    QActionGroup *m_choices;
    QToolButton *m_whole;
    std::vector<int> m_found;
    int m_at = -1; ///< in m_found
    bool m_searching = false;
};

} // namespace genscope
