// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QToolButton;

namespace genscope {

/// Stands over the dashboard while it is being changed: adds tiles, goes back to the standard, ends.
class LayoutBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LayoutBar)
public:
    explicit LayoutBar(QWidget *parent = nullptr);

    QMenu *addMenu() const { return m_menu; } ///< filled by who knows the tiles, when it is about to show

Q_SIGNALS:
    void standardRequested();
    void cancelled(); ///< everything is to be as before
    void finished();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QMenu *m_menu;
};

} // namespace genscope
