// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/accumulator.h"
#include "analytics/measurerules.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

/// What must be added up to answer measures, each ingredient once, and how their values follow from it.
/// Immutable once made. @thread any
class MeasurePlan
{
public:
    /// Opens what distinct counts need. @error Database, Cancelled
    static Result<MeasurePlan> make(std::vector<Measure> measures, const QueryContext &context,
                                    const RowSet &rows);

    const std::vector<Measure> &measures() const { return m_measures; }
    /// True if some measure looks at these events.
    bool uses(EventStream stream) const { return m_uses[static_cast<std::size_t>(stream)]; }
    CostMode costMode() const { return m_cost; }

private:
    friend class Figures;
    struct Part
    {
        Ingredient ingredient;
        std::vector<double> fractions; ///< Percentiles, ascending
    };
    std::size_t partOf(const Ingredient &ingredient) const;
    void addPart(const Ingredient &ingredient, double fraction);
    std::shared_ptr<const Dimension> dimensionOf(Ingredient::Kind kind) const;
    std::unique_ptr<Accumulator> makeAccumulator(const Part &part, std::uint64_t mostGroups) const;

    std::vector<Measure> m_measures;
    std::vector<Part> m_parts;
    std::array<bool, kEventStreamCount> m_uses{};
    std::vector<std::pair<Ingredient::Kind, std::shared_ptr<const Dimension>>> m_dimensions;
    CostMode m_cost = CostMode::Auto;
};

/// The running figures of all groups of one thread, then of all.
class Figures
{
public:
    /// @param plan        outlives this
    /// @param mostGroups  how many groups there can be
    /// @param only        where given, what other measures need is not added up
    Figures(const MeasurePlan &plan, std::uint64_t mostGroups, std::optional<Measure> only = {});

    void resize(std::size_t groups);
    void add(EventStream stream, const Batch &batch, SegmentColumns &columns);
    /// Group g of @p other is @p groupOf[g] here.
    void merge(const Figures &other, std::span<const std::uint32_t> groupOf);
    void settle(); ///< as Accumulator::settle()
    void finish();
    /// The value of a measure; of no events where @p group is absent.
    Cell value(Measure measure, std::optional<std::size_t> group) const;

private:
    Figure figure(const Ingredient &ingredient, double fraction, std::optional<std::size_t> group) const;

    const MeasurePlan *m_plan;
    std::vector<std::unique_ptr<Accumulator>> m_accumulators; ///< by part of the plan; may be null
};

} // namespace genscope
