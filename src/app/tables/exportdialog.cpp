// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/exportdialog.h"

#include "core/format.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace genscope {

namespace {

QGroupBox *choice(const QString &title, QRadioButton *first, QRadioButton *second)
{
    auto *box = new QGroupBox(title);
    auto *layout = new QVBoxLayout(box);
    layout->addWidget(first);
    layout->addWidget(second);
    return box;
}

} // namespace

ExportDialog::ExportDialog(qint64 rows, qint64 selectedRows, int shownColumns, int allColumns,
                           QWidget *parent)
    : QDialog(parent),
      m_allRows(new QRadioButton(tr("All %1 rows").arg(formatCount(rows, QLocale())))),
      m_selectedRows(new QRadioButton(tr("Only the selected: %1").arg(formatCount(selectedRows, QLocale())))),
      m_shownColumns(new QRadioButton(tr("The %n shown, in their order", nullptr, shownColumns))),
      m_allColumns(new QRadioButton(tr("Everything: all %n columns", nullptr, allColumns))),
      m_csv(new QRadioButton(tr("Comma-separated values (CSV)"))),
      m_jsonLines(new QRadioButton(tr("JSON Lines: an object a line"))),
      m_byteOrderMark(new QCheckBox(tr("With byte order mark, for spreadsheets that ask for one")))
{
    setWindowTitle(tr("Export"));
    m_allRows->setChecked(selectedRows < 2); // one row is just where the cursor is
    m_selectedRows->setChecked(selectedRows >= 2);
    m_selectedRows->setEnabled(selectedRows > 0);
    m_shownColumns->setChecked(true);
    m_csv->setChecked(true);
    connect(m_csv, &QRadioButton::toggled, m_byteOrderMark, &QWidget::setEnabled);
    auto *note =
        new QLabel(tr("Numbers are written in full, times as ISO 8601 with their offset. In CSV, texts that "
                      "a spreadsheet would run as a formula get a leading apostrophe."));
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *go = buttons->addButton(tr("Choose file…"), QDialogButtonBox::AcceptRole);
    go->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false); // Enter exports, wherever the focus is
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(choice(tr("Rows"), m_allRows, m_selectedRows));
    layout->addWidget(choice(tr("Columns"), m_shownColumns, m_allColumns));
    layout->addWidget(choice(tr("Format"), m_csv, m_jsonLines));
    layout->addWidget(m_byteOrderMark);
    layout->addWidget(note);
    layout->addWidget(buttons);
}

bool ExportDialog::selectedRowsOnly() const
{
    return m_selectedRows->isChecked();
}

bool ExportDialog::allColumns() const
{
    return m_allColumns->isChecked();
}

bool ExportDialog::byteOrderMark() const
{
    return m_byteOrderMark->isChecked() && !jsonLines();
}

bool ExportDialog::jsonLines() const
{
    return m_jsonLines->isChecked();
}

} // namespace genscope
