// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/pricechangesdialog.h"

#include "app/tables/tablestyle.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

PriceChangesDialog::PriceChangesDialog(const What &what, QWidget *parent)
    : QDialog(parent), m_model(new PriceChangesModel(what.lines, this))
{
    setWindowTitle(what.title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *summary = new QLabel(what.summary);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    auto *search = new QLineEdit;
    search->setPlaceholderText(tr("Search models"));
    search->setAccessibleName(tr("Search models"));
    search->setClearButtonEnabled(true);
    auto *all = new QPushButton(tr("All"));
    auto *none = new QPushButton(tr("None"));
    for (QPushButton *button : {all, none})
        button->setAutoDefault(false);
    auto *bar = new QHBoxLayout;
    bar->addWidget(search, 1);
    bar->addWidget(all);
    bar->addWidget(none);

    auto *proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(m_model);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy->setFilterKeyColumn(PriceChangesModel::ModelColumn);
    auto *table = new QTableView;
    dressTable(table, tr("Changes"));
    table->setItemDelegateForColumn(PriceChangesModel::ModelColumn, new QStyledItemDelegate(table));
    table->setModel(proxy);
    const int widths[] = {250, 110, 120, 92, 92, 84, 160};
    for (int column = 0; column < PriceChangesModel::ColumnCount; ++column)
        setLeastWidth(table, column, widths[column]);
    table->horizontalHeader()->setStretchLastSection(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(summary);
    if (!what.notes.isEmpty()) {
        auto *notes = new QPlainTextEdit(what.notes.join(QLatin1Char('\n')));
        notes->setReadOnly(true);
        notes->setTabChangesFocus(true);
        notes->setAccessibleName(tr("Notes"));
        notes->setMaximumHeight(5 * notes->fontMetrics().lineSpacing());
        layout->addWidget(notes);
    }
    layout->addLayout(bar);
    layout->addWidget(table, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_apply = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    m_apply->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    layout->addWidget(buttons);
    resize(960, 560);

    connect(search, &QLineEdit::textChanged, proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(all, &QPushButton::clicked, this, [this] { m_model->setAllChosen(true); });
    connect(none, &QPushButton::clicked, this, [this] { m_model->setAllChosen(false); });
    connect(m_model, &PriceChangesModel::chosenChanged, this, &PriceChangesDialog::showChosen);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showChosen();
    table->setFocus();
}

void PriceChangesDialog::showChosen()
{
    const int chosen = m_model->chosenPrices();
    m_apply->setEnabled(chosen > 0);
    m_apply->setText(chosen == m_model->priceCount()
                         ? tr("Apply all")
                         : tr("Apply %1 of %2").arg(chosen).arg(m_model->priceCount()));
}

} // namespace genscope
