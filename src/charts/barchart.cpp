// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/barchart.h"

#include "charts/celltext.h"
#include "charts/hatch.h"
#include "charts/theme.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHorizontalStackedBarSeries>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr double kMostRow = 30;  ///< pixels
constexpr double kLeastRow = 16; ///< below that, bars are left out and counted
constexpr double kBarShare = 0.62;
constexpr int kGap = 8;
constexpr double kLeastBar = 2; ///< pixels
constexpr int kHatchWidth = 28;

} // namespace

/// Shows the chart and lets BarChart paint below and above it. Mouse and keys go to BarChart.
class BarChart::View final : public QChartView
{
public:
    View(QChart *chart, BarChart *owner) : QChartView(chart, owner), m_owner(owner)
    {
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setBackgroundBrush(Qt::NoBrush);
        setStyleSheet(QString());
        viewport()->setAutoFillBackground(false);
    }

protected:
    void drawBackground(QPainter *painter, const QRectF &) override { m_owner->paintBelow(*painter); }
    void drawForeground(QPainter *painter, const QRectF &) override { m_owner->paintAbove(*painter); }

private:
    BarChart *m_owner;
};

BarChart::BarChart(QWidget *parent) : ChartView(parent), m_chart(new QChart)
{
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_view = new View(m_chart, this); // takes the chart
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

BarChart::~BarChart() = default;

void BarChart::setResult(const ResultTable &table, const ChartContext &context)
{
    m_data = buildBars(table, locale(), context.earlier.get());
    m_choice = context.choice;
    m_active = -1;
    if (m_tooltip)
        m_tooltip->hide();
    if (m_data.dimension == "model") {
        std::vector<Cell> values;
        for (const BarData::Bar &bar : m_data.bars)
            values.push_back(bar.value);
        CategoryColors::session().rank(m_data.dimension, values);
    }
    arrange();
}

void BarChart::paintPicture(QPainter &painter, const QRect &area)
{
    const int active = std::exchange(m_active, -1);
    m_drawingPicture = true;
    m_layout = layoutFor(area.size());
    m_chart->resize(m_layout.size);
    fillChart();
    m_chart->layout()->activate();
    painter.save();
    painter.translate(area.topLeft());
    painter.setClipRect(QRect(QPoint(0, 0), area.size()), Qt::IntersectClip);
    paintBelow(painter);
    const QRectF all(QPointF(0, 0), m_layout.size);
    m_view->scene()->render(&painter, all, all, Qt::IgnoreAspectRatio);
    paintAbove(painter);
    painter.restore();
    m_drawingPicture = false;
    m_active = active;
    arrange();
}

int BarChart::visibleBars() const
{
    return m_layout.bars;
}

QRectF BarChart::rowRect(int bar) const
{
    return {0, m_layout.plot.top() + bar * m_layout.row, m_layout.size.width(), m_layout.row};
}

int BarChart::barAt(const QPointF &position) const
{
    for (int bar = 0; bar < m_layout.bars; ++bar) {
        if (rowRect(bar).contains(position))
            return bar;
    }
    return -1;
}

ChartTooltip::Content BarChart::tooltipContent(int bar) const
{
    ChartTooltip::Content content;
    if (bar < 0 || static_cast<std::size_t>(bar) >= m_data.bars.size())
        return content;
    const BarData::Bar &shown = m_data.bars[static_cast<std::size_t>(bar)];
    content.heading = shown.label;
    content.rows.push_back(
        {colorOf(shown, Theme::of(palette())), columnTitle(m_data.measure), shown.text, shown.share, true});
    if (!shown.earlierText.isEmpty())
        content.rows.push_back({{}, tr("Compared with"), shown.earlierText, {}, false});
    for (const auto &[title, value] : shown.more)
        content.rows.push_back({{}, title, value, {}, false});
    return content;
}

void BarChart::resizeEvent(QResizeEvent *)
{
    arrange();
}

void BarChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        arrange();
    ChartView::changeEvent(event);
}

void BarChart::mouseMoveEvent(QMouseEvent *event)
{
    setActive(barAt(event->position()), event->pos());
}

void BarChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        event->ignore();
}

void BarChart::mouseReleaseEvent(QMouseEvent *event)
{
    const int bar = barAt(event->position());
    if (event->button() != Qt::LeftButton || bar < 0)
        return;
    if (m_tooltip)
        m_tooltip->hide();
    activate(bar, event->modifiers());
}

void BarChart::activate(int bar, Qt::KeyboardModifiers modifiers)
{
    ChartPick pick = m_data.pick(static_cast<std::size_t>(bar));
    pick.intent = intentOf(modifiers);
    Q_EMIT activated(pick);
}

void BarChart::leaveEvent(QEvent *)
{
    setActive(-1, {});
}

void BarChart::keyPressEvent(QKeyEvent *event)
{
    const auto choose = [this](int bar) {
        const int chosen = std::clamp(bar, 0, m_layout.bars - 1);
        setActive(chosen, rowRect(chosen).bottomLeft().toPoint() + QPoint(32, 0));
    };
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
        choose(m_active + 1);
        return;
    case Qt::Key_Up:
    case Qt::Key_Left:
        choose(m_active < 0 ? m_layout.bars - 1 : m_active - 1);
        return;
    case Qt::Key_Home:
        choose(0);
        return;
    case Qt::Key_End:
        choose(m_layout.bars - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_active >= 0)
            activate(m_active, event->modifiers());
        return;
    case Qt::Key_Escape:
        if (m_active >= 0) {
            setActive(-1, {});
            return;
        }
        break;
    default:
        break;
    }
    ChartView::keyPressEvent(event);
}

void BarChart::focusInEvent(QFocusEvent *event)
{
    m_view->viewport()->update();
    ChartView::focusInEvent(event);
}

void BarChart::focusOutEvent(QFocusEvent *event)
{
    setActive(-1, {});
    m_view->viewport()->update();
    ChartView::focusOutEvent(event);
}

void BarChart::hideEvent(QHideEvent *)
{
    if (m_tooltip)
        m_tooltip->hide();
}

BarChart::Layout BarChart::layoutFor(const QSizeF &size) const
{
    Layout layout;
    layout.size = size;
    const auto count = static_cast<int>(m_data.bars.size());
    if (count == 0)
        return layout;
    layout.row = std::clamp(size.height() / count, kLeastRow, kMostRow);
    layout.bars = count;
    if (layout.row * count > size.height() + 0.5) { // the last line is for "n more"
        layout.bars = std::clamp(static_cast<int>(size.height() / kLeastRow) - 1, 1, count);
        layout.left = count - layout.bars;
    }
    const QFontMetrics metrics(font());
    double labels = 0;
    double values = 0;
    for (int i = 0; i < layout.bars; ++i) {
        const BarData::Bar &bar = m_data.bars[static_cast<std::size_t>(i)];
        labels = std::max(labels, static_cast<double>(metrics.horizontalAdvance(bar.label)) + 5);
        values = std::max(values, static_cast<double>(metrics.horizontalAdvance(bar.text)) + 3);
    }
    labels = std::min(labels, size.width() * 0.42);
    const double left = labels + kGap;
    layout.plot =
        QRectF(left, 0, std::max(16.0, size.width() - left - values - kGap - 4), layout.row * layout.bars);
    return layout;
}

/// One bar set for each colour: Qt Charts colours sets, not bars.
void BarChart::fillChart()
{
    const Theme &theme = Theme::of(palette());
    m_chart->removeAllSeries();
    for (QAbstractAxis *axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
    if (m_layout.bars == 0)
        return;
    auto *series = new QHorizontalStackedBarSeries;
    series->setBarWidth(kBarShare);
    std::vector<std::pair<QColor, QBarSet *>> sets;
    QStringList categories;
    for (int i = 0; i < m_layout.bars; ++i) {
        const BarData::Bar &bar = m_data.bars[static_cast<std::size_t>(i)];
        const QColor color = colorOf(bar, theme);
        auto set = std::find_if(sets.begin(), sets.end(), [&](const auto &s) { return s.first == color; });
        if (set == sets.end()) {
            auto *made = new QBarSet({});
            made->setColor(color);
            made->setPen(Qt::NoPen);
            for (int j = 0; j < m_layout.bars; ++j)
                made->append(0);
            set = sets.emplace(sets.end(), color, made);
        }
        // Categories count from below.
        set->second->replace(m_layout.bars - 1 - i, bar.number.value_or(0));
        categories << QString::number(i);
    }
    for (const auto &[color, set] : sets)
        series->append(set);
    m_chart->addSeries(series);

    auto *names = new QBarCategoryAxis;
    names->append(categories);
    names->setVisible(false);
    auto *values = new QValueAxis;
    values->setRange(m_data.smallest,
                     m_data.largest > m_data.smallest ? m_data.largest : m_data.smallest + 1);
    values->setVisible(false);
    m_chart->addAxis(names, Qt::AlignLeft);
    m_chart->addAxis(values, Qt::AlignBottom);
    series->attachAxis(names);
    series->attachAxis(values);
    m_chart->setPlotArea(m_layout.plot);
}

void BarChart::arrange()
{
    m_view->setGeometry(rect());
    m_layout = layoutFor(size());
    m_chart->resize(m_layout.size);
    fillChart();
    m_view->viewport()->update();
}

void BarChart::setActive(int bar, const QPoint &at)
{
    if (bar != m_active) {
        m_active = bar;
        m_view->viewport()->update();
        setCursor(bar >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (bar >= 0) {
            if (!m_tooltip)
                m_tooltip = new ChartTooltip(this);
            m_tooltip->setContent(tooltipContent(bar));
        }
    }
    if (bar >= 0)
        m_tooltip->showBeside(mapToGlobal(at));
    else if (m_tooltip)
        m_tooltip->hide();
}

bool BarChart::isFaint(const BarData::Bar &bar) const
{
    return m_choice && m_choice->isFaint(bar.value);
}

QColor BarChart::colorOf(const BarData::Bar &bar, const Theme &theme) const
{
    return isFaint(bar) ? theme.faint(fullColorOf(bar, theme)) : fullColorOf(bar, theme);
}

QColor BarChart::fullColorOf(const BarData::Bar &bar, const Theme &theme) const
{
    if (m_data.dimension == "model")
        return CategoryColors::session().color(m_data.dimension, bar.value, theme);
    if (isOther(bar.value))
        return theme.other;
    if (isMissing(bar.value))
        return theme.missing;
    const auto *status = std::get_if<std::int64_t>(&bar.value);
    if (m_data.dimension == "error" || (m_data.dimension == "http_status" && status && *status >= 400))
        return theme.error;
    return theme.accent;
}

void BarChart::paintBelow(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    painter.fillRect(QRectF(QPointF(0, 0), m_layout.size), theme.surface);
    if (m_active >= 0 && m_active < m_layout.bars) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(rowRect(m_active), 3, 3);
    }
}

void BarChart::paintAbove(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    painter.setFont(font());
    for (int bar = 0; bar < m_layout.bars; ++bar)
        paintRow(painter, theme, bar);
    if (m_layout.left > 0) {
        painter.setPen(theme.mutedText);
        painter.drawText(rowRect(m_layout.bars), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("%n more", "", m_layout.left));
    }
    if (hasFocus() && !m_drawingPicture) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(QPointF(0, 0), m_layout.size).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void BarChart::paintRow(QPainter &painter, const Theme &theme, int bar) const
{
    const BarData::Bar &shown = m_data.bars[static_cast<std::size_t>(bar)];
    const QRectF row = rowRect(bar);
    const QRectF plot(m_layout.plot.left(), row.top(), m_layout.plot.width(), row.height());
    const bool muted = isOther(shown.value) || isMissing(shown.value) || isFaint(shown);
    painter.setPen(muted ? theme.mutedText : theme.text);
    const QRectF label(2, row.top(), plot.left() - kGap - 2, row.height());
    painter.drawText(
        label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(shown.label, Qt::ElideMiddle, static_cast<int>(label.width())));

    const double span = std::max(m_data.largest - m_data.smallest, 1e-300);
    double end =
        plot.left() + plot.width() * (std::max(0.0, shown.number.value_or(0)) - m_data.smallest) / span;
    const QRectF least(plot.left(), row.top() + row.height() * (1 - kBarShare) / 2, kLeastBar,
                       row.height() * kBarShare);
    if (shown.number && *shown.number > 0 && end < least.right()) { // little is not nothing
        painter.fillRect(least, colorOf(shown, theme));
        end = least.right();
    }
    if (shown.earlier && *shown.earlier > 0) { // the pair, below
        const double width = plot.width() * (*shown.earlier - m_data.smallest) / span;
        const double top = row.top() + row.height() * (1 + kBarShare) / 2;
        QColor color = theme.mutedText;
        color.setAlphaF(0.6F);
        painter.fillRect(QRectF(plot.left(), top + 0.5, std::max(width, 1.0), 2.5), color);
        end = std::max(end, plot.left() + width);
    }
    if (shown.unpriced) {
        const QRectF stub(plot.left(), row.top() + row.height() * (1 - kBarShare) / 2, kHatchWidth,
                          row.height() * kBarShare);
        paintHatch(painter, stub, theme.unpriced);
        end = stub.right();
    }
    painter.setPen(shown.unpriced ? theme.warning : isFaint(shown) ? theme.mutedText : theme.text);
    painter.drawText(QRectF(end + kGap - 2, row.top(), m_layout.size.width() - end - kGap + 2, row.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown.text);
}

} // namespace genscope
