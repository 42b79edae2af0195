// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/choices.h"

#include "app/icons.h"
#include "charts/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kRowHeight = 28;
constexpr int kTickWidth = 24;
constexpr int kPadding = 8;
constexpr int kSearchFrom = 9; ///< choices; fewer are seen at a glance
constexpr int kVisibleRows = 12;

} // namespace

ChoiceModel::ChoiceModel(QObject *parent) : QAbstractListModel(parent) {}

void ChoiceModel::setChoices(QVector<Choice> choices, const QVariant &current)
{
    beginResetModel();
    m_choices = std::move(choices);
    m_current = current;
    endResetModel();
}

int ChoiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size());
}

QVariant ChoiceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Choice &choice = m_choices.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return choice.text;
    case Qt::AccessibleTextRole:
        return choice.detail.isEmpty() ? choice.text : choice.text + QStringLiteral(", ") + choice.detail;
    case DetailRole:
        return choice.detail;
    case ValueRole:
        return choice.value;
    case CurrentRole:
        return choice.value == m_current;
    default:
        return {};
    }
}

ChoiceDelegate::ChoiceDelegate(Ticks ticks, QObject *parent) : QStyledItemDelegate(parent), m_ticks(ticks) {}

void ChoiceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    if (selected || hovered)
        painter->fillRect(option.rect, selected ? theme.accent : theme.raised);

    QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    if (m_ticks == Ticks::AtCurrent) {
        if (index.data(ChoiceModel::CurrentRole).toBool()) {
            const QRect tick(rect.left(), rect.center().y() - 7, 16, 16);
            strokeIcon(QStringLiteral("check"), selected ? theme.accentText : theme.accent)
                .paint(painter, tick);
        }
        rect.setLeft(rect.left() + kTickWidth);
    }
    painter->setFont(option.font);
    const QString detail = index.data(ChoiceModel::DetailRole).toString();
    if (!detail.isEmpty()) {
        painter->setPen(selected ? theme.accentText : theme.mutedText);
        const int textWidth = option.fontMetrics.horizontalAdvance(index.data().toString());
        const int room = rect.width() - std::min(textWidth, rect.width() / 2) - 2 * kPadding;
        const int wanted = option.fontMetrics.horizontalAdvance(detail);
        const int width = std::min(wanted, room);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter,
                          wanted <= room ? detail
                                         : option.fontMetrics.elidedText(detail, Qt::ElideRight, room));
        rect.setRight(rect.right() - width - kPadding);
    }
    painter->setPen(selected ? theme.accentText : theme.text);
    const QString text = index.data().toString();
    const bool fits = option.fontMetrics.horizontalAdvance(text) <= rect.width();
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      fits ? text : option.fontMetrics.elidedText(text, Qt::ElideMiddle, rect.width()));
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto textWidth = [&option](const QString &text) {
        return option.fontMetrics.horizontalAdvance(text);
    };
    const QString detail = index.data(ChoiceModel::DetailRole).toString();
    int width = textWidth(index.data().toString()) + 2 * kPadding;
    if (!detail.isEmpty())
        width += textWidth(detail) + 3 * kPadding;
    if (m_ticks == Ticks::AtCurrent)
        width += kTickWidth;
    return {width, std::max(kRowHeight, option.fontMetrics.height() + 8)};
}

ChoicePopup::ChoicePopup(const QString &accessibleName, QWidget *parent)
    : Popup(parent),
      m_search(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_model(new ChoiceModel(this)),
      m_proxy(new QSortFilterProxyModel(this))
{
    setAccessibleName(accessibleName);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search in %1").arg(accessibleName));
    m_search->addAction(strokeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(accessibleName);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new ChoiceDelegate(ChoiceDelegate::Ticks::AtCurrent, m_list));
    m_list->installEventFilter(this);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_proxy);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(5, 5, 5, 5);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_list);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setFilterFixedString(text);
        m_list->setCurrentIndex(m_proxy->index(0, 0));
    });
    connect(m_list, &QListView::clicked, this, &ChoicePopup::choose);
}

void ChoicePopup::setChoices(const QVector<Choice> &choices, const QVariant &current)
{
    m_model->setChoices(choices, current);
    m_search->setVisible(choices.size() >= kSearchFrom);
    setFocusProxy(choices.size() >= kSearchFrom ? static_cast<QWidget *>(m_search) : m_list);
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        if (m_proxy->index(row, 0).data(ChoiceModel::CurrentRole).toBool())
            m_list->setCurrentIndex(m_proxy->index(row, 0));
    }
    const int rows = std::clamp(static_cast<int>(choices.size()), 1, kVisibleRows);
    const int rowHeight = m_list->sizeHintForRow(0) > 0 ? m_list->sizeHintForRow(0) : kRowHeight;
    m_list->setFixedHeight(rows * rowHeight);
    m_list->setMinimumWidth(std::clamp(m_list->sizeHintForColumn(0) + 20, 200, 480));
}

void ChoicePopup::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QVariant value = index.data(ChoiceModel::ValueRole);
    close();
    Q_EMIT chosen(value);
}

bool ChoicePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool moves = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down ||
                           key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown;
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            choose(m_list->currentIndex());
            return true;
        }
        if (moves && watched == m_search) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return Popup::eventFilter(watched, event);
}

void ChoicePopup::showEvent(QShowEvent *event)
{
    m_search->clear();
    m_list->scrollTo(m_list->currentIndex(), QAbstractItemView::PositionAtCenter);
    Popup::showEvent(event);
}

} // namespace genscope
