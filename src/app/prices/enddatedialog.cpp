// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/enddatedialog.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace genscope {

EndDateDialog::EndDateDialog(const QString &model, Timestamp proposed, const TimeRange &valid,
                             QWidget *parent)
    : QDialog(parent),
      m_date(new QDateEdit(QDateTime::fromMSecsSinceEpoch(proposed.us / 1000, Qt::UTC).date()))
{
    setWindowTitle(tr("End the price"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *text = new QLabel(tr("The price of %1 no longer holds from this day on (0:00 UTC):").arg(model));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setAccessibleName(tr("First day without the price"));
    m_date->setButtonSymbols(QAbstractSpinBox::NoButtons);
    if (valid.from)
        m_date->setMinimumDate(
            QDateTime::fromMSecsSinceEpoch(valid.from->us / 1000, Qt::UTC).date().addDays(1));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(tr("End it"), QDialogButtonBox::AcceptRole)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(text);
    layout->addWidget(m_date, 0, Qt::AlignLeft);
    layout->addWidget(buttons);
}

Timestamp EndDateDialog::end() const
{
    return {QDateTime(m_date->date(), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * 1000};
}

} // namespace genscope
