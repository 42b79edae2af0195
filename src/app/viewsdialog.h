// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QListWidget;
class QPushButton;

namespace genscope {

class ViewList;

/// The saved views in their order: renamed in place, moved, deleted; each change holds at once and can be
/// undone.
class ViewsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewsDialog)
public:
    ViewsDialog(ViewList *views, QWidget *parent);

    QListWidget *list() const { return m_list; }

private:
    void fill();
    void showCurrent();
    void moveBy(int steps);

    ViewList *m_views;
    QListWidget *m_list;
    QComboBox *m_icon;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_rename;
    QPushButton *m_delete;
    QPushButton *m_undo;
    bool m_filling = false;
};

} // namespace genscope
