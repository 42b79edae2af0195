// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/reprice.h"

#include "analytics/segmentpricer.h"

#include <QCoreApplication>

#include <atomic>
#include <thread>

namespace genscope {

Repricer::Repricer(std::shared_ptr<const PriceBook> book, PricingView view, Timestamp now)
    : m_prices(std::move(book), std::move(view), now)
{
}

Repricer::~Repricer() = default;

Result<std::vector<RowSet>> Repricer::assumedRows(const DataContext &data, FieldCache &cache) const
{
    std::vector<RowSet> rows;
    for (const Substitution &substitution : view().whatIf) {
        auto matching = matchRows(substitution.traffic, data, cache);
        if (!matching)
            return matching.error();
        rows.push_back(std::move(*matching));
    }
    return rows;
}

Result<std::shared_ptr<const Snapshot>> Repricer::apply(const DataContext &data, FieldCache &cache)
{
    const auto assumed = assumedRows(data, cache);
    if (!assumed)
        return assumed.error();
    const Segments &from = data.snapshot->segments();
    Segments to(from.size());
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < from.size(); ++i) {
        // Which rows a filter matches may change with what is known of persons and groups.
        if (i < m_from.size() && m_from[i] == from[i] && m_to[i] && assumed->empty())
            to[i] = m_to[i];
        else
            due.push_back(i);
    }

    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        SegmentPricer pricer(*data.snapshot, m_prices, *assumed);
        for (std::size_t at = next.fetch_add(1); at < due.size() && !data.stop.stopRequested();
             at = next.fetch_add(1))
            to[due[at]] = pricer.price(due[at]);
    };
    const std::size_t threads =
        std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), due.size());
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 1; i < threads; ++i)
            workers.emplace_back(work);
        work();
    }
    m_from = from;
    m_to = to;
    if (data.stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Repricer", "Cancelled."));
    return data.snapshot->withCosts(std::move(to), m_prices.costModels(), m_prices.costProviders());
}

Result<std::shared_ptr<const Snapshot>> reprice(const DataContext &data,
                                                const std::shared_ptr<const PriceBook> &book,
                                                const PricingView &view, Timestamp now)
{
    FieldCache cache;
    return Repricer(book, view, now).apply(data, cache);
}

} // namespace genscope
