// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/waterfallchart.h"

#include "charts/theme.h"
#include "core/format.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <limits>
#include <utility>

namespace genscope {

namespace {

constexpr int kSlotWidth = 88;
constexpr int kHeight = 220;
constexpr double kBarShare = 0.62; ///< of a slot
constexpr double kGap = 4;
constexpr double kCutBelow = 0.4; ///< of the largest total; steps below it could not be seen
constexpr double kCutHeight = 12;

QString amountText(const WaterfallChart::Step &step, const QLocale &locale)
{
    const QString text = formatMoney(step.amount, locale);
    return !step.isTotal && step.amount.pico > 0 ? QLatin1Char('+') + text : text;
}

} // namespace

WaterfallChart::WaterfallChart(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void WaterfallChart::setSteps(std::vector<Step> steps)
{
    m_steps = std::move(steps);
    QStringList words;
    for (const Step &step : m_steps)
        words += tr("%1: %2").arg(step.title, amountText(step, locale()));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize WaterfallChart::sizeHint() const
{
    return {kSlotWidth * static_cast<int>(std::max<std::size_t>(m_steps.size(), 4)), kHeight};
}

QSize WaterfallChart::minimumSizeHint() const
{
    return {sizeHint().width() / 2, kHeight / 2};
}

std::vector<WaterfallChart::Span> WaterfallChart::spans() const
{
    std::vector<Span> spans;
    Money level;
    for (const Step &step : m_steps) {
        const Money from = step.isTotal ? Money{} : level;
        level = step.isTotal ? step.amount : level + step.amount;
        spans.push_back({from.usd(), level.usd()});
    }
    return spans;
}

QRectF WaterfallChart::slot(std::size_t step) const
{
    const double width = static_cast<double>(this->width()) / static_cast<double>(m_steps.size());
    return {width * static_cast<double>(step), 0, width, static_cast<double>(height())};
}

int WaterfallChart::stepAt(const QPointF &position) const
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        if (slot(i).contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

bool WaterfallChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int index = stepAt(help->pos());
    if (index < 0) {
        QToolTip::hideText();
        return true;
    }
    const Step &step = m_steps[static_cast<std::size_t>(index)];
    QString text = tr("%1: %2").arg(step.title, amountText(step, locale()));
    if (!step.hint.isEmpty())
        text += QLatin1Char('\n') + step.hint;
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

namespace {

/// Two slanted strokes in the background's colour: the bar is longer than it is drawn.
void paintCut(QPainter &painter, const QRectF &bar, const QColor &background)
{
    constexpr double kSlant = 6;
    painter.setPen(QPen(background, 2));
    for (const double up : {kCutHeight, kCutHeight + 5}) {
        const double y = bar.bottom() - up;
        painter.drawLine(QPointF(bar.left() - 2, y + kSlant / 2), QPointF(bar.right() + 2, y - kSlant / 2));
    }
}

} // namespace

double WaterfallChart::baseOf(const std::vector<Span> &spans) const
{
    double least = std::numeric_limits<double>::infinity(); // of what the ends of steps reach
    double most = 0;
    for (const Span &span : spans) {
        least = std::min(least, span.to);
        most = std::max(most, span.to);
    }
    const double span = most - least;
    return span > 0 && span < kCutBelow * most ? least - span / 2 : 0;
}

void WaterfallChart::paintEvent(QPaintEvent *)
{
    if (m_steps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    const QFont small = smallFont(font());
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    const std::vector<Span> spans = this->spans();
    double least = 0;
    double most = 0;
    for (const Span &span : spans) {
        least = std::min({least, span.from, span.to});
        most = std::max({most, span.from, span.to});
    }
    const double line = metrics.height() + kGap;
    const double top = line;
    const double bottom = height() - line - (least < 0 ? line : 0);
    const double cut = baseOf(spans);
    least = std::max(least, cut);
    const double range = most > least ? most - least : 1;
    const auto yOf = [&](double usd) { return bottom - (usd - least) / range * (bottom - top); };

    painter.setPen(QPen(theme.axis, 1));
    const double base = yOf(std::max(0.0, cut));
    painter.drawLine(QPointF(0, base), QPointF(width(), base));
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const QRectF slot = this->slot(i);
        const double barWidth = slot.width() * kBarShare;
        const double high = yOf(std::max(spans[i].from, spans[i].to));
        const double low = std::min(yOf(std::min(spans[i].from, spans[i].to)), bottom);
        const QRectF bar(slot.center().x() - barWidth / 2, high, barWidth, std::max(1.0, low - high));
        // What rises is full, what falls is an outline: not told by colour alone.
        const QColor color = step.isTotal ? theme.other : theme.accent;
        painter.setPen(QPen(color, 1));
        painter.setBrush(step.isTotal || step.amount.pico > 0 ? QBrush(color) : QBrush(theme.faint(color)));
        painter.drawRect(bar);
        if (step.isTotal && cut > 0)
            paintCut(painter, bar, theme.window);
        if (i + 1 < m_steps.size()) {
            painter.setPen(QPen(theme.axis, 1, Qt::DotLine));
            const double y = yOf(spans[i].to);
            painter.drawLine(QPointF(bar.right(), y),
                             QPointF(this->slot(i + 1).center().x() - barWidth / 2, y));
        }
        painter.setPen(theme.text);
        const QString amount = metrics.elidedText(amountText(step, locale()), Qt::ElideRight, slot.width());
        painter.drawText(QRectF(slot.left(), high - line, slot.width(), metrics.height()),
                         Qt::AlignHCenter | Qt::AlignVCenter, amount);
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(slot.left(), height() - line + kGap, slot.width(), metrics.height()),
                         Qt::AlignHCenter | Qt::AlignVCenter,
                         metrics.elidedText(step.title, Qt::ElideRight, slot.width() - kGap));
    }
}

} // namespace genscope
