// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/listview.h"

#include "app/tables/celldelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>
#include <unordered_set>

namespace genscope {

namespace {

constexpr int kRowHeight = 26;
constexpr int kHeaderHeight = 28;
constexpr std::size_t kKeptSelection = 10'000; ///< more selected rows are not carried through a reset

} // namespace

ListView::ListView(ListModel *model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setItemDelegate(new CellDelegate(this));
    setModel(model);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false); // Tab leaves the table
    setCornerButtonEnabled(false);
    setContextMenuPolicy(Qt::CustomContextMenu);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(kRowHeight);
    verticalHeader()->setDefaultSectionSize(kRowHeight);

    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setFixedHeight(kHeaderHeight);
    header->setMinimumSectionSize(40);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setSortIndicatorShown(true);
    header->setSectionsClickable(true);
    header->setTextElideMode(Qt::ElideRight);
    showSortArrow();
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int section, Qt::SortOrder order) {
        if (section >= 0)
            m_model->sort(section, order);
    });
    connect(header, &QHeaderView::sectionMoved, this, &ListView::columnsArranged);
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        if (section >= m_model->columnCount() || m_restoring)
            return;
        const auto &column = m_model->rows()->columns()[static_cast<std::size_t>(section)];
        m_widths[QString::fromStdString(column.name)] = width;
        Q_EMIT columnsArranged();
    });
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &ListView::beforeReset);
    connect(model, &QAbstractItemModel::modelReset, this, &ListView::afterReset);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT rowActivated(index.row()); });
}

std::vector<std::string> ListView::columnOrder() const
{
    std::vector<std::string> names;
    const auto &columns = m_model->rows()->columns();
    for (int visual = 0; visual < static_cast<int>(columns.size()); ++visual) {
        const int logical = horizontalHeader()->logicalIndex(visual);
        if (logical >= 0)
            names.push_back(columns[static_cast<std::size_t>(logical)].name);
    }
    return names;
}

std::vector<int> ListView::selectedRows() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

std::size_t ListView::selectedRowCount() const
{
    std::size_t count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += static_cast<std::size_t>(range.height());
    return count;
}

void ListView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            Q_EMIT rowActivated(currentRow());
        return;
    case Qt::Key_Escape:
        Q_EMIT escapePressed();
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

void ListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_restoring && current.isValid() && current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

void ListView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_restoring)
        Q_EMIT selectedRowsChanged();
}

void ListView::beforeReset()
{
    m_restoring = true;
    m_idsOf = m_model->rows()->selection();
    m_currentColumn = std::max(0, currentIndex().column());
    m_currentId.reset();
    if (currentIndex().isValid())
        m_currentId = m_model->rows()->rowId(static_cast<std::size_t>(currentRow()));
    m_selectedIds.clear();
    if (selectedRowCount() > kKeptSelection)
        return;
    for (const int row : selectedRows())
        m_selectedIds.push_back(m_model->rows()->rowId(static_cast<std::size_t>(row)));
}

void ListView::afterReset()
{
    arrangeColumns();
    restoreRows();
    m_restoring = false;
    Q_EMIT selectedRowsChanged();
}

void ListView::arrangeColumns()
{
    std::vector<std::string> names;
    for (const TableColumn &column : m_model->rows()->columns())
        names.push_back(column.name);
    QHeaderView *header = horizontalHeader();
    if (names != m_arranged) {
        m_arranged = names;
        const QSignalBlocker quiet(header);
        for (int logical = 0; logical < header->count(); ++logical)
            header->moveSection(header->visualIndex(logical), logical);
    }
    for (int logical = 0; logical < header->count(); ++logical) {
        const TableColumn &column = m_model->rows()->columns()[static_cast<std::size_t>(logical)];
        header->resizeSection(logical,
                              m_widths.value(QString::fromStdString(column.name), defaultWidth(column)));
    }
    showSortArrow();
}

/// Row ids of events hold for every snapshot; those of summaries only for the same table.
void ListView::restoreRows()
{
    const ListRows &rows = *m_model->rows();
    const bool sameIds = isEventList(m_model->kind()) ? m_idsOf && rows.selection()->reader == m_idsOf->reader
                                                      : rows.selection() == m_idsOf;
    m_idsOf.reset();
    if (!sameIds || (!m_currentId && m_selectedIds.empty()))
        return;
    const std::unordered_set<std::uint32_t> wanted(m_selectedIds.begin(), m_selectedIds.end());
    QItemSelection selection;
    int current = -1;
    for (std::size_t position = 0; position < rows.size(); ++position) {
        const std::uint32_t id = rows.rowId(position);
        const int row = static_cast<int>(position);
        if (m_currentId == id)
            current = row;
        if (!wanted.empty() && wanted.count(id) > 0)
            selection.select(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    }
    if (current >= 0) {
        const int column = std::min(m_currentColumn, m_model->columnCount() - 1);
        selectionModel()->setCurrentIndex(m_model->index(current, column), QItemSelectionModel::NoUpdate);
        scrollTo(m_model->index(current, column));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

int ListView::defaultWidth(const TableColumn &column) const
{
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int title = fontMetrics().horizontalAdvance(column.title) + 36; // and the sort arrow
    switch (column.style) {
    case CellStyle::Instant:
        return std::max(title, digit * 20);
    case CellStyle::Id:
        return std::max(title, digit * 17);
    case CellStyle::Model:
        return std::max(title, digit * 25);
    case CellStyle::Error:
        return std::max(title, digit * (keyColumnOf(m_model->kind()) == column.name ? 70 : 24));
    case CellStyle::Number:
    case CellStyle::Rise:
    case CellStyle::Fall:
        return std::max(title, digit * (column.parts.size() > 1 ? 25 : 13));
    case CellStyle::Text:
    case CellStyle::Link:
        return std::max(title, digit * 24);
    }
    return title;
}

/// The arrow follows what was asked for at once, whichever way it was asked.
void ListView::showSortArrow()
{
    const QSignalBlocker quiet(horizontalHeader());
    const int section = m_model->rows()->columnIndex(m_model->sortColumn());
    horizontalHeader()->setSortIndicator(section, m_model->sortOrder());
    horizontalHeader()->viewport()->update();
}

} // namespace genscope
