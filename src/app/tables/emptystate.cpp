// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/emptystate.h"

#include "charts/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace genscope {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_explanation(new QLabel),
      m_clearFilter(new QPushButton(tr("Clear filter"))),
      m_allTime(new QPushButton(tr("Show all time")))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont(font()));
    m_title->setAlignment(Qt::AlignCenter);
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_explanation->setAlignment(Qt::AlignCenter);
    m_explanation->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_clearFilter);
    buttons->addWidget(m_allTime);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_explanation);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    layout->addStretch(3);
    setOffers(false, false);
}

void EmptyState::setReason(const QString &title, const QString &explanation)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
}

void EmptyState::setOffers(bool clearFilter, bool allTime)
{
    m_clearFilter->setVisible(clearFilter);
    m_allTime->setVisible(allTime);
}

QString EmptyState::title() const
{
    return m_title->text();
}

} // namespace genscope
