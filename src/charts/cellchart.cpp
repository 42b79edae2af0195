// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/cellchart.h"

#include "charts/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr double kTickLength = 4;
constexpr double kLabelGap = 5;
constexpr double kLabelRoom = 14; ///< between two labels

} // namespace

CellChart::CellChart(QWidget *parent) : ChartView(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void CellChart::setAxes(CellAxis x, CellAxis y)
{
    // Numbers that follow a drag must not end it.
    const bool sameCells = m_x.hasBinsOf(x) && m_y.hasBinsOf(y);
    m_x = std::move(x);
    m_y = std::move(y);
    if (!sameCells) {
        m_dragFrom.reset();
        m_press.reset();
    }
    m_active.reset();
    hideTooltip();
    refresh();
}

void CellChart::refresh()
{
    m_picture = {};
    update();
}

int CellChart::rowCount() const
{
    return m_y.isEmpty() ? 1 : static_cast<int>(m_y.bins().size());
}

std::vector<AxisTick> CellChart::leftTicks(int most) const
{
    auto ticks = m_y.ticks(most, locale());
    if (isYDown()) {
        for (AxisTick &tick : ticks)
            tick.position = 1 - tick.position;
    }
    return ticks;
}

// --- Places

QRectF CellChart::plotIn(const QRectF &area) const
{
    const QMarginsF more = around(area.size());
    const QFontMetricsF metrics(smallFont(font()));
    double left = 0;
    const int most =
        std::max(2, static_cast<int>((area.height() - more.top() - 30) / (metrics.height() + 10)));
    for (const AxisTick &tick : leftTicks(most))
        left = std::max(left, metrics.horizontalAdvance(tick.label));
    const double bottom = kTickLength + metrics.height() + kLabelGap;
    const double top = std::max(more.top(), metrics.height() / 2);
    const double right = std::max(more.right(), 10.0);
    const QRectF plot = area.adjusted(left + 2 * kLabelGap, top, -right, -bottom - more.bottom());
    return plot.width() < 8 || plot.height() < 8 ? QRectF(plot.topLeft(), QSizeF(8, 8)) : plot;
}

QRectF CellChart::cellRect(const QRectF &plot, const Spot &from, const Spot &to) const
{
    if (m_x.isEmpty())
        return {};
    const auto bin = [](const CellAxis &axis, int index) {
        return axis
            .bins()[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(axis.bins().size()) - 1))];
    };
    const auto [x0, x1] = std::minmax(from.x, to.x);
    const double left = plot.left() + plot.width() * bin(m_x, x0).begin;
    const double right = plot.left() + plot.width() * bin(m_x, x1).end;
    double top = plot.top();
    double bottom = plot.bottom();
    if (!m_y.isEmpty()) {
        const auto [y0, y1] = std::minmax(from.y, to.y);
        const double begin = bin(m_y, y0).begin;
        const double end = bin(m_y, y1).end;
        top = plot.top() + plot.height() * (isYDown() ? begin : 1 - end);
        bottom = plot.top() + plot.height() * (isYDown() ? end : 1 - begin);
    }
    return {QPointF(left, top), QPointF(right, bottom)};
}

std::optional<CellChart::Spot> CellChart::spotAt(const QPointF &position) const
{
    const QRectF plot = plotArea();
    if (m_x.isEmpty() || !plot.adjusted(-2, -2, 2, 2).contains(position))
        return std::nullopt;
    const double x = std::clamp((position.x() - plot.left()) / plot.width(), 0.0, 1.0);
    const double y = std::clamp((position.y() - plot.top()) / plot.height(), 0.0, 1.0);
    return Spot{static_cast<int>(m_x.binAt(x)),
                m_y.isEmpty() ? 0 : static_cast<int>(m_y.binAt(isYDown() ? y : 1 - y))};
}

ChartPick CellChart::pickOf(const Spot &from, const Spot &to) const
{
    ChartPick pick;
    const auto add = [&pick](const CellAxis &axis, int a, int b) {
        const auto [first, last] = std::minmax(a, b);
        axis.addTo(pick, static_cast<std::size_t>(first), static_cast<std::size_t>(last));
    };
    if (!m_x.isEmpty())
        add(m_x, from.x, to.x);
    if (!m_y.isEmpty())
        add(m_y, from.y, to.y);
    pick.intent = ChartPick::Intent::Only;
    return pick;
}

// --- Painting

void CellChart::paintPicture(QPainter &painter, const QRect &area)
{
    painter.save();
    painter.translate(area.topLeft());
    const QRect own(QPoint(0, 0), area.size());
    paintAll(painter, own);
    paintWidgets(painter, own);
    painter.restore();
}

void CellChart::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF()) {
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(Theme::of(palette()).surface);
        QPainter painter(&m_picture);
        paintAll(painter, rect());
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    paintHand(painter);
}

void CellChart::paintAll(QPainter &painter, const QRectF &area) const
{
    if (m_x.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    const QRectF plot = plotIn(area);
    painter.setFont(smallFont(font()));
    paintAxes(painter, theme, plot, area);
    painter.save();
    paintCells(painter, theme, plot);
    painter.restore();
    painter.setFont(smallFont(font()));
    paintAround(painter, theme, plot, area);
}

void CellChart::paintAxes(QPainter &painter, const Theme &theme, const QRectF &plot, const QRectF &area) const
{
    const QFontMetricsF metrics(painter.font());
    const int mostLeft = std::max(2, static_cast<int>(plot.height() / (metrics.height() + 10)));
    for (const AxisTick &tick : leftTicks(mostLeft)) {
        const double y = std::round(plot.bottom() - plot.height() * tick.position) + 0.5;
        if (hasGrid()) {
            painter.setPen(QPen(theme.grid, 1));
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        }
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(area.left(), y - metrics.height() / 2, plot.left() - area.left() - kLabelGap,
                                metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    const double width = metrics.horizontalAdvance(QStringLiteral("0000 ms")) + kLabelRoom;
    const double labels = plot.bottom() + kTickLength;
    const QString title = xTitle();
    const double titleLeft = area.right() - metrics.horizontalAdvance(title) - 2;
    double free = area.left(); // where the next label may begin
    for (const AxisTick &tick : m_x.ticks(std::max(2, static_cast<int>(plot.width() / width)), locale())) {
        const double x = std::round(plot.left() + plot.width() * tick.position) + 0.5;
        painter.setPen(QPen(theme.axis, 1));
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + kTickLength));
        const double labelWidth = metrics.horizontalAdvance(tick.label);
        const double left = std::max(x - labelWidth / 2, area.left());
        if (left < free || left + labelWidth + kLabelRoom > titleLeft)
            continue;
        free = left + labelWidth + kLabelRoom / 2;
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(left - 1, labels, labelWidth + 2, metrics.height()), Qt::AlignCenter,
                         tick.label);
    }
    painter.setPen(theme.mutedText);
    painter.drawText(QRectF(titleLeft, labels, area.right() - titleLeft, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, title);
    painter.setPen(QPen(theme.axis, 1));
    const double base = std::round(plot.bottom()) + 0.5;
    painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base));
}

void CellChart::paintHand(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    if (m_dragFrom) {
        const QRectF chosen = cellRect(*m_dragFrom, m_dragTo);
        QColor fill = theme.accent;
        fill.setAlphaF(0.18F);
        painter.fillRect(chosen, fill);
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(chosen);
    } else if (m_active) {
        const QRectF cell = cellRect(*m_active, *m_active);
        painter.setBrush(Qt::NoBrush);
        if (m_y.isEmpty()) {
            QColor band = theme.text;
            band.setAlphaF(0.08F);
            painter.fillRect(cell, band);
        } else { // two lines, so that one stands out whatever the colour of the cell
            painter.setPen(QPen(theme.surface, 3));
            painter.drawRect(cell.adjusted(-1, -1, 1, 1));
            painter.setPen(QPen(theme.text, 1.5));
            painter.drawRect(cell.adjusted(-1, -1, 1, 1));
        }
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void CellChart::resizeEvent(QResizeEvent *)
{
    refresh();
}

void CellChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::LocaleChange)
        refresh();
    ChartView::changeEvent(event);
}

// --- The hand

void CellChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    cancelDrag();
    if (spotAt(event->position()))
        m_press = event->pos();
}

void CellChart::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = plotArea();
    const bool dragging = m_press && (event->buttons() & Qt::LeftButton);
    if (dragging &&
        (m_dragFrom || (event->pos() - *m_press).manhattanLength() >= QApplication::startDragDistance())) {
        const QPointF inside(std::clamp(event->position().x(), plot.left(), plot.right()),
                             std::clamp(event->position().y(), plot.top(), plot.bottom()));
        const Spot to = *spotAt(inside);
        const bool changed = !m_dragFrom || !(m_dragTo == to);
        if (!m_dragFrom)
            m_dragFrom = spotAt(*m_press);
        m_dragTo = to;
        hideTooltip();
        update();
        if (changed)
            tellDrag();
        return;
    }
    setActive(spotAt(event->position()), event->pos());
}

void CellChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    const QPoint pressed = *m_press;
    m_press.reset();
    if (m_dragFrom) {
        finishDrag();
    } else if (const auto spot = spotAt(pressed)) {
        click(*spot, pressed, event->modifiers());
    }
}

void CellChart::leaveEvent(QEvent *)
{
    if (!m_press)
        setActive(std::nullopt, {});
}

void CellChart::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const int up = isYDown() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1, 0, extend);
    case Qt::Key_Right:
        return step(1, 0, extend);
    case Qt::Key_Up:
        return step(0, up, extend);
    case Qt::Key_Down:
        return step(0, -up, extend);
    case Qt::Key_Home:
        return step(-static_cast<int>(m_x.bins().size()), 0, extend);
    case Qt::Key_End:
        return step(static_cast<int>(m_x.bins().size()), 0, extend);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_dragFrom && !m_press)
            finishDrag();
        else if (m_active)
            click(*m_active, cellRect(*m_active, *m_active).center(), event->modifiers());
        return;
    case Qt::Key_Escape:
        if (cancelDrag())
            return;
        if (m_active) {
            setActive(std::nullopt, {});
            return;
        }
        break;
    default:
        break;
    }
    ChartView::keyPressEvent(event); // the window's
}

void CellChart::focusInEvent(QFocusEvent *event)
{
    update();
    ChartView::focusInEvent(event);
}

void CellChart::focusOutEvent(QFocusEvent *event)
{
    if (!m_press) {
        cancelDrag();
        setActive(std::nullopt, {});
    }
    update();
    ChartView::focusOutEvent(event);
}

void CellChart::hideEvent(QHideEvent *)
{
    hideTooltip();
}

void CellChart::step(int dx, int dy, bool extend)
{
    if (m_x.isEmpty())
        return;
    const int lastX = static_cast<int>(m_x.bins().size()) - 1;
    const int lastY = rowCount() - 1;
    Spot to = m_dragFrom ? m_dragTo : m_active.value_or(Spot{dx < 0 ? lastX + 1 : -1, 0});
    if (!m_active && dx == 0)
        to = {0, 0};
    const Spot from{std::clamp(to.x, 0, lastX), to.y};
    to.x = std::clamp(to.x + dx, 0, lastX);
    to.y = std::clamp(to.y + dy, 0, lastY);
    if (extend) {
        m_dragFrom = m_dragFrom.value_or(from);
        m_dragTo = to;
        m_active = to;
        hideTooltip();
        tellDrag();
    } else {
        cancelDrag();
        setActive(to, cellRect(to, to).center().toPoint());
        const ChartTooltip::Content content = tooltipContent(to);
        setAccessibleDescription(content.rows.empty()
                                     ? content.heading
                                     : content.heading + QStringLiteral(": ") + content.rows.front().value);
    }
    update();
}

void CellChart::setActive(std::optional<Spot> spot, const QPoint &at)
{
    if (spot != m_active) {
        m_active = spot;
        update();
        setCursor(spot ? Qt::CrossCursor : Qt::ArrowCursor);
    }
    const ChartTooltip::Content content = spot ? tooltipContent(*spot) : ChartTooltip::Content();
    if (content.heading.isEmpty()) {
        hideTooltip();
        return;
    }
    if (!m_tooltip)
        m_tooltip = new ChartTooltip(this);
    m_tooltip->setContent(content);
    m_tooltip->showBeside(mapToGlobal(at));
}

void CellChart::tellDrag()
{
    Q_EMIT picking(pickOf(*m_dragFrom, m_dragTo));
}

void CellChart::click(const Spot &spot, const QPointF &at, Qt::KeyboardModifiers modifiers)
{
    hideTooltip();
    ChartPick pick = clicked(spot, at);
    pick.intent = intentOf(modifiers);
    for (ChartPick &other : pick.also)
        other.intent = pick.intent;
    Q_EMIT activated(pick);
}

void CellChart::finishDrag()
{
    const ChartPick pick = pickOf(*m_dragFrom, m_dragTo);
    m_dragFrom.reset();
    hideTooltip();
    update();
    Q_EMIT activated(pick);
}

bool CellChart::cancelDrag()
{
    m_press.reset();
    if (!m_dragFrom)
        return false;
    m_dragFrom.reset();
    update();
    Q_EMIT picking(std::nullopt);
    return true;
}

void CellChart::hideTooltip()
{
    if (m_tooltip)
        m_tooltip->hide();
}

} // namespace genscope
