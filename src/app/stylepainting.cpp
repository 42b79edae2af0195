// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stylepainting.h"

#include "charts/theme.h"

#include <QPainter>
#include <QPolygonF>
#include <QStyleOption>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr qreal kRadius = 4;

QColor blended(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

/// Keyboard focus shows; a click on a button does not leave a ring behind.
bool showsFocus(const QStyleOption &option)
{
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

/// What a check box or a radio button is filled and outlined with.
std::pair<QColor, QColor> indicatorColours(const QStyleOption &option, bool marked)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (marked)
        return {enabled ? theme.accent : theme.mutedText, QColor()};
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    // WCAG asks for three times the contrast of a hairline where a shape alone says what can be clicked.
    return {theme.surface,
            hovered ? theme.text : blended(theme.surface, theme.mutedText, enabled ? 1.0 : 0.5)};
}

QRectF squareIn(const QRect &rect)
{
    const qreal side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    return square;
}

} // namespace

void drawRounded(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    const qreal inset = border.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter->restore();
}

void drawToolButtonPanel(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    const bool pressed = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
    if (pressed || hovered)
        drawRounded(painter, option.rect, blended(theme.raised, theme.text, pressed ? 0.08 : 0.0), {});
    if (showsFocus(option))
        drawRounded(painter, option.rect, Qt::transparent, theme.accent, 2);
}

void drawCommandPanel(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool primary =
        enabled && button != nullptr && (button->features & QStyleOptionButton::DefaultButton);
    QColor fill = primary ? theme.accent : theme.surface;
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        fill = blended(fill, theme.text, 0.14);
    else if (enabled && (option.state & QStyle::State_MouseOver))
        fill = blended(fill, primary ? theme.accentText : theme.text, 0.06);
    drawRounded(painter, option.rect, fill, primary ? QColor() : theme.hairline);
    if (showsFocus(option)) {
        // On the accent colour itself the ring would vanish: it moves inside, in the colour of the text.
        drawRounded(painter, primary ? option.rect.adjusted(2, 2, -2, -2) : option.rect, Qt::transparent,
                    primary ? theme.accentText : theme.accent, 2);
    }
}

void drawCheckBox(const QStyleOption &option, QPainter *painter)
{
    const bool partly = option.state & QStyle::State_NoChange;
    const bool marked = partly || (option.state & QStyle::State_On);
    const auto [fill, border] = indicatorColours(option, marked);
    const QRectF square = squareIn(option.rect);
    drawRounded(painter, square.toRect(), fill, border);
    if (!marked)
        return;
    const auto at = [&square](qreal x, qreal y) {
        return QPointF(square.left() + x * square.width(), square.top() + y * square.height());
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(Theme::of(option.palette).accentText, square.width() / 8, Qt::SolidLine,
                         Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(partly ? QPolygonF({at(0.27, 0.5), at(0.73, 0.5)})
                                 : QPolygonF({at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.32)}));
    painter->restore();
}

void drawRadioButton(const QStyleOption &option, QPainter *painter)
{
    const bool marked = option.state & QStyle::State_On;
    const auto [fill, border] = indicatorColours(option, marked);
    const QRectF square = squareIn(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(border.isValid() ? QPen(border) : QPen(Qt::NoPen));
    painter->drawEllipse(square);
    if (marked) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::of(option.palette).accentText);
        const qreal radius = square.width() / 5;
        painter->drawEllipse(square.center(), radius, radius);
    }
    painter->restore();
}

void drawLineEditPanel(const QStyleOption &option, QPainter *painter)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    if (frame == nullptr || frame->lineWidth == 0)
        return;
    const Theme &theme = Theme::of(option.palette);
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    drawRounded(painter, option.rect, enabled ? theme.surface : theme.window,
                focused ? theme.accent : theme.hairline, focused ? 2 : 1);
}

void drawScrollBar(const QStyleOptionSlider &option, const QRect &slider, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter->fillRect(option.rect, option.palette.color(QPalette::Window));
    if (option.minimum == option.maximum || !slider.isValid())
        return;
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRectF handle =
        horizontal ? QRectF(slider).adjusted(2, 3, -2, -3) : QRectF(slider).adjusted(3, 2, -3, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? theme.axis : blended(theme.hairline, theme.axis, 0.35));
    const qreal radius = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const std::int64_t span = std::int64_t{option.maximum} - option.minimum;
    int handle = length;
    if (span > 0) {
        handle = static_cast<int>(std::int64_t{option.pageStep} * length /
                                  std::max<std::int64_t>(1, span + option.pageStep));
        handle = std::clamp(handle, std::min(32, length), length);
    }
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - handle, option.upsideDown);
    const auto along = [&](int from, int size) {
        const QRect part_ = horizontal ? QRect(from, 0, size, option.rect.height())
                                       : QRect(0, from, option.rect.width(), size);
        return QStyle::visualRect(option.direction, option.rect, part_.translated(option.rect.topLeft()));
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    case QStyle::SC_ScrollBarSlider:
        return along(start, handle);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
    default: // a set of flags, not an enum to be listed: no arrows
        return {};
    }
}

void drawHeaderSection(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    const bool hovered = (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
    painter->fillRect(option.rect, hovered ? theme.raised : theme.window);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.hairline);
    painter->fillRect(QRect(option.rect.right(), option.rect.top() + 6, 1, option.rect.height() - 12),
                      theme.hairline);
}

void drawProgressBar(const QStyleOptionProgressBar &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    constexpr int kThickness = 6;
    const QRect groove(option.rect.left(), option.rect.center().y() - kThickness / 2 + 1, option.rect.width(),
                       kThickness);
    drawRounded(painter, groove, theme.hairline, {});
    QRect filled = groove;
    if (option.minimum < option.maximum) {
        const double share =
            static_cast<double>(option.progress - option.minimum) / (option.maximum - option.minimum);
        filled.setWidth(static_cast<int>(groove.width() * std::clamp(share, 0.0, 1.0)));
    } else {
        filled.setWidth(groove.width() / 3); // unknown length: a part that says "running", without motion
        filled.moveCenter(groove.center());
    }
    if (filled.width() > 0)
        drawRounded(painter, filled, theme.accent, {});
}

void drawField(const QStyleOptionComplex &option, QPainter *painter, const QRect &rect, bool framed)
{
    const Theme &theme = Theme::of(option.palette);
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    if (framed)
        drawRounded(painter, rect, enabled ? theme.surface : theme.window,
                    focused ? theme.accent : theme.hairline, focused ? 2 : 1);
}

void drawChevron(const QStyleOption &option, QPainter *painter, const QRect &rect, bool up)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(
        QPen(enabled ? theme.mutedText : theme.hairline, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF centre = QRectF(rect).center();
    const qreal dy = up ? -2 : 2;
    painter->drawPolyline(
        QPolygonF({centre + QPointF(-4, -dy), centre + QPointF(0, dy), centre + QPointF(4, -dy)}));
    painter->restore();
}

void drawTabShape(const QStyleOption &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    const QRect &rect = option.rect;
    if ((option.state & QStyle::State_MouseOver) && !(option.state & QStyle::State_Selected))
        drawRounded(painter, rect.adjusted(1, 2, -1, -4), theme.raised, {});
    if (option.state & QStyle::State_Selected)
        painter->fillRect(QRect(rect.left() + 4, rect.bottom() - 2, rect.width() - 8, 2), theme.accent);
    if (showsFocus(option))
        drawRounded(painter, rect.adjusted(1, 2, -1, -4), Qt::transparent, theme.accent, 2);
}

void drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter *painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter->fillRect(option.rect, option.palette.window());
    if (option.state & (QStyle::State_Selected | QStyle::State_Sunken))
        drawRounded(painter, option.rect.adjusted(1, 2, -1, -2), theme.raised, {});
    const bool enabled = option.state & QStyle::State_Enabled;
    painter->setPen(enabled ? theme.text : option.palette.color(QPalette::Disabled, QPalette::WindowText));
    painter->drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}
} // namespace genscope
