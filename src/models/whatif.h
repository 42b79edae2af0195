// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "analytics/costchange.h"
#include "workspace/selection.h"

#include <QLocale>
#include <QString>

#include <cstddef>
#include <vector>

namespace genscope {

/// What costs would be under other prices, beside what they are.
struct WhatIf
{
    enum By { Model, Customer, Day };
    static constexpr std::size_t kByCount = 3;

    CostAnswer costs; ///< its breakdowns in the order of By
    Zone zone;        ///< of the days
};

/// What the calls of @p selection cost without any assumption, and what they would in @p view.
/// @param now  what "today" means @error as askWhatIf() @thread a worker
Result<WhatIf> whatIf(const Selection &selection, const PricingView &view, Timestamp now);

/// One breakdown of it: only what changes, the largest change first, or days by time.
class WhatIfModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhatIfModel)
public:
    enum Column { NameColumn, BeforeColumn, AfterColumn, ChangeColumn, PercentColumn, ColumnCount };

    explicit WhatIfModel(WhatIf::By by, QObject *parent = nullptr);

    void setAnswer(const WhatIf &answer);
    void clear();
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CostChange &line, Column column) const;
    QString nameText(const CostChange &line) const;

    WhatIf::By m_by;
    std::vector<CostChange> m_lines;
    Zone m_zone;
    QLocale m_locale;
};

/// `-12.5 %`; empty where there is nothing to compare with.
QString moneyChangePercent(Money before, Money after, const QLocale &locale);

} // namespace genscope
