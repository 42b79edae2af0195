// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/zone.h"
#include "sync/capturestatus.h"

namespace genscope {

/// A list that grows at one end and forgets at the other, the newest in row 0. Rows move down as others come:
/// what was selected stays selected.
class NewestFirstModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NewestFirstModel)
public:
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows);
    }

protected:
    explicit NewestFirstModel(QObject *parent) : QAbstractTableModel(parent) {}

    /// Tells views about the step to @p rows rows of which the newest has the number @p end - 1, and lets
    /// @p take replace them.
    template<typename Take>
    void advance(std::int64_t rows, std::int64_t end, Take take);
    /// Forgets that many of the oldest.
    virtual void forget(std::size_t oldest) = 0;
    /// The place in the list, which has the newest last.
    std::size_t placeOf(int row) const { return static_cast<std::size_t>(m_rows - 1 - row); }

private:
    std::int64_t m_rows = 0;
    std::int64_t m_end = 0;
};

/// The events that came in last. Roles: roles.h. @thread GUI
class CapturedEventModel final : public NewestFirstModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CapturedEventModel)
public:
    enum Column {
        ReceivedColumn,
        EventColumn,
        ModelColumn,
        UserColumn,
        InputColumn,
        OutputColumn,
        LatencyColumn,
        NameColumn,
        TraceColumn,
        ColumnCount
    };

    explicit CapturedEventModel(QObject *parent = nullptr) : NewestFirstModel(parent) {}

    void setStatus(const CaptureStatus &status, const Zone &zone);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void forget(std::size_t oldest) override;
    QString text(const CapturedEvent &event, Column column) const;

    std::deque<CapturedEvent> m_events;
    Zone m_zone;
};

/// What went wrong last. Roles: roles.h. @thread GUI
class CaptureTroubleModel final : public NewestFirstModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaptureTroubleModel)
public:
    enum Column { TimeColumn, StatusColumn, PlaceColumn, ReasonColumn, ColumnCount };

    explicit CaptureTroubleModel(QObject *parent = nullptr) : NewestFirstModel(parent) {}

    void setStatus(const CaptureStatus &status, const Zone &zone);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void forget(std::size_t oldest) override;

    std::deque<CaptureTrouble> m_troubles;
    Zone m_zone;
};

} // namespace genscope
