// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/bardata.h"

#include "charts/celltext.h"
#include "charts/timeseries.h"
#include "core/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

/// Where a bar stands: numbers, then unknown ones, then Other.
int group(const BarData::Bar &bar)
{
    return isOther(bar.value) ? 2 : bar.number ? 0 : 1;
}

/// Where the values stood in another range. What is known of `Other` is the rest of the total.
void compareBars(BarData &data, const ResultTable &earlier, const QLocale &locale)
{
    const int dimension = earlier.columnIndex(data.dimension);
    const int measure = earlier.columnIndex(data.measure);
    if (dimension < 0 || measure < 0)
        return;
    const auto column = static_cast<std::size_t>(measure);
    std::map<std::pair<bool, std::string>, std::optional<double>> numbers;
    for (const std::vector<Cell> &row : earlier.rows) {
        const Cell &value = row[static_cast<std::size_t>(dimension)];
        if (!isOther(value))
            numbers[{isMissing(value), cellKey(value)}] = cellNumber(row[column]);
    }
    const bool sums = addsUp(data.measure, data.dimension);
    std::optional<double> rest = sums ? cellNumber(earlier.total[column]) : std::nullopt;
    for (BarData::Bar &bar : data.bars) { // `Other` is the last
        if (isOther(bar.value)) {
            bar.earlier = rest;
        } else if (const auto found = numbers.find({isMissing(bar.value), cellKey(bar.value)});
                   found != numbers.end()) {
            bar.earlier = found->second;
        } else if (sums) {
            bar.earlier = 0;
        }
        if (rest && bar.earlier && !isOther(bar.value))
            *rest -= *bar.earlier;
        if (!bar.earlier)
            continue;
        data.largest = std::max(data.largest, *bar.earlier);
        bar.earlierText = numberText(*bar.earlier, data.unit, locale);
        if (bar.number && *bar.earlier > 0)
            bar.earlierText +=
                QStringLiteral(" (%1 %2)")
                    .arg(*bar.number < *bar.earlier ? QStringLiteral("▼") : QStringLiteral("▲"),
                         formatRatio(std::abs(*bar.number / *bar.earlier - 1), locale));
    }
}

} // namespace

ChartPick BarData::pick(std::size_t bar) const
{
    if (bar >= bars.size())
        return {};
    std::vector<Cell> shown;
    for (const Bar &each : bars)
        shown.push_back(each.value);
    return pickValue(dimension, bars[bar].value, shown);
}

BarData buildBars(const ResultTable &table, const QLocale &locale, const ResultTable *earlier)
{
    BarData data;
    std::optional<std::size_t> dimension;
    std::vector<std::size_t> measures;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].role == ResultTable::Role::Dimension && !dimension)
            dimension = i;
        if (table.columns[i].role == ResultTable::Role::Measure)
            measures.push_back(i);
    }
    if (!dimension || measures.empty())
        return data;
    const ResultTable::Column &first = table.columns[measures.front()];
    data.dimension = table.columns[*dimension].name;
    data.measure = first.name;
    data.unit = first.unit;
    std::optional<double> total;
    if (measures.front() < table.total.size() && addsUp(first.name, data.dimension))
        total = cellNumber(table.total[measures.front()]);

    for (const std::vector<Cell> &row : table.rows) {
        BarData::Bar bar;
        bar.value = row[*dimension];
        bar.label = dimensionText(bar.value, data.dimension, locale);
        bar.number = cellNumber(row[measures.front()]);
        bar.unpriced = !bar.number && first.unit == Unit::Usd && table.unpriced > 0;
        bar.text =
            bar.unpriced ? Text::tr("unpriced") : measureText(row[measures.front()], first.unit, locale);
        if (bar.number) {
            data.largest = std::max(data.largest, *bar.number);
            data.smallest = std::min(data.smallest, *bar.number);
            if (total && *total > 0)
                bar.share = formatRatio(*bar.number / *total, locale);
        }
        for (std::size_t i = 1; i < measures.size(); ++i) {
            const ResultTable::Column &column = table.columns[measures[i]];
            bar.more.emplace_back(columnTitle(column.name),
                                  measureText(row[measures[i]], column.unit, locale));
        }
        data.bars.push_back(std::move(bar));
    }
    std::stable_sort(data.bars.begin(), data.bars.end(), [](const BarData::Bar &a, const BarData::Bar &b) {
        return group(a) != group(b) ? group(a) < group(b) : a.number.value_or(0) > b.number.value_or(0);
    });
    if (earlier != nullptr)
        compareBars(data, *earlier, locale);
    return data;
}

} // namespace genscope
