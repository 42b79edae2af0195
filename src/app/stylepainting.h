// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStyle>

class QPainter;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;

namespace genscope {

// What the style's parts look like. Colours come from the option's palette.

/// A rounded rectangle whose border lies on the pixel grid. @param border  invalid: none
void drawRounded(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border,
                 qreal width = 1);

void drawToolButtonPanel(const QStyleOption &option, QPainter *painter);
void drawCommandPanel(const QStyleOption &option, QPainter *painter);
void drawLineEditPanel(const QStyleOption &option, QPainter *painter);
/// A filled box with a tick where it is checked, else an outline that is seen on every background.
void drawCheckBox(const QStyleOption &option, QPainter *painter);
void drawRadioButton(const QStyleOption &option, QPainter *painter);
/// The frame of combo boxes, date editors and spin boxes, which have chevrons instead of buttons.
void drawField(const QStyleOptionComplex &option, QPainter *painter, const QRect &rect, bool framed);
void drawChevron(const QStyleOption &option, QPainter *painter, const QRect &rect, bool up);

/// A scroll bar is a handle without arrows. @return the rectangle of one of its parts
QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part);
void drawScrollBar(const QStyleOptionSlider &option, const QRect &slider, QPainter *painter);

void drawHeaderSection(const QStyleOption &option, QPainter *painter);
/// A tab is a word; the current one is underlined.
void drawTabShape(const QStyleOption &option, QPainter *painter);
void drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter *painter);
void drawProgressBar(const QStyleOptionProgressBar &option, QPainter *painter);

} // namespace genscope
