// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <string>
#include <string_view>

namespace genscope {

/// The price table's own key for a provider as events name it: `gemini` is `google-ai-studio`.
std::string canonicalProvider(std::string_view provider);

/// Index in @p row.providers of the key that prices a call (posthog-semantics 2.4). @p model names the
/// region of Bedrock's inference profiles; @p serviceTier is the tier that was served.
std::size_t providerIndex(const ModelPrices &row, std::string_view model, std::string_view provider,
                          std::string_view serviceTier);

} // namespace genscope
