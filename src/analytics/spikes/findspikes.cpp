// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/findspikes.h"

#include "analytics/costs.h"
#include "analytics/spikes/valuespikes.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace genscope {

namespace {

std::vector<FoundSpike> spikesOf(const ValueSearch &search)
{
    switch (search.query.measure) {
    case SpikeMeasure::ErrorRate:
        return errorSpikes(search);
    case SpikeMeasure::Cost:
        return costSpikes(search);
    default:
        return latencySpikes(search);
    }
}

/// What begins in the minute in which the one before ends, begins with the next.
void separate(std::vector<FoundSpike> &spikes)
{
    for (std::size_t i = 1; i < spikes.size(); ++i)
        spikes[i].spike.from = std::max(spikes[i].spike.from, spikes[i - 1].spike.to);
    std::erase_if(spikes, [](const FoundSpike &found) { return found.spike.from >= found.spike.to; });
}

/// All calls that started inside, and what they cost.
void countCalls(Spike &spike, std::span<const SpikeCall> calls, const Snapshot &snapshot, CostMode mode)
{
    const auto begin =
        std::lower_bound(calls.begin(), calls.end(), spike.from.us,
                         [](const SpikeCall &call, std::int64_t time) { return call.startUs < time; });
    Money sum;
    bool anyPriced = false;
    for (auto call = begin; call != calls.end() && call->startUs < spike.to.us; ++call) {
        ++spike.generations;
        std::int64_t pico = kMissing;
        readCosts(snapshot.segmentOf(call->row), CostPart::Total, mode, call->row % Segment::kRows,
                  std::span(&pico, 1));
        if (pico == kMissing)
            continue;
        sum += Money{pico};
        anyPriced = true;
    }
    if (anyPriced)
        spike.cost = sum;
}

/// Keeps those that a false discovery rate of @p share allows among @p values tested.
void keepSignificant(std::vector<FoundSpike> &found, double share, std::size_t values)
{
    std::sort(found.begin(), found.end(), [](const FoundSpike &a, const FoundSpike &b) {
        return std::tie(a.logP, b.spike.factor, a.spike.code, a.spike.from) <
               std::tie(b.logP, a.spike.factor, b.spike.code, b.spike.from);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].logP <= std::log(share * static_cast<double>(i + 1) / static_cast<double>(values)))
            kept = i + 1;
    }
    found.resize(kept);
}

} // namespace

SpikeLimits spikeLimits(SpikeSensitivity sensitivity)
{
    switch (sensitivity) {
    case SpikeSensitivity::Low:
        return {0.001, 2, 20};
    case SpikeSensitivity::High:
        return {0.05, 1.25, 6};
    default:
        return {0.01, 1.5, 10};
    }
}

Result<std::vector<Spike>> findSpikes(const SpikeQuery &query, const RowSet &rows,
                                      const QueryContext &context)
{
    auto found = findSpikesAndCalls(query, rows, context);
    return found ? Result<std::vector<Spike>>(std::move(found->spikes)) : found.error();
}

Result<SpikeFinding> findSpikesAndCalls(const SpikeQuery &query, const RowSet &rows,
                                        const QueryContext &context)
{
    auto table = CallTable::make(query, rows, context);
    if (!table)
        return table.error();
    const SpikeLimits limits = spikeLimits(query.sensitivity);
    const Snapshot &snapshot = *context.data.snapshot;
    std::vector<std::vector<FoundSpike>> byValue(table->size());
    forEachInParallel(table->size(), [&](std::size_t index) {
        if (context.data.stop.stopRequested())
            return;
        const ValueSearch search{query, limits, context.data.zone, snapshot, table->calls(index)};
        byValue[index] = spikesOf(search);
        separate(byValue[index]);
        for (FoundSpike &found : byValue[index]) {
            found.spike.measure = query.measure;
            found.spike.code = table->code(index);
            found.spike.value = table->value(index);
            found.spike.pValue = std::exp(std::min(0.0, found.logP));
            countCalls(found.spike, search.calls, snapshot, context.data.cost);
        }
    });
    if (context.data.stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Spikes", "Stopped."));
    std::vector<FoundSpike> found;
    for (auto &spikes : byValue)
        found.insert(found.end(), spikes.begin(), spikes.end());
    keepSignificant(found, limits.falseShare, std::max<std::size_t>(table->size(), 1));
    SpikeFinding finding;
    for (FoundSpike &one : found)
        finding.spikes.push_back(std::move(one.spike));
    finding.calls = std::move(*table);
    return finding;
}

} // namespace genscope
