// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choicebutton.h"

#include "app/icons.h"

namespace genscope {

ChoiceButton::ChoiceButton(const QString &name, const QString &iconName, QWidget *parent)
    : QToolButton(parent), m_name(name), m_popup(new ChoicePopup(name, this))
{
    setIcon(strokeIcon(iconName));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(name);
    setToolTip(name);
    connect(this, &QToolButton::clicked, this, [this] {
        Q_EMIT aboutToOpen();
        m_popup->setChoices(m_choices, m_current);
        showBelow(m_popup, this);
    });
    connect(m_popup, &ChoicePopup::chosen, this, &ChoiceButton::chosen);
}

void ChoiceButton::setChoices(const QVector<Choice> &choices)
{
    m_choices = choices;
    if (m_popup->isVisible())
        m_popup->setChoices(m_choices, m_current);
}

void ChoiceButton::setCurrent(const QVariant &value, const QString &shownText)
{
    m_current = value;
    setText(shownText);
    setAccessibleDescription(shownText);
}

} // namespace genscope
