// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterchip.h"

#include "app/icons.h"
#include "charts/theme.h"
#include "models/tablecolumns.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kHeight = 24;
constexpr int kPadding = 8;
constexpr int kCross = 16;
constexpr int kMaxTextWidth = 280;

} // namespace

FilterChip::FilterChip(const Filter &filter, QWidget *parent) : QAbstractButton(parent), m_filter(filter)
{
    setText(QString::fromStdString(filter.toString()));
    setToolTip(plainToolTip(tr("%1\nClick to edit, Delete to remove").arg(text())));
    setAccessibleName(tr("Filter: %1").arg(text()));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void FilterChip::setEditing(bool editing)
{
    m_editing = editing;
    update();
}

QSize FilterChip::sizeHint() const
{
    const int textWidth = std::min(fontMetrics().horizontalAdvance(text()), kMaxTextWidth);
    return {kPadding + textWidth + 6 + kCross + 4, std::max(kHeight, fontMetrics().height() + 8)};
}

QRect FilterChip::crossRect() const
{
    const QRect cross(width() - kCross - 4, (height() - kCross) / 2, kCross, kCross);
    return QStyle::visualRect(layoutDirection(), rect(), cross);
}

void FilterChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool marked = m_editing || hasFocus();
    painter.setPen(QPen(marked ? theme.accent : theme.hairline, marked ? 2 : 1));
    painter.setBrush(underMouse() ? theme.hairline : theme.raised);
    const qreal inset = marked ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4, 4);

    painter.setPen(theme.text);
    const QRect textRect =
        QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(kPadding, 0, -(kCross + 8), 0));
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideMiddle, textRect.width()));
    strokeIcon(QStringLiteral("close"), theme.mutedText).paint(&painter, crossRect().adjusted(2, 2, -2, -2));
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && crossRect().adjusted(-4, -4, 4, 4).contains(event->pos())) {
        setDown(false);
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void FilterChip::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(strokeIcon(QStringLiteral("edit")), tr("Edit"), this, [this] { click(); });
    menu->addAction(tr("Negate"), this, &FilterChip::negateRequested);
    menu->addAction(strokeIcon(QStringLiteral("copy")), tr("Copy"), this,
                    [this] { QGuiApplication::clipboard()->setText(text()); });
    menu->addSeparator();
    menu->addAction(strokeIcon(QStringLiteral("close")), tr("Remove"), this, &FilterChip::removeRequested);
    menu->popup(event->globalPos());
}

bool FilterChip::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace genscope
