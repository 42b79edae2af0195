// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/rhythm.h"

#include "analytics/localclock.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

/// A rhythm is one when this many days show it.
constexpr std::size_t kLeastDays = 3;
/// How much rhythms of an hour vary in truth, as a variance of log seconds: what a median of few calls says
/// is weighed against it.
constexpr float kRhythmVariance = 0.02F;
constexpr std::int64_t kWeek = 7;
constexpr std::int64_t kMostBack = 28;
/// Calls that an everyday distribution needs.
constexpr std::size_t kEnough = 300;
constexpr std::size_t kSample = 400;

/// The median of a stretch and how many items it is of.
struct Median
{
    float value = 0;
    std::size_t count = 0;
};

bool isSkipped(std::span<const std::uint8_t> skipped, std::size_t i)
{
    return !skipped.empty() && skipped[i] != 0;
}

Median medianOf(std::span<const float> values, std::span<const std::uint8_t> skipped, std::size_t begin,
                std::size_t end, std::vector<float> &scratch)
{
    // A few hundred calls, evenly spread, tell a median as well as many thousand do.
    const std::size_t step = std::max<std::size_t>(1, (end - begin) / kSample);
    scratch.clear();
    for (std::size_t i = begin; i < end; i += step) {
        if (!isSkipped(skipped, i))
            scratch.push_back(values[i]);
    }
    return {genscope::medianOf(scratch), scratch.size()};
}

float weightedMedian(std::vector<Median> &medians)
{
    std::sort(medians.begin(), medians.end(),
              [](const Median &a, const Median &b) { return a.value < b.value; });
    std::size_t total = 0;
    for (const Median &median : medians)
        total += median.count;
    std::size_t below = 0;
    for (const Median &median : medians) {
        below += median.count;
        if (2 * below >= total)
            return median.value;
    }
    return 0;
}

/// The level of each day: the median of the medians of the days around it.
std::vector<float> levels(const CallClock &clock, std::span<const float> values,
                          std::span<const std::uint8_t> skipped)
{
    std::vector<Median> ofDays;
    std::vector<float> scratch;
    for (const CallClock::Day &day : clock.days)
        ofDays.push_back(medianOf(values, skipped, day.begin, day.end, scratch));
    std::vector<float> levels(clock.days.size());
    for (std::size_t day = 0; day < clock.days.size(); ++day) {
        std::vector<Median> around;
        for (std::size_t other = day; other-- > 0 && clock.days[other].number + 3 >= clock.days[day].number;)
            around.push_back(ofDays[other]);
        for (std::size_t other = day;
             other < clock.days.size() && clock.days[other].number <= clock.days[day].number + 3; ++other)
            around.push_back(ofDays[other]);
        levels[day] = weightedMedian(around);
    }
    return levels;
}

struct CellSample
{
    std::vector<Median> medians; ///< one of each day that has the hour
    std::size_t calls = 0;
};

/// The effect of a cell: shrunk by what a median of its calls can be wrong.
float effectOf(CellSample sample, float variance)
{
    if (sample.medians.size() < kLeastDays)
        return 0;
    const auto calls = static_cast<float>(sample.calls);
    const float error = 2.5F * variance / calls; // two medians, one of the other: (pi / 2)^2
    return weightedMedian(sample.medians) * kRhythmVariance / (kRhythmVariance + error);
}

/// Each hour with half of its neighbours.
void smooth(std::span<float> hours)
{
    const std::vector<float> was(hours.begin(), hours.end());
    const std::size_t count = hours.size();
    for (std::size_t hour = 0; hour < count; ++hour)
        hours[hour] = was[hour] / 2 + (was[(hour + 1) % count] + was[(hour + count - 1) % count]) / 4;
}

} // namespace

float medianOf(std::span<float> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

CallClock readClock(std::span<const std::int64_t> startUs, const Zone &zone)
{
    CallClock clock;
    clock.cells.reserve(startUs.size());
    clock.hours.reserve(startUs.size());
    LocalClock local(zone);
    for (std::size_t i = 0; i < startUs.size(); ++i) {
        const std::int64_t hours = local.localHours(startUs[i]);
        const std::int64_t day = hours >= 0 ? hours / 24 : (hours - 23) / 24;
        const std::int64_t fromMonday = ((day + 3) % 7 + 7) % 7; // 1970 began on a Thursday
        const std::int64_t cell = hours - day * 24 + (fromMonday >= 5 ? 24 : 0);
        clock.hours.push_back(static_cast<std::int32_t>(hours));
        clock.cells.push_back(static_cast<std::uint8_t>(cell));
        // A clock that is set back can read yesterday's hour again: that stays with the day that has begun.
        if (clock.days.empty() || clock.days.back().number < day)
            clock.days.push_back({day, i, i});
        clock.days.back().end = i + 1;
    }
    return clock;
}

std::array<float, CallClock::kCells> rhythmOf(const CallClock &clock, std::span<const float> values,
                                              std::span<const std::uint8_t> skipped)
{
    std::array<float, CallClock::kCells> rhythm{};
    if (clock.days.size() < kLeastDays)
        return rhythm;
    const std::vector<float> level = levels(clock, values, skipped);
    std::array<CellSample, CallClock::kCells> samples;
    std::vector<float> scratch, deviations;
    for (std::size_t day = 0; day < clock.days.size(); ++day) {
        for (std::size_t begin = clock.days[day].begin; begin < clock.days[day].end;) {
            std::size_t end = begin + 1;
            while (end < clock.days[day].end && clock.hours[end] == clock.hours[begin])
                ++end;
            Median median = medianOf(values, skipped, begin, end, scratch);
            for (const float value : scratch)
                deviations.push_back(std::abs(value - median.value));
            median.value -= level[day];
            CellSample &sample = samples[clock.cells[begin]];
            if (median.count > 0)
                sample.medians.push_back(median);
            sample.calls += median.count;
            begin = end;
        }
    }
    const float spread = 1.4826F * genscope::medianOf(deviations);
    for (std::size_t cell = 0; cell < rhythm.size(); ++cell) {
        if (samples[cell].medians.size() >= kLeastDays) {
            rhythm[cell] = effectOf(samples[cell], spread * spread);
            continue;
        }
        // Too few days of this kind: what the hour is on all days.
        CellSample both = samples[cell % 24];
        const CellSample &weekend = samples[cell % 24 + 24];
        both.medians.insert(both.medians.end(), weekend.medians.begin(), weekend.medians.end());
        both.calls += weekend.calls;
        rhythm[cell] = effectOf(both, spread * spread);
    }
    smooth(std::span(rhythm).first(24));
    smooth(std::span(rhythm).last(24));
    return rhythm;
}

std::vector<std::pair<std::size_t, std::size_t>> referenceDays(const CallClock &clock,
                                                               std::span<const std::size_t> counts)
{
    std::vector<std::pair<std::size_t, std::size_t>> windows;
    const auto number = [&](std::size_t day) { return clock.days[day].number; };
    for (std::size_t day = 0; day < clock.days.size(); ++day) {
        std::size_t begin = day;
        std::size_t calls = 0;
        const auto back = [&](std::int64_t most, std::size_t enough) {
            while (begin > 0 && number(begin - 1) >= number(day) - most && calls < enough)
                calls += counts[--begin];
        };
        back(kWeek, static_cast<std::size_t>(-1));
        back(kMostBack, kEnough);
        std::size_t end = day;
        const bool isEarly = number(day) - number(0) < kWeek;
        while (end < clock.days.size() && (calls < kEnough || (isEarly && number(end) < number(0) + kWeek)))
            calls += counts[end++];
        windows.emplace_back(begin, end);
    }
    return windows;
}

} // namespace genscope
