// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/histogramchart.h"

#include "charts/celltext.h"
#include "charts/theme.h"
#include "charts/timeseries.h"
#include "core/format.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr double kMarkRoom = 14; ///< above the bars, for the names of percentiles
constexpr std::size_t kMostRows = 16;

struct Columns
{
    std::optional<std::size_t> bins;
    std::optional<std::size_t> split;
    std::optional<std::size_t> measure;
    CellAxis axis;
};

Columns columnsOf(const ResultTable &table)
{
    Columns columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const ResultTable::Role role = table.columns[i].role;
        if (role == ResultTable::Role::Measure) {
            columns.measure = columns.measure.value_or(i);
        } else if (auto axis = columns.bins ? std::nullopt : CellAxis::of(table, i)) {
            columns.bins = i;
            columns.axis = std::move(*axis);
        } else if (role == ResultTable::Role::Dimension) {
            columns.split = columns.split.value_or(i);
        }
    }
    return columns;
}

/// `latency_p95` marks where 95 % of all numbers lie below.
std::vector<HistogramData::Mark> marksOf(const ResultTable &table, std::size_t measure, const QLocale &locale)
{
    std::vector<HistogramData::Mark> marks;
    for (std::size_t i = measure + 1; i < table.columns.size() && i < table.total.size(); ++i) {
        const std::string &name = table.columns[i].name;
        const std::size_t place = name.rfind("_p");
        const auto number = cellNumber(table.total[i]);
        if (place == std::string::npos || !number)
            continue;
        HistogramData::Mark mark;
        mark.label = QString::fromStdString(name.substr(place + 1));
        mark.number = *number;
        mark.text = mark.label + QStringLiteral(" ") + numberText(*number, table.columns[i].unit, locale);
        marks.push_back(std::move(mark));
    }
    return marks;
}

} // namespace

HistogramData buildHistogram(const ResultTable &table, const QLocale &locale)
{
    HistogramData data;
    Columns columns = columnsOf(table);
    if (!columns.bins || !columns.measure)
        return data;
    data.x = std::move(columns.axis);
    data.measure = table.columns[*columns.measure].name;
    data.unit = table.columns[*columns.measure].unit;
    data.marks = marksOf(table, *columns.measure, locale);
    if (columns.split)
        data.dimension = table.columns[*columns.split].name;
    for (const auto &row : table.rows) {
        const double count = cellNumber(row[*columns.measure]).value_or(0);
        const auto bin = data.x.binOf(row[*columns.bins]);
        if (!bin) {
            data.without += count;
            continue;
        }
        const Cell value = columns.split ? row[*columns.split] : Cell();
        auto series = std::find_if(data.series.begin(), data.series.end(),
                                   [&value](const auto &each) { return each.value == value; });
        if (series == data.series.end()) {
            const QString label = columns.split ? dimensionText(value, data.dimension, locale) : QString();
            series =
                data.series.insert(series, {value, label, std::vector<double>(data.x.bins().size(), 0.0), 0});
        }
        series->counts[*bin] += count;
        series->total += count;
        data.total += count;
    }
    std::stable_sort(data.series.begin(), data.series.end(), [](const auto &a, const auto &b) {
        const bool aOther = isOther(a.value);
        const bool bOther = isOther(b.value);
        return aOther != bOther ? bOther : a.total > b.total;
    });
    return data;
}

HistogramChart::HistogramChart(Style style, QWidget *parent)
    : CellChart(parent), m_style(style), m_legend(new ChartLegend(this))
{
    m_legend->setLayoutKind(ChartLegend::Layout::Row);
    connect(m_legend, &ChartLegend::isolateRequested, this, [this](int entry) {
        m_visibility.isolate(static_cast<std::size_t>(entry));
        updateLegend();
        refresh();
    });
    connect(m_legend, &ChartLegend::toggleRequested, this, [this](int entry) {
        m_visibility.toggle(static_cast<std::size_t>(entry));
        updateLegend();
        refresh();
    });
    connect(m_legend, &ChartLegend::activated, this, [this](int entry) {
        std::vector<Cell> shown;
        for (const HistogramData::Series &series : m_data.series)
            shown.push_back(series.value);
        Q_EMIT activated(pickValue(m_data.dimension, shown[static_cast<std::size_t>(entry)], shown));
    });
}

void HistogramChart::setResult(const ResultTable &table, const ChartContext &)
{
    m_data = buildHistogram(table, locale());
    std::vector<std::string> keys;
    std::vector<Cell> values;
    for (const HistogramData::Series &series : m_data.series) {
        std::string key(1, isMissing(series.value) ? '\n' : '='); // a missing value and an empty text are two
        keys.push_back(key += cellKey(series.value));
        values.push_back(series.value);
    }
    m_visibility.setSeries(std::move(keys));
    if (!m_data.dimension.empty())
        CategoryColors::session().rank(m_data.dimension, values);
    updateLegend();
    setAxes(m_data.x, {});
    arrangeLegend();
}

double HistogramChart::heightOf(const HistogramData::Series &series, std::size_t bin) const
{
    if (m_style == Style::Stacked)
        return series.counts[bin];
    return series.total > 0 ? series.counts[bin] / series.total : 0;
}

double HistogramChart::highest() const
{
    double highest = 0;
    for (std::size_t bin = 0; bin < m_data.x.bins().size(); ++bin) {
        double height = 0;
        for (std::size_t s = 0; s < m_data.series.size(); ++s) {
            if (!isShown(s))
                continue;
            const double each = heightOf(m_data.series[s], bin);
            height = m_style == Style::Stacked ? height + each : std::max(height, each);
        }
        highest = std::max(highest, height);
    }
    return highest;
}

std::vector<AxisTick> HistogramChart::leftTicks(int most) const
{
    const Unit unit = m_style == Style::Stacked ? m_data.unit : Unit::Ratio;
    const double top = highest();
    if (!(top > 0))
        return {};
    std::vector<AxisTick> ticks;
    for (AxisTick &tick : valueTicks(valueScale(0, top, std::max(1, most - 1), unit), unit, locale())) {
        tick.position /= top;
        if (tick.position <= 1)
            ticks.push_back(std::move(tick));
    }
    return ticks;
}

QMarginsF HistogramChart::around(const QSizeF &size) const
{
    const double legend = m_data.series.size() > 1 ? m_legend->heightFor(static_cast<int>(size.width())) : 0;
    return {0, legend + (m_data.marks.empty() ? 0 : kMarkRoom), 0, 0};
}

QString HistogramChart::xTitle() const
{
    if (m_data.without <= 0)
        return m_data.x.title();
    return tr("%1; %2 without").arg(m_data.x.title(), formatCompact(m_data.without, locale()));
}

QColor HistogramChart::colorOf(std::size_t series) const
{
    const Theme &theme = Theme::of(palette());
    if (m_data.dimension.empty())
        return theme.accent;
    return CategoryColors::session().color(m_data.dimension, m_data.series[series].value, theme);
}

void HistogramChart::paintCells(QPainter &painter, const Theme &theme, const QRectF &plot) const
{
    if (m_style == Style::Stacked)
        paintStack(painter, plot);
    else
        paintOutlines(painter, plot);
    paintMarks(painter, theme, plot);
}

void HistogramChart::paintStack(QPainter &painter, const QRectF &plot) const
{
    const double top = highest();
    if (!(top > 0))
        return;
    for (std::size_t bin = 0; bin < m_data.x.bins().size(); ++bin) {
        QRectF bar = cellRect(plot, {static_cast<int>(bin), 0}, {static_cast<int>(bin), 0});
        bar.setLeft(std::round(bar.left()));
        bar.setRight(std::max(bar.left() + 1, std::round(bar.right()) - (bar.width() >= 4 ? 1 : 0)));
        double below = 0;
        for (std::size_t s = 0; s < m_data.series.size(); ++s) {
            if (!isShown(s) || m_data.series[s].counts[bin] <= 0)
                continue;
            const double base = plot.bottom() - plot.height() * below / top;
            below += m_data.series[s].counts[bin];
            // A single call among thousands still shows.
            const double height = std::min(plot.bottom() - plot.height() * below / top,
                                           below == m_data.series[s].counts[bin] ? base - 1 : base);
            painter.fillRect(QRectF(QPointF(bar.left(), height), QPointF(bar.right(), base)), colorOf(s));
        }
    }
}

void HistogramChart::paintOutlines(QPainter &painter, const QRectF &plot) const
{
    const double top = highest();
    if (!(top > 0))
        return;
    // Rectangles: strokes of wide paths with hundreds of corners take a hundred times as long.
    painter.setRenderHint(QPainter::Antialiasing, false);
    constexpr double kPen = 2;
    for (std::size_t s = m_data.series.size(); s-- > 0;) { // the largest on top
        if (!isShown(s))
            continue;
        const QColor color = colorOf(s);
        QColor fill = color;
        fill.setAlphaF(0.08F);
        double before = plot.bottom();
        for (std::size_t bin = 0; bin < m_data.x.bins().size(); ++bin) {
            const CellAxis::Bin &each = m_data.x.bins()[bin];
            const double left = std::round(plot.left() + plot.width() * each.begin);
            const double right = std::round(plot.left() + plot.width() * each.end);
            const double y =
                std::round(plot.bottom() - plot.height() * heightOf(m_data.series[s], bin) / top);
            painter.fillRect(QRectF(QPointF(left, y), QPointF(right, plot.bottom())), fill);
            painter.fillRect(QRectF(left, y - kPen / 2, right - left + kPen / 2, kPen), color);
            painter.fillRect(
                QRectF(left - kPen / 2, std::min(y, before) - kPen / 2, kPen, std::abs(before - y) + kPen),
                color);
            before = y;
        }
    }
}

void HistogramChart::paintMarks(QPainter &painter, const Theme &theme, const QRectF &plot) const
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(theme.text, 1);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    for (const HistogramData::Mark &mark : m_data.marks) {
        const double x = std::round(plot.left() + plot.width() * m_data.x.positionOf(mark.number)) + 0.5;
        painter.drawLine(QPointF(x, plot.top() - 2), QPointF(x, plot.bottom()));
    }
}

void HistogramChart::paintAround(QPainter &painter, const Theme &theme, const QRectF &plot,
                                 const QRectF &area) const
{
    const QFontMetricsF metrics(painter.font());
    painter.setPen(theme.text);
    double free = plot.left();
    for (const HistogramData::Mark &mark : m_data.marks) {
        const double x = plot.left() + plot.width() * m_data.x.positionOf(mark.number);
        QString text = mark.text;
        double width = metrics.horizontalAdvance(text);
        double left = std::clamp(x - width / 2, area.left(), area.right() - width);
        if (left < free) { // the name alone may still fit
            text = mark.label;
            width = metrics.horizontalAdvance(text);
            left = std::clamp(std::max(x - width / 2, free), area.left(), area.right() - width);
            if (left > x + 1)
                continue;
        }
        painter.drawText(QRectF(left, plot.top() - kMarkRoom - 2, width + 2, kMarkRoom),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        free = left + width + 6;
    }
}

void HistogramChart::paintWidgets(QPainter &painter, const QRect &area)
{
    if (m_data.series.size() < 2)
        return;
    const QRect before = m_legend->geometry();
    m_legend->setGeometry(0, 0, area.width(), m_legend->heightFor(area.width()));
    m_legend->render(&painter, area.topLeft(), {}, QWidget::DrawChildren);
    m_legend->setGeometry(before);
}

ChartTooltip::Content HistogramChart::tooltipContent(const Spot &spot) const
{
    ChartTooltip::Content content;
    const auto bin = static_cast<std::size_t>(spot.x);
    content.heading = m_data.x.text(bin, bin, locale());
    double total = 0;
    double below = 0;
    std::vector<std::size_t> order;
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        if (!isShown(s))
            continue;
        for (std::size_t i = 0; i <= bin; ++i)
            below += m_data.series[s].counts[i];
        total += m_data.series[s].counts[bin];
        if (m_data.series[s].counts[bin] > 0 || m_data.series.size() == 1)
            order.push_back(s);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return m_data.series[a].counts[bin] > m_data.series[b].counts[bin];
    });
    const bool adds = addsUp(m_data.measure, {});
    const double all = m_data.total > 0 ? m_data.total : 1;
    for (const std::size_t s : order) {
        if (content.rows.size() == kMostRows)
            break;
        const HistogramData::Series &series = m_data.series[s];
        ChartTooltip::Row row;
        row.color = colorOf(s);
        row.label = series.label.isEmpty() ? columnTitle(m_data.measure) : series.label;
        row.value = numberText(series.counts[bin], m_data.unit, locale());
        const double whole = m_style == Style::Stacked ? all : series.total > 0 ? series.total : 1;
        if (adds)
            row.share = formatRatio(series.counts[bin] / whole, locale());
        content.rows.push_back(row);
    }
    if (order.size() > 1 && adds)
        content.total = {{},
                         tr("Total"),
                         numberText(total, m_data.unit, locale()),
                         formatRatio(total / all, locale()),
                         true};
    if (adds)
        content.note = tr("%1 are below its upper end").arg(formatRatio(below / all, locale()));
    return content;
}

std::optional<std::size_t> HistogramChart::seriesAt(const Spot &spot, const QPointF &position) const
{
    const QRectF plot = plotArea();
    const double at = (plot.bottom() - position.y()) / plot.height() * highest();
    double below = 0;
    for (std::size_t s = 0; s < m_data.series.size(); ++s) {
        if (!isShown(s))
            continue;
        below += m_data.series[s].counts[static_cast<std::size_t>(spot.x)];
        if (at <= below)
            return s;
    }
    return std::nullopt;
}

/// A bar of a stack is both: its bin, and the value that it stands for.
ChartPick HistogramChart::clicked(const Spot &spot, const QPointF &position) const
{
    ChartPick pick = pickOf(spot, spot);
    if (m_style != Style::Stacked || m_data.dimension.empty())
        return pick;
    const auto series = seriesAt(spot, position);
    if (!series)
        return pick;
    std::vector<Cell> shown;
    for (const HistogramData::Series &each : m_data.series)
        shown.push_back(each.value);
    pick.add(pickValue(m_data.dimension, m_data.series[*series].value, shown));
    return pick;
}

void HistogramChart::updateLegend()
{
    std::vector<ChartLegend::Entry> entries;
    std::vector<bool> shown;
    if (m_data.series.size() > 1) {
        for (std::size_t s = 0; s < m_data.series.size(); ++s) {
            const bool lines = m_style == Style::Compared;
            entries.push_back({m_data.series[s].label,
                               {},
                               colorOf(s),
                               lines ? ChartLegend::Swatch::Line : ChartLegend::Swatch::Box});
            shown.push_back(isShown(s));
        }
    }
    m_legend->setEntries(entries);
    m_legend->setShown(shown);
    arrangeLegend();
}

void HistogramChart::arrangeLegend()
{
    m_legend->setVisible(m_data.series.size() > 1);
    m_legend->setGeometry(0, 0, width(), m_legend->heightFor(width()));
}

void HistogramChart::resizeEvent(QResizeEvent *event)
{
    arrangeLegend();
    CellChart::resizeEvent(event);
}

void HistogramChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateLegend();
    CellChart::changeEvent(event);
}

} // namespace genscope
