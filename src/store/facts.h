// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/event.h"
#include "pricing/pricing.h"

#include <array>

namespace genscope {

class GroupTypes;
class StoredDictionaries;

/// What prices need of the few events that say it.
inline constexpr std::array kRareUsageFields = {
    IntField::ServiceTier,          IntField::CacheWrite5mTokens, IntField::CacheWrite1hTokens,
    IntField::CacheReadAudioTokens, IntField::AudioInputTokens,   IntField::ImageInputTokens,
    IntField::AudioOutputTokens,    IntField::ImageOutputTokens,  IntField::TextOutputTokens,
    IntField::RequestCount,         IntField::WebSearchCount,
};
/// Sets those counts, and CustomPricesFlag beside the flags that are set; the service tier, a text, is the
/// caller's.
void setRareUsage(FactRow &row, const Usage &usage);

/// The facts of an event as the columns and the `event` table hold them. New texts get codes. Groups of more
/// than kMaxGroupTypes types are only in the kept JSON.
FactRow factsOf(const Event &event, const EventCosts &costs, StoredDictionaries &dictionaries,
                GroupTypes &groupTypes);

} // namespace genscope
