// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tilehandle.h"

#include "app/icons.h"
#include "charts/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace genscope {

namespace {

constexpr int kCorner = 22;
constexpr int kButton = 26;

QToolButton *makeButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(strokeIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::NoFocus); // Enter and Delete do the same
    button->setFixedSize(kButton, kButton);
    return button;
}

} // namespace

TileHandle::TileHandle(const QString &title, QWidget *parent)
    : QWidget(parent),
      m_edit(makeButton(QStringLiteral("edit"), tr("Change this tile (Enter)"), this)),
      m_remove(makeButton(QStringLiteral("close"), tr("Remove this tile (Delete)"), this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setTitle(title);
    connect(m_edit, &QToolButton::clicked, this, &TileHandle::editRequested);
    connect(m_remove, &QToolButton::clicked, this, &TileHandle::removeRequested);
}

void TileHandle::setTitle(const QString &title)
{
    m_title = title;
    setAccessibleName(tr("Tile %1").arg(title));
    setAccessibleDescription(
        tr("Arrows move it, Shift and arrows resize it, Enter changes it, Delete removes it"));
}

bool TileHandle::isCorner(const QPoint &at) const
{
    return at.x() >= width() - kCorner && at.y() >= height() - kCorner;
}

void TileHandle::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = theme.surface;
    veil.setAlphaF(0.45F);
    painter.setBrush(veil);
    QPen border(hasFocus() || m_press ? theme.accent : theme.axis, hasFocus() || m_press ? 2 : 1);
    if (!hasFocus() && !m_press)
        border.setStyle(Qt::DashLine);
    painter.setPen(border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    painter.setPen(QPen(theme.axis, 1.5));
    for (const int inset : {6, 11, 16})
        painter.drawLine(width() - inset, height() - 4, width() - 4, height() - inset);
}

void TileHandle::resizeEvent(QResizeEvent *)
{
    m_remove->move(width() - kButton - 6, 6);
    m_edit->move(width() - 2 * kButton - 10, 6);
}

void TileHandle::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_press = {event->pos(), isCorner(event->pos()), false};
    raise();
    update();
}

void TileHandle::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(isCorner(event->pos()) || (m_press && m_press->resizes) ? Qt::SizeFDiagCursor
                                                                      : Qt::OpenHandCursor);
    if (!m_press)
        return;
    if (!m_press->moved && (event->pos() - m_press->at).manhattanLength() < QApplication::startDragDistance())
        return;
    m_press->moved = true;
    if (m_press->resizes)
        Q_EMIT resizedTo(QSize(event->pos().x(), event->pos().y()));
    else
        Q_EMIT draggedTo(mapToParent(event->pos()));
}

void TileHandle::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    update();
    Q_EMIT dropped();
}

void TileHandle::keyPressEvent(QKeyEvent *event)
{
    const bool resizes = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto step = [&](int columns, int rows) {
        if (resizes)
            Q_EMIT resizeRequested(columns, rows);
        else
            Q_EMIT moveRequested(columns + rows);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1, 0);
    case Qt::Key_Right:
        return step(1, 0);
    case Qt::Key_Up:
        return step(0, -1);
    case Qt::Key_Down:
        return step(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT editRequested();
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TileHandle::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void TileHandle::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

} // namespace genscope
