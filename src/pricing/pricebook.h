// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/timestamp.h"
#include "pricing/rates.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Rates, and the time in which they hold.
struct PricePeriod
{
    TimeRange valid; ///< half-open, either end may be open
    Rates rates;
    std::string source; ///< where the fact is from, for people; may be empty
};

/// What one provider key charges and has charged.
struct ProviderPrices
{
    std::string key;                  ///< `default` is the list price
    std::vector<PricePeriod> periods; ///< by time, without overlap, perhaps with gaps, never empty
};

/// One model's prices under each provider key.
struct ModelPrices
{
    std::string model;                     ///< a name; in Tables::userPatterns one with `*` for any text
    std::vector<ProviderPrices> providers; ///< in table order, never empty
    /// In the openrouter table: the user has set or updated prices in it. By its very name it goes before the
    /// manual table.
    bool hasOwnPrices = false;
};

/// The part of a book that a row stands in.
enum class PriceTable : std::uint8_t { User, Manual, OpenRouter };

/// How a row was found.
enum class MatchedBy : std::uint8_t {
    Name,    ///< the names agree, up to case, punctuation and vendor prefix
    Pattern, ///< the row's pattern fits
    Inside,  ///< the row's name is the longest known one inside of the event's
    Around,  ///< the row's name is the first known one that holds the event's
};

/// Prices in PostHog's two tables, `manual` and `openrouter`, and the user's own, which come first. Matching
/// goes by names alone; the time of a call then picks among the prices of its name. Immutable once made;
/// share it between threads.
class PriceBook
{
public:
    struct Tables
    {
        /// Match exact names only, with and without vendor prefix. A provider key other than `default` holds
        /// for that provider alone; for others, and for times without a price, the next table answers.
        std::vector<ModelPrices> user;
        std::vector<ModelPrices> userPatterns; ///< likewise, for every name that fits; longest text first
        std::vector<ModelPrices> manual;       ///< match exact names only
        /// Match by containment too; where two rows match equally well, the first one wins.
        std::vector<ModelPrices> openRouter;
        QString date; ///< ISO date of the facts, empty if not stated
    };

    explicit PriceBook(Tables tables);
    ~PriceBook();
    PriceBook(const PriceBook &) = delete;
    PriceBook &operator=(const PriceBook &) = delete;

    /// The book that ships with the program. @thread any
    static std::shared_ptr<const PriceBook> bundled();
    /// A JSON list of `{"model", "cost": {"default": {...}, PROVIDER: {...}}}` (the openrouter table), or an
    /// object with lists of them under `manual`, `openrouter`, `user` and `user_patterns`, and a `date`. In
    /// the place of a provider's rates there may be a list of them, with `"from"` and `"to"`. Rates are taken
    /// from their JSON text, so `3e-06` is exactly 0.000003; keys that cost rules do not use are ignored.
    /// @error Parse, naming the row and what is wrong with it. @thread any
    static Result<std::shared_ptr<const PriceBook>> fromJson(const QByteArray &json,
                                                             const QString &sourceName);

    /// Of the rows that match one model each; some may be there twice.
    std::vector<std::string_view> modelNames() const;

    /// Above this many input tokens `gemini-2.5-pro-preview` has other prices, as PostHog has it.
    static constexpr std::int64_t kSplitTokens = 200'000;

    struct Match
    {
        const ModelPrices *row = nullptr; ///< null if the model is not in the book
        PriceTable table = PriceTable::OpenRouter;
        MatchedBy by = MatchedBy::Name;
        /// For Inside and Around the spelling of the row's name that was compared; lives as long as the book.
        std::string_view text;
    };
    /// Finds the row of a model in PostHog's tables (posthog-semantics 2.3). @p inputTokens decides between
    /// the two prices of `gemini-2.5-pro-preview`. @thread any
    Match find(std::string_view model, std::int64_t inputTokens) const;

    /// One price that a kind of call has for a while.
    struct Price
    {
        TimeRange valid; ///< inside of period->valid, where other prices go before it
        Match match;
        const ProviderPrices *provider = nullptr; ///< never null
        const PricePeriod *period = nullptr;      ///< never null

        const Rates &rates() const { return period->rates; }
    };
    using History = std::vector<Price>; ///< by time, without overlap, perhaps with gaps

    /// What one kind of call costs, at any time.
    struct Entry
    {
        const History *history = nullptr; ///< null if the model is not in the book

        bool isKnown() const { return history != nullptr; }
        /// The price at a time; null if the book has none then.
        const Price *at(Timestamp time) const
        {
            if (!history)
                return nullptr;
            for (const Price &price : *history) {
                if (price.valid.contains(time))
                    return &price;
            }
            return nullptr;
        }
    };
    /// The prices of a call by the names that it goes by (posthog-semantics 2.3 and 2.4); empty @p provider
    /// and @p serviceTier mean that the event does not say. Answers are remembered (a bounded number of
    /// them), so that pricing a million events matches each name once. Pointers live as long as the book.
    /// @thread any
    Entry lookUp(std::string_view model, std::string_view provider, std::string_view serviceTier,
                 std::int64_t inputTokens) const;

    const Tables &tables() const;
    const std::vector<ModelPrices> &manualRows() const { return tables().manual; }
    const std::vector<ModelPrices> &openRouterRows() const { return tables().openRouter; }
    QString date() const { return tables().date; }

private:
    Entry search(std::string_view model, std::string_view provider, std::string_view serviceTier,
                 std::int64_t inputTokens) const;

    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace genscope
