// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listmodel.h"

#include <QHash>
#include <QTableView>

namespace genscope {

/// The table of a list: dense rows with hairlines, columns that can be moved, resized and sorted. Keeps the
/// selected rows through sorting and new data, and the widths of columns by their names.
class ListView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListView)
public:
    explicit ListView(ListModel *model, QWidget *parent = nullptr);

    /// Shown columns from left to right.
    std::vector<std::string> columnOrder() const;
    const QHash<QString, int> &columnWidths() const { return m_widths; }
    void setColumnWidths(const QHash<QString, int> &widths) { m_widths = widths; }

    std::vector<int> selectedRows() const; ///< ascending
    std::size_t selectedRowCount() const;  ///< without listing them
    int currentRow() const { return currentIndex().row(); }

Q_SIGNALS:
    void currentRowChanged(int row);
    void selectedRowsChanged();
    void rowActivated(int row); ///< Enter or double click
    void escapePressed();
    void copyRequested();
    void columnsArranged(); ///< moved or resized by hand

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void beforeReset();
    void afterReset();
    void arrangeColumns();
    void restoreRows();
    int defaultWidth(const TableColumn &column) const;
    void showSortArrow();

    ListModel *m_model;
    QHash<QString, int> m_widths;
    std::vector<std::string> m_arranged; ///< the columns that the header is arranged for
    std::vector<std::uint32_t> m_selectedIds;
    std::optional<std::uint32_t> m_currentId;
    std::shared_ptr<const Selection> m_idsOf;
    int m_currentColumn = 0;
    bool m_restoring = false;
};

} // namespace genscope
