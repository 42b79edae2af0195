// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dictionary.h"
#include "analytics/pricingview.h"
#include "pricing/pricebook.h"
#include "pricing/pricing.h"
#include "pricing/quickrates.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace genscope {

/// All rates of a price times @p factor.
Rates timesFactor(Rates rates, const Decimal &factor);

/// What calls that go by the same names cost, over time: looked up once, for any number of rows.
class CallPrices
{
public:
    struct Period
    {
        std::int64_t fromUs = 0;
        std::int64_t toUs = 0; ///< not included
        std::optional<QuickRates> quick;
        Rates rates;
        CostSource source = CostSource::None;
        std::uint32_t costModel = 0; ///< codes of CallPriceTable's dictionaries
        std::uint32_t costProvider = 0;
    };

    /// The price of a call; null if the book has none.
    const Period *at(std::int64_t timestampUs, std::int64_t inputTokens) const
    {
        const std::vector<Period> &periods = inputTokens > m_splitTokens ? m_large : m_usual;
        for (const Period &period : periods) {
            if (timestampUs >= period.fromUs && timestampUs < period.toUs)
                return &period;
        }
        return nullptr;
    }
    const std::vector<Period> &periods() const { return m_usual; }
    /// What the call costs then, to the last picodollar as the cost rules say.
    PicoCosts price(const Period &period, CallCounts counts, bool exclusive) const;
    /// Under a substitution: what the event reports of its cost does not count.
    bool isAssumed() const { return m_assumed; }

private:
    friend class CallPriceTable;
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    std::vector<Period> m_usual;
    std::vector<Period> m_large; ///< of calls with more input tokens than that, where they are different
    std::int64_t m_splitTokens = kNever;
    std::string m_model; ///< whose rules hold
    std::string m_provider;
    bool m_assumed = false;
    /// The counts are those of another model, which counts reasoning apart from, or inside of, the output.
    enum class Reasoning { Own, AddToOutput, InOutput } m_reasoning = Reasoning::Own;
};

/// The prices of all names that events of one snapshot go by. @thread any
class CallPriceTable
{
public:
    /// @param now  what "today" means
    CallPriceTable(std::shared_ptr<const PriceBook> book, PricingView view, Timestamp now);

    /// @param substitution  index into the view's, or -1
    const CallPrices &of(std::string_view model, std::string_view provider, std::string_view serviceTier,
                         int substitution);
    std::uint32_t costModelCode(std::string_view name);
    std::uint32_t costProviderCode(std::string_view name);
    DictionaryView costModels() const;
    DictionaryView costProviders() const;
    const PricingView &view() const { return m_view; }

private:
    std::unique_ptr<CallPrices> make(std::string_view model, std::string_view provider,
                                     std::string_view serviceTier, const Substitution *substitution);
    std::vector<CallPrices::Period> periodsOf(const CallPrices &call, const PriceBook::Entry &entry,
                                              const Amount &factor);
    void addRates(CallPrices &call, const RateSet &rates);

    const std::shared_ptr<const PriceBook> m_book;
    const PricingView m_view;
    const std::optional<Timestamp> m_asOf;
    mutable std::mutex m_mutex;
    Dictionary m_costModels;
    Dictionary m_costProviders;
    std::unordered_map<std::string, std::unique_ptr<const CallPrices>> m_prices;
};

} // namespace genscope
