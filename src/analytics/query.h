// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/filter.h"
#include "analytics/pricingview.h"
#include "analytics/resulttable.h"
#include "analytics/rowset.h"
#include "core/event.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// The numbers that can be asked for (cli.md "Measures").
enum class Measure {
    Generations,
    Embeddings,
    Spans,
    Traces,
    Sessions,
    Users,
    Customers,
    Errors,
    ErrorRate,
    Cost,
    CostInput,
    CostOutput,
    CostCacheRead,
    CostCacheWrite,
    CostRequest,
    CostWebSearch,
    CostPerGeneration,
    CostPerTrace,
    CostPerUser,
    CostPer1kTokens,
    InputTokens,
    OutputTokens,
    CacheReadTokens,
    CacheWriteTokens,
    ReasoningTokens,
    TotalTokens,
    CacheHitRate,
    LatencyAvg,
    LatencyP50,
    LatencyP90,
    LatencyP95,
    LatencyP99,
    LatencyMax,
    TtftAvg,
    TtftP50,
    TtftP90,
    TtftP95,
    TtftP99,
    TokensPerSecond, ///< of all tokens and all seconds; the percentiles are of single calls
    TokensPerSecondP5,
    TokensPerSecondP50,
    TokensPerSecondP90,
    TokensPerSecondP95,
    TokensPerSecondP99,
    Unpriced,
};
std::optional<Measure> measureFromName(std::string_view name);
std::string_view measureName(Measure measure);
Unit measureUnit(Measure measure);
std::vector<std::string_view> measureNames();

using KindSet = std::bitset<kEventKindCount>;
inline KindSet kindSet(std::initializer_list<EventKind> kinds)
{
    KindSet set;
    for (const EventKind kind : kinds)
        set.set(static_cast<std::size_t>(kind));
    return set;
}

/// When a trace or a session is listed under a filter.
enum class EventMatch : std::uint8_t {
    Some, ///< an event of it matches, as in PostHog
    All,  ///< every event of it inside the time range matches
};
inline constexpr std::size_t kEventMatchCount = 2;

/// What is looked at: the same for every view of a workspace. A plain value without reference to how it is
/// executed.
struct Scope
{
    TimeRange range;
    Zone zone;
    Filter filter;
    CostMode cost = CostMode::Auto;
    std::optional<Field> customer;
    PricingView
        pricing; ///< what recomputed costs are computed from; snapshots are priced so before they are queried
    EventMatch match = EventMatch::Some; ///< for lists of traces and sessions alone

    bool operator==(const Scope &) const = default;
};

/// What is asked about it.
struct Query
{
    std::vector<Measure> measures;
    std::vector<Field> by;
    std::optional<Interval> interval;
    std::optional<int> top; ///< keeps the N largest values of the first dimension and adds `Other`
    /// What makes a value large; absent: the first measure. A percentile is a poor judge: few calls are slow
    /// by chance.
    std::optional<Measure> rankedBy = {};
    KindSet kinds = kindSet({EventKind::Generation});
};

/// A data set with its caches: what queries run on. One per snapshot and scope's cost mode, zone, customer.
struct QueryContext
{
    DataContext data;
    std::shared_ptr<FieldCache> cache = std::make_shared<FieldCache>();
};
QueryContext makeQueryContext(std::shared_ptr<const Snapshot> snapshot, const EventSource *source,
                              const Scope &scope, StopToken stop);

/// Rows of all kinds inside the scope's time range that its filter matches.
Result<RowSet> selectRows(const Scope &scope, const QueryContext &context);

/// Answers @p query over @p rows (of all kinds; the query's kinds are applied here).
/// @error Usage if an interval gives more than 100,000 buckets
Result<ResultTable> runQuery(const Query &query, const Scope &scope, const RowSet &rows,
                             const QueryContext &context);

} // namespace genscope
