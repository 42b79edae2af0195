// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/propertyview.h"

#include "app/tables/celldelegate.h"
#include "charts/theme.h"
#include "models/tablecolumns.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kSearchDelayMs = 200;
constexpr int kExpandedMatches = 200; ///< more would cost more than a frame to open
constexpr qsizetype kLongestFilterValue = 500;

} // namespace

PropertyView::PropertyView(QWidget *parent)
    : QWidget(parent),
      m_model(new PropertyModel(this)),
      m_tree(new QTreeView),
      m_search(new QLineEdit),
      m_matches(new QLabel),
      m_searchTimer(new QTimer(this))
{
    m_search->setPlaceholderText(tr("Search names and values"));
    m_search->setAccessibleName(tr("Search names and values"));
    m_search->setClearButtonEnabled(true);
    m_matches->setForegroundRole(QPalette::PlaceholderText);
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
    softenSelection(m_tree, Theme::of(palette()));
    m_tree->setAccessibleName(tr("Properties"));
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setIndentation(16);
    m_tree->header()->resizeSection(PropertyModel::NameColumn, 220);
    m_tree->header()->setStretchLastSection(true);
    m_tree->installEventFilter(this);
    m_searchTimer->setSingleShot(true);
    m_searchTimer->setInterval(kSearchDelayMs);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 8, 8, 0);
    top->addWidget(m_search, 1);
    top->addWidget(m_matches);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);

    connect(m_search, &QLineEdit::textChanged, m_searchTimer, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &PropertyView::search);
    connect(m_searchTimer, &QTimer::timeout, this, &PropertyView::search);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &PropertyView::menuAt);
}

void PropertyView::setProperties(std::shared_ptr<const JsonTree> tree, const JsonValue &object,
                                 const PropertyPath &scope)
{
    m_scope = scope;
    m_model->setProperties(std::move(tree), object);
    if (!m_search->text().isEmpty())
        search(); // the search goes along from event to event
}

void PropertyView::clear()
{
    m_model->clear();
    m_matches->clear();
}

void PropertyView::search()
{
    m_searchTimer->stop();
    const QString text = m_search->text();
    const int matches = m_model->setSearch(text);
    m_matches->setText(text.isEmpty() ? QString() : tr("%n match(es)", nullptr, matches));
    if (!text.isEmpty() && matches <= kExpandedMatches)
        m_tree->expandAll();
}

void PropertyView::copyCurrent()
{
    const QModelIndex index = m_tree->currentIndex();
    if (index.isValid())
        QGuiApplication::clipboard()->setText(
            index.siblingAtColumn(PropertyModel::ValueColumn).data(FullTextRole).toString());
}

bool PropertyView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        copyCurrent();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PropertyView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        softenSelection(m_tree, Theme::of(palette()));
}

void PropertyView::menuAt(const QPoint &at)
{
    const QModelIndex index = m_tree->indexAt(at);
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    QMenu menu(this);
    const QString name = m_model->propertyName(index);
    const QModelIndex valueIndex = index.siblingAtColumn(PropertyModel::ValueColumn);
    const auto type = static_cast<JsonType>(valueIndex.data(JsonTypeRole).toInt());
    const bool scalar = type == JsonType::String || type == JsonType::Number || type == JsonType::Boolean;
    const QString value = scalar ? valueIndex.data(FullTextRole).toString() : QString();
    if (!name.isEmpty() && scalar && value.size() <= kLongestFilterValue) {
        PropertyPath path = m_scope;
        path.name = name.toStdString();
        if (const auto field = Field::parse(propertyColumnName(path))) {
            const Filter filter = Filter::equals(*field, value.toStdString());
            menu.addAction(tr("Filter to this"), this, [this, filter] { Q_EMIT filterRequested(filter); });
            menu.addAction(tr("Exclude this"), this,
                           [this, filter] { Q_EMIT filterRequested(filter.negated()); });
            menu.addSeparator();
        }
    }
    menu.addAction(tr("Copy value"), this, &PropertyView::copyCurrent);
    menu.addAction(tr("Copy name"), this, [index] {
        QGuiApplication::clipboard()->setText(
            index.siblingAtColumn(PropertyModel::NameColumn).data(FullTextRole).toString());
    });
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

} // namespace genscope
