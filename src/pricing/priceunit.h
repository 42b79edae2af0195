// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/rates.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace genscope {

/// What one rate is charged for. The order is that of lists; the names, not the numbers, are stored.
enum class PriceUnit : std::uint8_t {
    InputToken,
    OutputToken,
    CacheReadToken,
    CacheWriteToken,   ///< kept five minutes, or for a time that is not said
    CacheWrite1hToken, ///< kept one hour
    InputAudioToken,
    OutputAudioToken,
    CachedAudioToken,
    InputImageToken,
    OutputImageToken,
    Request,
    WebSearch,
};
inline constexpr int kPriceUnitCount = 12;

struct PriceUnitInfo
{
    PriceUnit unit;
    std::string_view name;     ///< `input_token`: in CSV, in the store, on the command line
    std::string_view jsonName; ///< `prompt_token`: in PostHog's price lists
    std::variant<Decimal RateSet::*, Amount RateSet::*> member;
    std::int64_t limit; ///< USD; a higher rate is surely one in another unit
    bool ofPrompt;      ///< may be charged for the tokens beyond a threshold alone
};

const std::array<PriceUnitInfo, kPriceUnitCount> &priceUnits();
const PriceUnitInfo &infoOf(PriceUnit unit);
std::optional<PriceUnit> priceUnitFromName(std::string_view name);

/// A rate of a set; absent where an optional one is not there.
Amount rateOf(const RateSet &rates, PriceUnit unit);
void setRate(RateSet &rates, PriceUnit unit, const Decimal &rate);

/// Why @p rate cannot be a price of this unit: negative, absurd, or no exact number; empty if it can.
QString rateProblem(PriceUnit unit, const Decimal &rate);

} // namespace genscope
