// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

// What a SyncPlan does besides events: prompts and answers, persons, groups; and what to do about failures.

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using namespace std::chrono_literals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SyncPlan)
};

constexpr std::array<const char *, 6> kColumns = {"input",       "output",       "output_choices",
                                                  "input_state", "output_state", "tools"};
constexpr int kPersonsAtOnce = 200;
constexpr int kGroupRows = 1000;
constexpr int kMostTries = 5;
constexpr int kMostThrottled = 30;
constexpr int kMostStale = 3;
constexpr int kMostPagesOfWeb = 2;

} // namespace

// --- Prompts and answers

std::optional<SyncStep> SyncPlan::nextContent()
{
    if (m_contentDone || m_state.contentTable->empty())
        return std::nullopt;
    if (m_traces.empty())
        return PickWanted{Wanted::Kind::Content, m_tracesAtOnce};
    PullContent step;
    step.table = *m_state.contentTable;
    step.traces = m_traces;
    step.afterTrace = m_afterTrace;
    step.after = m_after;
    step.rows = m_contentRows;
    if (m_column > 0)
        step.column = kColumns[m_column - 1];
    return step;
}

void SyncPlan::picked(Wanted::Kind kind, std::vector<Wanted> wanted)
{
    if (kind == Wanted::Kind::Person) {
        m_personsDone = wanted.empty();
        m_persons = std::move(wanted);
        return;
    }
    m_contentDone = wanted.empty();
    const auto gone = std::stable_partition(wanted.begin(), wanted.end(),
                                            [this](const Wanted &trace) { return contentIsKept(trace.to); });
    m_expired.assign(gone, wanted.end());
    wanted.erase(gone, wanted.end());
    m_traces = std::move(wanted);
    m_afterTrace.clear();
    m_after = {};
}

void SyncPlan::forgot()
{
    m_expired.clear();
}

void SyncPlan::finishTraces()
{
    m_fetched.insert(m_fetched.end(), m_traces.begin(), m_traces.end());
    m_traces.clear();
}

void SyncPlan::tookContent(const Page &page, const std::string &lastTrace)
{
    m_attempts = 0;
    if (page.rows >= m_contentRows) {
        m_afterTrace = lastTrace;
        m_after = page.last;
        return;
    }
    m_afterTrace.clear();
    m_after = {};
    if (m_column > 0 && m_column < kColumns.size()) {
        ++m_column;
        return;
    }
    if (m_column == 0) { // it went well: more at once again
        m_tracesAtOnce = std::min(m_options.traces, m_tracesAtOnce * 2);
        m_contentRows = std::min(m_options.contentRows, m_contentRows * 2);
    }
    m_column = 0;
    finishTraces();
}

/// Fewer traces, then fewer rows, then one column at a time; what is still too much is left out.
bool SyncPlan::asksForLessContent(const ApiFailure &failure)
{
    const bool isLarge = failure.kind == Kind::TooLarge;
    if (m_contentRows > 1 && (isLarge || m_traces.size() == 1)) {
        m_contentRows = std::max(1, m_contentRows / 4);
    } else if (m_traces.size() > 1) {
        m_tracesAtOnce = std::max(1, static_cast<int>(m_traces.size()) / 2);
        m_traces.clear();
    } else if (m_column == 0) {
        m_column = 1;
        m_afterTrace.clear();
        m_after = {};
    } else {
        note(Text::tr("Some content of trace %1 is too large for the server to give.")
                 .arg(QString::fromStdString(m_traces.front().key)));
        m_afterTrace.clear();
        m_after = {};
        if (m_column < kColumns.size()) {
            ++m_column;
        } else {
            m_column = 0;
            finishTraces();
        }
    }
    return true;
}

// --- Persons, groups, counts

std::optional<SyncStep> SyncPlan::nextAddition()
{
    const auto isOn = [this](Optional what) { return m_off.count(what) == 0; };
    if (isOn(Optional::Persons) && !m_personsDone) {
        if (m_persons.empty())
            return PickWanted{Wanted::Kind::Person, kPersonsAtOnce};
        return PullPersons{m_persons};
    }
    const auto isDue = [this](const std::optional<Timestamp> &last) {
        return !last || m_now->us - last->us >= m_options.reconcileEveryUs;
    };
    if (isOn(Optional::Groups) && isDue(m_state.groupsTaken)) {
        if (!m_groupKinds)
            return AskGroupTypes{};
        return PullGroups{m_groupKinds->front(), m_afterGroup, kGroupRows};
    }
    if (!isOn(Optional::Counts) || !isDue(m_state.reconciled))
        return std::nullopt;
    const auto floor = [](std::int64_t us) { return us / kMicrosPerDay * kMicrosPerDay; };
    if (!m_countFrom) // the first day may have begun before what is wanted
        m_countFrom = Timestamp{floor(m_state.since.us + kMicrosPerDay - 1)};
    const Timestamp today{floor(m_end.us)};
    if (*m_countFrom >= today) {
        m_state.reconciled = m_now;
        return std::nullopt;
    }
    return CountDays{*m_countFrom, std::min(today, Timestamp{m_countFrom->us + m_countDays * kMicrosPerDay})};
}

void SyncPlan::tookPersons()
{
    m_attempts = 0;
    m_fetched.insert(m_fetched.end(), m_persons.begin(), m_persons.end());
    m_persons.clear();
}

void SyncPlan::tookGroupTypes(std::vector<GroupKind> kinds)
{
    m_attempts = 0;
    if (kinds.empty())
        m_state.groupsTaken = m_now;
    else
        m_groupKinds = std::move(kinds);
}

void SyncPlan::tookGroups(int rows, const std::string &lastKey)
{
    m_attempts = 0;
    if (rows > 0) { // as with events: only an empty page is the last
        m_afterGroup = lastKey;
        return;
    }
    m_afterGroup.clear();
    m_groupKinds->erase(m_groupKinds->begin());
    if (m_groupKinds->empty()) {
        m_groupKinds.reset();
        m_state.groupsTaken = m_now;
    }
}

// --- Failures

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
