// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/whatifbar.h"

#include "app/prices/whatifdialog.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace genscope {

WhatIfBar::WhatIfBar(Workspace *workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_text(new QLabel(this)),
      m_edit(new LinkButton(this)),
      m_clear(new LinkButton(this))
{
    setAccessibleName(tr("What if"));
    m_text->setTextFormat(Qt::PlainText); // model names
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (LinkButton *link : {m_edit, m_clear})
        link->setForegroundRole(QPalette::Link);
    m_edit->setLink(tr("Edit…"), tr("Change what is assumed"));
    m_clear->setLink(tr("Clear"), tr("Show what calls really cost"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(28, 8, 28, 8);
    layout->setSpacing(16);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_edit);
    layout->addWidget(m_clear);
    connect(m_edit, &LinkButton::clicked, this, &WhatIfBar::editRequested);
    connect(m_clear, &LinkButton::clicked, this, [this] {
        PricingView view = m_workspace->scope().pricing;
        view.whatIf.clear();
        m_workspace->setPricing(view);
    });
    connect(workspace, &Workspace::scopeChanged, this, &WhatIfBar::showScope);
    showScope();
}

void WhatIfBar::showScope()
{
    const std::vector<Substitution> &whatIf = m_workspace->scope().pricing.whatIf;
    QStringList parts;
    for (const Substitution &substitution : whatIf)
        parts += substitutionText(substitution);
    m_text->setText(tr("What if: %1").arg(parts.join(QStringLiteral("; "))));
    setVisible(!whatIf.empty());
}

QString WhatIfBar::text() const
{
    return m_text->text();
}

/// Tinted, with a bar at its beginning: no page looks as usual while its costs are not the real ones.
void WhatIfBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(16, 2, -16, -2);
    QColor tint = theme.accent;
    tint.setAlphaF(0.14F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tint);
    painter.drawRoundedRect(body, 4, 4);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(QRectF(body.left(), body.top(), 3, body.height()), 1.5, 1.5);
}

} // namespace genscope
