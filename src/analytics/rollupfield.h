// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A number of the whole trace or session that an event belongs to: `trace.cost`, `session.errors`. In a
/// filter it holds for all events of the trace (session) or for none, whichever of them the rest of the
/// filter is about.
struct RollupField
{
    enum class Of : std::uint8_t { Trace, Session };
    enum class Measure : std::uint8_t {
        Cost, ///< of what is priced
        Errors,
        Latency, ///< wall clock
        LatencyPostHog,
        InputTokens,
        OutputTokens,
        Generations,
        Events,
        Unpriced,
        Traces, ///< sessions only
    };
    Of of = Of::Trace;
    Measure measure = Measure::Cost;

    /// Nothing if @p text is none: `trace.NAME` or `session.NAME`.
    static std::optional<RollupField> parse(std::string_view text);
    static std::vector<std::string> names();
    std::string text() const;
    bool operator==(const RollupField &) const = default;
};

} // namespace genscope
