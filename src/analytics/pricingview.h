// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "core/decimal.h"
#include "core/result.h"
#include "core/timestamp.h"
#include "core/zone.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

struct RateSet;

/// Of which time the prices are that calls are priced at.
enum class PriceTime : std::uint8_t {
    EventDate, ///< each call at the prices of its own time
    Today,     ///< all at the prices of now
    Instant,   ///< all at the prices of PricingView::instant
};

/// "What if": some traffic priced as something else. Exactly one of model, rates and factor is set. Its
/// counts stay as its own model reports them.
struct Substitution
{
    Filter traffic;       ///< the events it is about; of several substitutions the first that matches holds
    std::string model;    ///< priced as a call of that model ...
    std::string provider; ///< ... of that provider, or at its list price
    std::shared_ptr<const RateSet> rates; ///< priced at these rates
    std::optional<Decimal> factor;        ///< priced at its own rates times this

    bool operator==(const Substitution &other) const; ///< by value
};

/// Which prices costs are computed from. A plain value; the default is what stores are priced with.
struct PricingView
{
    PriceTime time = PriceTime::EventDate;
    std::optional<Timestamp> instant; ///< Instant only
    std::vector<Substitution> whatIf;

    bool isDefault() const { return time == PriceTime::EventDate && whatIf.empty(); }
    bool operator==(const PricingView &) const = default;
};

/// Sets the time of @p view: `event`, `today`, or a date or instant (in @p zone where it has no offset).
/// @error Usage
Status setPriceTime(PricingView &view, std::string_view text, const Zone &zone);

/// Reads `MODEL=TARGET`, or `FILTER => TARGET` with any filter expression. TARGET is another model (`gpt-4o`,
/// or `gpt-4o@azure` for that provider's price), rates in USD per million tokens
/// (`input:3,output:15,cache_read:0.3`; also `cache_write cache_write_1h audio image audio_output
/// image_output`, and `request web_search` in USD each), or a factor (`x0.5`). @error Usage
Result<Substitution> parseSubstitution(std::string_view text);
/// Text that parses to the same.
std::string toString(const Substitution &substitution);

} // namespace genscope
