// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/layoutbar.h"

#include "charts/elidedlabel.h"
#include "charts/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace genscope {

LayoutBar::LayoutBar(QWidget *parent) : QWidget(parent), m_menu(new QMenu(this))
{
    auto *hint = new ElidedLabel(this);
    hint->setText(tr("Drag tiles to move them, their corner to resize them"));
    auto *add = new QPushButton(tr("Add a tile"), this);
    add->setMenu(m_menu);
    auto *standard = new QPushButton(tr("PostHog's default"), this);
    standard->setToolTip(tr("Puts back the tiles that every dashboard begins with"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *done = new QPushButton(tr("Done"), this);
    done->setDefault(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 6);
    layout->setSpacing(8);
    layout->addWidget(hint, 1);
    for (QPushButton *button : {add, standard, cancel, done})
        layout->addWidget(button);
    connect(standard, &QPushButton::clicked, this, &LayoutBar::standardRequested);
    connect(cancel, &QPushButton::clicked, this, &LayoutBar::cancelled);
    connect(done, &QPushButton::clicked, this, &LayoutBar::finished);
    setAccessibleName(tr("Change the dashboard"));
}

void LayoutBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.setPen(theme.hairline);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace genscope
