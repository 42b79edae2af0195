// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

// What a SyncPlan makes of steps that came to nothing.

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using namespace std::chrono_literals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SyncPlan)
};

constexpr int kMostTries = 5;
constexpr int kMostThrottled = 30;
constexpr int kMostStale = 3;
constexpr int kMostPagesOfWeb = 2;

} // namespace

std::chrono::milliseconds SyncPlan::pauseFor(const ApiFailure &failure)
{
    if (failure.retryAfter)
        return *failure.retryAfter;
    if (failure.kind == Kind::Throttled) // too many at once: it does not say how long
        return std::chrono::milliseconds(std::uniform_int_distribution<int>(5'000, 30'000)(m_random));
    const int doubled = 1'000 << std::min(m_attempts - 1, 5);
    return std::chrono::milliseconds(doubled + std::uniform_int_distribution<int>(0, doubled / 2)(m_random));
}

/// The same question would fail again.
bool SyncPlan::asksForLess(const ApiFailure &failure)
{
    const bool isLarge = failure.kind == Kind::TooLarge;
    if (std::holds_alternative<PullContent>(*m_step))
        return asksForLessContent(failure);
    if (std::holds_alternative<CountDays>(*m_step)) {
        m_countDays = std::max<std::int64_t>(1, m_countDays / 2);
        return std::get<CountDays>(*m_step).to.us - std::get<CountDays>(*m_step).from.us > kMicrosPerDay;
    }
    if (!std::holds_alternative<PullPage>(*m_step))
        return false;
    m_short.reset();
    return isLarge ? m_pacer.tooLarge() : m_pacer.tooHeavy();
}

/// Steps that a sync is of use without.
bool SyncPlan::goesOnWithout(const ApiFailure &failure)
{
    const auto leaveOut = [this](Optional what, const QString &words) {
        m_off.insert(what);
        note(words);
        return true;
    };
    if (std::holds_alternative<ProbeContent>(*m_step)) {
        if (failure.kind != Kind::BadQuery && failure.kind != Kind::NotFound)
            return false;
        const bool hasTable = failure.detail.contains(QLatin1String("retention_days"));
        if (hasTable)
            foundContentTable(0);
        else if (++m_probe == 2)
            m_state.contentTable = std::string(); // an older server: they are in `events`
        return true;
    }
    if (std::holds_alternative<AskNames>(*m_step)) {
        m_namesAsked = true;
        return true;
    }
    if (std::holds_alternative<StartExport>(*m_step)) {
        const bool refused = failure.status >= 400 && failure.status < 500 && failure.kind != Kind::Throttled;
        (refused ? m_state.exportsRefused : m_exportsFailed) = true;
        return true;
    }
    if (std::holds_alternative<AskExport>(*m_step) || std::holds_alternative<TakeExport>(*m_step)) {
        m_exportParts.reset();
        m_state.exportRun.clear();
        m_exportsFailed = failure.kind != Kind::NotFound; // a run that is gone is asked for anew
        return true;
    }
    const bool isPersons = std::holds_alternative<PullPersons>(*m_step);
    if (isPersons)
        return leaveOut(Optional::Persons,
                        Text::tr("Persons were left out: the server does not give them (%1).")
                            .arg(failure.scope.isEmpty() ? failure.detail : failure.scope));
    if (std::holds_alternative<AskGroupTypes>(*m_step) || std::holds_alternative<PullGroups>(*m_step))
        return leaveOut(Optional::Groups,
                        Text::tr("Groups were left out: the server does not give them (%1).")
                            .arg(failure.scope.isEmpty() ? failure.detail : failure.scope));
    if (std::holds_alternative<CountDays>(*m_step))
        return leaveOut(Optional::Counts,
                        Text::tr("Counts per day could not be compared: %1").arg(failure.detail));
    return false;
}

SyncPlan::Decision SyncPlan::failed(const ApiFailure &failure)
{
    const Decision stop{true, 0ms};
    const auto again = [&](int most) {
        if (++m_attempts >= most)
            return goesOnWithout(failure) ? std::exchange(m_attempts, 0), Decision() : stop;
        return Decision{false, pauseFor(failure)};
    };
    switch (failure.kind) {
    case Kind::Cancelled:
    case Kind::KeyRefused:
    case Kind::Redirected:
    case Kind::Tls:
        return stop;
    case Kind::Payment:
    case Kind::ScopeMissing:
    case Kind::Forbidden:
    case Kind::NotFound:
    case Kind::BadQuery:
        return goesOnWithout(failure) ? Decision() : stop;
    case Kind::TooHeavy:
    case Kind::TooLarge:
        if (asksForLess(failure) || goesOnWithout(failure))
            return {};
        return stop;
    case Kind::Stale:
        m_nudges += 1000; // another question, about a stretch that is a millisecond shorter
        return ++m_attempts > kMostStale ? stop : Decision();
    case Kind::Throttled:
        return again(kMostThrottled);
    case Kind::NotAnApi:
        return again(kMostPagesOfWeb);
    case Kind::Proxy:
    case Kind::Unreachable:
    case Kind::Busy:
    case Kind::Damaged:
        return again(kMostTries);
    }
    return stop;
}

} // namespace genscope
