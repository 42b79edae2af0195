// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeserieschart.h"

#include "charts/celltext.h"
#include "core/format.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr int kColumnFrom = 560; ///< width from which the legend stands beside the plot
constexpr int kMostColumn = 240; ///< width of that legend
constexpr int kColumnGap = 16;
constexpr std::size_t kMostRows = 16; ///< of the tooltip

/// A missing value and an empty text are two series.
std::string keyOf(const TimeSeriesData::Series &series)
{
    std::string key = series.measure;
    key += isMissing(series.value) ? '\n' : '=';
    key += cellKey(series.value);
    return key;
}

ChartLegend::Swatch swatchOf(TimeStyle style, std::size_t series)
{
    if (isStacked(style))
        return ChartLegend::Swatch::Box;
    if (style == TimeStyle::Lines)
        return ChartLegend::Swatch::Line;
    // Percentiles have one colour: the median is the boldest, the rarest is dashed.
    return series == 0   ? ChartLegend::Swatch::BoldLine
           : series == 1 ? ChartLegend::Swatch::Line
                         : ChartLegend::Swatch::DashedLine;
}

TimeGesture::Phase phaseOf(PlotOverlay::Phase phase)
{
    switch (phase) {
    case PlotOverlay::Phase::Moved:
        return TimeGesture::Phase::Moved;
    case PlotOverlay::Phase::Finished:
        return TimeGesture::Phase::Finished;
    case PlotOverlay::Phase::Cancelled:
        break;
    }
    return TimeGesture::Phase::Cancelled;
}

} // namespace

TimeSeriesChart::TimeSeriesChart(TimeStyle style, QWidget *parent)
    : ChartView(parent),
      m_style(style),
      m_plot(this),
      m_legend(new ChartLegend(this)),
      m_overlay(new PlotOverlay(this))
{
    setFocusProxy(m_overlay);
    m_overlay->setCrosshairKind(style == TimeStyle::StackedBars ? PlotOverlay::CrosshairKind::Band
                                                                : PlotOverlay::CrosshairKind::Line);
    if (!isStacked(style)) {
        m_overlay->setMarkers([this](int bucket) {
            std::vector<PlotOverlay::Marker> markers;
            for (int s = 0; s < static_cast<int>(m_data.series.size()); ++s) {
                const double top = m_plot.topOf(s, bucket);
                if (!std::isnan(top))
                    markers.push_back({QPointF(m_plot.xOf(bucket), m_plot.yOf(top)),
                                       colorOf(static_cast<std::size_t>(s)), s == m_activeSeries});
            }
            return markers;
        });
    }
    m_overlay->setReadout([this](int bucket) { return readout(bucket); });
    connectOverlay();
    connectLegend();
}

void TimeSeriesChart::connectOverlay()
{
    connect(m_overlay, &PlotOverlay::moved, this, &TimeSeriesChart::onMoved);
    connect(m_overlay, &PlotOverlay::seriesStepped, this, &TimeSeriesChart::onSeriesStepped);
    const auto activate = [this](int bucket, int series, Qt::KeyboardModifiers modifiers) {
        hideTooltip();
        ChartPick pick = m_data.pick(bucket, series);
        if (pick.value)
            pick.intent = intentOf(modifiers);
        Q_EMIT activated(pick);
    };
    connect(m_overlay, &PlotOverlay::clicked, this,
            [this, activate](int bucket, const QPoint &at, Qt::KeyboardModifiers modifiers) {
                activate(bucket, m_data.series.size() == 1 ? 0 : m_plot.seriesAt(bucket, at.y()), modifiers);
            });
    connect(m_overlay, &PlotOverlay::entered, this,
            [this, activate](int bucket, Qt::KeyboardModifiers modifiers) {
                activate(bucket, m_activeSeries, modifiers);
            });
    connect(m_overlay, &PlotOverlay::dragged, this,
            [this](PlotOverlay::Drag drag, PlotOverlay::Phase phase, int first, int last) {
                TimeGesture gesture;
                gesture.kind = drag == PlotOverlay::Drag::Compare ? TimeGesture::Kind::Compare
                                                                  : TimeGesture::Kind::Brush;
                gesture.phase = phaseOf(phase);
                if (phase != PlotOverlay::Phase::Moved)
                    hideTooltip();
                if (phase != PlotOverlay::Phase::Cancelled)
                    gesture.range = rangeOf(first, last);
                Q_EMIT gestured(gesture);
            });
    connect(m_overlay, &PlotOverlay::panned, this, [this](PlotOverlay::Phase phase, double buckets) {
        hideTooltip();
        if (m_data.buckets.empty())
            return;
        TimeGesture gesture;
        gesture.kind = TimeGesture::Kind::Pan;
        gesture.phase = phaseOf(phase);
        const auto span = static_cast<double>(m_data.end.us - m_data.buckets.front().us);
        gesture.shiftUs =
            static_cast<std::int64_t>(-buckets * span / static_cast<double>(m_data.buckets.size()));
        Q_EMIT gestured(gesture);
    });
    connect(m_overlay, &PlotOverlay::zoomed, this, [this](double factor, double position) {
        hideTooltip();
        if (m_data.buckets.empty())
            return;
        TimeGesture gesture;
        gesture.kind = TimeGesture::Kind::Zoom;
        gesture.factor = factor;
        gesture.at = m_data.instantAt(position);
        Q_EMIT gestured(gesture);
    });
    connect(m_overlay, &PlotOverlay::flagClicked, this, &TimeSeriesChart::markActivated);
    connect(m_overlay, &PlotOverlay::doubleClicked, this, [this] {
        hideTooltip();
        TimeGesture gesture;
        gesture.kind = TimeGesture::Kind::Reset;
        Q_EMIT gestured(gesture);
    });
}

void TimeSeriesChart::connectLegend()
{
    connect(m_legend, &ChartLegend::toggleRequested, this, [this](int entry) {
        m_beforeToggle = m_visibility;
        m_visibility.toggle(static_cast<std::size_t>(entry));
        redraw();
    });
    connect(m_legend, &ChartLegend::isolateRequested, this, [this](int entry, bool toggledBefore) {
        if (toggledBefore)
            m_visibility = m_beforeToggle;
        m_visibility.isolate(static_cast<std::size_t>(entry));
        redraw();
    });
    connect(m_legend, &ChartLegend::activated, this, [this](int entry, Qt::KeyboardModifiers modifiers) {
        ChartPick pick = m_data.pick(-1, entry);
        if (pick.value)
            pick.intent = intentOf(modifiers);
        Q_EMIT activated(pick);
    });
}

TimeRange TimeSeriesChart::rangeOf(int first, int last) const
{
    return {m_data.buckets[static_cast<std::size_t>(first)],
            m_data.bucketEnd(static_cast<std::size_t>(last))};
}

TimeSeriesChart::~TimeSeriesChart() = default;

void TimeSeriesChart::setResult(const ResultTable &table, const ChartContext &context)
{
    m_data = buildTimeSeries(table, m_style, context, locale());
    std::vector<std::string> keys;
    std::vector<Cell> values;
    for (const TimeSeriesData::Series &series : m_data.series) {
        keys.push_back(keyOf(series));
        values.push_back(m_data.dimension.empty() ? Cell(series.measure) : series.value);
    }
    m_visibility.setSeries(std::move(keys));
    if (m_style != TimeStyle::Percentiles && values.size() > 1)
        CategoryColors::session().rank(m_data.dimension.empty() ? "measure" : m_data.dimension, values);
    m_activeSeries = -1;
    hideTooltip();
    m_overlay->setBucket(-1);
    m_overlay->setFlags(flags());
    updateLegend();
    redraw();
    arrange();
}

void TimeSeriesChart::paintPicture(QPainter &painter, const QRect &area)
{
    const Areas areas = areasFor(QRect(QPoint(0, 0), area.size()));
    painter.save();
    painter.translate(area.topLeft());
    QRect inside = m_plot.paint(painter, areas.plot);
    const double step = inside.width() / static_cast<double>(std::max<std::size_t>(m_data.buckets.size(), 1));
    inside.translate(areas.plot.topLeft());
    PlotOverlay::paintFlags(painter,
                            {inside, inside.left() + step / 2, step, static_cast<int>(m_data.buckets.size())},
                            flags(), Theme::of(palette()).error);
    if (!areas.legend.isEmpty()) {
        const QRect before = m_legend->geometry();
        m_legend->setLayoutKind(areas.layout);
        m_legend->setGeometry(areas.legend);
        m_legend->render(&painter, areas.legend.topLeft(), {}, QWidget::DrawChildren);
        m_legend->setGeometry(before);
    }
    painter.restore();
    arrange();
}

void TimeSeriesChart::setCrosshair(std::optional<Timestamp> instant)
{
    m_overlay->setBucket(instant ? m_data.bucketAt(*instant) : -1);
}

void TimeSeriesChart::setBrush(const std::optional<TimeRange> &range)
{
    std::optional<std::pair<int, int>> buckets;
    if (range && range->from && range->to && !m_data.buckets.empty() && m_data.buckets.front() < *range->to &&
        *range->from < m_data.end) {
        const int first = std::max(0, m_data.bucketAt(*range->from));
        const int last = m_data.bucketAt(Timestamp{range->to->us - 1});
        buckets = {first, last < 0 ? static_cast<int>(m_data.buckets.size()) - 1 : last};
    }
    m_overlay->setMirroredBrush(buckets);
}

void TimeSeriesChart::setMarks(const std::vector<ChartMark> &marks)
{
    if (m_marks == marks)
        return;
    m_marks = marks;
    m_overlay->setFlags(flags());
}

std::vector<PlotOverlay::Flag> TimeSeriesChart::flags() const
{
    std::vector<PlotOverlay::Flag> flags;
    for (std::size_t i = 0; i < m_marks.size() && !m_data.buckets.empty(); ++i) {
        const auto &[range, text] = m_marks[i];
        if (*range.from < m_data.end && m_data.buckets.front() < *range.to)
            flags.push_back(
                {m_data.positionOf(*range.from), m_data.positionOf(*range.to), text, static_cast<int>(i)});
    }
    return flags;
}

/// What is marked at a bucket.
QString TimeSeriesChart::markText(int bucket) const
{
    const TimeRange range = rangeOf(bucket, bucket);
    for (const ChartMark &mark : m_marks) {
        if (*mark.range.from < *range.to && *range.from < *mark.range.to)
            return mark.text;
    }
    return {};
}

QString TimeSeriesChart::readout(int bucket) const
{
    if (bucket < 0 || static_cast<std::size_t>(bucket) >= m_data.buckets.size())
        return {};
    const auto number = [&](std::size_t series) {
        const double value = m_data.series[series].numbers[static_cast<std::size_t>(bucket)];
        return std::isnan(value) ? QStringLiteral("–") : numberText(value, m_data.unit, locale());
    };
    if (m_data.series.size() == 1)
        return number(0);
    if (m_data.additive) {
        double total = 0;
        for (std::size_t s = 0; s < m_data.series.size(); ++s) {
            const double value = m_data.series[s].numbers[static_cast<std::size_t>(bucket)];
            total += std::isnan(value) || !m_visibility.isVisible(s) ? 0 : value;
        }
        return numberText(total, m_data.unit, locale());
    }
    if (m_style == TimeStyle::Percentiles || m_data.dimension.empty()) {
        QStringList parts;
        for (std::size_t s = 0; s < m_data.series.size() && parts.size() < 3; ++s)
            parts << m_data.series[s].label + QLatin1Char(' ') + number(s);
        return parts.join(QStringLiteral(" · "));
    }
    // Of parts that do not add up the largest stands for all.
    const std::vector<int> order = orderAt(bucket);
    if (order.empty())
        return {};
    const auto largest = static_cast<std::size_t>(order.front());
    return m_data.series[largest].label + QLatin1Char(' ') + number(largest);
}

void TimeSeriesChart::setLogScale(bool log)
{
    if (m_log == log)
        return;
    m_log = log;
    redraw();
    arrange();
}

ChartTooltip::Content TimeSeriesChart::tooltipContent(int bucket) const
{
    ChartTooltip::Content content;
    if (bucket < 0 || static_cast<std::size_t>(bucket) >= m_data.buckets.size())
        return content;
    const auto b = static_cast<std::size_t>(bucket);
    content.heading = bucketText(m_data.buckets[b], m_data.interval, m_data.zone, locale());
    if (m_data.isPartial(b))
        content.note = m_data.partialLast && b + 1 == m_data.buckets.size()
                           ? tr("not complete yet")
                           : tr("only partly in the time range");
    if (const QString marked = markText(bucket); !marked.isEmpty())
        content.note += content.note.isEmpty() ? marked : QStringLiteral("; ") + marked;
    const std::vector<int> order = orderAt(bucket);
    double total = 0;
    for (const int s : order) {
        const double number = m_data.series[static_cast<std::size_t>(s)].numbers[b];
        total += std::isnan(number) ? 0 : number;
    }
    for (const int s : order) {
        if (content.rows.size() == kMostRows) {
            content.rows.push_back(
                {{}, tr("%n more", "", static_cast<int>(order.size() - kMostRows)), {}, {}, false});
            break;
        }
        const TimeSeriesData::Series &series = m_data.series[static_cast<std::size_t>(s)];
        const double number = series.numbers[b];
        ChartTooltip::Row row;
        row.color = colorOf(static_cast<std::size_t>(s));
        row.label = series.label;
        row.value = std::isnan(number) ? QStringLiteral("–") : numberText(number, m_data.unit, locale());
        if (m_data.additive && total > 0 && !std::isnan(number))
            row.share = formatRatio(number / total, locale());
        else if (m_data.isCompared() && !std::isnan(series.earlier[b]))
            row.share = tr("from %1").arg(numberText(series.earlier[b], m_data.unit, locale()));
        row.strong = s == m_activeSeries;
        content.rows.push_back(row);
    }
    if (m_data.additive && order.size() > 1) {
        double before = 0;
        for (const int s : order) {
            const auto &earlier = m_data.series[static_cast<std::size_t>(s)].earlier;
            before += earlier.empty() || std::isnan(earlier[b]) ? 0 : earlier[b];
        }
        content.total = {{}, tr("Total"), numberText(total, m_data.unit, locale()), {}, true};
        if (m_data.isCompared())
            content.total.share = tr("from %1").arg(numberText(before, m_data.unit, locale()));
    }
    return content;
}

void TimeSeriesChart::resizeEvent(QResizeEvent *)
{
    arrange();
}

void TimeSeriesChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::LocaleChange) {
        updateLegend();
        redraw();
        arrange();
    }
    ChartView::changeEvent(event);
}

void TimeSeriesChart::hideEvent(QHideEvent *)
{
    hideTooltip();
}

TimeSeriesChart::Areas TimeSeriesChart::areasFor(const QRect &area) const
{
    Areas areas;
    areas.plot = area;
    if (m_data.series.size() < 2)
        return areas;
    // A dozen entries beside a wide plot cost less than two lines above it.
    m_legend->setLayoutKind(ChartLegend::Layout::Column);
    if (area.width() >= kColumnFrom && m_data.series.size() > 3 &&
        m_legend->heightFor(kMostColumn) <= area.height()) {
        const int width =
            std::clamp(m_legend->columnWidth(), 120, std::min(kMostColumn, area.width() * 2 / 5));
        areas.layout = ChartLegend::Layout::Column;
        areas.plot.setRight(area.right() - width - kColumnGap);
        areas.legend = QRect(area.right() - width + 1, area.top(), width, m_legend->heightFor(width));
        return areas;
    }
    m_legend->setLayoutKind(ChartLegend::Layout::Row);
    const int height = m_legend->heightFor(area.width());
    areas.legend = QRect(area.left(), area.top(), area.width(), height);
    areas.plot.setTop(area.top() + height);
    return areas;
}

void TimeSeriesChart::arrange()
{
    const Areas areas = areasFor(rect());
    m_legend->setLayoutKind(areas.layout);
    m_legend->setVisible(!areas.legend.isEmpty());
    m_legend->setGeometry(areas.legend);
    m_plot.setGeometry(areas.plot);
    m_overlay->setGeometry(areas.plot);
    alignOverlay();
}

/// The plot's margins depend on its labels, so this follows every replot.
void TimeSeriesChart::alignOverlay()
{
    m_overlay->setPlotGeometry(
        {m_plot.plotArea(), m_plot.xOf(0), m_plot.bucketWidth(), static_cast<int>(m_data.buckets.size())});
}

void TimeSeriesChart::redraw()
{
    TimePlot::Look look;
    look.style = m_style;
    look.shown = shown();
    look.log = m_log;
    for (std::size_t i = 0; i < m_data.series.size(); ++i)
        look.colors.push_back(colorOf(i));
    m_legend->setShown(look.shown);
    m_plot.draw(m_data, look, Theme::of(palette()), font());
    alignOverlay();
}

void TimeSeriesChart::updateLegend()
{
    std::vector<ChartLegend::Entry> entries;
    if (m_data.series.size() > 1) {
        for (std::size_t i = 0; i < m_data.series.size(); ++i) {
            const TimeSeriesData::Series &series = m_data.series[i];
            ChartLegend::Entry entry;
            entry.label = series.label;
            if (series.unpriced)
                entry.value = tr("unpriced");
            else if (m_data.additive)
                entry.value = numberText(series.weight, m_data.unit, locale());
            entry.color = colorOf(i);
            entry.swatch = swatchOf(m_style, i);
            entries.push_back(entry);
        }
    }
    m_legend->setEntries(entries);
}

std::vector<bool> TimeSeriesChart::shown() const
{
    std::vector<bool> shown;
    for (std::size_t i = 0; i < m_data.series.size(); ++i)
        shown.push_back(m_visibility.isVisible(i));
    return shown;
}

QColor TimeSeriesChart::colorOf(std::size_t series) const
{
    const Theme &theme = Theme::of(palette());
    const TimeSeriesData::Series &each = m_data.series[series];
    if (m_style == TimeStyle::Percentiles)
        return theme.accent;
    if (!m_data.dimension.empty())
        return CategoryColors::session().color(m_data.dimension, each.value, theme);
    if (each.measure == "errors" || each.measure == "error_rate")
        return theme.error;
    if (m_data.series.size() == 1)
        return theme.accent;
    return CategoryColors::session().color("measure", Cell(each.measure), theme);
}

/// The visible series of a bucket, largest first.
std::vector<int> TimeSeriesChart::orderAt(int bucket) const
{
    std::vector<int> order;
    for (int s = 0; s < static_cast<int>(m_data.series.size()); ++s) {
        if (isShown(s))
            order.push_back(s);
    }
    const auto value = [&](int s) {
        const double number =
            m_data.series[static_cast<std::size_t>(s)].numbers[static_cast<std::size_t>(bucket)];
        return std::isnan(number) ? -std::numeric_limits<double>::infinity() : number;
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return value(a) > value(b); });
    return order;
}

void TimeSeriesChart::onMoved(int bucket, const QPoint &at)
{
    if (bucket < 0) {
        hideTooltip();
        Q_EMIT crosshairMoved(std::nullopt);
        return;
    }
    const bool byMouse = m_overlay->underMouse();
    if (byMouse || m_activeSeries < 0)
        m_activeSeries = m_plot.seriesAt(bucket, at.y());
    m_overlay->update();
    showTooltip(at);
    Q_EMIT crosshairMoved(m_data.buckets[static_cast<std::size_t>(bucket)]);
}

void TimeSeriesChart::onSeriesStepped(int by)
{
    const int bucket = m_overlay->bucket();
    if (bucket < 0)
        return;
    const std::vector<int> order = orderAt(bucket);
    if (order.empty())
        return;
    const auto found = std::find(order.begin(), order.end(), m_activeSeries);
    const auto last = static_cast<int>(order.size()) - 1;
    const int at = found == order.end() ? (by > 0 ? 0 : last)
                                        : std::clamp(static_cast<int>(found - order.begin()) + by, 0, last);
    m_activeSeries = order[static_cast<std::size_t>(at)];
    m_overlay->update();
    showTooltip({static_cast<int>(m_plot.xOf(bucket)), m_plot.plotArea().top()});
}

void TimeSeriesChart::showTooltip(const QPoint &at)
{
    if (!m_tooltip)
        m_tooltip = new ChartTooltip(this);
    m_tooltip->setContent(tooltipContent(m_overlay->bucket()));
    m_tooltip->showBeside(m_overlay->mapToGlobal(at));
}

void TimeSeriesChart::hideTooltip()
{
    if (m_tooltip)
        m_tooltip->hide();
}

} // namespace genscope
