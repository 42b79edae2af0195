// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/popup.h"

#include "charts/theme.h"

#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace genscope {

void showBelow(QWidget *popup, const QWidget *anchor)
{
    popup->adjustSize();
    QPoint at = anchor->mapToGlobal(QPoint(0, anchor->height() + 4));
    const QRect screen = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - popup->width())));
    if (at.y() + popup->height() > screen.bottom())
        at.setY(std::max(screen.top(), anchor->mapToGlobal(QPoint()).y() - popup->height() - 4));
    popup->move(at);
    popup->show();
    popup->setFocus(Qt::PopupFocusReason);
}

Popup::Popup(QWidget *parent) : QFrame(parent, Qt::Popup)
{
    setFrameShape(QFrame::NoFrame);
    setContentsMargins(1, 1, 1, 1);
}

void Popup::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.hairline);
    painter.fillRect(rect().adjusted(1, 1, -1, -1), theme.surface);
}

} // namespace genscope
