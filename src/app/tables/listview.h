// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listmodel.h"

#include <QHash>
#include <QTableView>

namespace genscope {

class ListHeader;
class PinnedColumns;

/// The table of a list: dense rows with hairlines, columns that can be moved, resized, pinned at the left and
/// sorted by. Keeps the selected rows through sorting and new data, and the widths of columns by their names.
class ListView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListView)
public:
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    explicit ListView(ListModel *model, QWidget *parent = nullptr);

    ListModel *listModel() const { return m_model; }

    /// Shown columns from left to right.
    std::vector<std::string> columnOrder() const;
    /// Moves the shown columns to this order, if they are those. @return whether they are
    bool setColumnOrder(const std::vector<std::string> &names);
    const QHash<QString, int> &columnWidths() const { return m_widths; }
    void setColumnWidths(const QHash<QString, int> &widths) { m_widths = widths; }

    /// Columns that stay at the left while the others scroll, by name.
    const std::vector<std::string> &pinnedColumns() const { return m_pinned; }
    void setPinned(const std::string &column, bool pinned);
    void setPinnedColumns(std::vector<std::string> columns);
    /// Moves the pinned columns to the left and shows them in the view of their own.
    void arrangePinned();
    PinnedColumns *pinnedView() const { return m_frozen; } ///< null while nothing is pinned
    /// Where a column is seen, pinned or not, in the view's coordinates.
    int columnLeft(int section) const;

    RowRanges selectedRanges() const;
    std::size_t selectedRowCount() const; ///< without listing them
    int currentRow() const { return currentIndex().row(); }

Q_SIGNALS:
    void currentRowChanged(int row);
    void selectedRowsChanged();
    void rowActivated(int row); ///< Enter or double click
    void escapePressed();
    void copyRequested();
    void cellMenuRequested(const QModelIndex &cell, const QPoint &global);
    void headerMenuRequested(int section, const QPoint &global);
    void columnsArranged(); ///< moved or resized by hand

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void beforeReset();
    void afterReset();
    void arrangeColumns();
    void restoreRows();
    void selectAgain(const std::vector<int> &rows);
    void connectHeader();
    int defaultWidth(const TableColumn &column) const;
    void showSortArrow();

    ListModel *m_model;
    ListHeader *m_header;
    PinnedColumns *m_frozen = nullptr;
    std::vector<std::string> m_pinned;
    QHash<QString, int> m_widths;
    std::vector<std::string> m_arranged; ///< the columns that the header is arranged for
    std::vector<std::uint32_t> m_selectedIds;
    std::optional<std::uint32_t> m_currentId;
    std::shared_ptr<const Selection> m_idsOf;
    int m_currentColumn = 0;
    bool m_restoring = false;
};

} // namespace genscope
