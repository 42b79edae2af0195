// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/usage.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// USD per single token, request or search. An absent optional rate falls back as posthog-semantics 2.6 says.
struct Rates
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

    /// Rates that replace the base rates when a prompt is longer than @c minInputTokens.
    struct ContextTier
    {
        std::int64_t minInputTokens = 0;
        Amount promptToken;
        Amount completionToken;
        Amount cacheReadToken;
        Amount cacheWriteToken;
        Amount cacheWrite1hToken;
    };
    std::vector<ContextTier> contextTiers;
};

/// One model's prices under each provider key; `default` is the list price.
struct ModelPrices
{
    std::string model;
    std::vector<std::pair<std::string, Rates>> providers; ///< in table order
};

/// Dated prices, in PostHog's two tables: `manual` matches exact names only, `openrouter` also by
/// containment. Immutable once made; share it between threads.
class PriceBook
{
public:
    PriceBook();
    ~PriceBook();
    PriceBook(const PriceBook &) = delete;
    PriceBook &operator=(const PriceBook &) = delete;

    /// The book that ships with the program. @thread any
    static std::shared_ptr<const PriceBook> bundled();
    /// A JSON list of `{"model", "cost": {"default": {...}, PROVIDER: {...}}}` (the openrouter table), or
    /// `{"manual": [...], "openrouter": [...], "date": "..."}`. @error Parse naming the row and what is wrong
    /// with it
    static Result<std::shared_ptr<const PriceBook>> fromJson(const QByteArray &json,
                                                             const QString &sourceName);

    struct Match
    {
        const ModelPrices *row = nullptr; ///< null if the model is not in the book
        bool manual = false;
        bool exact = false; ///< matched by its whole name, not by containment
    };
    /// Model lookup (posthog-semantics 2.3). @p inputTokens decides the `gemini-2.5-pro-preview:large`
    /// special case. Answers are remembered per model, so asking again is cheap. @thread any
    Match find(std::string_view model, std::int64_t inputTokens) const;

    struct ProviderRates
    {
        std::string key;
        const Rates *rates = nullptr;
    };
    /// Provider row inside a model row (posthog-semantics 2.4).
    static ProviderRates ratesFor(const ModelPrices &row, std::string_view model, std::string_view provider,
                                  std::string_view serviceTier);

    QString date() const; ///< ISO date of the facts, empty if not stated
    std::size_t rowCount() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace genscope
