// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/style.h"

#include "app/stylepainting.h"
#include "charts/theme.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kChevronWidth = 16; ///< of a button that opens a menu

/// Titles stand above the text of their cells; the sort arrow stays at the right edge, in the middle.
QRect headerPart(const QStyleOptionHeader &header, bool arrow)
{
    constexpr int kPadding = 8;
    constexpr int kArrow = 10;
    const QRect &rect = header.rect;
    const bool sorted = header.sortIndicator != QStyleOptionHeader::None;
    const QRect part =
        arrow ? QRect(rect.right() + 1 - kPadding - kArrow, rect.center().y() - kArrow / 2, kArrow, kArrow)
              : rect.adjusted(kPadding, 0, sorted ? -kPadding - kArrow - 2 : -kPadding, 0);
    return QStyle::visualRect(header.direction, rect, part);
}

/// A button that is nothing but the way to its menu.
bool opensMenuOnly(const QStyleOptionToolButton &button)
{
    return button.features.testFlag(QStyleOptionToolButton::HasMenu) &&
           !button.features.testFlag(QStyleOptionToolButton::MenuButtonPopup) && !button.text.isEmpty();
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
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button != nullptr && opensMenuOnly(*button))
            result.rwidth() += kChevronWidth;
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

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (header != nullptr && header->orientation == Qt::Horizontal &&
        (element == SE_HeaderArrow || element == SE_HeaderLabel))
        return headerPart(*header, element == SE_HeaderArrow);
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0)
        return rect.adjusted(4, 0, -4, 0);
    return rect;
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
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(*option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioButton(*option, painter);
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
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          Theme::of(option->palette).hairline);
        return;
    case PE_FrameTabWidget:
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
    case CE_TabBarTabShape:
        drawTabShape(*option, painter);
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
    if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        button && control == CC_ToolButton && opensMenuOnly(*button)) {
        QStyleOptionToolButton plain = *button; // its small arrow would lie on the text
        plain.features.setFlag(QStyleOptionToolButton::HasMenu, false);
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        const QRect rect = button->rect;
        drawChevron(*button, painter,
                    QRect(rect.right() - kChevronWidth, rect.top(), kChevronWidth, rect.height()), false);
        return;
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
