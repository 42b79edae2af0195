// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latency/card.h"

#include "charts/elidedlabel.h"
#include "charts/theme.h"
#include "models/tablecolumns.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace genscope {

Card::Card(const QString &title, QWidget *content, QWidget *parent)
    : QFrame(parent), m_title(new ElidedLabel(this))
{
    setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 10, 10, 10);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(content, 1);
    m_title->setFont(titleFont(font()));
    setTitle(title, {});
}

void Card::setTitle(const QString &title, const QString &hint)
{
    m_title->setText(title);
    m_title->setToolTip(plainToolTip(hint));
    setAccessibleName(title);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::of(palette()).surface);
    painter.drawRoundedRect(rect(), 6, 6);
}

void Card::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        m_title->setFont(titleFont(font()));
    QFrame::changeEvent(event);
}

} // namespace genscope
