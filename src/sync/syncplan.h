// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"
#include "store/syncstream.h"
#include "store/synctable.h"
#include "sync/apifailure.h"
#include "sync/pagepacer.h"
#include "sync/syncsteps.h"

#include <QString>

#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace genscope {

/// Decides what a sync does next, and what to make of each answer. Knows neither the network nor the store:
/// SyncDriver takes the steps, tells how they went, and makes state() durable together with the events of a
/// step.
///
/// The order, whatever was interrupted when: what arrived since the last sync; what was there before the
/// first one; prompts and answers, oldest first because they expire first (and before all else where they are
/// about to); persons and groups; then counts per day are compared, and days that lack events pulled again.
/// @thread one
class SyncPlan
{
public:
    struct Options
    {
        std::optional<Timestamp> since;   ///< nothing: as before, else 30 days
        std::int64_t lagUs = 300'000'000; ///< what is younger on the server may not be visible everywhere
        std::int64_t lookbackUs = 7 * kMicrosPerDay; ///< how old an event may claim to be when it arrives
        std::int64_t windowUs = kMicrosPerDay;       ///< what is asked for at first
        int rows = 2'000;                            ///< likewise
        int mostRows = 10'000;
        int traces = 200; ///< asked for at once
        int contentRows = 500;
        bool useExports = true; ///< files, for long histories
        std::int64_t reconcileEveryUs = kMicrosPerDay;
        /// Of pauses, which vary so that clients do not return all at once. Nothing: by chance.
        std::optional<unsigned> seed;
    };
    SyncPlan(SyncState state, const Options &options);

    /// The next step; nothing when all is done.
    std::optional<SyncStep> next();
    /// As it is to be written with what the last step brought.
    const SyncState &state() const { return m_state; }
    /// What is not wanted any more, since this was asked last.
    std::vector<Wanted> takeFetched() { return std::exchange(m_fetched, {}); }
    /// What a reader of the report should know, each once.
    const std::vector<QString> &notes() const { return m_notes; }
    /// The time on the server when the sync began; nothing before it was asked.
    const std::optional<Timestamp> &now() const { return m_now; }

    // How a step went:
    /// What content is wanted, as it is in the store.
    void noteWanted(const WantedSummary &content) { m_oldestContent = content.oldest; }
    void tookClock(Timestamp now);
    void foundContentTable(std::int64_t retentionDays);
    void tookNames(const std::vector<std::string> &names);
    struct Page
    {
        int rows = 0;
        PageKey last; ///< place of the last row
        std::int64_t bytes = 0;
        double seconds = 0;
    };
    void tookPage(const Page &page);
    void picked(Wanted::Kind kind, std::vector<Wanted> wanted);
    void forgot(); ///< ForgetWanted
    void tookContent(const Page &page, const std::string &lastTrace);
    void tookPersons();
    void tookGroupTypes(std::vector<GroupKind> kinds);
    void tookGroups(int rows, const std::string &lastKey);
    using Counts = std::vector<DayCount>;
    /// @param known  what takeCompared() gave in earlier syncs
    void tookCounts(const Counts &remote, const Counts &local, const Counts &known);
    /// What the server counts on days that were pulled again, since this was asked last.
    Counts takeCompared() { return std::exchange(m_compared, {}); }
    void startedExport(const std::string &run);
    enum class ExportState { Running, Completed, Failed };
    void tookExportState(ExportState state, int parts);
    void tookExport(); ///< all its events are with the state that follows

    /// What is to be done about a step that came to nothing.
    struct Decision
    {
        bool stop = false;
        std::chrono::milliseconds pause{0}; ///< then next()
    };
    Decision failed(const ApiFailure &failure);

    /// Whether content of an event of that time can still be had.
    bool contentIsKept(Timestamp time) const;
    /// Share of the history that is there, 0 to 1.
    double historyDone() const;

private:
    enum class Optional { Persons, Groups, Counts };
    PullPage pageOf(PullPage::Order order, const PageKey &after, Timestamp end);
    std::optional<SyncStep> nextPage();
    std::optional<SyncStep> nextExport();
    std::optional<SyncStep> nextContent();
    std::optional<SyncStep> nextAddition();
    Timestamp exportEnd() const;
    bool isDue(const std::optional<Timestamp> &last) const;
    PageKey *keyOfPage();
    void finishScan();
    void finishTraces();
    void nextColumn();
    void leaveForLater();
    bool asksForLess(const ApiFailure &failure);
    bool asksForLessContent(const ApiFailure &failure);
    bool goesOnWithout(const ApiFailure &failure);
    std::chrono::milliseconds pauseFor(const ApiFailure &failure);
    void note(const QString &text);

    SyncState m_state;
    const Options m_options;
    std::mt19937 m_random;
    std::optional<SyncStep> m_step; ///< the last one
    int m_attempts = 0;             ///< of it that came to nothing
    std::vector<QString> m_notes;
    std::vector<Wanted> m_fetched;

    std::optional<Timestamp> m_now;
    Timestamp m_end; ///< of what is pulled by arrival
    std::size_t m_probe = 0;
    std::vector<std::string> m_names;
    bool m_namesAsked = false;

    PagePacer m_pacer;
    int m_nudges = 0;                                 ///< stale answers in a row
    std::optional<std::pair<Timestamp, int>> m_short; ///< end and rows of a page that was not full
    int m_unexplained = 0;                            ///< pages that were not full although more was there
    bool m_exportsFailed = false;
    int m_exportPolls = 0;
    std::optional<int> m_exportParts; ///< of a run that is complete
    struct Again
    {
        PageKey taken;
        Timestamp end;
        Counts remote; ///< what makes it worth it
    };
    std::vector<Again> m_again; ///< days that lack events, the oldest last
    Counts m_compared;

    bool m_contentDone = false;
    std::optional<Timestamp> m_oldestContent;
    std::vector<Wanted> m_traces;
    std::string m_afterTrace;
    PageKey m_after;
    int m_tracesAtOnce;
    int m_contentRows;
    std::size_t m_column = 0; ///< 0: all; else one by one, of the one row behind the place
    std::optional<std::pair<std::string, PageKey>> m_row; ///< trace and place of that row, once known
    bool m_rowIsCut = false;                              ///< a column of it cannot be had
    std::set<std::string> m_left;                         ///< traces that are too heavy today
    int m_leftInARow = 0;
    bool m_contentOff = false; ///< for this sync
    std::vector<Wanted> m_expired;

    std::set<Optional> m_off;
    bool m_personsDone = false;
    std::vector<Wanted> m_persons;
    std::optional<std::vector<GroupKind>> m_groupKinds;
    std::string m_afterGroup;
    std::optional<Timestamp> m_countFrom; ///< nothing: not begun
    std::int64_t m_countDays = 31;
};

} // namespace genscope
