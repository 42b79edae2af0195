// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// The price table's own key for a provider as events name it: `gemini` is `google-ai-studio`.
std::string canonicalProvider(std::string_view provider);

/// Index in @p row.providers of the key that prices a call (posthog-semantics 2.4). @p model names the
/// region of Bedrock's inference profiles; @p serviceTier is the tier that was served.
std::size_t providerIndex(const ModelPrices &row, std::string_view model, std::string_view provider,
                          std::string_view serviceTier);

/// Indices of the keys of one of the user's own rows that hold for a call, the first to go by first: those of
/// its provider and of `default`, each with its service tier before without. None is guessed.
std::vector<std::size_t> ownProviderIndices(const ModelPrices &row, std::string_view model,
                                            std::string_view provider, std::string_view serviceTier);

/// What a service tier adds to a provider's key: `-flex`, for `priority` `-fast`; empty without one.
std::string tierSuffix(std::string_view serviceTier);

/// The key of a provider's price for a service tier; either may be empty: `openai` and `flex` is
/// `openai-flex`.
std::string providerKey(std::string_view provider, std::string_view serviceTier);

} // namespace genscope
