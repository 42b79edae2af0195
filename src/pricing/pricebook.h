// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/int128.h"
#include "core/result.h"
#include "core/usage.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

/// USD per single token, request or search. What an absent optional rate falls back to is said in
/// costrules.h.
struct RateSet
{
    Decimal promptToken;
    Decimal completionToken;
    Amount cacheReadToken;
    Amount cacheWriteToken;
    Amount cacheWrite1hToken;
    Amount request;
    Amount webSearch;
    Amount image;
    Amount imageOutput;
    Amount audio;
    Amount audioOutput;
    Amount inputAudioCache;
};

/// The rates of one provider key, with the ones that long prompts cost.
struct Rates : RateSet
{
    struct ContextTier
    {
        std::int64_t minInputTokens = 0;
        RateSet rates; ///< complete: the base rates, with those that the tier names in their place
    };
    std::vector<ContextTier> contextTiers; ///< in any order

    /// The rates of a call whose whole prompt is @p promptTokens long: those of the highest tier that begins
    /// strictly below it, else the base rates.
    const RateSet &forPrompt(Int128 promptTokens) const;
};

/// One model's prices under each provider key; `default` is the list price.
struct ModelPrices
{
    std::string model;
    std::vector<std::pair<std::string, Rates>> providers; ///< in table order, never empty
};

/// Prices in PostHog's two tables: `manual` matches exact names only, `openrouter` also by containment.
/// Immutable once made; share it between threads.
class PriceBook
{
public:
    struct Tables
    {
        std::vector<ModelPrices> manual;
        std::vector<ModelPrices> openRouter; ///< where two rows match equally well, the first one wins
        QString date;                        ///< ISO date of the facts, empty if not stated
    };

    explicit PriceBook(Tables tables);
    ~PriceBook();
    PriceBook(const PriceBook &) = delete;
    PriceBook &operator=(const PriceBook &) = delete;

    /// The book that ships with the program. @thread any
    static std::shared_ptr<const PriceBook> bundled();
    /// A JSON list of `{"model", "cost": {"default": {...}, PROVIDER: {...}}}` (the openrouter table), or
    /// `{"manual": [...], "openrouter": [...], "date": "..."}`. Rates are taken from their JSON text, so
    /// `3e-06` is exactly 0.000003; keys that cost rules do not use are ignored. @error Parse, naming the row
    /// and what is wrong with it. @thread any
    static Result<std::shared_ptr<const PriceBook>> fromJson(const QByteArray &json,
                                                             const QString &sourceName);

    struct Match
    {
        const ModelPrices *row = nullptr; ///< null if the model is not in the book
        bool manual = false;
        bool exact = false; ///< the names agree, up to case, punctuation and provider prefix
    };
    /// Finds the row of a model (posthog-semantics 2.3). @p inputTokens decides between the two prices of
    /// `gemini-2.5-pro-preview`. @thread any
    Match find(std::string_view model, std::int64_t inputTokens) const;

    /// What one kind of call costs: a row of the book, and the provider key inside of it.
    struct Entry
    {
        Match match;
        const std::string *providerKey = nullptr; ///< null with match.row
        const Rates *rates = nullptr;             ///< null with match.row
    };
    /// Row and provider key for a call (posthog-semantics 2.3 and 2.4); empty @p provider and @p serviceTier
    /// mean that the event does not say. Answers are remembered (a bounded number of them), so that pricing a
    /// million events matches each name once. Pointers live as long as the book. @thread any
    Entry lookUp(std::string_view model, std::string_view provider, std::string_view serviceTier,
                 std::int64_t inputTokens) const;

    const std::vector<ModelPrices> &manualRows() const;
    const std::vector<ModelPrices> &openRouterRows() const;
    QString date() const;

private:
    Entry search(std::string_view model, std::string_view provider, std::string_view serviceTier,
                 std::int64_t inputTokens) const;

    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace genscope
