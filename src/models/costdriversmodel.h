// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "analytics/costdrivers.h"

#include <QLocale>
#include <QString>

#include <array>
#include <vector>

namespace genscope {

/// One part of a change of cost: its name, what exactly it is, and its amount.
struct CostDriverPart
{
    QString title;
    QString hint;
    QString reason; ///< completes `mostly by`
    Money CostDrivers::*amount;
};
/// In the order in which they are taken.
std::array<CostDriverPart, 6> costDriverParts();
/// The part that moved the cost most in the direction in which it went.
CostDriverPart mainDriver(const CostDrivers &total);

/// Why the cost of each value changed, the largest change first.
class CostDriversModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostDriversModel)
public:
    enum Column { NameColumn, BeforeColumn, AfterColumn, ChangeColumn, FirstPartColumn };
    static constexpr int kColumns = FirstPartColumn + 6;

    explicit CostDriversModel(QObject *parent = nullptr);

    /// @param by  what a row is, for the header @param isModel  rows are models, which have colours
    void setAnswer(const CostDriversAnswer &answer, const QString &by, bool isModel);
    void clear();
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CostDrivers &row, int column) const;
    /// Of the columns of changes; zero elsewhere.
    Money change(const CostDrivers &row, int column) const;

    std::vector<CostDrivers> m_rows;
    std::array<CostDriverPart, 6> m_parts;
    QString m_by;
    bool m_isModel = true;
    QLocale m_locale;
};

} // namespace genscope
