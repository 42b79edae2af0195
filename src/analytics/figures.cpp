// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/figures.h"

#include <algorithm>
#include <limits>

namespace genscope {

namespace {

using Kind = Ingredient::Kind;
using Shape = MeasureRule::Shape;

std::optional<Field::Id> countedField(Kind kind)
{
    switch (kind) {
    case Kind::Traces:
        return Field::Id::Trace;
    case Kind::Sessions:
        return Field::Id::Session;
    case Kind::Users:
        return Field::Id::User;
    case Kind::Customers:
        return Field::Id::Customer;
    default:
        return std::nullopt;
    }
}

/// A sum of tokens as a result: no real sum comes near the limits.
std::int64_t clamped(Int128 sum)
{
    constexpr Int128 kLargest = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::clamp(sum, -kLargest, kLargest));
}

Cell ratio(double a, double b)
{
    return b == 0 ? Cell() : Cell(a / b);
}

Cell valueOf(const MeasureRule &rule, const Figure &a, const Figure &b)
{
    switch (rule.shape) {
    case Shape::Events:
        return a.count;
    case Shape::Sum:
        return clamped(a.sum);
    case Shape::Money:
        return a.count == 0 ? Cell() : Cell(Money{a.sum});
    case Shape::CountRatio:
        return ratio(static_cast<double>(a.count), static_cast<double>(b.count));
    case Shape::SumRatio:
        return ratio(static_cast<double>(a.sum), static_cast<double>(b.sum));
    case Shape::MoneyPer:
        return a.count == 0 || b.count == 0 ? Cell() : Cell(Money{a.sum}.dividedBy(b.count));
    case Shape::MoneyPerThousand:
        return a.count == 0 || b.sum <= 0 ? Cell() : Cell(Money{a.sum * 1000}.dividedBy(clamped(b.sum)));
    case Shape::Average:
        return ratio(a.real, static_cast<double>(a.count));
    case Shape::Real:
        return a.count == 0 ? Cell() : Cell(a.real);
    case Shape::Rate:
        return ratio(static_cast<double>(a.sum), a.real);
    }
    return {};
}

} // namespace

Result<MeasurePlan> MeasurePlan::make(std::vector<Measure> measures, const QueryContext &context,
                                      const RowSet &rows)
{
    MeasurePlan plan;
    plan.m_measures = std::move(measures);
    plan.m_cost = context.data.cost;
    for (const Measure measure : plan.m_measures) {
        const MeasureRule &rule = ruleOf(measure);
        for (const Ingredient &ingredient : {rule.a, rule.b}) {
            if (ingredient.kind != Kind::None)
                plan.addPart(ingredient, rule.fraction);
        }
    }
    for (const Part &part : plan.m_parts) {
        const auto id = countedField(part.ingredient.kind);
        if (!id)
            continue;
        Field field;
        field.id = *id;
        const auto reader = context.cache->open(field, context.data);
        if (!reader)
            return reader.error();
        plan.m_dimensions.emplace_back(part.ingredient.kind,
                                       std::make_shared<Dimension>(*reader, *context.data.snapshot, rows));
    }
    return plan;
}

void MeasurePlan::addPart(const Ingredient &ingredient, double fraction)
{
    m_uses[static_cast<std::size_t>(ingredient.stream)] = true;
    std::size_t index = partOf(ingredient);
    if (index == m_parts.size())
        m_parts.push_back({ingredient, {}});
    if (ingredient.kind != Kind::Percentiles)
        return;
    auto &fractions = m_parts[index].fractions;
    const auto place = std::lower_bound(fractions.begin(), fractions.end(), fraction);
    if (place == fractions.end() || *place != fraction)
        fractions.insert(place, fraction);
}

std::size_t MeasurePlan::partOf(const Ingredient &ingredient) const
{
    const auto part = std::find_if(m_parts.begin(), m_parts.end(),
                                   [&](const Part &each) { return each.ingredient == ingredient; });
    return static_cast<std::size_t>(part - m_parts.begin());
}

std::shared_ptr<const Dimension> MeasurePlan::dimensionOf(Kind kind) const
{
    for (const auto &[counted, dimension] : m_dimensions) {
        if (counted == kind)
            return dimension;
    }
    return nullptr;
}

std::unique_ptr<Accumulator> MeasurePlan::makeAccumulator(const Part &part, std::uint64_t mostGroups) const
{
    const Ingredient &ingredient = part.ingredient;
    switch (ingredient.kind) {
    case Kind::None:
        break;
    case Kind::Events:
        return makeEventCounter();
    case Kind::Errors:
        return makeErrorCounter();
    case Kind::Unpriced:
        return makeUnpricedCounter(m_cost);
    case Kind::Traces:
    case Kind::Sessions:
    case Kind::Users:
    case Kind::Customers:
        return makeDistinct(dimensionOf(ingredient.kind), mostGroups);
    case Kind::Sum:
        return makeSum(ingredient.number);
    case Kind::RealSum:
        return makeRealSum(ingredient.real);
    case Kind::RealMax:
        return makeRealMax(ingredient.real);
    case Kind::TokenRate:
        return makeTokenRate();
    case Kind::Percentiles:
        return makePercentiles(ingredient.real, part.fractions);
    }
    return nullptr;
}

Figures::Figures(const MeasurePlan &plan, std::uint64_t mostGroups, std::optional<Measure> only)
    : m_plan(&plan)
{
    for (const MeasurePlan::Part &part : plan.m_parts) {
        const bool needed = !only || part.ingredient == ruleOf(*only).a || part.ingredient == ruleOf(*only).b;
        m_accumulators.push_back(needed ? plan.makeAccumulator(part, mostGroups) : nullptr);
    }
}

void Figures::resize(std::size_t groups)
{
    for (const auto &accumulator : m_accumulators) {
        if (accumulator)
            accumulator->resize(groups);
    }
}

void Figures::add(EventStream stream, const Batch &batch, SegmentColumns &columns)
{
    for (std::size_t part = 0; part < m_accumulators.size(); ++part) {
        if (m_accumulators[part] && m_plan->m_parts[part].ingredient.stream == stream)
            m_accumulators[part]->add(batch, columns);
    }
}

void Figures::merge(const Figures &other, std::span<const std::uint32_t> groupOf)
{
    for (std::size_t part = 0; part < m_accumulators.size(); ++part) {
        if (m_accumulators[part])
            m_accumulators[part]->merge(*other.m_accumulators[part], groupOf);
    }
}

void Figures::settle()
{
    for (const auto &accumulator : m_accumulators) {
        if (accumulator)
            accumulator->settle();
    }
}

void Figures::finish()
{
    for (const auto &accumulator : m_accumulators) {
        if (accumulator)
            accumulator->finish();
    }
}

Figure Figures::figure(const Ingredient &ingredient, double fraction, std::optional<std::size_t> group) const
{
    if (ingredient.kind == Kind::None || !group)
        return {};
    const std::size_t part = m_plan->partOf(ingredient);
    const auto &fractions = m_plan->m_parts[part].fractions;
    const auto which = std::find(fractions.begin(), fractions.end(), fraction) - fractions.begin();
    return m_accumulators[part]->figure(*group, static_cast<std::size_t>(which));
}

Cell Figures::value(Measure measure, std::optional<std::size_t> group) const
{
    const MeasureRule &rule = ruleOf(measure);
    return valueOf(rule, figure(rule.a, rule.fraction, group), figure(rule.b, rule.fraction, group));
}

} // namespace genscope
