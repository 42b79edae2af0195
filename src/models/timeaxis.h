// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace genscope {

/// The part of a trace's time that a waterfall shows: all of it at first, then what was zoomed into. Knows no
/// pixels: positions are shares of its width. Times are microseconds.
class TimeAxis
{
public:
    struct Tick
    {
        double position = 0; ///< 0..1
        QString label;       ///< since the start of the whole
    };

    /// Shows all of it. An empty time is widened, so that there is always something to divide by.
    void setWhole(std::int64_t fromUs, std::int64_t toUs);
    void showAll();
    /// Zooms by @p factor (above 1: closer) with what is at @p position, 0..1, staying there.
    void zoom(double factor, double position);
    /// Moves by that share of what is shown, and stops at the ends.
    void pan(double share);
    /// Moves, without zooming, so that the time is in sight; a little before it as well.
    void reveal(std::int64_t fromUs, std::int64_t toUs);
    bool isZoomed() const;

    /// Where a time is: 0 at the left, 1 at the right, beyond that out of sight.
    double position(std::int64_t us) const
    {
        return (static_cast<double>(us - m_wholeFrom) - m_from) / (m_to - m_from);
    }
    double shownSeconds() const { return (m_to - m_from) / 1e6; }
    /// Ticks on round times, at most @p most.
    std::vector<Tick> ticks(int most) const;

private:
    void keepInside();

    std::int64_t m_wholeFrom = 0;
    double m_length = 1;
    double m_from = 0; ///< since m_wholeFrom
    double m_to = 1;
};

/// A time since the start as ticks are labelled: `240 ms`, `1.5 s`, `4m 30s`, `2h 15m`.
QString offsetLabel(double microseconds);

} // namespace genscope
