// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "charts/chartcontext.h"
#include "charts/timeticks.h"

#include <QLocale>
#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// One axis of a chart whose data are cells: bins of numbers, hours, days, time buckets. A plain value; made
/// from a column of a ResultTable. Positions are shares of the axis, 0 at its beginning.
class CellAxis
{
public:
    enum class Kind {
        Numbers, ///< bins of a field
        Clock,   ///< hours of a day, days of a week
        Time,    ///< buckets
    };
    struct Bin
    {
        double lower = 0; ///< numbers and hours: lower <= value < upper; either may be endless
        double upper = 0;
        double begin = 0; ///< positions
        double end = 0;
        bool operator==(const Bin &) const = default;
    };

    CellAxis() = default;
    /// The axis of a bucket column, of bins, or of `hour_of_day` and `day_of_week`; nothing for a column that
    /// has no order of its own.
    static std::optional<CellAxis> of(const ResultTable &table, std::size_t column);
    /// The axis of single numbers. @param field  with the bins that they are put into
    static CellAxis ofNumbers(const Field &field, const std::vector<double> &numbers);

    Kind kind() const { return m_kind; }
    const std::string &field() const { return m_field; } ///< as filters name it; empty for time
    Unit unit() const { return m_unit; }
    const std::vector<Bin> &bins() const { return m_bins; }
    bool isEmpty() const { return m_bins.empty(); }
    /// True if a bin of one is the same bin of the other.
    bool hasBinsOf(const CellAxis &other) const
    {
        return m_field == other.m_field && m_bins == other.m_bins && m_buckets == other.m_buckets;
    }

    /// The bin of a row's cell; nothing where it is missing.
    std::optional<std::size_t> binOf(const Cell &cell) const;
    std::size_t binAt(double position) const; ///< clamped; there are bins
    double positionOf(double number) const;   ///< Numbers; clamped
    double numberAt(double position) const;   ///< Numbers: the reverse

    QString title() const;
    /// `250 ms – 315 ms`, `Monday`, `14:00 – 15:00`, or the text of a bucket.
    QString text(std::size_t first, std::size_t last, const QLocale &locale) const;
    /// Human ticks with room for @p most labels.
    std::vector<AxisTick> ticks(int most, const QLocale &locale) const;

    /// Adds the condition that bins @p first .. @p last stand for.
    void addTo(ChartPick &pick, std::size_t first, std::size_t last) const;

private:
    static CellAxis ofClock(const std::string &name);
    static CellAxis ofBuckets(const ResultTable &table, std::size_t column);
    void spreadEvenly();
    void spreadLinear(const std::vector<double> &edges);
    void spreadLogarithmic(const std::vector<double> &edges, double smallestAboveZero);
    std::vector<AxisTick> numberTicks(int most, const QLocale &locale) const;
    std::vector<AxisTick> clockTicks(int most, const QLocale &locale) const;

    Kind m_kind = Kind::Numbers;
    std::string m_field;
    Unit m_unit = Unit::None;
    bool m_logarithmic = false;
    std::vector<Bin> m_bins;
    double m_from = 0;                ///< Numbers: what lies at m_begin ...
    double m_to = 0;                  ///< ... and at 1
    double m_begin = 0;               ///< position; on a logarithmic axis zero and less lie before
    std::vector<Timestamp> m_buckets; ///< one more than there are bins
    Interval m_interval = Interval::Day;
    Zone m_zone;
};

} // namespace genscope
