// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace genscope {

/// What can look wrong in an event. The order is that of the bits of an IssueMask; the name of each is its
/// value of the field `issue`.
enum class DataIssue : std::uint8_t {
    // Told from the event alone ...
    TtftAfterEnd,
    TokensMissing,
    TokensNegative,
    CacheOverInput,
    AnonymousUser,
    ClockAhead,
    ClockBehind,
    FutureTimestamp,
    TraceMissing,
    ModelMissing,
    LatencyMissing,
    ErrorUnmarked,
    // ... and its costs, ...
    CostMissing,
    CostNegative,
    // ... from its neighbours, ...
    LatencyInMs,
    TtftInMs,
    OnePerTrace,
    // ... and from what only the kept events say.
    DuplicateSpan,
};
inline constexpr int kDataIssueCount = static_cast<int>(DataIssue::DuplicateSpan) + 1;

using IssueMask = std::uint32_t;
inline constexpr IssueMask kAllIssues = (IssueMask{1} << kDataIssueCount) - 1;
constexpr IssueMask issueBit(DataIssue issue)
{
    return IssueMask{1} << static_cast<int>(issue);
}
/// All that columns say; the others read kept events.
inline constexpr IssueMask kColumnIssues = kAllIssues & ~issueBit(DataIssue::DuplicateSpan);

/// `ttft_after_end`, ...
std::string_view dataIssueCode(DataIssue issue);

enum class IssueSeverity {
    Warning, ///< numbers are wrong or incomplete because of it
    Note,    ///< good to know when reading the numbers
};

/// What an issue is about and when it is worth telling.
struct IssueRule
{
    IssueSeverity severity = IssueSeverity::Warning;
    KindSet kinds; ///< of events that can have it: what a finding's share is of
    /// A finding is made from this share of these events on. The filter finds fewer, too.
    double leastShare = 0;
};
IssueRule issueRule(DataIssue issue);

/// An issue in plain words, each a sentence or two.
struct IssueWords
{
    QString title;  ///< what was found
    QString effect; ///< what it does to the numbers
    QString advice; ///< what to do about it
};
IssueWords issueWords(DataIssue issue);

} // namespace genscope
