// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"
#include "core/zone.h"
#include "workspace/periodcomparison.h"

#include <QLocale>
#include <QString>

#include <array>
#include <optional>

namespace genscope {

enum class TimePreset {
    Last15Minutes,
    LastHour,
    Last24Hours,
    Last7Days,
    Last30Days,
    Last90Days,
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    Everything,
};
inline constexpr std::array kTimePresets = {
    TimePreset::Last15Minutes, TimePreset::LastHour,    TimePreset::Last24Hours, TimePreset::Last7Days,
    TimePreset::Last30Days,    TimePreset::Last90Days,  TimePreset::Today,       TimePreset::Yesterday,
    TimePreset::ThisWeek,      TimePreset::LastWeek,    TimePreset::ThisMonth,   TimePreset::LastMonth,
    TimePreset::ThisQuarter,   TimePreset::LastQuarter, TimePreset::Everything};

/// What "last" counts back from: now while events keep arriving, else the last event of the data, so that a
/// dump of last spring opens on something.
struct PresetAnchor
{
    Timestamp instant;
    bool atData = false; ///< the data's last event, not now
};
PresetAnchor presetAnchor(std::optional<Timestamp> lastEvent, Timestamp now);

/// The range of a preset. Presets of days are whole days of @p zone, that of the anchor the last of them; 24
/// hours are whole hours and the shorter ones whole minutes, so that the first and last bucket of a chart are
/// not cut. Days, weeks (from Monday), months and quarters of the calendar are whole, that of the anchor or
/// the one before.
TimeRange presetRange(TimePreset preset, const PresetAnchor &anchor, const Zone &zone);
/// The preset that @p range is, if it is one. On a Sunday the last 7 days are this week: of several it is the
/// one that was @p chosen.
std::optional<TimePreset> presetOf(const TimeRange &range, const PresetAnchor &anchor, const Zone &zone,
                                   std::optional<TimePreset> chosen = std::nullopt);

std::string_view presetName(TimePreset preset); ///< in files: `7d`, `last-month` as for parsePeriod(), `all`
std::optional<TimePreset> presetFromName(std::string_view name);
QString presetText(TimePreset preset);
/// `last 7 days of data`: for tool tips.
QString presetHint(TimePreset preset, const PresetAnchor &anchor, const Zone &zone, const QLocale &locale);

/// `2 – 8 Jun 2025`, `2 Jun 2025`, `2 Jun 2025, 14:00 – 15:00`, `since 2 Jun 2025`, `everything`: whole days
/// are named with the last day included, as people do.
QString rangeText(const TimeRange &range, const Zone &zone, const QLocale &locale);

} // namespace genscope
