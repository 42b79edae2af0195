// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

class QToolButton;

namespace genscope {

/// Lies over a tile while the dashboard is being changed: takes it by the hand, or by the keyboard. Dragging
/// moves the tile, its lower right corner resizes it; arrows move it, Shift+arrows resize it, Enter changes
/// it, Delete removes it.
class TileHandle final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TileHandle)
public:
    TileHandle(const QString &title, QWidget *parent);

    void setTitle(const QString &title);

Q_SIGNALS:
    void draggedTo(const QPoint &at); ///< of the parent, while the mouse moves
    void dropped();
    void resizedTo(const QSize &size); ///< pixels, while the mouse moves
    void moveRequested(int by);
    void resizeRequested(int columns, int rows); ///< by how much
    void editRequested();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Press
    {
        QPoint at;
        bool resizes = false;
        bool moved = false;
    };
    bool isCorner(const QPoint &at) const;

    QString m_title;
    QToolButton *m_edit;
    QToolButton *m_remove;
    std::optional<Press> m_press;
};

} // namespace genscope
