// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricecheck.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

using Indices = std::vector<std::size_t>;

/// What follows compares the rows of a price with each other.
constexpr std::size_t kMaxRowsOfAPrice = 2000;

class Checker
{
public:
    Checker(const std::vector<PriceRow> &rows, const std::vector<int> &numbers)
        : m_rows(rows), m_numbers(numbers)
    {
    }

    std::vector<PriceProblem> run()
    {
        std::map<PriceRowKey, Indices> prices;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (checkRow(i))
                prices[keyOf(m_rows[i])].push_back(i);
        }
        for (const auto &[key, rows] : prices) {
            if (rows.size() > kMaxRowsOfAPrice) {
                report(rows[kMaxRowsOfAPrice],
                       Text::tr("the price has more than %1 rows").arg(QString::number(kMaxRowsOfAPrice)));
                continue;
            }
            if (!checkOverlaps(rows))
                continue;
            checkModes(rows);
            checkComplete(rows);
        }
        std::stable_sort(m_problems.begin(), m_problems.end(),
                         [](const auto &a, const auto &b) { return a.row < b.row; });
        return std::move(m_problems);
    }

private:
    bool report(std::size_t row, const QString &reason)
    {
        m_problems.push_back({row, reason});
        return false;
    }

    QString numberOf(std::size_t row) const
    {
        return QString::number(m_numbers.empty() ? static_cast<int>(row) + 1 : m_numbers[row]);
    }

    static QString unitName(PriceUnit unit)
    {
        const std::string_view name = infoOf(unit).name;
        return QLatin1String(name.data(), static_cast<qsizetype>(name.size()));
    }

    bool checkRow(std::size_t i)
    {
        const PriceRow &row = m_rows[i];
        if (row.model.empty())
            return report(i, Text::tr("it names no model"));
        if (const QString problem = rateProblem(row.unit, row.rate); !problem.isEmpty())
            return report(i, Text::tr("the rate of %1 is %2").arg(unitName(row.unit), problem));
        if (row.valid.fromUs() >= row.valid.toUs())
            return report(i, Text::tr("its time ends before it begins"));
        if (row.aboveTokens && *row.aboveTokens < 0)
            return report(i, Text::tr("a context tier cannot begin below 0 tokens"));
        if (row.aboveTokens && row.tierMode == TierMode::Excess && !infoOf(row.unit).ofPrompt) {
            return report(i, Text::tr("a tier of mode “excess” is about tokens of the prompt; %1 is not")
                                 .arg(unitName(row.unit)));
        }
        return true;
    }

    /// Of each unit and tier there may be one rate at a time.
    bool checkOverlaps(const Indices &price)
    {
        std::map<std::pair<PriceUnit, std::int64_t>, Indices> rates;
        for (const std::size_t i : price)
            rates[{m_rows[i].unit, m_rows[i].aboveTokens.value_or(-1)}].push_back(i);
        bool sound = true;
        for (auto &[what, rows] : rates) {
            std::stable_sort(rows.begin(), rows.end(), [this](std::size_t a, std::size_t b) {
                return m_rows[a].valid.fromUs() < m_rows[b].valid.fromUs();
            });
            std::size_t last = rows.front();
            for (auto at = rows.begin() + 1; at != rows.end(); ++at) {
                if (m_rows[*at].valid.fromUs() < m_rows[last].valid.toUs()) {
                    const std::size_t later = std::max(*at, last);
                    const QString earlier = numberOf(std::min(*at, last));
                    sound = report(later, m_rows[*at].valid == m_rows[last].valid
                                              ? Text::tr("it prices the same as row %1").arg(earlier)
                                              : Text::tr("its time overlaps that of row %1, which prices "
                                                         "the same")
                                                    .arg(earlier));
                }
                if (m_rows[*at].valid.toUs() > m_rows[last].valid.toUs())
                    last = *at;
            }
        }
        return sound;
    }

    void checkModes(const Indices &price)
    {
        for (const std::size_t a : price) {
            for (const std::size_t b : price) {
                const PriceRow &x = m_rows[a];
                const PriceRow &y = m_rows[b];
                if (b <= a || !x.aboveTokens || !y.aboveTokens || x.tierMode == y.tierMode)
                    continue;
                if (x.valid.fromUs() < y.valid.toUs() && y.valid.fromUs() < x.valid.toUs()) {
                    report(b, Text::tr("its context tier has another mode than that of row %1, of the same "
                                       "price")
                                  .arg(numberOf(a)));
                    return;
                }
            }
        }
    }

    /// At every time that some row names there must be both base rates.
    void checkComplete(const Indices &price)
    {
        std::set<std::int64_t> starts;
        for (const std::size_t i : price) {
            starts.insert(m_rows[i].valid.fromUs());
            starts.insert(m_rows[i].valid.toUs());
        }
        for (const std::int64_t us : starts) {
            const auto holds = [&](std::size_t i) {
                return m_rows[i].valid.fromUs() <= us && us < m_rows[i].valid.toUs();
            };
            const auto first = std::find_if(price.begin(), price.end(), holds);
            if (first == price.end())
                continue;
            for (const PriceUnit unit : {PriceUnit::InputToken, PriceUnit::OutputToken}) {
                const bool has = std::any_of(price.begin(), price.end(), [&](std::size_t i) {
                    return holds(i) && m_rows[i].unit == unit && !m_rows[i].aboveTokens;
                });
                if (!has) {
                    report(*first, Text::tr("its price has no rate of %1 for all of its time; 0 says that it "
                                            "costs nothing")
                                       .arg(unitName(unit)));
                    return;
                }
            }
        }
    }

    const std::vector<PriceRow> &m_rows;
    const std::vector<int> &m_numbers;
    std::vector<PriceProblem> m_problems;
};

} // namespace

std::vector<PriceProblem> checkPrices(const std::vector<PriceRow> &rows, const std::vector<int> &numbers)
{
    return Checker(rows, numbers).run();
}

} // namespace genscope
