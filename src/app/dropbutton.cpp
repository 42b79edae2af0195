// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dropbutton.h"

#include "app/icons.h"
#include "charts/theme.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kPadding = 8;
constexpr int kIcon = 16;
constexpr int kGap = 6;
constexpr int kChevron = 12;

} // namespace

DropButton::DropButton(const QString &name, const QString &iconName, QWidget *parent) : QToolButton(parent)
{
    setIcon(strokeIcon(iconName));
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(name);
    setToolTip(name);
}

QSize DropButton::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(this->text());
    return {kPadding + kIcon + kGap + text + kGap + kChevron + kPadding,
            std::max(28, fontMetrics().height() + 10)};
}

void DropButton::paintEvent(QPaintEvent *)
{
    QStyleOptionToolButton option;
    initStyleOption(&option);
    QStylePainter painter(this);
    painter.drawPrimitive(QStyle::PE_PanelButtonTool, option);

    const Theme &theme = Theme::of(palette());
    const QIcon::Mode mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    const auto placed = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    icon().paint(&painter, placed({kPadding, (height() - kIcon) / 2, kIcon, kIcon}), Qt::AlignCenter, mode);
    strokeIcon(QStringLiteral("chevron-down"), theme.mutedText)
        .paint(&painter,
               placed({width() - kPadding - kChevron, (height() - kChevron) / 2, kChevron, kChevron}),
               Qt::AlignCenter, mode);
    const int left = kPadding + kIcon + kGap;
    const QRect textRect(left, 0, width() - left - kGap - kChevron - kPadding, height());
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::ButtonText));
    painter.drawText(placed(textRect), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
}

} // namespace genscope
