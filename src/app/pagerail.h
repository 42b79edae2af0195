// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractButton;
class QAction;
class QActionGroup;
class QToolButton;
class QVBoxLayout;

namespace genscope {

/// The pages at the left of the window, as icons with words beside them or icons only, in groups.
class PageRail final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageRail)
public:
    explicit PageRail(QWidget *parent = nullptr);

    /// Adds the button of a checkable action, after a gap where a group begins.
    void addPage(QAction *action, bool beginsGroup = false);
    bool isCollapsed() const { return m_collapsed; }
    void setCollapsed(bool collapsed);

Q_SIGNALS:
    void collapsedChanged(bool collapsed);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Button;
    void updateWidth();

    QVBoxLayout *m_layout;
    QVector<Button *> m_buttons;
    QToolButton *m_toggle;
    bool m_collapsed = false;
};

} // namespace genscope
