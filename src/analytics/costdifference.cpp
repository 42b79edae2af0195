// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costdifference.h"

#include "analytics/costhypotheses.h"
#include "analytics/costs.h"
#include "analytics/dimension.h"
#include "core/event.h"
#include "pricing/pricing.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace genscope {

namespace {

/// The values that rows are broken down by. A row may be under several (`tool`).
class Breakdown
{
public:
    static Result<Breakdown> open(const CostBreakdown &by, const Scope &scope, const DataContext &context,
                                  FieldCache &cache, const RowSet &rows)
    {
        Breakdown breakdown;
        breakdown.m_interval = by.interval.value_or(Interval::Day);
        breakdown.m_zone = scope.zone;
        if (!by.field)
            return breakdown;
        const auto reader = cache.open(*by.field, context);
        if (!reader)
            return reader.error();
        breakdown.m_dimension = std::make_shared<Dimension>(*reader, *context.snapshot, rows);
        return breakdown;
    }

    /// Codes of some rows of a segment; for a many-valued field, of sets.
    void read(const Segment &segment, std::size_t index, const std::vector<std::uint32_t> &rows)
    {
        m_codes.resize(rows.size());
        if (m_dimension) {
            m_dimension->read(index, rows, m_codes, m_scratch);
            return;
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Timestamp start =
                m_zone.bucketStart({segment.ints(IntField::Timestamp).at(rows[i])}, m_interval);
            m_codes[i] = m_codeOfStart.try_emplace(start.us, static_cast<std::uint32_t>(m_starts.size()))
                             .first->second;
            if (m_codes[i] == m_starts.size())
                m_starts.push_back(start);
        }
    }
    template<typename Visit>
    void forEachCode(std::size_t i, const Visit &visit) const
    {
        if (!m_dimension || !m_dimension->manyValued()) {
            visit(m_codes[i]);
            return;
        }
        for (const std::uint32_t member : m_dimension->members(m_codes[i]))
            visit(member);
    }
    Cell cell(std::uint32_t code) const
    {
        return m_dimension ? m_dimension->cell(code) : Cell(m_starts[code]);
    }

private:
    std::shared_ptr<Dimension> m_dimension;
    Dimension::Scratch m_scratch;
    std::vector<std::uint32_t> m_codes;
    Interval m_interval = Interval::Day;
    Zone m_zone;
    std::map<std::int64_t, std::uint32_t> m_codeOfStart;
    std::vector<Timestamp> m_starts;
};

/// Calls @p visit(segment, rows of it) for the selected rows of kinds that PostHog prices.
template<typename Visit>
Status forEachPriced(const Snapshot &snapshot, const RowSet &rows, const StopToken &stop, const Visit &visit)
{
    std::vector<std::uint32_t> list;
    for (std::size_t index = 0; index < snapshot.segmentCount(); ++index) {
        if (stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Repricer", "Cancelled."));
        const Segment &segment = snapshot.segment(index);
        list.clear();
        const std::size_t first = index * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            const auto kind = static_cast<EventKind>(segment.ints(IntField::Kind).at(row - first));
            if (isPriced(kind))
                list.push_back(static_cast<std::uint32_t>(row - first));
        });
        visit(segment, index, list);
    }
    return Done{};
}

std::vector<std::int64_t> totals(const Segment &segment, CostMode mode)
{
    std::vector<std::int64_t> costs(segment.rows());
    readCosts(segment, CostPart::Total, mode, 0, costs);
    return costs;
}

bool isIn(const RowBits &bits, std::uint32_t row)
{
    return !bits.empty() && ((bits[row / 64] >> (row % 64)) & 1) != 0;
}

/// What the events of a value, or all, come to.
struct Tally
{
    struct OfCause
    {
        std::int64_t events = 0;
        Money reported;
        Money recomputed;
    };
    struct OfModel
    {
        OfCause sums;
        double smallest = 0; ///< ratio of reported to recomputed
        double largest = 0;
    };
    CostDifference difference;
    std::map<CostCause, OfCause> causes;
    std::map<std::int64_t, OfModel> unexplained; ///< by model

    void addPriced(std::int64_t model, CostCause cause, std::int64_t reported, std::int64_t recomputed)
    {
        const auto add = [&](auto &to) {
            to.reported += Money{reported};
            to.recomputed += Money{recomputed};
        };
        ++difference.pricedBoth;
        add(difference);
        if (cause == CostCause::None)
            return;
        ++causes[cause].events;
        add(causes[cause]);
        if (cause != CostCause::Unexplained)
            return;
        OfModel &of = unexplained[model];
        const double ratio =
            recomputed == 0 ? 0 : static_cast<double>(reported) / static_cast<double>(recomputed);
        of.smallest = of.sums.events == 0 ? ratio : std::min(of.smallest, ratio);
        of.largest = of.sums.events == 0 ? ratio : std::max(of.largest, ratio);
        ++of.sums.events;
        add(of.sums);
    }

    void finish()
    {
        std::optional<double> factor;
        for (const auto &[model, of] : unexplained) {
            if (const auto found = explainByFactor(of))
                factor = found;
        }
        Int128 largest = -1;
        for (const auto &[cause, of] : causes) {
            const Money gap = of.reported - of.recomputed;
            const Int128 size = gap.pico < 0 ? -gap.pico : gap.pico;
            if (of.events == 0 || size <= largest)
                continue;
            largest = size;
            difference.cause = cause;
            difference.causeEvents = of.events;
            difference.causeDifference = gap;
        }
        if (difference.cause == CostCause::OtherPrice)
            difference.factor = factor;
    }

private:
    /// A model's calls that all cost the same multiple are priced by another price list.
    std::optional<double> explainByFactor(const OfModel &of)
    {
        constexpr double kSpread = 1.001;
        if (of.sums.events < 2 || of.smallest <= 0 || of.largest > of.smallest * kSpread)
            return std::nullopt;
        const auto move = [&](CostCause cause, int sign) {
            OfCause &to = causes[cause];
            to.events += sign * of.sums.events;
            to.reported += Money{sign * of.sums.reported.pico};
            to.recomputed += Money{sign * of.sums.recomputed.pico};
        };
        move(CostCause::Unexplained, -1);
        move(CostCause::OtherPrice, 1);
        return of.sums.reported.usd() / of.sums.recomputed.usd();
    }
};

/// What has no price leaves a sum as it is: one over nothing else stays unknown.
void addPriced(std::optional<Money> &sum, std::int64_t pico)
{
    if (pico != kMissing)
        sum = sum.value_or(Money{}) + Money{pico};
}

template<typename Row, typename Size>
void sortByRest(std::vector<Row> &rows, const Size &size)
{
    const auto magnitude = [&](const Row &row) {
        const Int128 pico = size(row).pico;
        return pico < 0 ? -pico : pico;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row &a, const Row &b) { return magnitude(a) > magnitude(b); });
}

} // namespace

std::string_view costCauseName(CostCause cause)
{
    switch (cause) {
    case CostCause::None:
        return "none";
    case CostCause::Rounding:
        return "rounding";
    case CostCause::CacheCountedTwice:
        return "cache_counted_twice";
    case CostCause::CacheNotDiscounted:
        return "cache_not_discounted";
    case CostCause::CacheLeftOut:
        return "cache_left_out";
    case CostCause::TierMissed:
        return "tier_missed";
    case CostCause::ReasoningMissed:
        return "reasoning_missed";
    case CostCause::ReasoningAdded:
        return "reasoning_added";
    case CostCause::InputOnly:
        return "input_only";
    case CostCause::OutputOnly:
        return "output_only";
    case CostCause::OtherPrice:
        return "other_price";
    case CostCause::Negative:
        return "negative";
    case CostCause::Unexplained:
        return "unexplained";
    }
    return "none";
}

Result<CostComparison> compareCosts(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                    const QueryContext &context, const std::shared_ptr<const PriceBook> &book,
                                    Timestamp now)
{
    const Snapshot &snapshot = *context.data.snapshot;
    auto breakdown = Breakdown::open(by, scope, context.data, *context.cache, rows);
    if (!breakdown)
        return breakdown.error();
    PricingView asBooked = scope.pricing;
    asBooked.whatIf.clear();
    CallPriceTable prices(book, asBooked, now);
    const CostHypotheses hypotheses(snapshot, prices);
    std::map<std::uint32_t, Tally> tallies;
    Tally total;

    const auto visit = [&](const Segment &segment, std::size_t index,
                           const std::vector<std::uint32_t> &list) {
        breakdown->read(segment, index, list);
        const auto reported = totals(segment, CostMode::Reported);
        const auto recomputed = totals(segment, CostMode::Recomputed);
        const RowBits &unpriced = segment.unpricedRows(CostMode::Recomputed);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::uint32_t row = list[i];
            const bool both = reported[row] != kMissing && recomputed[row] != kMissing;
            const CostCause cause =
                both ? hypotheses.causeOf(segment.row(row), reported[row], recomputed[row]) : CostCause::None;
            const auto addTo = [&](Tally &tally) {
                ++tally.difference.events;
                tally.difference.unpriced += isIn(unpriced, row);
                tally.difference.notReported += reported[row] == kMissing;
                if (both)
                    tally.addPriced(segment.ints(IntField::Model).at(row), cause, reported[row],
                                    recomputed[row]);
            };
            addTo(total);
            breakdown->forEachCode(i, [&](std::uint32_t code) { addTo(tallies[code]); });
        }
    };
    if (const Status done = forEachPriced(snapshot, rows, context.data.stop, visit); !done)
        return done.error();

    CostComparison comparison;
    for (auto &[code, tally] : tallies) {
        tally.finish();
        tally.difference.value = breakdown->cell(code);
        comparison.rows.push_back(tally.difference);
    }
    total.finish();
    comparison.total = total.difference;
    sortByRest(comparison.rows, [](const CostDifference &row) { return row.difference(); });
    return comparison;
}

Result<CostChanges> compareSnapshots(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                     const QueryContext &before, const Snapshot &after)
{
    const Snapshot &snapshot = *before.data.snapshot;
    auto breakdown = Breakdown::open(by, scope, before.data, *before.cache, rows);
    if (!breakdown)
        return breakdown.error();
    std::map<std::uint32_t, CostChange> changes;
    CostChanges answer;
    const auto visit = [&](const Segment &segment, std::size_t index,
                           const std::vector<std::uint32_t> &list) {
        breakdown->read(segment, index, list);
        const auto old = totals(segment, scope.cost);
        const auto now = totals(after.segment(index), scope.cost);
        const RowBits &unpriced = after.segment(index).unpricedRows(scope.cost);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::uint32_t row = list[i];
            const auto addTo = [&](CostChange &change) {
                ++change.events;
                change.unpriced += isIn(unpriced, row);
                addPriced(change.before, old[row]);
                addPriced(change.after, now[row]);
            };
            addTo(answer.total);
            breakdown->forEachCode(i, [&](std::uint32_t code) { addTo(changes[code]); });
        }
    };
    if (const Status done = forEachPriced(snapshot, rows, before.data.stop, visit); !done)
        return done.error();
    for (auto &[code, change] : changes) {
        change.value = breakdown->cell(code);
        answer.rows.push_back(change);
    }
    sortByRest(answer.rows, [](const CostChange &row) {
        return row.after.value_or(Money{}) - row.before.value_or(Money{});
    });
    return answer;
}

} // namespace genscope
