// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/listview.h"

#include "app/tables/celldelegate.h"
#include "app/tables/listheader.h"
#include "app/tables/pinnedcolumns.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr int kRowHeight = 26;
constexpr std::size_t kKeptSelection = 10'000; ///< more selected rows are not carried through a reset

} // namespace

ListView::ListView(ListModel *model, QWidget *parent)
    : QTableView(parent), m_model(model), m_header(new ListHeader(model, this))
{
    setHorizontalHeader(m_header);
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

    m_header->setSectionsMovable(true);
    showSortArrow();
    connectHeader();
    connect(model, &ListModel::rowsAboutToChange, this, &ListView::beforeReset);
    connect(model, &ListModel::rowsChanged, this, &ListView::afterReset);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT rowActivated(index.row()); });
    connect(this, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (const QModelIndex index = indexAt(at); index.isValid())
            Q_EMIT cellMenuRequested(index, viewport()->mapToGlobal(at));
    });
}

void ListView::connectHeader()
{
    connect(m_header, &ListHeader::sortRequested, this, [this](int section, bool also) {
        if (section < 0 || section >= m_model->columnCount())
            return;
        m_model->sortBy(m_model->rows()->columns()[static_cast<std::size_t>(section)].name, also);
        showSortArrow();
    });
    connect(m_header, &QHeaderView::sortIndicatorChanged, this, [this](int section, Qt::SortOrder order) {
        if (section >= 0 && !m_header->isClicking())
            m_model->sort(section, order);
    });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] {
        arrangePinned();
        Q_EMIT columnsArranged();
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        if (section >= m_model->columnCount() || m_restoring)
            return;
        const auto &column = m_model->rows()->columns()[static_cast<std::size_t>(section)];
        m_widths[QString::fromStdString(column.name)] = width;
        arrangePinned();
        Q_EMIT columnsArranged();
    });
    connect(m_header, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        Q_EMIT headerMenuRequested(m_header->logicalIndexAt(at), m_header->mapToGlobal(at));
    });
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

bool ListView::setColumnOrder(const std::vector<std::string> &names)
{
    const std::vector<std::string> shown = columnOrder();
    if (!std::is_permutation(names.begin(), names.end(), shown.begin(), shown.end()))
        return false;
    {
        const QSignalBlocker quiet(m_header);
        for (std::size_t i = 0; i < names.size(); ++i)
            m_header->moveSection(m_header->visualIndex(m_model->rows()->columnIndex(names[i])),
                                  static_cast<int>(i));
    }
    arrangeColumns();
    return true;
}

RowRanges ListView::selectedRanges() const
{
    RowRanges ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.push_back({static_cast<std::size_t>(range.top()), static_cast<std::size_t>(range.bottom())});
    std::sort(ranges.begin(), ranges.end(),
              [](const RowRange &a, const RowRange &b) { return a.first < b.first; });
    RowRanges merged;
    for (const RowRange &range : ranges) {
        if (!merged.empty() && range.first <= merged.back().last + 1)
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    return merged;
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
    if (selectedRowCount() <= kKeptSelection)
        forEachPosition(selectedRanges(), [this](std::size_t position) {
            m_selectedIds.push_back(m_model->rows()->rowId(position));
            return true;
        });
    std::sort(m_selectedIds.begin(), m_selectedIds.end());
    selectionModel()->reset(); // else it would select what comes to these places
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
    arrangePinned();
}

void ListView::setPinned(const std::string &column, bool pinned)
{
    std::vector<std::string> columns = m_pinned;
    columns.erase(std::remove(columns.begin(), columns.end(), column), columns.end());
    if (pinned)
        columns.push_back(column);
    setPinnedColumns(std::move(columns));
    Q_EMIT columnsArranged();
}

void ListView::setPinnedColumns(std::vector<std::string> columns)
{
    m_pinned = std::move(columns);
    arrangePinned();
}

/// Pinned columns are the first from the left, and a second view over them stands still.
void ListView::arrangePinned()
{
    std::vector<int> sections;
    for (const std::string &name : m_pinned)
        if (const int section = m_model->rows()->columnIndex(name); section >= 0)
            sections.push_back(section);
    {
        const QSignalBlocker quiet(m_header);
        for (std::size_t i = 0; i < sections.size(); ++i)
            m_header->moveSection(m_header->visualIndex(sections[i]), static_cast<int>(i));
    }
    if (sections.empty()) {
        if (m_frozen != nullptr) {
            m_frozen->hide();
            std::exchange(m_frozen, nullptr)->deleteLater();
        }
        return;
    }
    if (m_frozen == nullptr)
        m_frozen = new PinnedColumns(this);
    m_frozen->show();
    m_frozen->showColumns(sections);
    viewport()->update();
}

int ListView::columnLeft(int section) const
{
    if (m_frozen != nullptr && m_frozen->shows(section))
        return m_frozen->columnViewportPosition(section);
    return columnViewportPosition(section);
}

void ListView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    QTableView::scrollTo(index, hint);
    if (m_frozen == nullptr || m_frozen->shows(index.column()))
        return;
    const int hidden = m_frozen->width() - columnViewportPosition(index.column());
    if (hidden > 0) // below the pinned columns
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
}

void ListView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_frozen != nullptr)
        m_frozen->place();
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
    std::vector<std::uint32_t> ids = m_selectedIds;
    if (m_currentId)
        ids.push_back(*m_currentId);
    m_model->locate(this, ids, [this, before = currentIndex()](const std::vector<int> &found) {
        if (currentIndex() == before) // else the user was faster
            selectAgain(found);
    });
}

void ListView::selectAgain(const std::vector<int> &rows)
{
    const std::vector<std::uint32_t> ids = m_selectedIds;
    const bool restoring = std::exchange(m_restoring, true);
    QItemSelection selection;
    for (const int row : rows) {
        const std::uint32_t id = m_model->rows()->rowId(static_cast<std::size_t>(row));
        const int last = m_model->columnCount() - 1;
        if (m_currentId == id) {
            const QModelIndex current = m_model->index(row, std::clamp(m_currentColumn, 0, last));
            selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
            scrollTo(current);
        }
        if (std::binary_search(ids.begin(), ids.end(), id))
            selection.select(m_model->index(row, 0), m_model->index(row, last));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_restoring = restoring;
    if (!restoring)
        Q_EMIT selectedRowsChanged();
}

int ListView::defaultWidth(const TableColumn &column) const
{
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int title = fontMetrics().horizontalAdvance(column.title) + 44; // and the sort arrow and its place
    switch (column.style) {
    case CellStyle::Instant:
        return std::max(title, digit * 19);
    case CellStyle::Id:
        return std::max(title, digit * 16);
    case CellStyle::Model:
        return std::max(title, digit * 21);
    case CellStyle::Error:
        return std::max(title, digit * (keyColumnOf(m_model->kind()) == column.name ? 42 : 24));
    case CellStyle::Number:
    case CellStyle::Rise:
    case CellStyle::Fall:
        // Small amounts have many digits: $0.0000123.
        return std::max(title, digit * (column.parts.size() > 1 ? 25 : column.unit == Unit::Usd ? 13 : 11));
    case CellStyle::Text:
    case CellStyle::Link:
        return std::max(title, digit * (column.name == "user" ? 22 : 20));
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
    if (m_frozen != nullptr)
        m_frozen->horizontalHeader()->viewport()->update();
}

} // namespace genscope
