// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/valuespikes.h"

#include <algorithm>

namespace genscope {

namespace {

constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;

} // namespace

MeasuredCalls measuredCalls(const ValueSearch &search)
{
    MeasuredCalls measured;
    measured.startUs.reserve(search.calls.size());
    measured.index.reserve(search.calls.size());
    for (std::size_t i = 0; i < search.calls.size(); ++i) {
        if (!search.calls[i].counts())
            continue;
        measured.startUs.push_back(search.calls[i].startUs);
        measured.index.push_back(static_cast<std::uint32_t>(i));
    }
    measured.clock = readClock(measured.startUs, search.zone);
    return measured;
}

void skipCandidates(std::vector<std::uint8_t> &skipped, const MeasuredCalls &measured, std::size_t begin,
                    std::size_t end)
{
    if (measured.startUs[end - 1] - measured.startUs[begin] > kMicrosPerDay)
        return;
    std::fill(skipped.begin() + static_cast<std::ptrdiff_t>(begin),
              skipped.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{1});
}

void setMinutes(Spike &spike, const MeasuredCalls &measured, std::size_t begin, std::size_t end)
{
    const auto minute = [](std::int64_t us) {
        return (us >= 0 ? us / kMinuteUs : -((-us + kMinuteUs - 1) / kMinuteUs)) * kMinuteUs;
    };
    spike.from = {minute(measured.startUs[begin])};
    spike.to = {minute(measured.startUs[end - 1]) + kMinuteUs};
}

std::vector<std::size_t> referenceItems(const MeasuredCalls &measured,
                                        const std::pair<std::size_t, std::size_t> &days,
                                        std::span<const std::uint8_t> skipped, std::size_t begin,
                                        std::size_t end)
{
    std::vector<std::size_t> items;
    if (days.first >= days.second)
        return items;
    const std::size_t last = measured.clock.days[days.second - 1].end;
    for (std::size_t i = measured.clock.days[days.first].begin; i < last; ++i) {
        if (skipped[i] == 0 && (i < begin || i >= end))
            items.push_back(i);
    }
    return items;
}

std::vector<std::size_t> countsByDay(const CallClock &clock, std::span<const std::uint8_t> skipped)
{
    std::vector<std::size_t> counts;
    for (const CallClock::Day &day : clock.days) {
        std::size_t count = 0;
        for (std::size_t i = day.begin; i < day.end; ++i)
            count += skipped[i] == 0 ? 1U : 0U;
        counts.push_back(count);
    }
    return counts;
}

} // namespace genscope
