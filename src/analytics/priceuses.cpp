// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/priceuses.h"

#include "analytics/costbreakdown.h"
#include "pricing/pricebook.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>

namespace genscope {

namespace {

/// Columns of one segment that decide which price a call has.
class SegmentCalls
{
public:
    explicit SegmentCalls(const Segment &segment) : costs(totalCosts(segment, CostMode::Recomputed))
    {
        for (std::size_t i = 0; i < kFields.size(); ++i) {
            m_columns[i].resize(segment.rows());
            segment.ints(kFields[i]).decode(m_columns[i]);
        }
    }

    enum Column { Kind, Flags, Time, Model, Provider, Tier, Input, CacheRead, CacheWrite };
    std::int64_t at(Column column, std::size_t row) const { return m_columns[column][row]; }
    std::int64_t count(Column column, std::size_t row) const
    {
        return std::max<std::int64_t>(0, at(column, row)); // missing is none
    }
    /// What context tiers go by.
    std::int64_t promptTokens(std::size_t row) const
    {
        const bool exclusive = (at(Flags, row) & CacheExclusiveFlag) != 0;
        std::int64_t sum = count(Input, row);
        if (exclusive && (__builtin_add_overflow(sum, count(CacheRead, row), &sum) ||
                          __builtin_add_overflow(sum, count(CacheWrite, row), &sum)))
            return std::numeric_limits<std::int64_t>::max();
        return sum;
    }

    const std::vector<std::int64_t> costs;

private:
    static constexpr std::array kFields = {
        IntField::Kind,        IntField::Flags,           IntField::Timestamp,
        IntField::Model,       IntField::Provider,        IntField::ServiceTier,
        IntField::InputTokens, IntField::CacheReadTokens, IntField::CacheWriteTokens};
    std::array<std::vector<std::int64_t>, kFields.size()> m_columns;
};

class Counter
{
public:
    Counter(const Snapshot &snapshot, const PriceBook &book, std::optional<Timestamp> asOf)
        : m_snapshot(snapshot), m_book(book), m_asOf(asOf)
    {
    }

    void add(const SegmentCalls &calls, std::size_t row)
    {
        if (calls.at(SegmentCalls::Kind, row) != static_cast<std::int64_t>(EventKind::Generation) ||
            (calls.at(SegmentCalls::Flags, row) & CustomPricesFlag) != 0 || calls.costs[row] == kMissing)
            return;
        const std::int64_t model = calls.at(SegmentCalls::Model, row);
        const bool large = calls.count(SegmentCalls::Input, row) > PriceBook::kSplitTokens;
        const PriceBook::Entry entry =
            entryOf({model, calls.at(SegmentCalls::Provider, row), calls.at(SegmentCalls::Tier, row), large});
        const PriceBook::Price *price =
            entry.at(m_asOf.value_or(Timestamp{calls.at(SegmentCalls::Time, row)}));
        if (!price)
            return;
        const Rates::ContextTier *tier =
            price->rates().contextTiers.empty() ? nullptr : price->rates().tierOf(calls.promptTokens(row));
        Use &use = m_uses[{price->period, tier ? tier->minInputTokens : kMissing}];
        ++use.sums.generations;
        use.sums.cost += Money{calls.costs[row]};
        ++use.byModel[model];
    }

    std::vector<PriceUse> uses()
    {
        std::vector<PriceUse> list;
        for (auto &[key, use] : m_uses) {
            use.sums.period = key.first;
            if (key.second != kMissing)
                use.sums.tier = key.second;
            const auto most =
                std::max_element(use.byModel.begin(), use.byModel.end(),
                                 [](const auto &a, const auto &b) { return a.second < b.second; });
            use.sums.model = text(DictField::Model, most->first);
            list.push_back(use.sums);
        }
        return list;
    }

private:
    using Names = std::tuple<std::int64_t, std::int64_t, std::int64_t, bool>;
    struct Use
    {
        PriceUse sums;
        std::map<std::int64_t, std::int64_t> byModel;
    };

    PriceBook::Entry entryOf(const Names &names)
    {
        const auto [found, isNew] = m_entries.try_emplace(names);
        if (isNew)
            found->second = m_book.lookUp(text(DictField::Model, std::get<0>(names)),
                                          text(DictField::Provider, std::get<1>(names)),
                                          text(DictField::ServiceTier, std::get<2>(names)),
                                          std::get<3>(names) ? PriceBook::kSplitTokens + 1 : 0);
        return found->second;
    }
    std::string_view text(DictField field, std::int64_t code) const
    {
        return m_snapshot.dictionary(field).at(static_cast<std::uint32_t>(code));
    }

    const Snapshot &m_snapshot;
    const PriceBook &m_book;
    std::optional<Timestamp> m_asOf;
    std::map<Names, PriceBook::Entry> m_entries;
    std::map<std::pair<const PricePeriod *, std::int64_t>, Use> m_uses;
};

} // namespace

Result<std::vector<PriceUse>> priceUses(const Snapshot &snapshot, const PriceBook &book,
                                        const PricingView &view, Timestamp now, const StopToken &stop)
{
    std::optional<Timestamp> asOf = view.instant;
    if (view.time == PriceTime::Today)
        asOf = now;
    Counter counter(snapshot, book, asOf);
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (stop.stopRequested())
            return costsStopped();
        const SegmentCalls calls(snapshot.segment(i));
        for (std::size_t row = 0; row < calls.costs.size(); ++row)
            counter.add(calls, row);
    }
    return counter.uses();
}

} // namespace genscope
