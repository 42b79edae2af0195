// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "models/pricelines.h"

#include <optional>
#include <vector>

namespace genscope {

/// Prices as a table. Roles: roles.h; money is USD per million tokens, sorted by its value.
/// @thread GUI
class PriceTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceTableModel)
public:
    enum Column {
        ModelColumn,
        ProviderColumn,
        InputColumn,
        OutputColumn,
        CacheReadColumn,
        CacheWriteColumn,
        TierColumn,
        OtherColumn,
        FromColumn,
        ToColumn,
        SourceColumn,
        GenerationsColumn,
        CostColumn,
        ColumnCount
    };

    explicit PriceTableModel(QObject *parent = nullptr);

    void setLines(std::vector<PriceLine> lines);
    const PriceLine &line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const PriceLine &line, Column column) const;
    static QVariant sortValue(const PriceLine &line, Column column);

    std::vector<PriceLine> m_lines;
    QLocale m_locale;
};

/// The prices that a search and a source leave, sorted; missing values last whichever way.
class PriceTableProxy final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceTableProxy)
public:
    explicit PriceTableProxy(PriceTableModel *model, QObject *parent = nullptr);

    /// Words that must all occur in model, provider, tier or source; case does not count.
    void setSearch(const QString &text);
    /// Only prices of one origin; absent: all. @p onlyUsed: only those that priced something here.
    void setOrigin(std::optional<PriceLine::Origin> origin, bool onlyUsed = false);

    const PriceLine &line(int row) const { return m_prices->line(mapToSource(index(row, 0)).row()); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    PriceTableModel *m_prices;
    QStringList m_words;
    std::optional<PriceLine::Origin> m_origin;
    bool m_onlyUsed = false;
};

/// Models of the store that no price fits, the largest first; the last column offers to price them.
class UnpricedModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UnpricedModel)
public:
    enum Column {
        ModelColumn,
        ProviderColumn,
        GenerationsColumn,
        TokensColumn,
        FirstColumn,
        LastColumn,
        OfferColumn,
        ColumnCount
    };

    explicit UnpricedModel(QObject *parent = nullptr);

    void setLines(std::vector<UnpricedLine> lines);
    const UnpricedLine &line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const UnpricedLine &line, Column column) const;

    std::vector<UnpricedLine> m_lines;
    QLocale m_locale;
};

} // namespace genscope
