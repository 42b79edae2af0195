// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/columnchooser.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kNameRole = Qt::UserRole;
constexpr int kRowHeight = 24;

std::string nameOf(const QListWidgetItem *item)
{
    return item->data(kNameRole).toString().toStdString();
}

} // namespace

ColumnChooser::ColumnChooser(ListKind kind, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_kind(kind), m_search(new QLineEdit), m_list(new QListWidget)
{
    setFrameShape(QFrame::StyledPanel);
    m_search->setPlaceholderText(tr("Find a column or property"));
    m_search->setAccessibleName(tr("Find a column or property"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Columns"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    auto *resetButton = new QPushButton(tr("Default columns"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(resetButton);
    resize(320, 440);

    connect(m_search, &QLineEdit::textChanged, this, &ColumnChooser::applySearch);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnChooser::takeChange);
    connect(resetButton, &QPushButton::clicked, this, &ColumnChooser::reset);
    for (const std::string &name : tableColumnNames(kind))
        addItem(name);
}

void ColumnChooser::setShown(const std::vector<std::string> &shown)
{
    m_shown = shown;
    for (const std::string &name : shown)
        addItem(name);
    m_filling = true;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        const bool on = std::find(shown.begin(), shown.end(), nameOf(item)) != shown.end();
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void ColumnChooser::addProperties(const std::vector<PropertyPath> &paths)
{
    for (const PropertyPath &path : paths)
        addItem(propertyColumnName(path));
    applySearch(m_search->text());
}

void ColumnChooser::addItem(const std::string &name)
{
    const QString text = QString::fromStdString(name);
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->data(kNameRole).toString() == text)
            return;
    const TableColumn column = tableColumn(m_kind, name);
    const bool property = name.find('.') != std::string::npos;
    m_filling = true;
    auto *item = new QListWidgetItem(property ? text : column.title, m_list);
    item->setData(kNameRole, text);
    item->setSizeHint({0, kRowHeight});
    item->setToolTip(plainToolTip(column.hint.isEmpty() ? text : column.hint));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    const bool on = std::find(m_shown.begin(), m_shown.end(), name) != m_shown.end();
    item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    m_filling = false;
}

void ColumnChooser::applySearch(const QString &text)
{
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        const bool hit = item->text().contains(text, Qt::CaseInsensitive) ||
                         item->data(kNameRole).toString().contains(text, Qt::CaseInsensitive);
        item->setHidden(!hit);
    }
}

void ColumnChooser::takeChange(QListWidgetItem *item)
{
    if (m_filling)
        return;
    const std::string name = nameOf(item);
    const auto shown = std::find(m_shown.begin(), m_shown.end(), name);
    if (item->checkState() == Qt::Checked && shown == m_shown.end()) {
        m_shown.push_back(name);
    } else if (item->checkState() == Qt::Unchecked && shown != m_shown.end()) {
        if (m_shown.size() == 1) { // a table without columns could not be undone from its header
            item->setCheckState(Qt::Checked);
            return;
        }
        m_shown.erase(shown);
    }
    Q_EMIT columnsChosen(m_shown);
}

void ColumnChooser::reset()
{
    setShown(shownByDefault(m_kind));
    Q_EMIT columnsChosen(m_shown);
}

void ColumnChooser::popupBelow(QWidget *anchor)
{
    QPoint at = anchor->mapToGlobal(QPoint(anchor->width() - width(), anchor->height() + 4));
    const QRect screen = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    at.setY(std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
    move(at);
    m_search->clear();
    show();
    m_search->setFocus();
}

bool ColumnChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down) {
            m_list->setFocus();
            if (m_list->currentRow() < 0)
                m_list->setCurrentRow(0);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace genscope
