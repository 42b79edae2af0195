// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/viewsdialog.h"

#include "app/icons.h"
#include "app/saveviewdialog.h"
#include "workspace/viewlist.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace genscope {

ViewsDialog::ViewsDialog(ViewList *views, QWidget *parent)
    : QDialog(parent),
      m_views(views),
      m_list(new QListWidget(this)),
      m_icon(makeViewIconBox({}, this)),
      m_up(new QPushButton(tr("Move &up"), this)),
      m_down(new QPushButton(tr("Move &down"), this)),
      m_rename(new QPushButton(tr("&Rename"), this)),
      m_delete(new QPushButton(tr("D&elete"), this)),
      m_undo(new QPushButton(tr("&Undo"), this))
{
    setWindowTitle(tr("Saved views"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(480, 360);
    m_list->setAccessibleName(tr("Saved views"));
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_icon, m_rename, m_up, m_down, m_delete, m_undo})
        column->addWidget(part);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_list, 1);
    row->addLayout(column);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(row, 1);
    layout->addWidget(buttons);

    connect(m_up, &QPushButton::clicked, this, [this] { moveBy(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveBy(1); });
    connect(m_rename, &QPushButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (m_list->currentRow() >= 0)
            m_views->remove(m_list->currentRow());
    });
    connect(new QShortcut(QKeySequence::Delete, m_list), &QShortcut::activated, m_delete,
            &QPushButton::click);
    connect(m_undo, &QPushButton::clicked, m_views, &ViewList::undo);
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, m_views, &ViewList::undo);
    connect(m_icon, &QComboBox::activated, this, [this] {
        if (m_list->currentRow() >= 0)
            m_views->setIcon(m_list->currentRow(), m_icon->currentData().toString().toStdString());
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &ViewsDialog::showCurrent);
    // The list is filled anew by what an edit changes: not from inside of the edit.
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        if (m_filling)
            return;
        const int edited = m_list->row(item);
        const QString name = item->text();
        QMetaObject::invokeMethod(
            this,
            [this, edited, name] {
                if (edited < static_cast<int>(m_views->views().size()))
                    m_views->rename(edited, name);
                fill(); // a name that is none goes back
            },
            Qt::QueuedConnection);
    });
    connect(m_views, &ViewList::changed, this, &ViewsDialog::fill);
    fill();
}

void ViewsDialog::fill()
{
    const int row = std::max(0, m_list->currentRow());
    m_filling = true;
    m_list->clear();
    for (const SavedView &view : m_views->views()) {
        auto *item = new QListWidgetItem(strokeIcon(QString::fromStdString(view.icon)), view.name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_filling = false;
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    showCurrent();
}

void ViewsDialog::showCurrent()
{
    const int row = m_list->currentRow();
    for (QWidget *part : std::initializer_list<QWidget *>{m_icon, m_rename, m_delete})
        part->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    m_undo->setEnabled(m_views->canUndo());
    if (row >= 0 && row < static_cast<int>(m_views->views().size())) {
        const std::string &icon = m_views->views()[static_cast<std::size_t>(row)].icon;
        m_icon->setCurrentIndex(std::max(0, m_icon->findData(QString::fromStdString(icon))));
    }
}

void ViewsDialog::moveBy(int steps)
{
    const int row = m_list->currentRow();
    const int to = row + steps;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    m_list->setCurrentRow(to); // fill() keeps the row
    m_views->move(row, to);
}

} // namespace genscope
