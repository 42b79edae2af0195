// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tracedetail.h"

#include <QAbstractItemModel>
#include <QLocale>

#include <memory>
#include <vector>

namespace genscope {

/// Which steps of a trace a tree holds; what is above them always stays.
enum class TraceSteps { All, Failed, Critical };

/// The events of one trace as a tree. Roles: roles.h and below; RowIdRole is the snapshot row. @thread GUI
class TraceTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceTreeModel)
public:
    enum Column {
        NameColumn,
        TimelineColumn, ///< drawn as bars; words for who cannot see them
        ModelColumn,
        LatencyColumn,
        CostColumn,
        TokensColumn,
        OffsetColumn,
        ErrorColumn,
        ColumnCount
    };
    /// Beside those of roles.h.
    enum Role {
        MatchRole = Qt::UserRole + 64, ///< true where a search found something
        EventKindRole,                 ///< EventKind as int
        CriticalRole,                  ///< true on the critical path
    };

    explicit TraceTreeModel(QObject *parent = nullptr);

    void setTrace(std::shared_ptr<const TraceDetail> trace); ///< null: nothing
    const std::shared_ptr<const TraceDetail> &trace() const { return m_trace; }
    void setShown(TraceSteps steps);
    TraceSteps shown() const { return m_steps; }
    int shownCount() const { return static_cast<int>(m_list.size()); }
    /// What a search found: indices in TraceDetail::events.
    void setMatches(const std::vector<int> &events);

    /// The first column of the event at snapshot row @p row; invalid if it is not in the tree.
    QModelIndex indexOfRow(std::uint32_t row) const;
    /// The same by index in TraceDetail::events.
    QModelIndex indexOfEvent(int event) const;
    /// Index in TraceDetail::events; -1 for an invalid index.
    static int eventOf(const QModelIndex &index)
    {
        return index.isValid() ? static_cast<int>(index.internalId()) : -1;
    }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override { return rowCount(parent) > 0; }
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// A text, and which end of it is drawn lighter.
    struct Words
    {
        QString text;
        QString unit = {};
    };
    void arrange();
    std::size_t groupOf(const QModelIndex &parent) const
    {
        return parent.isValid() ? parent.internalId() + 1 : 0;
    }
    Words wordsAt(const TraceEvent &event, int column) const;
    Words nameOf(const TraceEvent &event) const;
    QString timelineText(const TraceEvent &event) const;
    QString toolTip(const TraceEvent &event, int column) const;
    QVariant rawAt(const TraceEvent &event, int column) const;

    std::shared_ptr<const TraceDetail> m_trace;
    TraceSteps m_steps = TraceSteps::All;
    std::vector<int> m_list; ///< shown events, by parent
    std::vector<std::size_t>
        m_begin;                 ///< where a parent's children begin in it: the trace's, then each event's
    std::vector<int> m_rowOf;    ///< position of an event below its parent; -1: not shown
    std::vector<bool> m_matches; ///< by event; empty if nothing is searched
    QLocale m_locale;
};

/// `Generation`, `Span` ... for people.
QString eventKindTitle(EventKind kind);

} // namespace genscope
