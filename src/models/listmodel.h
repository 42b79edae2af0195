// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listrows.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QLocale>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace genscope {

/// A list of the workspace as a table: generations by the million, or traces, users, errors. Holds frozen
/// rows and formats the cells that are asked for. Sorting, and reading new columns, happen on a worker: the
/// old rows stay until the new ones arrive, and late answers to old questions are dropped. Roles: roles.h.
/// Where the columns stay, new rows are no reset: a view lays out ten million rows anew for one.
/// @thread GUI
class ListModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListModel)
public:
    ListModel(Workspace *workspace, ListKind kind, QObject *parent = nullptr);
    ~ListModel() override;

    ListKind kind() const { return m_request.kind; }
    /// Never null; empty at first.
    std::shared_ptr<const ListRows> rows() const { return m_rows; }
    /// What the columns will be once loaded.
    const std::vector<std::string> &columnNames() const { return m_request.columns; }
    /// What is sorted by, the deciding column first; never empty.
    const std::vector<ListSort> &sorting() const { return m_request.sort; }
    const std::string &sortColumn() const { return m_request.sort.front().column; }
    Qt::SortOrder sortOrder() const;
    /// The place of a column among those sorted by, from 0; -1 if it is none.
    int sortPlace(const std::string &column) const;
    bool isLoading() const { return m_loading; }

    /// Shows @p selection: of the workspace, or another one.
    /// @param compared  what *Change* holds it against; absent: as long a time, just before
    void setSelection(std::shared_ptr<const Selection> selection,
                      const std::optional<TimeRange> &compared = {});
    void setColumns(const std::vector<std::string> &names);
    /// Without loading what is shown; for restored settings.
    void setSort(const std::string &column, Qt::SortOrder order);
    void setSorting(std::vector<ListSort> sorting);
    /// Sorts by a column alone, or @p also by it after those that are sorted by already. One that decides
    /// already turns round.
    void sortBy(const std::string &column, bool also);
    /// Looks for rows by their ids, in few rows at once, in many on a worker, and calls @p done with their
    /// positions, ascending; not if the rows change meanwhile or @p context dies.
    void locate(QObject *context, std::vector<std::uint32_t> ids, std::function<void(std::vector<int>)> done);
    /// Shows nothing, as before the first selection; what is being loaded is dropped.
    void clear();
    /// How the numbers of a column are drawn.
    CellMark markOf(const std::string &column) const;
    void setMark(const std::string &column, CellMark mark);
    /// The largest numbers of columns, by name, which marks are drawn against.
    void setLargest(QHash<QString, double> largest);
    /// Shows rows that were made elsewhere.
    void setRows(std::shared_ptr<const ListRows> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Starts sorting; the rows change when sorted.
    void sort(int column, Qt::SortOrder order) override;

    /// How a filter made of a cell compares.
    enum class Match { Equal, NotEqual, AtLeast, AtMost };
    /// The filter that the cell stands for; nothing where no filter can say it.
    std::optional<Filter> cellFilter(const QModelIndex &index, Match match) const;
    /// The same for any value of a column.
    std::optional<Filter> valueFilter(const TableColumn &column, const Cell &value, Match match) const;
    /// The filter for what the row is about: of an event its trace, of a summary its key.
    std::optional<Filter> rowFilter(int row) const;
    /// A column's value of the row, whether shown or not, as text; empty where missing or not known.
    QString rowText(int row, const std::string &column) const;

Q_SIGNALS:
    void loadingChanged(bool loading);
    void rowsAboutToChange(); ///< all of them, before a reset too: what is selected by position is lost
    void rowsChanged();
    void rowsLoaded();
    void sortingChanged(); ///< by hand; the rows follow
    void failed(const genscope::Error &error);

private:
    void load();
    void replaceRows(std::shared_ptr<const ListRows> rows);
    void accept(Result<std::shared_ptr<const ListRows>> rows);
    QVariant shareAt(const QModelIndex &index) const;
    CellText textAt(const QModelIndex &index) const;
    QVariant rawAt(const QModelIndex &index) const;
    const TableColumn &column(int section) const
    {
        return m_rows->columns()[static_cast<std::size_t>(section)];
    }

    Workspace *m_workspace;
    ListRequest m_request;
    std::shared_ptr<const ListRows> m_rows;
    int m_count = 0; ///< rows that views know of: fewer than m_rows has, while it changes
    QLocale m_locale;
    bool m_loading = false;
    quint64 m_question = 0; ///< answers to older ones are dropped
    QHash<QString, CellMark> m_marks;
    QHash<QString, double> m_largest;
};

} // namespace genscope
