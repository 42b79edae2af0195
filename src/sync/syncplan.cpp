// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SyncPlan)
};

constexpr std::array<const char *, 2> kContentTables = {"posthog.ai_events", "ai_events"};
// Surveys are the only events of other names that PostHog's AI views count, where they name a trace.
constexpr std::array<const char *, 9> kNames = {"$ai_generation", "$ai_embedding", "$ai_span",
                                                "$ai_trace",      "$ai_metric",    "$ai_feedback",
                                                "$ai_evaluation", "survey sent",   "survey shown"};
constexpr std::int64_t kUsualRetentionDays = 30;
constexpr std::int64_t kUsualHistory = 30 * kMicrosPerDay;
// An export is asked for by a week at most, and each overlaps the one before by a day.
constexpr std::int64_t kExportStep = 6 * kMicrosPerDay;
constexpr std::int64_t kExportOverlap = kMicrosPerDay;
constexpr int kMostExportPolls = 360; ///< an hour

Timestamp plus(Timestamp time, std::int64_t us)
{
    return {time.us + us};
}

Timestamp dayOf(Timestamp time)
{
    return {time.us / kMicrosPerDay * kMicrosPerDay};
}

PagePacer pacerFor(const SyncPlan::Options &options)
{
    PagePacer::Bounds bounds;
    bounds.mostRows = options.mostRows;
    return {options.windowUs, options.rows, bounds};
}

} // namespace

SyncPlan::SyncPlan(SyncState state, const Options &options)
    : m_state(std::move(state)),
      m_options(options),
      m_random(options.seed.value_or(std::random_device{}())),
      m_names(kNames.begin(), kNames.end()),
      m_pacer(pacerFor(options)),
      m_tracesAtOnce(options.traces),
      m_contentRows(options.contentRows)
{
}

void SyncPlan::note(const QString &text)
{
    if (std::find(m_notes.begin(), m_notes.end(), text) == m_notes.end())
        m_notes.push_back(text);
}

bool SyncPlan::contentIsKept(Timestamp time) const
{
    return m_now && m_state.contentTable && !m_state.contentTable->empty() &&
           time.us > m_now->us - m_state.retentionDays * kMicrosPerDay;
}

double SyncPlan::historyDone() const
{
    if (!m_state.backfill)
        return 1;
    const double whole = static_cast<double>(m_state.backfill->end.us - m_state.since.us);
    const double done = static_cast<double>(m_state.backfill->taken.at.us - m_state.since.us);
    return whole > 0 ? std::clamp(done / whole, 0.0, 1.0) : 1;
}

std::optional<SyncStep> SyncPlan::next()
{
    m_step = [this]() -> std::optional<SyncStep> {
        if (!m_now)
            return AskClock{};
        if (!m_state.contentTable)
            return ProbeContent{kContentTables[m_probe]};
        if (!m_namesAsked)
            return AskNames{plus(*m_now, -kUsualHistory), plus(*m_now, kMicrosPerDay)};
        if (!m_expired.empty())
            return ForgetWanted{m_expired};
        // A day before they expire, prompts and answers come before all else.
        if (m_oldestContent && !contentIsKept(plus(*m_oldestContent, -kMicrosPerDay))) {
            if (auto content = nextContent())
                return content;
        }
        if (auto page = nextPage())
            return page;
        if (auto content = nextContent())
            return content;
        return nextAddition();
    }();
    return m_step;
}

// --- Events

PullPage SyncPlan::pageOf(PullPage::Order order, const PageKey &after, Timestamp end)
{
    PullPage page;
    page.order = order;
    page.after = after;
    // A stale answer is got around by asking for another stretch.
    page.end = std::min(end, plus(after.at, m_pacer.windowUs() - m_nudges));
    page.earliest = plus(after.at, -m_options.lookbackUs);
    page.latest = plus(page.end, kMicrosPerDay);
    page.rows = m_pacer.rows();
    page.names = m_names;
    return page;
}

std::optional<SyncStep> SyncPlan::nextPage()
{
    if (m_state.taken->at < m_end)
        return pageOf(PullPage::Order::Arrival, *m_state.taken, m_end);
    if (m_state.backfill) {
        if (auto exported = nextExport())
            return exported;
        return pageOf(PullPage::Order::Time, m_state.backfill->taken, m_state.backfill->end);
    }
    if (!m_again.empty())
        return pageOf(PullPage::Order::Time, m_again.back().taken, m_again.back().end);
    return std::nullopt;
}

/// The place of the scan that nextPage() goes on with.
PageKey *SyncPlan::keyOfPage()
{
    if (m_state.taken->at < m_end)
        return &*m_state.taken;
    if (m_state.backfill)
        return &m_state.backfill->taken;
    return &m_again.back().taken;
}

void SyncPlan::finishScan()
{
    m_short.reset();
    if (m_state.backfill && m_state.taken->at >= m_end && m_state.backfill->taken.at >= m_state.backfill->end)
        m_state.backfill.reset();
    else if (!m_again.empty() && m_again.back().taken.at >= m_again.back().end) {
        const Counts &remote = m_again.back().remote;
        m_compared.insert(m_compared.end(), remote.begin(), remote.end());
        m_again.pop_back();
    }
}

/// A page ends a stretch only if nothing is in it: a server that gives fewer rows than it was asked for, and
/// does not say so, loses nothing.
void SyncPlan::tookPage(const Page &page)
{
    const auto &asked = std::get<PullPage>(*m_step);
    m_attempts = 0;
    m_nudges = 0;
    m_pacer.took(page.rows, page.bytes, page.seconds);
    PageKey *key = keyOfPage();
    if (page.rows == 0) {
        *key = {asked.end, {}};
        m_short.reset();
        finishScan();
        return;
    }
    *key = page.last;
    m_contentDone = m_personsDone = false;
    if (m_short && page.last.at < m_short->first) {
        constexpr int kSure = 2; // an event may have become visible just then
        if (++m_unexplained >= kSure) {
            m_pacer.limitRows(m_short->second);
            note(Text::tr("The server gives at most %n event(s) at once.", nullptr, m_short->second));
        }
    }
    m_short = page.rows < asked.rows ? std::optional(std::pair(asked.end, page.rows)) : std::nullopt;
}

Timestamp SyncPlan::exportEnd() const
{
    return plus(m_state.backfill->taken.at, kExportStep);
}

std::optional<SyncStep> SyncPlan::nextExport()
{
    const Timestamp from = m_state.backfill->taken.at;
    const std::int64_t left = std::min(m_state.backfill->end.us, m_now->us) - from.us;
    const bool worthIt = left > kExportStep + kExportOverlap;
    if (!m_options.useExports || m_state.exportsRefused || m_exportsFailed || !worthIt)
        return std::nullopt;
    if (m_state.exportRun.empty())
        return StartExport{plus(from, -kExportOverlap), exportEnd(), m_names};
    if (m_exportParts)
        return TakeExport{m_state.exportRun, *m_exportParts};
    return AskExport{m_state.exportRun};
}

void SyncPlan::startedExport(const std::string &run)
{
    m_attempts = 0;
    m_exportPolls = 0;
    m_state.exportRun = run;
}

void SyncPlan::tookExportState(ExportState state, int parts)
{
    switch (state) {
    case ExportState::Running:
        if (++m_exportPolls < kMostExportPolls)
            return;
        [[fallthrough]]; // it hangs
    case ExportState::Failed:
        m_attempts = 0;
        m_state.exportRun.clear();
        m_exportsFailed = true;
        note(Text::tr("The server could not write a file with the history; it is pulled piece by piece."));
        return;
    case ExportState::Completed:
        m_attempts = 0;
        m_exportParts = parts;
        return;
    }
}

void SyncPlan::tookExport()
{
    m_attempts = 0;
    m_state.exportRun.clear();
    m_state.backfill->taken = {exportEnd(), {}};
    m_exportParts.reset();
    m_contentDone = m_personsDone = false;
}

// --- What a sync begins with

/// True if what is done once a day is to be done again.
bool SyncPlan::isDue(const std::optional<Timestamp> &last) const
{
    return !last || m_now->us - last->us >= m_options.reconcileEveryUs;
}

void SyncPlan::tookClock(Timestamp now)
{
    m_attempts = 0;
    m_now = now;
    m_end = plus(now, -m_options.lagUs);
    // Servers are updated, and keys are given scopes: what could not be had is asked for again once a day.
    if (isDue(m_state.reconciled)) {
        m_state.exportsRefused = false;
        if (m_state.contentTable && m_state.contentTable->empty())
            m_state.contentTable.reset();
    }
    const Timestamp wanted = m_options.since.value_or(plus(now, -kUsualHistory));
    if (!m_state.taken) {
        m_state.taken = {m_end, {}};
        m_state.since = std::min(wanted, now);
        m_state.backfill = {{m_state.since, {}}, plus(now, kMicrosPerDay)};
    } else if (m_options.since && wanted < m_state.since) {
        const Timestamp end = m_state.backfill ? m_state.backfill->end : m_state.since;
        m_state.backfill = {{wanted, {}}, end};
        m_state.since = wanted;
        m_state.exportRun.clear();
    }
}

void SyncPlan::foundContentTable(std::int64_t retentionDays)
{
    m_attempts = 0;
    m_state.contentTable = kContentTables[m_probe];
    m_state.retentionDays = std::max(retentionDays, kUsualRetentionDays);
}

void SyncPlan::tookNames(const std::vector<std::string> &names)
{
    m_attempts = 0;
    m_namesAsked = true;
    for (const std::string &name : names) {
        if (std::find(m_names.begin(), m_names.end(), name) == m_names.end())
            m_names.push_back(name);
    }
}

// --- Counts

void SyncPlan::tookCounts(const Counts &remote, const Counts &local, const Counts &known)
{
    m_attempts = 0;
    const auto &asked = std::get<CountDays>(*m_step);
    const auto keyed = [](const Counts &counts) {
        std::map<std::pair<std::int64_t, std::string>, std::int64_t> map;
        for (const DayCount &count : counts)
            map[{count.day, count.event}] = count.count;
        return map;
    };
    const auto stored = keyed(local);
    const auto before = keyed(known);
    std::map<std::int64_t, Counts> days;
    std::vector<std::string> names;
    for (const DayCount &count : remote) {
        const std::pair key(count.day, count.event);
        const auto here = stored.find(key);
        const auto pulledAgain = before.find(key);
        const bool isComplete = here != stored.end() && here->second >= count.count;
        // What was rejected, say, will not come by asking again.
        const bool wasInVain = pulledAgain != before.end() && pulledAgain->second == count.count;
        if (isComplete || wasInVain)
            continue;
        days[count.day].push_back(count);
        names.push_back(count.event);
    }
    tookNames(names);
    for (auto day = days.rbegin(); day != days.rend(); ++day) // the oldest is taken first, from the back
        m_again.push_back(
            {{{day->first * kMicrosPerDay}, {}}, {(day->first + 1) * kMicrosPerDay}, day->second});
    if (!days.empty())
        note(Text::tr("%n day(s) lacked events and were pulled again.", nullptr,
                      static_cast<int>(days.size())));
    m_countFrom = asked.to;
    if (asked.to >= dayOf(m_end))
        m_state.reconciled = m_now;
}

} // namespace genscope
