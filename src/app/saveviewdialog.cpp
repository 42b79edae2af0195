// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/saveviewdialog.h"

#include "app/icons.h"
#include "app/savedviewsmenu.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace genscope {

QComboBox *makeViewIconBox(const std::string &icon, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(SaveViewDialog::tr("Icon"));
    for (const std::string_view name : kViewIcons) {
        const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        box->addItem(strokeIcon(text), viewIconText(name), text);
    }
    box->setCurrentIndex(std::max(0, box->findData(QString::fromStdString(icon))));
    return box;
}

SaveViewDialog::SaveViewDialog(const SavedView &view, const std::vector<SavedView> &known, QWidget *parent)
    : QDialog(parent),
      m_view(view),
      m_name(new QLineEdit(view.name, this)),
      m_icon(makeViewIconBox(view.icon, this)),
      m_note(new QLabel(this))
{
    setWindowTitle(tr("Save this view"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (const SavedView &other : known)
        m_known += other.name;
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMinimumWidth(320);
    auto *text = new QLabel(
        view.preset
            ? tr("Page, time range (%1), filter, cost, customer and columns.").arg(presetText(*view.preset))
            : tr("Page, time range, filter, cost, customer and columns."),
        this);
    text->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &SaveViewDialog::check);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_name, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(text);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    m_name->setFocus();
    m_name->selectAll();
    check();
}

void SaveViewDialog::check()
{
    const QString name = m_name->text().trimmed();
    const bool taken = m_known.contains(name);
    m_save->setEnabled(!name.isEmpty());
    m_save->setText(taken ? tr("Replace") : tr("Save"));
    m_note->setText(taken ? tr("Replaces the view of that name.") : QString());
}

void SaveViewDialog::accept()
{
    m_view.name = m_name->text().trimmed();
    if (m_view.name.isEmpty())
        return;
    m_view.icon = m_icon->currentData().toString().toStdString();
    Q_EMIT saved(m_view);
    QDialog::accept();
}

QString viewIconText(std::string_view icon)
{
    if (icon == "bookmark")
        return SaveViewDialog::tr("Bookmark");
    if (icon == "star")
        return SaveViewDialog::tr("Star");
    if (icon == "cost")
        return SaveViewDialog::tr("Cost");
    if (icon == "clock")
        return SaveViewDialog::tr("Time");
    if (icon == "errors")
        return SaveViewDialog::tr("Errors");
    if (icon == "users")
        return SaveViewDialog::tr("Users");
    if (icon == "customers")
        return SaveViewDialog::tr("Customers");
    if (icon == "generations")
        return SaveViewDialog::tr("Calls");
    if (icon == "traces")
        return SaveViewDialog::tr("Traces");
    if (icon == "tools")
        return SaveViewDialog::tr("Tools");
    if (icon == "feedback")
        return SaveViewDialog::tr("Feedback");
    return SaveViewDialog::tr("Search");
}

} // namespace genscope
