// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decimal.h"

#include <cstdint>
#include <optional>
#include <string>

namespace genscope {

/// A number whose presence matters: in cost rules an absent count is unknown, not zero.
using Count = std::optional<std::int64_t>;
using Amount = std::optional<Decimal>;

/// Everything on a call that cost rules read (`posthog` property in brackets). Counts are tokens; costs are
/// USD; prices are USD per single token, request or search. Filled by ingest, consumed by pricing.
struct Usage
{
    Count inputTokens;          ///< $ai_input_tokens
    Count outputTokens;         ///< $ai_output_tokens
    Count cacheReadTokens;      ///< $ai_cache_read_input_tokens
    Count cacheWriteTokens;     ///< $ai_cache_creation_input_tokens, both lifetimes together
    Count cacheWrite5mTokens;   ///< $ai_cache_creation_5m_input_tokens
    Count cacheWrite1hTokens;   ///< $ai_cache_creation_1h_input_tokens
    Count reasoningTokens;      ///< $ai_reasoning_tokens
    Count cacheReadAudioTokens; ///< $ai_cache_read_audio_tokens
    Count audioInputTokens;     ///< $ai_audio_input_tokens
    Count imageInputTokens;     ///< $ai_image_input_tokens
    Count audioOutputTokens;    ///< $ai_audio_output_tokens
    Count imageOutputTokens;    ///< $ai_image_output_tokens
    Count textOutputTokens;     ///< $ai_text_output_tokens; garbage there is 0, absent and null are absent
    std::optional<bool>
        cacheReportingExclusive; ///< $ai_cache_reporting_exclusive, only where it is a boolean

    Count requestCount;   ///< $ai_request_count
    Count webSearchCount; ///< $ai_web_search_count

    Amount suppliedInputCost;     ///< $ai_input_cost_usd
    Amount suppliedOutputCost;    ///< $ai_output_cost_usd
    Amount suppliedRequestCost;   ///< $ai_request_cost_usd
    Amount suppliedWebSearchCost; ///< $ai_web_search_cost_usd
    Amount suppliedTotalCost;     ///< $ai_total_cost_usd
    bool costPassthrough = false; ///< $ai_cost_passthrough

    Amount inputTokenPrice;        ///< $ai_input_token_price
    Amount outputTokenPrice;       ///< $ai_output_token_price
    Amount cacheReadTokenPrice;    ///< $ai_cache_read_token_price
    Amount cacheWriteTokenPrice;   ///< $ai_cache_write_token_price
    Amount cacheWrite1hTokenPrice; ///< $ai_cache_write_1h_token_price
    Amount requestPrice;           ///< $ai_request_price
    Amount webSearchPrice;         ///< $ai_web_search_price

    std::string serviceTier; ///< served tier: $ai_model_parameters.service_tier
};

} // namespace genscope
