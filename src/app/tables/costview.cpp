// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/costview.h"

#include "app/tables/celldelegate.h"
#include "app/tables/wrappedlabel.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kRowHeight = 26;

} // namespace

CostView::CostView(QWidget *parent)
    : QScrollArea(parent),
      m_lines(new CostBillModel(this)),
      m_headline(wrappedLabel()),
      m_reasons(wrappedLabel()),
      m_table(new QTableView),
      m_sum(wrappedLabel()),
      m_price(new LinkButton)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Why it costs what it costs"));
    m_headline->setFont(titleFont(font()));
    m_sum->setForegroundRole(QPalette::PlaceholderText);
    m_price->setForegroundRole(QPalette::Link);
    m_table->setModel(m_lines);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setAccessibleName(tr("Parts of the cost"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(kRowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(CostBillModel::KindColumn, QHeaderView::Stretch);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 8, 8, 8);
    layout->setSpacing(12);
    layout->addWidget(m_headline);
    layout->addWidget(m_reasons);
    layout->addWidget(m_table);
    layout->addWidget(m_sum);
    layout->addWidget(m_price);
    layout->addStretch(1);
    setWidget(content);
    setFocusProxy(m_price);
    connect(m_price, &LinkButton::clicked, this, [this] {
        if (m_bill)
            Q_EMIT priceRequested(m_bill->priceModel, m_bill->priceProvider);
    });
    setBill(nullptr);
}

void CostView::setBill(std::shared_ptr<const CostBill> bill)
{
    m_bill = std::move(bill);
    const CostBill none;
    const CostBill &shown = m_bill ? *m_bill : none;
    m_headline->setText(shown.headline);
    QStringList reasons;
    for (const QString &reason : shown.reasons)
        reasons += reason;
    m_reasons->setText(reasons.join(QLatin1Char('\n')));
    m_lines->setLines(shown.lines);
    m_table->setVisible(!shown.lines.empty());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            static_cast<int>(shown.lines.size()) * kRowHeight + 2);
    m_table->resizeColumnToContents(CostBillModel::CountColumn);
    m_table->resizeColumnToContents(CostBillModel::RateColumn);
    m_table->resizeColumnToContents(CostBillModel::AmountColumn);
    m_sum->setText(shown.sum);
    m_sum->setVisible(!shown.sum.isEmpty());
    m_price->setVisible(!shown.priceModel.isEmpty());
    m_price->setLink(shown.hasPrice ? tr("Edit this price…") : tr("Price this model…"), {});
}

QString CostView::text() const
{
    QStringList lines{m_headline->text(), m_reasons->text()};
    for (int row = 0; row < m_lines->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_lines->columnCount(); ++column)
            cells += m_lines->index(row, column).data().toString();
        lines += cells.join(QStringLiteral(" | "));
    }
    lines += m_sum->text();
    return lines.join(QLatin1Char('\n'));
}

} // namespace genscope
