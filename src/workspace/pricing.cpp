// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/pricing.h"

#include "pricing/bookfingerprint.h"

namespace genscope {

StorePricing::StorePricing(std::shared_ptr<const PriceBook> book)
    : m_book(std::move(book)), m_fingerprint(fingerprintOf(*m_book))
{
}

Result<std::shared_ptr<const Snapshot>> StorePricing::priced(const DataContext &data, const PricingView &view)
{
    if (view.isDefault() && data.snapshot->pricedWith() == m_fingerprint) {
        m_repricer.reset(); // and the segments that it keeps
        return data.snapshot;
    }
    if (!m_repricer || !(m_repricer->view() == view))
        m_repricer = std::make_unique<Repricer>(m_book, view, currentTime());
    FieldCache cache; // the filters of substitutions read costs as the store has them
    return m_repricer->apply(data, cache);
}

Result<std::shared_ptr<const Selection>> makePricedSelection(const std::shared_ptr<const Snapshot> &stored,
                                                             std::shared_ptr<const StoreReader> reader,
                                                             StorePricing &pricing, const Scope &scope,
                                                             std::shared_ptr<FieldCache> cache,
                                                             const StopToken &stop)
{
    const QueryContext context = makeQueryContext(stored, reader.get(), scope, stop);
    auto snapshot = pricing.priced(context.data, scope.pricing);
    if (!snapshot)
        return snapshot.error();
    auto made = makeSelection(std::move(*snapshot), std::move(reader), scope, std::move(cache), stop);
    if (!made)
        return made;
    auto selection = std::make_shared<Selection>(**made);
    selection->stored = stored;
    selection->prices = pricing.book();
    return std::shared_ptr<const Selection>(std::move(selection));
}

Result<std::shared_ptr<const Selection>> withoutWhatIf(const Selection &selection, Timestamp now)
{
    if (selection.scope.pricing.whatIf.empty())
        return std::make_shared<const Selection>(selection);
    Scope scope = selection.scope;
    scope.pricing.whatIf.clear();
    DataContext data = selection.context.data;
    data.snapshot = selection.stored;
    std::shared_ptr<const Snapshot> snapshot = selection.stored;
    if (!scope.pricing.isDefault() || snapshot->pricedWith() != fingerprintOf(*selection.prices)) {
        auto priced = reprice(data, selection.prices, scope.pricing, now);
        if (!priced)
            return priced.error();
        snapshot = std::move(*priced);
    }
    auto made = makeSelection(std::move(snapshot), selection.reader, scope, {}, selection.context.data.stop);
    if (!made)
        return made;
    auto same = std::make_shared<Selection>(**made);
    same->stored = selection.stored;
    same->prices = selection.prices;
    same->generation = selection.generation;
    return std::shared_ptr<const Selection>(std::move(same));
}

} // namespace genscope
