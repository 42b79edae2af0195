// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricehistory.h"

#include <algorithm>

namespace genscope {

namespace {

PriceBook::History compose(const std::vector<PriceCandidate> &candidates)
{
    PriceBook::History history;
    std::vector<TimeRange> taken;
    for (const PriceCandidate &candidate : candidates) {
        const std::size_t before = history.size();
        for (const PricePeriod &period : candidate.provider->periods) {
            for (const TimeRange &free : without(period.valid, taken))
                history.push_back({free, candidate.match, candidate.provider, &period});
        }
        for (std::size_t i = before; i < history.size(); ++i)
            taken.push_back(history[i].valid);
    }
    std::sort(history.begin(), history.end(),
              [](const auto &a, const auto &b) { return a.valid.fromUs() < b.valid.fromUs(); });
    return history;
}

} // namespace

std::vector<TimeRange> without(const TimeRange &range, const std::vector<TimeRange> &taken)
{
    std::vector<TimeRange> free{range};
    for (const TimeRange &cut : taken) {
        std::vector<TimeRange> rest;
        for (const TimeRange &piece : free) {
            if (cut.toUs() <= piece.fromUs() || cut.fromUs() >= piece.toUs()) {
                rest.push_back(piece);
                continue;
            }
            if (piece.fromUs() < cut.fromUs())
                rest.push_back({piece.from, cut.from});
            if (cut.toUs() < piece.toUs())
                rest.push_back({cut.to, piece.to});
        }
        free = std::move(rest);
    }
    return free;
}

const PriceBook::History *HistoryStore::of(const std::vector<PriceCandidate> &candidates)
{
    Key key;
    key.reserve(candidates.size());
    for (const PriceCandidate &candidate : candidates) {
        key.emplace_back(candidate.provider, candidate.match.table, candidate.match.by,
                         candidate.match.text.data());
    }
    const std::lock_guard lock(m_mutex);
    auto &history = m_histories[key];
    if (!history)
        history = std::make_unique<const PriceBook::History>(compose(candidates));
    return history.get();
}

} // namespace genscope
