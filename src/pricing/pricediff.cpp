// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricediff.h"

#include "pricing/modelname.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace genscope {

namespace {

using Rows = std::vector<const PriceRow *>;

const PricePeriod *periodAt(const ModelPrices &model, const std::string &key, Timestamp time)
{
    for (const ProviderPrices &provider : model.providers) {
        if (provider.key != key)
            continue;
        for (const PricePeriod &period : provider.periods) {
            if (period.valid.contains(time))
                return &period;
        }
    }
    return nullptr;
}

class Differ
{
public:
    Differ(const PriceBook &book, Timestamp asOf) : m_asOf(asOf)
    {
        for (const ModelPrices &model : book.openRouterRows())
            m_known.emplace(asciiLower(model.model), &model);
    }

    void add(const PriceRowKey &key, const Rows &rows)
    {
        m_named.insert(key.model);
        const auto model = m_known.find(key.model);
        const PricePeriod *before =
            model == m_known.end() ? nullptr : periodAt(*model->second, key.providerKey, m_asOf);
        const bool isChanged = std::any_of(rows.begin(), rows.end(), [&](const PriceRow *row) {
            return !before || rateOf(before->rates, row->unit) != Amount(row->rate);
        });
        if (!isChanged) {
            ++m_diff.unchangedPrices;
            return;
        }
        ++(before ? m_diff.changedPrices : m_diff.newPrices);
        const bool hadTiers = before && !before->rates.contextTiers.empty();
        const bool carries = before && keepsTokenPrices(before->rates, rows);
        for (const PriceRow *row : rows)
            addChange(key, *row, before, hadTiers && !carries);
        addRows(rows, before, carries);
    }

    PriceDiff finish()
    {
        for (const auto &[name, model] : m_known) {
            if (!m_named.contains(name))
                m_diff.vanished.push_back(model->model);
        }
        std::sort(m_diff.vanished.begin(), m_diff.vanished.end());
        return std::move(m_diff);
    }

private:
    static bool keepsTokenPrices(const Rates &before, const Rows &rows)
    {
        return std::all_of(rows.begin(), rows.end(), [&](const PriceRow *row) {
            const bool isToken = row->unit == PriceUnit::InputToken || row->unit == PriceUnit::OutputToken;
            return !isToken || rateOf(before, row->unit) == Amount(row->rate);
        });
    }

    void addChange(const PriceRowKey &key, const PriceRow &row, const PricePeriod *before, bool dropsTiers)
    {
        PriceDiff::Change change;
        change.model = row.model;
        change.provider = key.providerKey;
        change.unit = row.unit;
        change.after = row.rate;
        change.isNewPrice = !before;
        change.dropsTiers = dropsTiers;
        if (before)
            change.before = rateOf(before->rates, row.unit);
        if (change.before == Amount(row.rate))
            return;
        if (change.before && !change.before->isZero()) {
            const double old = change.before->toDouble();
            change.percent = (row.rate.toDouble() - old) / old * 100;
        }
        m_diff.changes.push_back(std::move(change));
    }

    void addRows(const Rows &rows, const PricePeriod *before, bool carries)
    {
        PriceRow common = *rows.front();
        if (before)
            common.valid.from = m_asOf;
        for (const PriceRow *row : rows) {
            m_diff.rows.push_back(*row);
            m_diff.rows.back().valid = common.valid;
        }
        if (!carries)
            return;
        for (const PriceRow &old : rowsOf(before->rates, common)) {
            const bool isNamed = std::any_of(rows.begin(), rows.end(), [&](const PriceRow *row) {
                return row->unit == old.unit && !old.aboveTokens;
            });
            if (!isNamed)
                m_diff.rows.push_back(old);
        }
    }

    const Timestamp m_asOf;
    std::unordered_map<std::string, const ModelPrices *> m_known; ///< by lower case name
    std::set<std::string> m_named;
    PriceDiff m_diff;
};

} // namespace

PriceDiff diffPrices(const PriceBook &book, const std::vector<PriceRow> &list, Timestamp asOf)
{
    std::vector<std::pair<PriceRowKey, Rows>> prices;
    std::map<PriceRowKey, std::size_t> known;
    for (const PriceRow &row : list) {
        const PriceRowKey key = keyOf(row);
        const auto [at, isNew] = known.emplace(key, prices.size());
        if (isNew)
            prices.push_back({key, {}});
        prices[at->second].second.push_back(&row);
    }
    Differ differ(book, asOf);
    for (const auto &[key, rows] : prices)
        differ.add(key, rows);
    return differ.finish();
}

} // namespace genscope
