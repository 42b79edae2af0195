// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costdifference.h"

#include "analytics/costhypotheses.h"
#include "analytics/pricefit.h"

#include <algorithm>
#include <map>
#include <utility>

namespace genscope {

namespace {

using Priced = std::pair<std::int64_t, std::int64_t>; ///< codes of model and provider
Priced pricedAs(const Segment &segment, std::uint32_t row)
{
    return {segment.ints(IntField::Model).at(row), segment.ints(IntField::Provider).at(row)};
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
    struct Unexplained
    {
        OfCause sums;
        double smallest = 0; ///< ratio of reported to recomputed
        double largest = 0;
    };
    CostDifference difference;
    std::map<CostCause, OfCause> causes;
    std::map<Priced, Unexplained> unexplained;

    void addPriced(const Priced &priced, CostCause cause, std::int64_t reported, std::int64_t recomputed)
    {
        const auto add = [&](auto &to) {
            to.reported += Money{reported};
            to.recomputed += Money{recomputed};
        };
        ++difference.pricedBoth;
        add(difference);
        if (cause == CostCause::None)
            return;
        ++difference.differing;
        ++causes[cause].events;
        add(causes[cause]);
        if (cause != CostCause::Unexplained)
            return;
        Unexplained &of = unexplained[priced];
        const double ratio =
            recomputed == 0 ? 0 : static_cast<double>(reported) / static_cast<double>(recomputed);
        of.smallest = of.sums.events == 0 ? ratio : std::min(of.smallest, ratio);
        of.largest = of.sums.events == 0 ? ratio : std::max(of.largest, ratio);
        ++of.sums.events;
        add(of.sums);
    }

    /// @param fits  of what is unexplained, over everything
    void finish(const std::map<Priced, PriceFit> &fits)
    {
        std::optional<double> factor;
        for (const auto &[priced, of] : unexplained) {
            const auto found = factorOf(of);
            if (found || fits.at(priced).isOnePriceList())
                explain(of);
            if (found)
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
    /// Calls that all cost the same multiple are priced by another price list.
    static std::optional<double> factorOf(const Unexplained &of)
    {
        constexpr double kSpread = 1.001;
        if (of.sums.events < 2 || of.smallest <= 0 || of.largest > of.smallest * kSpread)
            return std::nullopt;
        return of.sums.reported.usd() / of.sums.recomputed.usd();
    }
    void explain(const Unexplained &of)
    {
        const auto move = [&](CostCause cause, int sign) {
            OfCause &to = causes[cause];
            to.events += sign * of.sums.events;
            to.reported += Money{sign * of.sums.reported.pico};
            to.recomputed += Money{sign * of.sums.recomputed.pico};
        };
        move(CostCause::Unexplained, -1);
        move(CostCause::OtherPrice, 1);
    }
};

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
    case CostCause::ReportedAsFree:
        return "reported_as_free";
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
    auto groups = CostGroups::open(by, scope, rows, context);
    if (!groups)
        return groups.error();
    const Snapshot &snapshot = *context.data.snapshot;
    PricingView asBooked = scope.pricing;
    asBooked.whatIf.clear();
    CallPriceTable prices(book, asBooked, now);
    CostHypotheses hypotheses(snapshot, prices);
    std::map<std::uint32_t, Tally> tallies;
    Tally total;
    std::map<Priced, PriceFit> fits;

    const auto visit = [&](const Segment &segment, std::size_t index,
                           const std::vector<std::uint32_t> &list) {
        groups->read(segment, index, list);
        const auto reported = totalCosts(segment, CostMode::Reported);
        const auto recomputed = totalCosts(segment, CostMode::Recomputed);
        const RowBits &unpriced = segment.unpricedRows(CostMode::Recomputed);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::uint32_t row = list[i];
            const bool both = reported[row] != kMissing && recomputed[row] != kMissing;
            CostCause cause = CostCause::None;
            if (both && reported[row] != recomputed[row]) {
                const FactRow facts = segment.row(row);
                cause = hypotheses.causeOf(facts, reported[row], recomputed[row]);
                if (cause == CostCause::Unexplained)
                    fits[pricedAs(segment, row)].add(hypotheses.chargedTokens(facts),
                                                     Money{reported[row]}.usd());
            }
            const auto addTo = [&](Tally &tally) {
                ++tally.difference.events;
                tally.difference.unpriced += isIn(unpriced, row);
                tally.difference.notReported += reported[row] == kMissing && recomputed[row] != kMissing;
                if (both)
                    tally.addPriced(pricedAs(segment, row), cause, reported[row], recomputed[row]);
            };
            addTo(total);
            groups->forEachCode(i, [&](std::uint32_t code) { addTo(tallies[code]); });
        }
    };
    if (const Status done = forEachPriced(snapshot, rows, by.kinds, context.data.stop, visit); !done)
        return done.error();

    CostComparison comparison;
    for (auto &[code, tally] : tallies) {
        tally.finish(fits);
        tally.difference.value = groups->cell(code);
        comparison.rows.push_back(tally.difference);
    }
    total.finish(fits);
    comparison.total = total.difference;
    const auto size = [](const CostDifference &row) {
        const Int128 pico = row.difference().pico;
        return pico < 0 ? -pico : pico;
    };
    std::stable_sort(comparison.rows.begin(), comparison.rows.end(),
                     [&](const CostDifference &a, const CostDifference &b) { return size(a) > size(b); });
    return comparison;
}

} // namespace genscope
