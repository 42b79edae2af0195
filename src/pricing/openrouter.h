// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "pricing/pricerow.h"

#include <QByteArray>
#include <QStringList>

#include <string>
#include <vector>

namespace genscope {

/// What an answer of OpenRouter's API says about prices.
struct OpenRouterPrices
{
    std::vector<PriceRow> rows;      ///< match `listed`, at all times, without source
    std::vector<std::string> models; ///< ids of the models that are priced, as listed
    QStringList notes;               ///< models that were left out, and why
};

/// The answer of `/api/v1/models`: the list price of each model. Mapped as PostHog does it (posthog-semantics
/// 7): optional zeros are absent, ten significant digits. A price of -1 stands for one that varies; such
/// models are left out with a note. @error Parse if it is another thing or a price is no number
Result<OpenRouterPrices> parseOpenRouterModels(const QByteArray &json);

/// The answer of `/api/v1/models/{id}/endpoints`: one provider row per endpoint, without its discount.
/// @error Parse
Result<OpenRouterPrices> parseOpenRouterEndpoints(const QByteArray &json);

} // namespace genscope
