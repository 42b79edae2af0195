// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scopebars.h"

#include <QLabel>
#include <QVBoxLayout>

namespace genscope {

ScopeBars::ScopeBars(const QVector<QWidget *> &bars, QWidget *parent)
    : QWidget(parent), m_bars(bars), m_explanation(new QLabel(this))
{
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_explanation->setContentsMargins(20, 14, 20, 8);
    m_explanation->setWordWrap(true);
    m_explanation->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget *bar : bars)
        layout->addWidget(bar);
    layout->addWidget(m_explanation);
}

void ScopeBars::explain(const QString &insteadOfThem)
{
    m_explanation->setText(insteadOfThem);
    m_explanation->setVisible(!insteadOfThem.isEmpty());
    for (QWidget *bar : m_bars)
        bar->setVisible(insteadOfThem.isEmpty());
}

QString ScopeBars::explanation() const
{
    return m_explanation->text();
}

} // namespace genscope
