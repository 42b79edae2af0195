// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spikemodel.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"
#include "workspace/spikesearch.h"
#include "workspace/spikewords.h"

#include <QVector>

namespace genscope {

SpikeModel::SpikeModel(QObject *parent) : QAbstractTableModel(parent) {}

void SpikeModel::setSpikes(std::vector<Spike> spikes, const SpikeQuery &query, const Zone &zone)
{
    beginResetModel();
    m_spikes = std::move(spikes);
    m_query = query;
    m_zone = zone;
    endResetModel();
}

const Spike *SpikeModel::spikeAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_spikes.size()
               ? &m_spikes[static_cast<std::size_t>(row)]
               : nullptr;
}

int SpikeModel::rowOf(const Spike &spike) const
{
    for (std::size_t row = 0; row < m_spikes.size(); ++row) {
        if (isSameSpike(m_spikes[row], spike))
            return static_cast<int>(row);
    }
    return -1;
}

int SpikeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_spikes.size());
}

int SpikeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SpikeModel::text(const Spike &spike, Column column) const
{
    const QLocale locale;
    switch (column) {
    case WhoColumn:
        return spikeWho(spike, m_query);
    case FromColumn:
        return spikeMinute(spike.from, m_zone, locale);
    case ToColumn:
        return spikeMinute(spike.to, m_zone, locale);
    case TrendColumn:
        break;
    case UsualColumn:
        return spikeAmount(spike, spike.baseline, locale);
    case ObservedColumn:
        return spikeAmount(spike, spike.observed, locale);
    case FactorColumn:
        return spikeFactor(spike, locale);
    case CallsColumn:
        return formatCount(spike.generations, locale);
    case CostColumn:
        return spike.cost ? formatMoney(*spike.cost, locale) : QStringLiteral("–");
    case DriverColumn:
        return spike.drivers.empty() ? QStringLiteral("–") : driverText(spike.drivers.front());
    case ColumnCount:
        break;
    }
    return {};
}

QVariant SpikeModel::data(const QModelIndex &index, int role) const
{
    const Spike *spike = index.isValid() ? spikeAt(index.row()) : nullptr;
    if (spike == nullptr)
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole:
        return text(*spike, column);
    case Qt::ToolTipRole:
        return plainToolTip(spikeSentences(*spike, m_query, m_zone, QLocale()).join(QLatin1Char('\n')));
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case TrendRole:
        return column == TrendColumn
                   ? QVariant::fromValue(QVector<double>(spike->trend.begin(), spike->trend.end()))
                   : QVariant();
    case StyleRole:
        if (column == WhoColumn)
            return static_cast<int>(m_query.by && m_query.by->id == Field::Id::Model ? CellStyle::Model
                                                                                     : CellStyle::Text);
        if (column == FromColumn || column == ToColumn)
            return static_cast<int>(CellStyle::Instant);
        return static_cast<int>(column == DriverColumn ? CellStyle::Text : CellStyle::Number);
    default:
        return {};
    }
}

QVariant SpikeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section >= UsualColumn && section <= CostColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                                        : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case WhoColumn:
        return tr("Where");
    case FromColumn:
        return tr("From");
    case ToColumn:
        return tr("To");
    case TrendColumn:
        return tr("Before and after");
    case UsualColumn:
        return tr("Usual");
    case ObservedColumn:
        return tr("Observed");
    case FactorColumn:
        return tr("Factor");
    case CallsColumn:
        return tr("Calls");
    case CostColumn:
        return tr("Cost");
    case DriverColumn:
        return tr("Stands out");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace genscope
