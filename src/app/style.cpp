// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/style.h"

#include "charts/theme.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QPolygonF>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace genscope {

namespace {

constexpr qreal kRadius = 4;

/// A rounded rectangle whose 1-pixel border lies on the pixel grid.
void drawRounded(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border,
                 qreal width = 1)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    const qreal inset = border.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter->restore();
}

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

/// Combo boxes, date editors and spin boxes: the frame of a field, and chevrons instead of buttons.
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

} // namespace

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_HeaderMargin:
        return 8;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return 16;
    case PM_MenuButtonIndicator:
        return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_Widget_Animate:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_Menu_FlashTriggeredItem:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {result.width() + 8, std::max(result.height(), 32)};
    case CT_ToolButton:
        return {result.width() + 4, std::max(result.height(), 28)};
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        return {result.width(), std::max(result.height(), 32)};
    case CT_MenuBarItem:
        return {result.width() + 4, std::max(result.height(), 28)};
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item != nullptr && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), 28));
        return result;
    default:
        return result;
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return scrollBarPart(*slider, subControl);
    }
    const QRect rect = QProxyStyle::subControlRect(control, option, subControl, widget);
    const bool editField = (control == CC_ComboBox && subControl == SC_ComboBoxEditField) ||
                           (control == CC_SpinBox && subControl == SC_SpinBoxEditField);
    return editField ? rect.adjusted(4, 0, 0, 0) : rect;
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        drawRounded(painter, option->rect, Qt::transparent, Theme::of(option->palette).accent, 2);
        return;
    case PE_PanelButtonTool:
        drawToolButtonPanel(*option, painter);
        return;
    case PE_PanelButtonCommand:
        drawCommandPanel(*option, painter);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        drawLineEditPanel(*option, painter);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, Theme::of(option->palette).hairline);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), Theme::of(option->palette).surface);
        return;
    case PE_Frame:
    case PE_FrameMenu:
        painter->save();
        painter->setPen(Theme::of(option->palette).hairline);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelStatusBar:
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1),
                          Theme::of(option->palette).hairline);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(*option, painter);
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            drawProgressBar(*bar, painter);
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button != nullptr && (button->features & QStyleOptionButton::DefaultButton) &&
            (button->state & State_Enabled)) {
            QStyleOptionButton primary = *button;
            primary.palette.setColor(QPalette::ButtonText, Theme::of(option->palette).accentText);
            QProxyStyle::drawControl(element, &primary, painter, widget);
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.window());
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            drawMenuBarItem(*item, painter);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            drawScrollBar(*slider, scrollBarPart(*slider, SC_ScrollBarSlider), painter);
            return;
        }
    }
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        combo && control == CC_ComboBox) {
        drawField(*combo, painter, combo->rect, combo->frame);
        drawChevron(*combo, painter, proxy()->subControlRect(control, combo, SC_ComboBoxArrow, widget),
                    false);
        return;
    }
    if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        spin && control == CC_SpinBox) {
        drawField(*spin, painter, spin->rect, spin->frame);
        if (spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
            drawChevron(*spin, painter, proxy()->subControlRect(control, spin, SC_SpinBoxUp, widget), true);
            drawChevron(*spin, painter, proxy()->subControlRect(control, spin, SC_SpinBoxDown, widget),
                        false);
        }
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace genscope
