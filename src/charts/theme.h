// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace genscope {

/// The colours of one appearance, by what they mean. Text reaches 4.5:1 and graphics 3:1 on both `surface`
/// and `window`; a test computes it.
struct Theme
{
    static constexpr std::size_t kCategoryCount = 10;

    bool dark = false;
    QColor window;     ///< behind everything
    QColor surface;    ///< tiles, tables, tooltips
    QColor raised;     ///< buttons, header sections, hovered rows
    QColor text;       ///< what is read first
    QColor mutedText;  ///< units, axis labels, hints
    QColor hairline;   ///< borders and separators; decoration
    QColor grid;       ///< grid lines of charts; decoration
    QColor axis;       ///< axis lines, crosshair
    QColor accent;     ///< focus, selection, data without a category
    QColor accentText; ///< text on `accent`
    QColor error;      ///< errors and spikes only
    QColor warning;    ///< unpriced, inexact match
    QColor unpriced;   ///< lines of the hatch that stands for "no price known"
    QColor other;      ///< the value `Other`
    QColor missing;    ///< no value
    std::array<QColor, kCategoryCount> categories;

    static const Theme &lightTheme();
    static const Theme &darkTheme();
    /// The theme that suits @p palette.
    static const Theme &of(const QPalette &palette);

    /// A perceptually even ramp (viridis) for heat maps. @param share 0..1, clamped
    QColor sequential(double share) const;
    /// @p color as of something that is there but not meant: near the surface.
    QColor faint(const QColor &color) const;
    /// The application palette in these colours.
    QPalette palette() const;
};

/// True where text is lighter than what it stands on.
bool isDark(const QPalette &palette);
/// True if the application shows the dark theme at the moment. Widgets that cached colours ask again on
/// QEvent::PaletteChange. @thread GUI
bool isApplicationDark();

/// WCAG contrast of two opaque colours, 1..21.
double contrastRatio(const QColor &a, const QColor &b);

/// The sizes of type: a title line, running text, and axis labels. @p base is the widget's font.
QFont titleFont(const QFont &base);
QFont smallFont(const QFont &base);
/// The one large number of a number tile.
QFont numberFont(const QFont &base);

/// Which of the ten category colours a value has. A value takes a colour when it is first ranked and keeps it
/// for the whole session, so that a model looks the same on every chart, in tables and legends. @thread GUI
class CategoryColors
{
public:
    /// The one that all views of this process share.
    static CategoryColors &session();

    /// Gives colours to those of @p values that have none yet, first come first served: colours that no other
    /// value of this list has go first, then the least used. After the ten of the theme come ten shades of
    /// them.
    void rank(std::string_view dimension, std::span<const Cell> values);
    /// Grey for `Other`, a neutral for a missing value; a value never ranked is ranked now.
    QColor color(std::string_view dimension, const Cell &value, const Theme &theme);
    /// Forgets all assignments; for tests and when another store is opened.
    void clear();

private:
    using Slots = std::map<std::string, std::size_t, std::less<>>;
    std::map<std::string, Slots, std::less<>> m_dimensions;
};

} // namespace genscope
