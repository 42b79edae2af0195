// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

// What a SyncPlan does besides events: prompts and answers, persons, groups, counts per day.

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SyncPlan)
};

constexpr std::array<const char *, 6> kColumns = {"input",       "output",       "output_choices",
                                                  "input_state", "output_state", "tools"};
constexpr int kPersonsAtOnce = 200;
constexpr int kGroupRows = 1000;

} // namespace

// --- Prompts and answers

std::optional<SyncStep> SyncPlan::nextContent()
{
    if (m_contentDone || m_contentOff || m_state.contentTable->empty())
        return std::nullopt;
    if (m_traces.empty())
        return PickWanted{Wanted::Kind::Content, m_tracesAtOnce + static_cast<int>(m_left.size())};
    PullContent step;
    step.table = *m_state.contentTable;
    step.traces = m_traces;
    step.afterTrace = m_afterTrace;
    step.after = m_after;
    step.rows = m_column > 0 ? 1 : m_contentRows;
    step.placeOnly = m_column > kColumns.size();
    if (m_column > 0 && !step.placeOnly)
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
    std::erase_if(wanted, [this](const Wanted &trace) { return m_left.count(trace.key) > 0; });
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
    m_afterTrace.clear();
    m_after = {};
    m_column = 0;
    m_leftInARow = 0;
}

void SyncPlan::tookContent(const Page &page, const std::string &lastTrace)
{
    m_attempts = 0;
    const int asked = std::get<PullContent>(*m_step).rows;
    if (m_column > 0) {
        if (page.rows == 0)
            return finishTraces();
        m_row = {lastTrace, page.last};
        return nextColumn();
    }
    m_contentRows = std::min(m_options.contentRows, m_contentRows * 2); // it went well: more at once again
    if (page.rows >= asked) {
        m_afterTrace = lastTrace;
        m_after = page.last;
        return;
    }
    m_tracesAtOnce = std::min(m_options.traces, m_tracesAtOnce * 2);
    finishTraces();
}

/// Of a row that does not fit into an answer as a whole. Behind its last column the next row is asked for.
void SyncPlan::nextColumn()
{
    const bool isLast = m_column >= kColumns.size();
    if (!isLast || !m_row) {
        ++m_column;
        return;
    }
    if (std::exchange(m_rowIsCut, false))
        note(Text::tr("Some content of trace %1 is too large for the server to give.")
                 .arg(QString::fromStdString(m_row->first)));
    m_afterTrace = m_row->first;
    m_after = m_row->second;
    m_row.reset();
    m_column = 0;
}

/// What is too much for the server today may not be tomorrow: it stays wanted. Where one after the other is,
/// it is not about the traces.
void SyncPlan::leaveForLater()
{
    constexpr int kMostInARow = 3;
    constexpr std::size_t kMost = 100;
    for (const Wanted &trace : m_traces)
        m_left.insert(trace.key);
    m_traces.clear();
    m_column = 0;
    m_row.reset();
    m_rowIsCut = false;
    m_contentOff = ++m_leftInARow >= kMostInARow || m_left.size() >= kMost;
    note(Text::tr("Prompts and answers that the server takes too long over are left for the next sync."));
}

/// Fewer traces, then fewer rows, then one row by its columns. Only what does not fit into an answer by
/// itself is given up.
bool SyncPlan::asksForLessContent(const ApiFailure &failure)
{
    const bool isLarge = failure.kind == Kind::TooLarge;
    const bool isColumn = m_column > 0 && m_column <= kColumns.size();
    if (isColumn && isLarge) {
        m_rowIsCut = true;
        nextColumn();
    } else if (m_column > 0) {
        leaveForLater();
    } else if (!isLarge && m_traces.size() > 1) {
        m_tracesAtOnce = std::max(1, static_cast<int>(m_traces.size()) / 2);
        m_traces.clear();
    } else if (m_contentRows > 1) {
        m_contentRows = std::max(1, m_contentRows / 4);
    } else {
        m_column = 1;
        m_row.reset();
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

} // namespace genscope
