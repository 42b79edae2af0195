// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "analytics/pricingview.h"
#include "core/money.h"
#include "pricing/pricebook.h"
#include "workspace/selection.h"

#include <QLocale>
#include <QString>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

/// What costs would be under other prices, beside what they are.
struct WhatIf
{
    struct Line
    {
        QString name; ///< of the model, customer or day; empty: the event names none
        std::optional<Money> before;
        std::optional<Money> after;
    };
    enum By { Model, Customer, Day };
    static constexpr std::size_t kByCount = 3;

    std::optional<Money> before; ///< of everything that the selection matches
    std::optional<Money> after;
    std::int64_t generations = 0;                  ///< that are priced otherwise
    std::int64_t unpriced = 0;                     ///< under the other prices
    std::array<std::vector<Line>, kByCount> lines; ///< only what changes, largest change first; days by time
};

/// @param view  the view with its substitutions @param now  what "today" means
/// @error as runQuery() @thread a worker
Result<WhatIf> whatIf(const Selection &selection, const std::shared_ptr<const PriceBook> &book,
                      const PricingView &view, Timestamp now);

/// One breakdown of it.
class WhatIfModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhatIfModel)
public:
    enum Column { NameColumn, BeforeColumn, AfterColumn, ChangeColumn, PercentColumn, ColumnCount };

    explicit WhatIfModel(WhatIf::By by, QObject *parent = nullptr);

    void setLines(std::vector<WhatIf::Line> lines);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const WhatIf::Line &line, Column column) const;

    WhatIf::By m_by;
    std::vector<WhatIf::Line> m_lines;
    QLocale m_locale;
};

/// `-12.5 %`; empty where there is nothing to compare with.
QString moneyChangePercent(Money before, Money after, const QLocale &locale);

} // namespace genscope
