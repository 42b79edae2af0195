// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/cellaxis.h"

#include "analytics/fieldunit.h"
#include "charts/celltext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

constexpr double kEndless = std::numeric_limits<double>::infinity();
/// Zero and less have no place on a logarithmic axis: they get this share of it, before the rest.
constexpr double kSmallStretch = 0.04;
constexpr double kSmallGap = 0.012;
constexpr std::size_t kMostBuckets = 20'000;

/// A number with its rank among ticks: those of a lower rank go first where there is little room.
struct TickMark
{
    double number = 0;
    int rank = 0;
};

std::vector<TickMark> marksOfDecades(double from, double to)
{
    std::vector<TickMark> marks;
    const int first = static_cast<int>(std::floor(std::log10(from)));
    const int last = static_cast<int>(std::ceil(std::log10(to)));
    for (int exponent = first; exponent <= last; ++exponent) {
        const double unit = std::pow(10.0, exponent);
        marks.push_back({unit, exponent % 2 == 0 ? 0 : 1});
        marks.push_back({2 * unit, 2});
        marks.push_back({5 * unit, 2});
    }
    return marks;
}

/// Powers of ten up to a minute, then round minutes and hours.
std::vector<TickMark> marksOfSeconds(double from, double to)
{
    std::vector<TickMark> marks = marksOfDecades(from, std::min(to, 20.0));
    std::erase_if(marks, [](const TickMark &mark) { return mark.number > 20.5; });
    const TickMark longer[] = {{30, 3},   {60, 1},   {120, 3},    {300, 2},    {600, 0},
                               {1800, 2}, {3600, 1}, {10'800, 3}, {36'000, 0}, {86'400, 1}};
    marks.insert(marks.end(), std::begin(longer), std::end(longer));
    return marks;
}

} // namespace

std::optional<CellAxis> CellAxis::of(const ResultTable &table, std::size_t column)
{
    const ResultTable::Column &described = table.columns[column];
    if (described.role == ResultTable::Role::Bucket)
        return ofBuckets(table, column);
    if (described.role != ResultTable::Role::Dimension)
        return std::nullopt;
    if (described.name == "hour_of_day" || described.name == "day_of_week")
        return ofClock(described.name);
    const auto field = Field::parse(described.name);
    if (!field || !field->bins)
        return std::nullopt;
    std::vector<double> edges;
    for (const auto &row : table.rows) {
        if (const auto edge = cellNumber(row[column]))
            edges.push_back(*edge);
    }
    return ofNumbers(*field, edges);
}

CellAxis CellAxis::ofNumbers(const Field &field, const std::vector<double> &numbers)
{
    CellAxis axis;
    axis.m_field = field.unbinned().text;
    axis.m_unit = unitOf(field);
    axis.m_logarithmic = !field.bins->isLinear();
    if (numbers.empty())
        return axis;
    const auto [lowest, highest] = std::minmax_element(numbers.begin(), numbers.end());
    const std::vector<double> edges = binEdges(field, *lowest, *highest);
    if (!axis.m_logarithmic) {
        axis.spreadLinear(edges);
        return axis;
    }
    double smallestAboveZero = kEndless;
    for (const double number : numbers) {
        if (number > 0)
            smallestAboveZero = std::min(smallestAboveZero, number);
    }
    axis.spreadLogarithmic(edges, smallestAboveZero);
    return axis;
}

CellAxis CellAxis::ofClock(const std::string &name)
{
    CellAxis axis;
    axis.m_kind = Kind::Clock;
    axis.m_field = name;
    const int first = name == "hour_of_day" ? 0 : 1;
    const int last = name == "hour_of_day" ? 23 : 7;
    for (int value = first; value <= last; ++value)
        axis.m_bins.push_back({static_cast<double>(value), value + 1.0, 0, 0});
    axis.spreadEvenly();
    return axis;
}

CellAxis CellAxis::ofBuckets(const ResultTable &table, std::size_t column)
{
    CellAxis axis;
    axis.m_kind = Kind::Time;
    axis.m_interval = table.interval.value_or(Interval::Day);
    axis.m_zone = table.zone;
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    for (const auto &row : table.rows) {
        if (const auto *bucket = std::get_if<Timestamp>(&row[column])) {
            first = first ? std::min(*first, *bucket) : *bucket;
            last = last ? std::max(*last, *bucket) : *bucket;
        }
    }
    if (!first)
        return axis;
    Timestamp bucket = *first;
    axis.m_buckets.push_back(bucket);
    while (bucket <= *last && axis.m_buckets.size() < kMostBuckets) {
        bucket = axis.m_zone.nextBucket(bucket, axis.m_interval);
        axis.m_buckets.push_back(bucket);
        axis.m_bins.emplace_back();
    }
    axis.spreadEvenly();
    return axis;
}

void CellAxis::spreadEvenly()
{
    const auto count = static_cast<double>(m_bins.size());
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        m_bins[i].begin = static_cast<double>(i) / count;
        m_bins[i].end = static_cast<double>(i + 1) / count;
    }
}

void CellAxis::spreadLinear(const std::vector<double> &edges)
{
    m_from = edges.front();
    const double width = edges[1] < kEndless ? edges[1] - edges[0] : 1;
    m_to = m_from + width * static_cast<double>(edges.size() - 1);
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        m_bins.push_back({edges[i], edges[i + 1], 0, 0});
    spreadEvenly();
}

void CellAxis::spreadLogarithmic(const std::vector<double> &edges, double smallestAboveZero)
{
    const bool negative = edges.front() < 0;
    const auto zero = std::find(edges.begin(), edges.end(), 0.0);
    if (negative)
        m_bins.push_back({-kEndless, 0, 0, 0});
    if (zero != edges.end() && zero + 1 != edges.end())
        m_bins.push_back({0, *(zero + 1), 0, 0});
    const std::size_t small = m_bins.size();
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        if (edges[i] > 0 && edges[i + 1] > smallestAboveZero)
            m_bins.push_back({edges[i], edges[i + 1], 0, 0});
    }
    const bool any = m_bins.size() > small;
    m_begin = any ? static_cast<double>(small) * kSmallStretch + (small > 0 ? kSmallGap : 0) : 1;
    for (std::size_t i = 0; i < small; ++i) {
        m_bins[i].begin = any ? static_cast<double>(i) * kSmallStretch
                              : static_cast<double>(i) / static_cast<double>(small);
        m_bins[i].end = any ? static_cast<double>(i + 1) * kSmallStretch
                            : static_cast<double>(i + 1) / static_cast<double>(small);
    }
    if (!any)
        return;
    m_from = m_bins[small].lower;
    m_to = m_bins.back().upper < kEndless ? m_bins.back().upper : m_bins.back().lower * 2;
    for (std::size_t i = small; i < m_bins.size(); ++i) {
        m_bins[i].begin = positionOf(m_bins[i].lower);
        m_bins[i].end = m_bins[i].upper < kEndless ? positionOf(m_bins[i].upper) : 1;
    }
}

std::optional<std::size_t> CellAxis::binOf(const Cell &cell) const
{
    if (m_bins.empty())
        return std::nullopt;
    if (m_kind == Kind::Time) {
        const auto *bucket = std::get_if<Timestamp>(&cell);
        if (bucket == nullptr || *bucket < m_buckets.front() || *bucket >= m_buckets.back())
            return std::nullopt;
        return std::upper_bound(m_buckets.begin(), m_buckets.end(), *bucket) - m_buckets.begin() - 1;
    }
    const auto number = cellNumber(cell);
    if (!number)
        return std::nullopt;
    // Money went through a double: its edge may be a hair below.
    const double above = *number + std::abs(*number) * 1e-12;
    const auto next = std::upper_bound(m_bins.begin(), m_bins.end(), above,
                                       [](double value, const Bin &bin) { return value < bin.lower; });
    return next == m_bins.begin() ? 0 : next - m_bins.begin() - 1;
}

std::size_t CellAxis::binAt(double position) const
{
    const auto next = std::upper_bound(m_bins.begin(), m_bins.end(), position,
                                       [](double value, const Bin &bin) { return value < bin.begin; });
    return next == m_bins.begin() ? 0 : static_cast<std::size_t>(next - m_bins.begin() - 1);
}

double CellAxis::positionOf(double number) const
{
    if (!m_logarithmic)
        return std::clamp((number - m_from) / (m_to - m_from), 0.0, 1.0);
    if (!(number > 0)) { // the middle of the stretch for such numbers
        const Bin &bin = m_bins[*binOf(number)];
        return (bin.begin + bin.end) / 2;
    }
    const double share = std::log(number / m_from) / std::log(m_to / m_from);
    return m_begin + (1 - m_begin) * std::clamp(share, 0.0, 1.0);
}

double CellAxis::numberAt(double position) const
{
    if (!m_logarithmic)
        return m_from + (m_to - m_from) * position;
    const double share = (position - m_begin) / std::max(1 - m_begin, 1e-9);
    return m_from * std::pow(m_to / m_from, std::clamp(share, 0.0, 1.0));
}

QString CellAxis::title() const
{
    return m_kind == Kind::Time ? QString() : columnTitle(m_field); // dates speak for themselves
}

QString CellAxis::text(std::size_t first, std::size_t last, const QLocale &locale) const
{
    if (m_kind == Kind::Time) {
        const QString begin = bucketText(m_buckets[first], m_interval, m_zone, locale);
        return first == last
                   ? begin
                   : Text::tr("%1 to %2").arg(begin, bucketText(m_buckets[last], m_interval, m_zone, locale));
    }
    const double lower = m_bins[first].lower;
    const double upper = m_bins[last].upper;
    if (m_kind == Kind::Clock && m_field == "day_of_week") {
        const auto day = [&](double number) {
            return dimensionText(static_cast<std::int64_t>(number), m_field, locale);
        };
        return first == last ? day(lower) : Text::tr("%1 to %2").arg(day(lower), day(m_bins[last].lower));
    }
    if (m_kind == Kind::Clock) {
        return QStringLiteral("%1 – %2").arg(
            dimensionText(static_cast<std::int64_t>(lower), m_field, locale),
            dimensionText(static_cast<std::int64_t>(upper), m_field, locale));
    }
    if (m_logarithmic && first == last && lower == 0)
        return axisText(0, m_unit, locale, 1);
    if (m_logarithmic && upper == 0)
        return Text::tr("below zero");
    const QString end = numberText(upper, m_unit, locale);
    if (lower == -kEndless)
        return Text::tr("below %1").arg(end);
    const QString begin = numberText(lower, m_unit, locale);
    return upper == kEndless ? Text::tr("%1 and more").arg(begin) : QStringLiteral("%1 – %2").arg(begin, end);
}

std::vector<AxisTick> CellAxis::ticks(int most, const QLocale &locale) const
{
    if (m_bins.empty() || most < 1)
        return {};
    if (m_kind == Kind::Clock)
        return clockTicks(most, locale);
    if (m_kind == Kind::Numbers)
        return numberTicks(most, locale);
    auto ticks = timeTicks(std::span(m_buckets).first(m_bins.size()), m_interval, m_zone, most, locale);
    for (AxisTick &tick : ticks)
        tick.position = m_bins[static_cast<std::size_t>(tick.position)].begin;
    return ticks;
}

std::vector<AxisTick> CellAxis::numberTicks(int most, const QLocale &locale) const
{
    std::vector<AxisTick> ticks;
    if (!m_logarithmic) {
        const ValueScale scale = valueScale(m_from, m_to, most - 1, m_unit);
        for (const AxisTick &tick : valueTicks(scale, m_unit, locale)) {
            if (tick.position >= m_from && tick.position <= m_to)
                ticks.push_back({positionOf(tick.position), tick.label});
        }
        return ticks;
    }
    for (const Bin &bin : m_bins) {
        if (bin.lower <= 0) {
            const QString zero = axisText(0, m_unit, locale, 1);
            ticks.push_back({(bin.begin + bin.end) / 2, bin.lower < 0 ? QStringLiteral("<") + zero : zero});
        }
    }
    if (!(m_to > m_from))
        return ticks;
    std::vector<TickMark> marks =
        m_unit == Unit::Seconds ? marksOfSeconds(m_from, m_to) : marksOfDecades(m_from, m_to);
    std::erase_if(marks, [this](const TickMark &mark) {
        return mark.number < m_from * (1 - 1e-9) || mark.number > m_to * (1 + 1e-9);
    });
    int rank = 3;
    const auto upTo = [&marks](int highest) {
        return std::count_if(marks.begin(), marks.end(),
                             [highest](const TickMark &mark) { return mark.rank <= highest; });
    };
    while (rank > 0 && upTo(rank) > most)
        --rank;
    if (rank == 3 && marks.size() < 3) { // less than a decade: round numbers in between
        const ValueScale scale = valueScale(0, m_to, std::max(2, most), m_unit);
        marks.clear();
        for (double number = scale.step; number <= m_to; number += scale.step) {
            if (number >= m_from)
                marks.push_back({number, 0});
        }
    }
    for (const TickMark &mark : marks) {
        if (mark.rank <= rank)
            ticks.push_back({positionOf(mark.number), axisText(mark.number, m_unit, locale, mark.number)});
    }
    return ticks;
}

std::vector<AxisTick> CellAxis::clockTicks(int most, const QLocale &locale) const
{
    std::vector<AxisTick> ticks;
    const bool days = m_field == "day_of_week";
    std::size_t every = 1;
    while (!days && m_bins.size() / every > static_cast<std::size_t>(most) && every < 12)
        every = every == 3 ? 6 : every < 3 ? every + 1 : every * 2;
    for (std::size_t i = 0; i < m_bins.size(); i += every) {
        const auto value = static_cast<std::int64_t>(m_bins[i].lower);
        ticks.push_back({(m_bins[i].begin + m_bins[i].end) / 2,
                         days ? locale.standaloneDayName(static_cast<int>(value), QLocale::ShortFormat)
                              : dimensionText(value, m_field, locale)});
    }
    return ticks;
}

void CellAxis::addTo(ChartPick &pick, std::size_t first, std::size_t last) const
{
    if (m_kind == Kind::Time) {
        pick.from = m_buckets[first];
        pick.to = m_buckets[last + 1];
        return;
    }
    ChartPick range;
    range.intent = ChartPick::Intent::Only;
    range.dimension = m_field;
    if (m_bins[first].lower > -kEndless)
        range.atLeast = m_bins[first].lower;
    if (m_bins[last].upper < kEndless)
        range.lessThan = m_bins[last].upper;
    pick.add(range);
}

} // namespace genscope
