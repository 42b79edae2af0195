// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timehand.h"

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr int kRestMs = 250;
constexpr std::int64_t kLeastUs = kMicrosPerSecond;
constexpr std::int64_t kMinuteUs = 60 * kMicrosPerSecond;

std::int64_t rounded(std::int64_t us, std::int64_t unit)
{
    const std::int64_t rest = ((us % unit) + unit) % unit;
    return us - rest + (rest * 2 >= unit ? unit : 0);
}

TimeRange roundedRange(std::int64_t from, std::int64_t to)
{
    const std::int64_t unit = to - from > 10 * kMinuteUs ? kMinuteUs : kMicrosPerSecond;
    from = rounded(from, unit);
    return {Timestamp{from}, Timestamp{std::max(rounded(to, unit), from + unit)}};
}

} // namespace

TimeRange zoomedRange(const TimeRange &range, double factor, Timestamp at, const TimeRange &covered)
{
    if (!range.from || !range.to || *range.to <= *range.from)
        return range;
    const double before = static_cast<double>(at.us - range.from->us);
    const double length = static_cast<double>(range.to->us - range.from->us);
    const double wanted = std::max(length * factor, static_cast<double>(kLeastUs));
    auto from = at.us - static_cast<std::int64_t>(before * (wanted / length));
    auto to = from + static_cast<std::int64_t>(wanted);
    if (covered.from && covered.to && factor > 1) {
        from = std::max(from, std::min(covered.from->us, range.from->us));
        to = std::min(to, std::max(covered.to->us, range.to->us));
        if (from <= covered.from->us && to >= covered.to->us)
            return {};
    }
    return roundedRange(from, to);
}

TimeRange pannedRange(const TimeRange &range, std::int64_t shiftUs, const TimeRange &covered)
{
    if (!range.from || !range.to || *range.to <= *range.from)
        return range;
    const std::int64_t length = range.to->us - range.from->us;
    std::int64_t from = range.from->us + shiftUs;
    if (covered.from && covered.to) {
        // Some data stays in sight, unless there was none.
        from = std::clamp(from, std::min(range.from->us, covered.from->us - length * 3 / 4),
                          std::max(range.from->us, covered.to->us - length / 4));
    }
    const std::int64_t unit = length > 10 * kMinuteUs ? kMinuteUs : kMicrosPerSecond;
    from = range.from->us + rounded(from - range.from->us, unit);
    return {Timestamp{from}, Timestamp{from + length}};
}

TimeHand::TimeHand(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &TimeHand::commitSteps);
    connect(workspace, &Workspace::scopeChanged, this, [this] {
        m_rest.stop();
        m_waiting.reset();
        if (m_workspace->scope().range != m_set)
            m_home.reset(); // the range was set elsewhere: nothing to return to
    });
}

void TimeHand::take(const TimeGesture &gesture)
{
    if (!m_workspace->isOpen())
        return;
    if (gesture.kind != TimeGesture::Kind::Zoom && !isStep(gesture))
        commitSteps();
    switch (gesture.kind) {
    case TimeGesture::Kind::Brush:
        brushTo(gesture);
        break;
    case TimeGesture::Kind::Compare:
        compareTo(gesture);
        break;
    case TimeGesture::Kind::Pan:
        pan(gesture);
        break;
    case TimeGesture::Kind::Zoom:
        zoom(gesture);
        break;
    case TimeGesture::Kind::Reset:
        reset();
        break;
    }
}

/// Keys and wheels move the axis at once, without a hand that holds it.
bool TimeHand::isStep(const TimeGesture &gesture) const
{
    return gesture.kind == TimeGesture::Kind::Pan && gesture.phase == TimeGesture::Phase::Finished &&
           !m_panned;
}

void TimeHand::brushTo(const TimeGesture &gesture)
{
    switch (gesture.phase) {
    case TimeGesture::Phase::Moved:
        setBrush(gesture.range);
        previewRange(gesture.range);
        break;
    case TimeGesture::Phase::Finished:
        setBrush(std::nullopt);
        commit(gesture.range);
        break;
    case TimeGesture::Phase::Cancelled:
        setBrush(std::nullopt);
        m_workspace->endPreview();
        break;
    }
}

void TimeHand::compareTo(const TimeGesture &gesture)
{
    if (gesture.phase == TimeGesture::Phase::Finished)
        m_workspace->setComparison({PeriodComparison::With::Custom, gesture.range});
}

void TimeHand::pan(const TimeGesture &gesture)
{
    if (gesture.phase == TimeGesture::Phase::Cancelled) {
        m_panned.reset();
        m_workspace->endPreview();
        return;
    }
    const TimeRange covered = m_workspace->selection()->covered();
    if (isStep(gesture)) {
        const TimeRange now = filledIn(m_waiting.value_or(m_workspace->scope().range));
        stepTo(pannedRange(now, gesture.shiftUs, covered));
        return;
    }
    if (!m_panned)
        m_panned = filledIn(m_workspace->scope().range);
    const TimeRange range = pannedRange(*m_panned, gesture.shiftUs, covered);
    if (gesture.phase == TimeGesture::Phase::Moved) {
        previewRange(range);
        return;
    }
    m_panned.reset();
    commit(range);
}

void TimeHand::zoom(const TimeGesture &gesture)
{
    const TimeRange now = m_waiting.value_or(m_workspace->scope().range);
    const TimeRange covered = m_workspace->selection()->covered();
    stepTo(zoomedRange(filledIn(now), gesture.factor, gesture.at, covered));
}

void TimeHand::stepTo(const TimeRange &range)
{
    m_waiting = range;
    previewRange(range);
    m_rest.start();
}

void TimeHand::commitSteps()
{
    m_rest.stop();
    if (const auto range = std::exchange(m_waiting, std::nullopt))
        commit(*range);
}

void TimeHand::setBrush(const std::optional<TimeRange> &range)
{
    if (m_brush == range)
        return;
    m_brush = range;
    Q_EMIT brushChanged();
}

void TimeHand::previewRange(const TimeRange &range)
{
    Scope scope = m_workspace->scope();
    scope.range = range;
    m_workspace->preview(scope);
}

void TimeHand::commit(const TimeRange &range)
{
    const TimeRange home = m_home.value_or(m_workspace->scope().range);
    if (range == m_workspace->scope().range) {
        m_workspace->endPreview();
        return;
    }
    m_set = range;
    m_home = home; // scopeChanged() leaves it, as the range is the one that was set here
    m_workspace->setTimeRange(range);
}

void TimeHand::reset()
{
    if (const auto home = takeHome())
        m_workspace->setTimeRange(*home);
}

std::optional<TimeRange> TimeHand::takeHome()
{
    return std::exchange(m_home, std::nullopt);
}

TimeRange TimeHand::filledIn(const TimeRange &range) const
{
    const TimeRange covered = m_workspace->selection()->covered();
    return {range.from ? range.from : covered.from, range.to ? range.to : covered.to};
}

} // namespace genscope
