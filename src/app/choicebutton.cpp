// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choicebutton.h"

namespace genscope {

ChoiceButton::ChoiceButton(const QString &name, const QString &iconName, QWidget *parent)
    : DropButton(name, iconName, parent), m_popup(new ChoicePopup(name, this))
{
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
    updateGeometry();
    setAccessibleDescription(shownText);
}

} // namespace genscope
