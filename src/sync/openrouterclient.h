// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "pricing/openrouter.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>

namespace genscope {

/// Asks OpenRouter's API for prices, when the user asked for that. It sends nothing but the request itself:
/// no key, no cookie, no word on the user's data but the model names that endpoints are asked for.
/// @thread blocks; any with an event loop of its own to run, one call at a time
class OpenRouterClient
{
public:
    struct Options
    {
        QUrl address{QStringLiteral("https://openrouter.ai")}; ///< https, or http on this machine
        qint64 maxBytes = 64 * 1024 * 1024;                    ///< of one answer
        std::chrono::milliseconds timeout{30'000};             ///< of one answer, all of it
        /// Told before each answer that is waited for.
        std::function<void(int done, int total)> onProgress;
    };

    explicit OpenRouterClient(Options options) : m_options(std::move(options)) {}
    OpenRouterClient() : OpenRouterClient(Options()) {}

    /// The list prices of all models, and the provider rows of those named.
    /// @error Network: it cannot be reached, refuses, or answers with another thing; Parse: a price in it is
    /// none; Cancelled; Usage: the address is not allowed
    Result<OpenRouterPrices> fetchPrices(const QStringList &modelsWithProviders, const StopToken &stop) const;

private:
    Result<QByteArray> get(const QString &path, const StopToken &stop) const;

    Options m_options;
};

} // namespace genscope
