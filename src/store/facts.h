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
/// True for facts that the price book decides: they are as of the book that the store was priced with.
bool isPriceFact(IntField field);

/// The facts of an event as the columns and the `event` table hold them. New texts get codes. Groups of more
/// than kMaxGroupTypes types are only in the kept JSON.
FactRow factsOf(const Event &event, const EventCosts &costs, StoredDictionaries &dictionaries,
                GroupTypes &groupTypes);

/// A code that no dictionary has: for texts that the store does not know.
inline constexpr std::uint32_t kUnknownCode = 0xFFFF'FFFF;
/// The same without adding anything: a text that is not in @p dictionaries (which are indexed) has
/// kUnknownCode, and a group of a type that is not in @p groupTypes none. @thread any
FactRow knownFactsOf(const Event &event, const EventCosts &costs, const StoredDictionaries &dictionaries,
                     const GroupTypes &groupTypes);

} // namespace genscope
