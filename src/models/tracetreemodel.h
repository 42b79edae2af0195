// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tracedetail.h"

#include <QAbstractItemModel>
#include <QLocale>

#include <memory>
#include <vector>

namespace genscope {

/// The events of one trace as a tree. Roles: roles.h; RowIdRole is the snapshot row. @thread GUI
class TraceTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceTreeModel)
public:
    enum Column {
        NameColumn,
        ModelColumn,
        LatencyColumn,
        CostColumn,
        TokensColumn,
        OffsetColumn,
        ErrorColumn,
        ColumnCount
    };

    explicit TraceTreeModel(QObject *parent = nullptr);

    void setTrace(std::shared_ptr<const TraceDetail> trace); ///< null: nothing
    const std::shared_ptr<const TraceDetail> &trace() const { return m_trace; }
    /// The first column of the event at snapshot row @p row; invalid if it is not in the tree.
    QModelIndex indexOfRow(std::uint32_t row) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const std::vector<int> &childrenOf(const QModelIndex &parent) const;
    QString textAt(const TraceEvent &event, int column) const;
    QVariant rawAt(const TraceEvent &event, int column) const;

    std::shared_ptr<const TraceDetail> m_trace;
    std::vector<std::vector<int>> m_children; ///< per event, and of the trace at the end
    std::vector<int> m_rowOf;                 ///< position of an event below its parent
    QLocale m_locale;
};

/// `Generation`, `Span` ... for people.
QString eventKindTitle(EventKind kind);

} // namespace genscope
