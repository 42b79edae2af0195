// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QMenu;
class QSettings;
class QToolButton;

namespace genscope {

class CompletionSource;
class FilterChip;
class FilterEdit;
class FlowLayout;
class Workspace;

/// The filter that holds for every page: a chip for each of its conjuncts, a field to add more, the last
/// filters, and how many events match.
class FilterBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterBar)
public:
    FilterBar(Workspace *workspace, QSettings *settings, QWidget *parent = nullptr);

    void focusEdit();
    /// Pinned and recent filters. The caller owns it.
    QMenu *recentMenu();
    FilterEdit *edit() const { return m_edit; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Editing { Adding = -1, Whole = -2 }; ///< else the index of the chip that is edited

    void makeWidgets();
    void showFilter();
    void showCounts();
    void showProblem(bool refused);
    void beginEdit(int chip);
    void apply(const QString &text);
    void endEdit();
    void removeConjunct(int index);
    void negateConjunct(int index);
    void setFilter(const Filter &filter);
    void openRecent();
    void remember(const QString &filterText);
    /// Keeps a filter at the top of the list, or no longer.
    void setPinned(const QString &filterText, bool pinned);
    void addFilterAction(QMenu &menu, const QString &filterText);

    Workspace *m_workspace;
    QSettings *m_settings;
    CompletionSource *m_completion;
    QWidget *m_box = nullptr;
    FlowLayout *m_flow = nullptr;
    FilterEdit *m_edit = nullptr;
    QToolButton *m_clear = nullptr;
    QToolButton *m_recent = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_problem = nullptr;
    QVector<FilterChip *> m_chips;
    std::vector<Filter> m_conjuncts;
    int m_editing = Adding;
    bool m_shown = false; ///< the chips are those of m_conjuncts
};

} // namespace genscope
