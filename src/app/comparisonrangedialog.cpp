// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/comparisonrangedialog.h"

#include "app/zonedtimeedit.h"
#include "workspace/timepresets.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace genscope {

ComparisonRangeDialog::ComparisonRangeDialog(const TimeRange &range, const TimeRange &covered,
                                             const Zone &zone, QWidget *parent)
    : QDialog(parent),
      m_zone(zone),
      m_covered(covered),
      m_from(new ZonedTimeEdit(tr("From"))),
      m_to(new ZonedTimeEdit(tr("To"))),
      m_hint(new QLabel(this))
{
    setWindowTitle(tr("Compare with another range"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_from->setInstant(range.from.value_or(covered.from.value_or(Timestamp{})), zone);
    m_to->setInstant(range.to.value_or(covered.to.value_or(Timestamp{})), zone);
    auto *form = new QFormLayout;
    form->addRow(tr("&From"), m_from);
    form->addRow(tr("&To"), m_to);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Compare"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ComparisonRangeDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_hint);
    layout->addWidget(buttons);
    for (const ZonedTimeEdit *editor : {m_from, m_to})
        connect(editor, &QDateTimeEdit::dateTimeChanged, this, &ComparisonRangeDialog::check);
    resize(360, sizeHint().height());
    check();
}

TimeRange ComparisonRangeDialog::range() const
{
    return {m_from->instant(m_zone), m_to->instant(m_zone)};
}

void ComparisonRangeDialog::check()
{
    const TimeRange chosen = range();
    const bool valid = *chosen.from < *chosen.to;
    m_ok->setEnabled(valid);
    const QString zone = QString::fromUtf8(m_zone.name());
    if (!valid)
        m_hint->setText(tr("“To” must be after “From”."));
    else if (m_covered.from && m_covered.to && (*chosen.from < *m_covered.from || *m_covered.to < *chosen.to))
        m_hint->setText(
            tr("Times in %1. There is data from %2 only.").arg(zone, rangeText(m_covered, m_zone, locale())));
    else
        m_hint->setText(tr("Times in %1.").arg(zone));
}

void ComparisonRangeDialog::accept()
{
    if (!m_ok->isEnabled())
        return;
    Q_EMIT chosen(range());
    QDialog::accept();
}

} // namespace genscope
