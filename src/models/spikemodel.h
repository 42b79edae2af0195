// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/spikes/spike.h"
#include "core/zone.h"

#include <vector>

namespace genscope {

/// Spikes, strongest first. Roles: roles.h. @thread GUI
class SpikeModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpikeModel)
public:
    enum Column {
        WhoColumn,
        FromColumn,
        ToColumn,
        TrendColumn,
        UsualColumn,
        ObservedColumn,
        FactorColumn,
        CallsColumn,
        CostColumn,
        DriverColumn,
        ColumnCount
    };

    explicit SpikeModel(QObject *parent = nullptr);
    void setSpikes(std::vector<Spike> spikes, const SpikeQuery &query, const Zone &zone);
    const Spike *spikeAt(int row) const; ///< null where there is none
    /// The row of the same value and measure that overlaps @p spike, or -1.
    int rowOf(const Spike &spike) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const Spike &spike, Column column) const;

    std::vector<Spike> m_spikes;
    SpikeQuery m_query;
    Zone m_zone;
};

} // namespace genscope
