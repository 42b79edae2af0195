// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costchange.h"

#include "analytics/reprice.h"

#include <algorithm>

namespace genscope {

namespace {

/// What has no price leaves a sum as it is: one over nothing else stays unknown.
void addPriced(std::optional<Money> &sum, std::int64_t pico)
{
    if (pico != kMissing)
        sum = sum.value_or(Money{}) + Money{pico};
}

Int128 sizeOf(const CostChange &row)
{
    const Int128 pico = row.after.value_or(Money{}).pico - row.before.value_or(Money{}).pico;
    return pico < 0 ? -pico : pico;
}

/// Events of @p kinds that are priced otherwise in @p after.
Result<std::int64_t> countAssumed(const Snapshot &after, const RowSet &rows, KindSet kinds,
                                  const StopToken &stop)
{
    std::int64_t count = 0;
    const auto visit = [&](const Segment &segment, std::size_t, const std::vector<std::uint32_t> &list) {
        if (!segment.anyFlag(AssumedFlag))
            return;
        const IntColumn &flags = segment.ints(IntField::Flags);
        count += std::count_if(list.begin(), list.end(),
                               [&](std::uint32_t row) { return (flags.at(row) & AssumedFlag) != 0; });
    };
    if (const Status done = forEachPriced(after, rows, kinds, stop, visit); !done)
        return done.error();
    return count;
}

} // namespace

Result<CostChanges> compareSnapshots(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                                     const QueryContext &before, const Snapshot &after)
{
    auto groups = CostGroups::open(by, scope, rows, before);
    if (!groups)
        return groups.error();
    std::map<std::uint32_t, CostChange> changes;
    CostChanges answer;
    const auto visit = [&](const Segment &segment, std::size_t index,
                           const std::vector<std::uint32_t> &list) {
        groups->read(segment, index, list);
        const auto old = totalCosts(segment, scope.cost);
        const auto now = totalCosts(after.segment(index), scope.cost);
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
            groups->forEachCode(i, [&](std::uint32_t code) { addTo(changes[code]); });
        }
    };
    if (const Status done = forEachPriced(*before.data.snapshot, rows, by.kinds, before.data.stop, visit);
        !done)
        return done.error();
    for (auto &[code, change] : changes) {
        change.value = groups->cell(code);
        answer.rows.push_back(change);
    }
    std::stable_sort(answer.rows.begin(), answer.rows.end(),
                     [](const CostChange &a, const CostChange &b) { return sizeOf(a) > sizeOf(b); });
    return answer;
}

Result<CostAnswer> askWhatIf(const std::vector<CostBreakdown> &by, const RowSet &rows, const Scope &scope,
                             const QueryContext &context, const std::shared_ptr<const Snapshot> &stored,
                             const std::shared_ptr<const PriceBook> &book, const PricingView &view,
                             Timestamp now)
{
    DataContext data = context.data;
    data.snapshot = stored;
    const auto after = reprice(data, book, view, now);
    if (!after)
        return after.error();
    CostAnswer answer;
    Scope assumable = scope;
    if (scope.cost == CostMode::Reported)
        assumable.cost = CostMode::Auto; // what events report stays as it is
    for (const CostBreakdown &breakdown : by) {
        auto changes = compareSnapshots(breakdown, rows, assumable, context, **after);
        if (!changes)
            return changes.error();
        answer.total = changes->total;
        answer.by.push_back(std::move(*changes));
    }
    if (by.empty())
        return answer;
    const auto assumed = countAssumed(**after, rows, by.front().kinds, context.data.stop);
    if (!assumed)
        return assumed.error();
    answer.assumed = *assumed;
    return answer;
}

} // namespace genscope
