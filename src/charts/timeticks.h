// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/resulttable.h"

#include <QLocale>
#include <QString>

#include <span>
#include <vector>

namespace genscope {

struct AxisTick
{
    double position = 0; ///< on the axis
    QString label;
};

/// Human ticks for @p buckets (ascending, in @p zone, cut by @p interval): whole hours, days, Mondays, months
/// or years, the finest of them with at most @p most ticks. Positions are indexes of buckets, so that they
/// are right on days of 23 and 25 hours too.
std::vector<AxisTick> timeTicks(std::span<const Timestamp> buckets, Interval interval, const Zone &zone,
                                int most, const QLocale &locale);

/// `Mon 2 Jun 2025`, `Mon 2 Jun 2025, 14:00 – 15:00 (+02:00)`, `Week of 2 Jun 2025`, `June 2025`.
QString bucketText(Timestamp bucket, Interval interval, const Zone &zone, const QLocale &locale);

/// The scale of a value axis.
struct ValueScale
{
    double lower = 0;
    double upper = 1;
    double step = 1;
};

/// A scale from 0 to the first round number at or above @p largest (below 0 only for negative @p smallest),
/// with about @p steps steps that are round in @p unit.
ValueScale valueScale(double smallest, double largest, int steps, Unit unit);
std::vector<AxisTick> valueTicks(const ValueScale &scale, Unit unit, const QLocale &locale);

} // namespace genscope
