// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/decimal.h"

#include <QLocale>
#include <QString>

#include <optional>
#include <vector>

namespace genscope {

/// One rate that an update or a file would change.
struct PriceChangeLine
{
    QString model;
    QString provider; ///< empty: any
    QString rate;     ///< `Input`, `Cache read`
    bool perToken = true;
    std::optional<Decimal> before; ///< USD for one; absent: not priced so far
    Decimal after;
    QString note;  ///< worth knowing: when it begins, what it drops; may be empty
    int price = 0; ///< lines of one price are taken or left together
};

/// What would change, with a box to tick for each price: unticked prices are left as they are.
/// @thread GUI
class PriceChangesModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceChangesModel)
public:
    enum Column {
        ModelColumn,
        ProviderColumn,
        RateColumn,
        BeforeColumn,
        AfterColumn,
        PercentColumn,
        NoteColumn,
        ColumnCount
    };

    explicit PriceChangesModel(std::vector<PriceChangeLine> lines, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setAllChosen(bool chosen);
    bool isChosen(int price) const { return m_chosen[static_cast<std::size_t>(price)]; }
    int chosenPrices() const;
    int priceCount() const { return static_cast<int>(m_chosen.size()); }

Q_SIGNALS:
    void chosenChanged();

private:
    QString text(const PriceChangeLine &line, Column column) const;

    std::vector<PriceChangeLine> m_lines;
    std::vector<bool> m_chosen; ///< by price
    QLocale m_locale;
};

/// `+12.5 %`, with its sign; empty where there is nothing to compare with.
QString changePercent(const std::optional<Decimal> &before, const Decimal &after, const QLocale &locale);

} // namespace genscope
