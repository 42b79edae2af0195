// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/valuepopup.h"

#include "app/tables/celldelegate.h"
#include "charts/theme.h"
#include "core/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

enum Column { ValueColumn, CountColumn, ShareColumn };

} // namespace

ValuePopup::ValuePopup(const TableColumn &column, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_column(column),
      m_title(new QLabel(tr("%1: counting…").arg(column.title))),
      m_list(new QTreeWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    m_title->setTextFormat(Qt::PlainText);
    m_list->setAccessibleName(tr("Values of %1").arg(column.title));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new CellDelegate(m_list));
    softenSelection(m_list, Theme::of(palette()));
    m_list->setHeaderLabels({column.title, tr("Rows"), tr("Share")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(CountColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(ShareColumn, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    resize(380, 420);
    const auto choose = [this](QTreeWidgetItem *item) {
        const Cell value = m_values[static_cast<std::size_t>(m_list->indexOfTopLevelItem(item))];
        close();
        Q_EMIT chosen(value);
    };
    connect(m_list, &QTreeWidget::itemClicked, this, choose);
    connect(m_list, &QTreeWidget::itemActivated, this, choose);
}

void ValuePopup::setCounts(const ValueCounts &counts, const Zone &zone)
{
    const QLocale locale;
    m_values.clear();
    m_list->clear();
    for (const ValueCount &value : counts.values) {
        m_values.push_back(value.value);
        const CellText text = std::holds_alternative<std::monostate>(value.value)
                                  ? CellText{tr("(none)"), 0, {}}
                                  : cellText({value.value}, m_column, zone, locale);
        const double share =
            static_cast<double>(value.count) / static_cast<double>(std::max<std::int64_t>(counts.rows, 1));
        auto *item = new QTreeWidgetItem(
            m_list, {text.text, formatCount(value.count, locale), formatRatio(share, locale)});
        item->setToolTip(ValueColumn, plainToolTip(text.full.isEmpty() ? text.text : text.full));
        item->setTextAlignment(CountColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(ShareColumn, Qt::AlignRight | Qt::AlignVCenter);
    }
    const QString distinct = formatCount(static_cast<std::int64_t>(counts.distinct), locale);
    m_title->setText(
        counts.distinct > counts.values.size()
            ? tr("%1: the commonest %2 of %3 values")
                  .arg(m_column.title, formatCount(static_cast<std::int64_t>(counts.values.size()), locale),
                       distinct)
            : tr("%1: %n value(s)", nullptr, static_cast<int>(counts.distinct)).arg(m_column.title));
    if (m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
}

void ValuePopup::popupAt(const QPoint &global)
{
    const QRect screen = parentWidget()->screen()->availableGeometry();
    move(std::clamp(global.x(), screen.left(), std::max(screen.left(), screen.right() - width())),
         std::clamp(global.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
    show();
    m_list->setFocus();
}

} // namespace genscope
