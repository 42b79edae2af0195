// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/numbertile.h"

#include "charts/celltext.h"
#include "charts/theme.h"
#include "charts/timeticks.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

bool alarmingWhenUp(const std::string &measure)
{
    return measure == "errors" || measure == "error_rate";
}

/// A number for a place that is too narrow for all its digits.
QString compactText(const Cell &cell, Unit unit, const QLocale &locale)
{
    const auto number = cellNumber(cell);
    if (number && unit == Unit::Usd)
        return formatCompactMoney(*number, locale);
    if (number && (unit == Unit::Number || unit == Unit::Tokens || unit == Unit::None))
        return formatCompact(*number, locale);
    return measureText(cell, unit, locale);
}

} // namespace

NumberChange numberChange(const Cell &now, const Cell &before, Unit unit, const std::string &measure,
                          const QLocale &locale)
{
    NumberChange change;
    const auto current = cellNumber(now);
    const auto earlier = cellNumber(before);
    if (!current || !earlier)
        return change;
    const QString was = measureText(before, unit, locale);
    const double difference = *current - *earlier;
    const double share = *earlier != 0 ? std::abs(difference / *earlier) : 0;
    // What would read as "0.0 %" is no change.
    const bool none = unit == Unit::Ratio ? std::abs(difference) < 0.00005
                                          : difference == 0 || (*earlier != 0 && share < 0.0005);
    if (none) {
        change.text = Text::tr("as before");
        return change;
    }
    const bool up = difference > 0;
    change.direction = up ? NumberChange::Direction::Up : NumberChange::Direction::Down;
    change.alarming = up && alarmingWhenUp(measure);
    const QString arrow = up ? QStringLiteral("▲") : QStringLiteral("▼");
    if (unit == Unit::Ratio)
        change.text = Text::tr("%1 %2 points from %3")
                          .arg(arrow, formatCompact(std::abs(difference) * 100, locale), was);
    else if (*earlier == 0)
        change.text = Text::tr("%1 from %2").arg(arrow, was);
    else if (share >= 10)
        change.text = Text::tr("%1 %2 times %3").arg(arrow, formatCompact(*current / *earlier, locale), was);
    else
        change.text = Text::tr("%1 %2 from %3").arg(arrow, formatRatio(share, locale), was);
    return change;
}

NumberTile::NumberTile(QWidget *parent) : ChartView(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
}

void NumberTile::setResult(const ResultTable &table, const ChartContext &context)
{
    m_data = buildTimeSeries(table, TimeStyle::Lines, context, locale());
    m_largest = 0;
    if (!m_data.series.empty()) {
        for (const auto *numbers : {&m_data.series.front().numbers, &m_data.series.front().earlier}) {
            for (const double number : *numbers)
                m_largest = std::isnan(number) ? m_largest : std::max(m_largest, number);
        }
    }
    setBucket(-1);
    updateTexts();
}

void NumberTile::setTotals(const Cell &now, const Cell &before)
{
    m_now = now;
    m_before = before;
    updateTexts();
}

void NumberTile::updateTexts()
{
    const std::string measure = m_data.series.empty() ? std::string() : m_data.series.front().measure;
    m_change = numberChange(m_now, m_before, m_data.unit, measure, locale());
    QString spoken = m_change.text;
    spoken.replace(QStringLiteral("▲"), tr("up")).replace(QStringLiteral("▼"), tr("down"));
    setAccessibleDescription(numberText() + (spoken.isEmpty() ? QString() : QStringLiteral(", ") + spoken));
    update();
}

QString NumberTile::numberText() const
{
    return measureText(m_now, m_data.unit, locale());
}

QSize NumberTile::sizeHint() const
{
    const QFontMetrics number(numberFont(font()));
    const QFontMetrics small(smallFont(font()));
    return {180, number.height() + small.height() + 12 + 36};
}

QSize NumberTile::minimumSizeHint() const
{
    return {96, sizeHint().height() - 12};
}

void NumberTile::paintPicture(QPainter &painter, const QRect &area)
{
    painter.save();
    painter.translate(area.topLeft());
    paint(painter, area.size(), false);
    painter.restore();
}

void NumberTile::setCrosshair(std::optional<Timestamp> instant)
{
    const int bucket = instant ? m_data.bucketAt(*instant) : -1;
    if (bucket != m_bucket) {
        m_bucket = bucket;
        update();
    }
}

void NumberTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, size(), true);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::of(palette()).accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void NumberTile::paint(QPainter &painter, const QSizeF &size, bool interactive) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF number(numberFont(font()));
    paintNumber(painter, QRectF(0, 0, size.width(), number.height()));

    painter.setFont(smallFont(font()));
    painter.setPen(m_change.alarming ? theme.error : theme.mutedText);
    const QRectF line(0, number.height(), size.width(), painter.fontMetrics().height() + 2);
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_change.text, Qt::ElideRight, static_cast<int>(size.width())));
    const QRectF spark = sparkArea(size);
    if (spark.height() >= 8)
        paintSpark(painter, spark, interactive);
}

/// The number, with its unit small and lighter.
void NumberTile::paintNumber(QPainter &painter, const QRectF &line) const
{
    const Theme &theme = Theme::of(palette());
    QFont big = numberFont(font());
    QString text = numberText();
    if (QFontMetricsF(big).horizontalAdvance(text) > line.width())
        text = compactText(m_now, m_data.unit, locale());
    // A unit follows the last space; `4 m 30 s` is all number.
    QString unit;
    const auto space = text.lastIndexOf(QLatin1Char(' '));
    if (space > 0 && text.indexOf(QLatin1Char(' ')) == space && text.at(text.size() - 1).isPrint() &&
        !text.at(space + 1).isDigit()) {
        unit = text.mid(space + 1);
        text.truncate(space);
    }
    const QFont unitFont = titleFont(font());
    const double unitWidth = unit.isEmpty() ? 0 : QFontMetricsF(unitFont).horizontalAdvance(unit) + 4;
    while (QFontMetricsF(big).horizontalAdvance(text) + unitWidth > line.width() && big.pointSizeF() > 10)
        big.setPointSizeF(big.pointSizeF() - 1);
    const QFontMetricsF metrics(big);
    const double baseline = line.top() + QFontMetricsF(numberFont(font())).ascent();
    painter.setFont(big);
    painter.setPen(theme.text);
    painter.drawText(QPointF(line.left(), baseline), text);
    painter.setFont(unitFont);
    painter.setPen(theme.mutedText);
    painter.drawText(QPointF(line.left() + metrics.horizontalAdvance(text) + 4, baseline), unit);
}

QRectF NumberTile::sparkArea(const QSizeF &size) const
{
    const double top =
        QFontMetricsF(numberFont(font())).height() + QFontMetricsF(smallFont(font())).height() + 8;
    return {2, top, size.width() - 6, std::min(64.0, size.height() - top - 3)};
}

QPointF NumberTile::sparkPoint(const QRectF &area, std::size_t bucket) const
{
    return sparkPoint(area, bucket, m_data.series.front().numbers[bucket]);
}

QPointF NumberTile::sparkPoint(const QRectF &area, std::size_t bucket, double number) const
{
    const double count = std::max<double>(1, static_cast<double>(m_data.buckets.size()) - 1);
    const double share = m_largest > 0 ? std::max(0.0, number) / m_largest : 0;
    return {area.left() + area.width() * static_cast<double>(bucket) / count,
            area.bottom() - area.height() * share};
}

void NumberTile::paintSpark(QPainter &painter, const QRectF &area, bool interactive) const
{
    if (m_data.series.empty() || m_data.buckets.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<double> &numbers = m_data.series.front().numbers;
    const QColor color = lineColor();
    QColor fill = color;
    fill.setAlphaF(0.12F);
    const std::size_t whole = numbers.size() - (m_data.partialLast && numbers.size() > 1 ? 1 : 0);
    for (std::size_t i = 0; i < whole; ++i) {
        if (std::isnan(numbers[i]))
            continue;
        const std::size_t first = i;
        QPolygonF line;
        for (; i < whole && !std::isnan(numbers[i]); ++i)
            line << sparkPoint(area, i);
        if (line.size() == 1) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(line.first(), 1.5, 1.5);
            continue;
        }
        QPolygonF ground = line;
        ground << QPointF(line.last().x(), area.bottom())
               << QPointF(sparkPoint(area, first).x(), area.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(ground);
        painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
    if (whole < numbers.size() && !std::isnan(numbers[whole]) && !std::isnan(numbers[whole - 1])) {
        QPen dashed(color, 1.5, Qt::SolidLine, Qt::FlatCap);
        dashed.setDashPattern({1.5, 1.5});
        painter.setPen(dashed);
        painter.drawLine(sparkPoint(area, whole - 1), sparkPoint(area, whole));
    }
    paintEarlier(painter, area);
    if (interactive && m_bucket >= 0 && !std::isnan(numbers[static_cast<std::size_t>(m_bucket)])) {
        painter.setPen(QPen(Theme::of(palette()).surface, 1.5));
        painter.setBrush(color);
        painter.drawEllipse(sparkPoint(area, static_cast<std::size_t>(m_bucket)), 3.5, 3.5);
    }
}

void NumberTile::paintEarlier(QPainter &painter, const QRectF &area) const
{
    QPolygonF line;
    const std::vector<double> &earlier = m_data.series.front().earlier;
    for (std::size_t i = 0; i < earlier.size(); ++i) {
        if (!std::isnan(earlier[i]))
            line << sparkPoint(area, i, earlier[i]);
    }
    QPen pen(Theme::of(palette()).mutedText, 1.1, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawPolyline(line);
}

QColor NumberTile::lineColor() const
{
    const Theme &theme = Theme::of(palette());
    return !m_data.series.empty() && alarmingWhenUp(m_data.series.front().measure) ? theme.error
                                                                                   : theme.accent;
}

void NumberTile::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF area = sparkArea(size());
    if (m_data.series.empty() || m_data.buckets.empty() ||
        !area.adjusted(0, -4, 0, 8).contains(event->position())) {
        setBucket(-1);
        return;
    }
    const auto count = static_cast<double>(m_data.buckets.size());
    const double share = std::clamp((event->position().x() - area.left()) / area.width(), 0.0, 1.0);
    setBucket(static_cast<int>(std::lround(share * std::max(0.0, count - 1))));
    if (m_bucket >= 0 && m_tooltip)
        m_tooltip->showBeside(mapToGlobal(event->pos()));
}

void NumberTile::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        event->ignore();
}

void NumberTile::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !rect().contains(event->pos()))
        return;
    if (m_tooltip)
        m_tooltip->hide();
    Q_EMIT activated(m_data.pick(m_bucket, -1));
}

void NumberTile::leaveEvent(QEvent *)
{
    setBucket(-1);
}

void NumberTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT activated(ChartPick{});
    else
        ChartView::keyPressEvent(event);
}

void NumberTile::focusInEvent(QFocusEvent *event)
{
    update();
    ChartView::focusInEvent(event);
}

void NumberTile::hideEvent(QHideEvent *)
{
    if (m_tooltip)
        m_tooltip->hide();
}

void NumberTile::setBucket(int bucket)
{
    if (bucket == m_bucket)
        return;
    m_bucket = bucket;
    update();
    if (bucket < 0) {
        if (m_tooltip)
            m_tooltip->hide();
        Q_EMIT crosshairMoved(std::nullopt);
        return;
    }
    const auto b = static_cast<std::size_t>(bucket);
    if (!m_tooltip)
        m_tooltip = new ChartTooltip(this);
    ChartTooltip::Content content;
    content.heading = bucketText(m_data.buckets[b], m_data.interval, m_data.zone, locale());
    const double number = m_data.series.front().numbers[b];
    content.rows.push_back(
        {lineColor(),
         m_data.series.front().label,
         std::isnan(number) ? QStringLiteral("–") : genscope::numberText(number, m_data.unit, locale()),
         {},
         false});
    m_tooltip->setContent(content);
    Q_EMIT crosshairMoved(m_data.buckets[b]);
}

} // namespace genscope
