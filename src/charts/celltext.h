// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <QLocale>
#include <QString>

#include <optional>
#include <string>

namespace genscope {

bool isMissing(const Cell &cell);
/// A text that is equal exactly for equal values of one dimension.
std::string cellKey(const Cell &cell);

/// The number to draw; nothing where missing (a gap, never 0) or not a number.
std::optional<double> cellNumber(const Cell &cell);

/// A measure as tables, tooltips and number tiles show it; an en dash where missing.
QString measureText(const Cell &cell, Unit unit, const QLocale &locale);
/// A number that was computed from cells (sums, axis values), in the same form.
QString numberText(double number, Unit unit, const QLocale &locale);
/// Short, for axes: `$12 k`, `2.5 s`, `40 %`. @param largest  the axis' largest value, so that all its labels
/// share one unit
QString axisText(double number, Unit unit, const QLocale &locale, double largest);
/// A dimension value as people read it: names of hours and weekdays, `(none)` where missing, control
/// characters made visible. Plain text.
QString dimensionText(const Cell &cell, const std::string &dimension, const QLocale &locale);
/// Words for a measure's or dimension's name: `latency_p95` is "p95 latency".
QString columnTitle(const std::string &name);

} // namespace genscope
