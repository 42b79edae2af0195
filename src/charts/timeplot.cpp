// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeplot.h"

#include "charts/celltext.h"
#include "charts/hatch.h"

#include <qcustomplot.h>

#include <QPicture>

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLineWidth = 1.8;
constexpr int kLabelWidth = 54;  ///< pixels that one time label gets
constexpr int kLabelHeight = 38; ///< pixels that one value label gets
constexpr int kAxisSpace = 56;   ///< rough width of the value labels
constexpr double kReach = 14;    ///< pixels from which a line is hit

/// Bars of buckets that are not complete: faint, with a hatch drawn as lines, so that it stays sharp in
/// vector pictures and on dense screens.
class PartialBars final : public QCPBars
{
public:
    using QCPBars::QCPBars;

protected:
    void draw(QCPPainter *painter) override
    {
        for (auto it = mDataContainer->constBegin(); it != mDataContainer->constEnd(); ++it) {
            const QRectF bar = getBarRect(it->key, it->value).normalized();
            if (bar.height() < 0.5)
                continue;
            paintHatch(*painter, bar, brush().color());
        }
    }
};

QSharedPointer<QCPAxisTickerText> ticker(const std::vector<AxisTick> &ticks)
{
    auto made = QSharedPointer<QCPAxisTickerText>::create();
    made->setSubTickCount(0);
    for (const AxisTick &tick : ticks)
        made->addTick(tick.position, tick.label);
    return made;
}

/// A point between two gaps would vanish from a line.
bool standsAlone(const std::vector<double> &numbers, std::size_t i)
{
    const bool before = i > 0 && !std::isnan(numbers[i - 1]);
    const bool after = i + 1 < numbers.size() && !std::isnan(numbers[i + 1]);
    return !before && !after && !std::isnan(numbers[i]);
}

} // namespace

TimePlot::TimePlot(QWidget *parent) : m_plot(new QCustomPlot(parent))
{
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setMinimumSize(1, 1);
    m_plot->setPlottingHint(QCP::phFastPolylines, false);
    m_plot->setAutoAddPlottableToLegend(false);
    QCPAxis *time = m_plot->xAxis;
    QCPAxis *value = m_plot->yAxis;
    time->grid()->setVisible(false);
    value->grid()->setZeroLinePen(Qt::NoPen);
    value->grid()->setSubGridVisible(false);
    value->setBasePen(Qt::NoPen);
    value->setTickLength(0);
    time->setTickLength(0, 4);
    time->setTickLabelPadding(4);
    value->setTickLabelPadding(6);
    for (QCPAxis *axis : {time, value}) {
        axis->setNumberFormat(QStringLiteral("f")); // no powers of ten in labels
        axis->setSubTickPen(Qt::NoPen);
        axis->setSubTickLength(0);
    }
    m_plot->axisRect()->setMinimumMargins(QMargins(4, 8, 18, 4));
}

QWidget *TimePlot::widget() const
{
    return m_plot;
}

void TimePlot::draw(const TimeSeriesData &data, const Look &look, const Theme &theme, const QFont &font)
{
    m_data = &data;
    m_look = look;
    m_theme = theme;
    m_lines.clear();
    m_bars.clear();
    m_plot->clearPlottables();
    dress(theme, font);
    const auto count = static_cast<double>(std::max<std::size_t>(data.buckets.size(), 1));
    m_plot->xAxis->setRange(-0.5, count - 0.5);
    if (look.style == TimeStyle::StackedBars)
        addBars();
    else if (look.style == TimeStyle::Areas)
        addAreas();
    else
        addLines();
    if (data.isCompared())
        addEarlier();
    if (look.style == TimeStyle::Percentiles)
        shadeBands();
    fit(m_plot->size());
    replot();
}

void TimePlot::replot()
{
    if (!m_plot->viewport().isEmpty()) // as before it has a place
        m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void TimePlot::setGeometry(const QRect &area)
{
    const QRect geometry(area.topLeft(), area.size().expandedTo({1, 1}));
    fit(geometry.size());
    m_plot->setGeometry(geometry);
    if (!m_plot
             ->isVisible()) { // its resize event comes only when it is shown, but positions are asked for now
        m_plot->setViewport(QRect(QPoint(0, 0), geometry.size()));
        replot();
    }
}

QRect TimePlot::paint(QPainter &painter, const QRect &area)
{
    // QCustomPlot insists on its own kind of painter, so it draws into a picture.
    fit(area.size());
    QPicture picture;
    {
        QCPPainter recorder(&picture);
        recorder.setMode(QCPPainter::pmVectorized);
        m_plot->toPainter(&recorder, area.width(), area.height());
    }
    painter.drawPicture(area.topLeft(), picture);
    const QRect inside = plotArea(); // until the plot is laid out again
    fit(m_plot->size());
    replot();
    return inside;
}

QRect TimePlot::plotArea() const
{
    return m_plot->axisRect()->rect();
}

double TimePlot::xOf(int bucket) const
{
    return m_plot->xAxis->coordToPixel(bucket);
}

double TimePlot::yOf(double value) const
{
    return m_plot->yAxis->coordToPixel(value);
}

double TimePlot::bucketWidth() const
{
    return m_plot->xAxis->coordToPixel(1) - m_plot->xAxis->coordToPixel(0);
}

double TimePlot::topOf(int series, int bucket) const
{
    const auto s = static_cast<std::size_t>(series);
    const auto b = static_cast<std::size_t>(bucket);
    if (!m_data || series < 0 || bucket < 0 || s >= m_data->series.size() || b >= m_data->buckets.size() ||
        !isShown(s))
        return kNaN;
    if (!isStacked(m_look.style))
        return m_data->series[s].numbers[b];
    double sum = 0;
    for (std::size_t below = 0; below <= s; ++below) {
        if (isShown(below) && !std::isnan(m_data->series[below].numbers[b]))
            sum += m_data->series[below].numbers[b];
    }
    return sum;
}

int TimePlot::seriesAt(int bucket, double y) const
{
    if (!m_data)
        return -1;
    int nearest = -1;
    double distance = kReach;
    for (int s = 0; s < static_cast<int>(m_data->series.size()); ++s) {
        const double top = topOf(s, bucket);
        if (std::isnan(top))
            continue;
        const double pixel = yOf(top);
        if (isStacked(m_look.style)) {
            if (y >= pixel && y <= yOf(0))
                return s;
        } else if (std::abs(pixel - y) < distance) {
            distance = std::abs(pixel - y);
            nearest = s;
        }
    }
    return nearest;
}

void TimePlot::addLines()
{
    // The largest is drawn last, on top.
    for (std::size_t i = m_data->series.size(); i-- > 0;) {
        if (isShown(i))
            addLine(i);
    }
}

void TimePlot::addLine(std::size_t series)
{
    const std::vector<double> &numbers = m_data->series[series].numbers;
    const auto count = static_cast<int>(numbers.size());
    const bool dashTail = m_data->partialLast && count > 1;
    QVector<double> keys;
    QVector<double> values;
    QVector<double> loneKeys;
    QVector<double> loneValues;
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!(dashTail && i + 1 == count)) {
            keys << i;
            values << numbers[at];
        }
        if (standsAlone(numbers, at)) {
            loneKeys << i;
            loneValues << numbers[at];
        }
    }
    QPen pen(m_look.colors[series], kLineWidth);
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::RoundCap);
    if (m_look.style == TimeStyle::Percentiles && series > 0) {
        pen.setWidthF(series == 1 ? 1.3 : 1.1);
        if (series > 1)
            pen.setDashPattern({4, 3});
        pen.setCapStyle(Qt::FlatCap);
    }
    if (m_look.log) {
        for (double &value : values)
            value = value > 0 ? value : kNaN;
    }
    QCPGraph *graph = m_plot->addGraph();
    m_lines.push_back(graph);
    graph->setData(keys, values, true);
    graph->setPen(pen);
    if (m_look.style == TimeStyle::Lines && m_data->series.size() == 1 && !m_look.log &&
        addsUp(m_data->series[0].measure, {})) {
        QColor fill = m_look.colors[series];
        fill.setAlphaF(0.10F);
        graph->setBrush(fill);
    }
    if (dashTail) {
        QCPGraph *tail = m_plot->addGraph();
        const auto last = static_cast<std::size_t>(count - 1);
        tail->setData({count - 2.0, count - 1.0}, {numbers[last - 1], numbers[last]}, true);
        QPen dashed = pen;
        dashed.setCapStyle(Qt::FlatCap);
        dashed.setDashPattern({2, 2});
        tail->setPen(dashed);
    }
    if (!loneKeys.isEmpty()) {
        QCPGraph *dots = m_plot->addGraph();
        dots->setData(loneKeys, loneValues, true);
        dots->setLineStyle(QCPGraph::lsNone);
        dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, m_look.colors[series], 5));
    }
}

/// From each percentile down to the one below it.
void TimePlot::shadeBands()
{
    for (std::size_t i = 0; i + 1 < m_lines.size(); ++i) {
        QColor fill = m_theme.accent;
        fill.setAlphaF(i + 2 == m_lines.size() ? 0.22F : 0.10F);
        m_lines[i]->setBrush(fill);
        m_lines[i]->setChannelFillGraph(m_lines[i + 1]);
    }
}

void TimePlot::addBars()
{
    const auto count = static_cast<int>(m_data->buckets.size());
    QCPBars *below = nullptr;
    QCPBars *partialBelow = nullptr;
    for (std::size_t s = 0; s < m_data->series.size(); ++s) {
        if (!isShown(s))
            continue;
        QVector<double> keys;
        QVector<double> values;
        QVector<double> partialKeys;
        QVector<double> partialValues;
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const double number = m_data->series[s].numbers[at];
            if (std::isnan(number) || number == 0.0)
                continue;
            (m_data->isPartial(at) ? partialKeys : keys) << i;
            (m_data->isPartial(at) ? partialValues : values) << number;
        }
        const auto add = [&](QCPBars *bars, QCPBars *&under, const QVector<double> &k,
                             const QVector<double> &v) {
            bars->setData(k, v, true);
            bars->setAntialiased(false);
            bars->setPen(Qt::NoPen);
            bars->setBrush(m_look.colors[s]);
            if (under)
                bars->moveAbove(under);
            under = bars;
            m_bars.push_back(bars);
        };
        add(new QCPBars(m_plot->xAxis, m_plot->yAxis), below, keys, values);
        if (!partialKeys.isEmpty())
            add(new PartialBars(m_plot->xAxis, m_plot->yAxis), partialBelow, partialKeys, partialValues);
    }
}

void TimePlot::addAreas()
{
    const auto count = static_cast<int>(m_data->buckets.size());
    QCPGraph *below = nullptr;
    for (std::size_t s = 0; s < m_data->series.size(); ++s) {
        if (!isShown(s))
            continue;
        QVector<double> keys;
        QVector<double> values;
        for (int i = 0; i < count; ++i) {
            keys << i;
            values << topOf(static_cast<int>(s), i);
        }
        QColor fill = m_look.colors[s];
        fill.setAlphaF(0.62F);
        QCPGraph *graph = m_plot->addGraph();
        graph->setData(keys, values, true);
        graph->setPen(QPen(m_look.colors[s], 1.2));
        graph->setBrush(fill);
        if (below != nullptr)
            graph->setChannelFillGraph(below);
        below = graph;
    }
}

/// What is compared with, dashed: a line for each series, of a stack one for all that is shown.
void TimePlot::addEarlier()
{
    const auto add = [this](const QVector<double> &keys, const QVector<double> &values, QColor color) {
        color.setAlphaF(0.75F);
        QPen pen(color, 1.3);
        pen.setDashPattern({4, 3});
        pen.setCapStyle(Qt::FlatCap);
        QCPGraph *graph = m_plot->addGraph();
        graph->setData(keys, values, true);
        graph->setPen(pen);
    };
    QVector<double> keys;
    QVector<double> sums;
    for (std::size_t b = 0; b < m_data->buckets.size(); ++b) {
        keys << static_cast<double>(b);
        sums << kNaN;
    }
    for (std::size_t s = 0; s < m_data->series.size(); ++s) {
        if (!isShown(s))
            continue;
        const std::vector<double> &earlier = m_data->series[s].earlier;
        if (!isStacked(m_look.style)) {
            add(keys, {earlier.begin(), earlier.end()},
                m_data->series.size() == 1 ? m_theme.mutedText : m_look.colors[s]);
            continue;
        }
        for (std::size_t b = 0; b < earlier.size(); ++b) {
            double &sum = sums[static_cast<qsizetype>(b)];
            if (!std::isnan(earlier[b]))
                sum = (std::isnan(sum) ? 0 : sum) + earlier[b];
        }
    }
    if (isStacked(m_look.style))
        add(keys, sums, m_theme.text);
}

void TimePlot::dress(const Theme &theme, const QFont &font)
{
    m_plot->setBackground(QBrush(theme.surface));
    const QFont labels = smallFont(font);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelFont(labels);
        axis->setTickLabelColor(theme.mutedText);
    }
    m_plot->xAxis->setBasePen(QPen(theme.axis, 1));
    m_plot->xAxis->setTickPen(QPen(theme.axis, 1));
    // Of no length, but vector pictures draw a dot even with no pen; this one is lost in its grid line.
    m_plot->yAxis->setTickPen(QPen(theme.grid, 1));
    m_plot->yAxis->grid()->setPen(QPen(theme.grid, 1));
}

void TimePlot::fit(const QSize &size)
{
    if (!m_data)
        return;
    const QLocale locale = m_plot->locale();
    double smallest = 0;
    for (std::size_t s = 0; s < m_data->series.size(); ++s) {
        for (const double number : m_data->series[s].numbers) {
            if (isShown(s) && number < smallest)
                smallest = number;
        }
    }
    const int steps = std::clamp(size.height() / kLabelHeight, 2, 8);
    const bool log = m_look.log && !isStacked(m_look.style);
    m_plot->yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_scale = valueScale(smallest, largest(), steps, m_data->unit);
    m_plot->yAxis->setRange(m_scale.lower, m_scale.upper);
    m_plot->yAxis->setTicker(ticker(valueTicks(m_scale, m_data->unit, locale)));
    if (log)
        fitLog(steps);
    const int most = std::max(2, (size.width() - kAxisSpace) / kLabelWidth);
    m_plot->xAxis->setTicker(
        ticker(timeTicks(m_data->buckets, m_data->interval, m_data->zone, most, locale)));

    const double pixels = static_cast<double>(size.width() - kAxisSpace) /
                          static_cast<double>(std::max<std::size_t>(m_data->buckets.size(), 1));
    for (QCPBars *bars : m_bars) {
        bars->setWidth(pixels < 3 ? 1.0 : pixels < 8 ? 0.86 : 0.78);
        // A hairline of the ground keeps the parts of a stack apart without colour.
        bars->setStackingGap(pixels >= 6 ? 1 : 0);
    }
}

/// Whole powers of ten around what is drawn; 0 and less have no place on such an axis.
void TimePlot::fitLog(int steps)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < m_data->series.size(); ++s) {
        for (const double number : m_data->series[s].numbers) {
            if (isShown(s) && number > 0)
                least = std::min(least, number);
        }
    }
    const double most = largest();
    if (!(least <= most))
        return;
    const int lower = static_cast<int>(std::floor(std::log10(least)));
    const int upper = std::max(lower + 1, static_cast<int>(std::ceil(std::log10(most))));
    const int every = std::max(1, (upper - lower + steps - 1) / steps);
    std::vector<AxisTick> ticks;
    for (int power = lower; power <= upper; power += every) {
        const double value = std::pow(10.0, power);
        // Each label in its own unit: they span magnitudes.
        ticks.push_back({value, axisText(value, m_data->unit, m_plot->locale(), value)});
    }
    m_plot->yAxis->setRange(std::pow(10.0, lower), std::pow(10.0, upper));
    m_plot->yAxis->setTicker(ticker(ticks));
}

double TimePlot::largest() const
{
    double most = 0;
    const auto count = static_cast<int>(m_data->buckets.size());
    for (int s = 0; s < static_cast<int>(m_data->series.size()); ++s) {
        const bool stacked = isStacked(m_look.style);
        if (!isShown(static_cast<std::size_t>(s)) ||
            (stacked && s + 1 < static_cast<int>(m_data->series.size()) &&
             isShown(m_data->series.size() - 1)))
            continue;
        for (int b = 0; b < count; ++b) {
            const double top = topOf(s, b);
            if (top > most)
                most = top;
        }
    }
    for (std::size_t b = 0; m_data->isCompared() && b < m_data->buckets.size(); ++b) {
        double sum = 0;
        for (std::size_t s = 0; s < m_data->series.size(); ++s) {
            const double number = isShown(s) ? m_data->series[s].earlier[b] : kNaN;
            if (std::isnan(number))
                continue;
            sum = isStacked(m_look.style) ? sum + number : number;
            most = std::max(most, sum);
        }
    }
    return most;
}

bool TimePlot::isShown(std::size_t series) const
{
    return series >= m_look.shown.size() || m_look.shown[series];
}

} // namespace genscope
