// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/choices.h"
#include "app/dropbutton.h"

namespace genscope {

/// A button that shows what is chosen and opens the list to choose from.
class ChoiceButton final : public DropButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceButton)
public:
    ChoiceButton(const QString &name, const QString &iconName, QWidget *parent = nullptr);

    void setChoices(const QVector<Choice> &choices);
    void setCurrent(const QVariant &value, const QString &shownText);
    QVariant current() const { return m_current; }
    QVector<Choice> choices() const { return m_choices; }

Q_SIGNALS:
    void chosen(const QVariant &value);
    void aboutToOpen(); ///< last chance to set choices that depend on the data

private:
    QVector<Choice> m_choices;
    QVariant m_current;
    ChoicePopup *m_popup;
};

} // namespace genscope
