// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

namespace genscope {

/// What is left of @p range outside of @p taken, by time.
std::vector<TimeRange> without(const TimeRange &range, const std::vector<TimeRange> &taken);

/// A provider key that prices a call, and the row that it was found in.
struct PriceCandidate
{
    PriceBook::Match match;
    const ProviderPrices *provider = nullptr;
};

/// The histories that look-ups of one book answer with, each made once; there are never more than the book
/// has ways to combine its rows. @thread any
class HistoryStore
{
public:
    /// The prices of the candidates over time; where several have one, that of the first.
    const PriceBook::History *of(const std::vector<PriceCandidate> &candidates);

private:
    using Key = std::vector<std::tuple<const ProviderPrices *, PriceTable, MatchedBy, const char *>>;

    std::mutex m_mutex;
    std::map<Key, std::unique_ptr<const PriceBook::History>> m_histories;
};

} // namespace genscope
