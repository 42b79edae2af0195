// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/brushedqueries.h"

#include "analytics/querybatch.h"
#include "analytics/queryrun.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace genscope {

BrushedQueries::BrushedQueries(std::vector<Asked> asked, const Scope &scope, const QueryContext &context)
    : m_asked(std::move(asked)), m_scope(scope), m_context(context)
{
    m_context.data.stop = StopToken(); // each step brings its own
}

BrushedQueries::~BrushedQueries() = default;

Result<std::shared_ptr<BrushedQueries>> BrushedQueries::make(std::vector<Asked> asked, const Scope &scope,
                                                             const QueryContext &context)
{
    auto made = std::make_shared<BrushedQueries>(std::move(asked), scope, context);
    if (const Status prepared = made->prepare(); !prepared)
        return prepared.error();
    return made;
}

Status BrushedQueries::prepare()
{
    for (const Asked &each : m_asked) {
        if (std::find(m_rowSets.begin(), m_rowSets.end(), each.rows) == m_rowSets.end())
            m_rowSets.push_back(each.rows);
        m_runs.push_back(std::make_unique<QueryRun>(each.query, m_scope, *each.rows, m_context));
    }
    std::vector<Status> prepared(m_runs.size(), Done{});
    forEachInParallel(m_runs.size(), [&](std::size_t i) { prepared[i] = m_runs[i]->prepare(); });
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        if (!prepared[i])
            return prepared[i];
        // Which values are on top depends on the range, and these were chosen over all of it.
        m_incremental = m_incremental && !m_runs[i]->choosesBefore();
    }
    m_kept.resize(m_context.data.snapshot->segmentCount());
    return Done{};
}

std::size_t BrushedQueries::rowsOf(std::size_t query) const
{
    const auto found = std::find(m_rowSets.begin(), m_rowSets.end(), m_asked[query].rows);
    return static_cast<std::size_t>(found - m_rowSets.begin());
}

/// Finds what @p segments come to where that is not known.
Status BrushedQueries::keepSegments(const std::vector<std::size_t> &segments, const StopToken &stop)
{
    std::vector<ScanJob> jobs;
    for (const auto &run : m_runs)
        jobs.push_back(run->job());
    std::vector<std::size_t> missing;
    for (const std::size_t segment : segments) {
        if (m_kept[segment].empty())
            missing.push_back(segment);
    }
    forEachInParallel(missing.size(), [&](std::size_t i) {
        if (!stop.stopRequested())
            m_kept[missing[i]] = scanSegment(jobs, m_context, missing[i]);
    });
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Query", "stopped"));
    return Done{};
}

/// The rows of @p range in segments that reach beyond it, for each set of rows.
std::vector<RowSet> BrushedQueries::rowsAtEnds(const std::vector<std::size_t> &segments,
                                               const TimeRange &range) const
{
    constexpr std::size_t kWords = Segment::kRows / 64;
    const Snapshot &snapshot = *m_context.data.snapshot;
    RowSet inRange(snapshot.rows(), false);
    std::vector<std::int64_t> times;
    for (const std::size_t segment : segments)
        selectTimes(snapshot.segment(segment), segment, range.fromUs(), range.toUs(), times, inRange);
    std::vector<RowSet> sets;
    for (const auto &rows : m_rowSets) {
        RowSet set(snapshot.rows(), false);
        for (const std::size_t segment : segments) {
            const std::size_t end = std::min((segment + 1) * kWords, set.words().size());
            for (std::size_t word = segment * kWords; word < end; ++word)
                set.words()[word] = inRange.words()[word] & rows->words()[word];
        }
        sets.push_back(std::move(set));
    }
    return sets;
}

Result<std::vector<ResultTable>> BrushedQueries::answer(const TimeRange &range, const StopToken &stop)
{
    if (!m_incremental)
        return answerAnew(range, stop);
    const std::lock_guard lock(m_mutex);
    std::vector<std::size_t> inside;
    std::vector<std::size_t> ends;
    for (std::size_t index = 0; index < m_kept.size(); ++index) {
        const Segment &segment = m_context.data.snapshot->segment(index);
        if (segment.rows() == 0 || segment.latestUs() < range.fromUs() ||
            segment.earliestUs() >= range.toUs())
            continue;
        const bool whole = segment.earliestUs() >= range.fromUs() && segment.latestUs() < range.toUs();
        (whole ? inside : ends).push_back(index);
    }
    if (const Status kept = keepSegments(inside, stop); !kept)
        return kept.error();

    const std::vector<RowSet> rows = rowsAtEnds(ends, range);
    std::vector<ScanJob> jobs;
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        jobs.push_back(m_runs[i]->job());
        jobs.back().rows = &rows[rowsOf(i)];
    }
    std::vector<std::vector<Scanned>> atEnds(ends.size());
    forEachInParallel(ends.size(), [&](std::size_t i) { atEnds[i] = scanSegment(jobs, m_context, ends[i]); });
    std::vector<ResultTable> tables(m_runs.size());
    forEachInParallel(m_runs.size(), [&](std::size_t i) {
        std::vector<const Scanned *> parts;
        for (const std::size_t segment : inside)
            parts.push_back(&m_kept[segment][i]);
        for (const auto &scanned : atEnds)
            parts.push_back(&scanned[i]);
        QueryRun run(*m_runs[i]);
        run.detach();
        tables[i] = run.answer(mergeScanned(jobs[i], parts));
    });
    return tables;
}

Result<std::vector<ResultTable>> BrushedQueries::answerAnew(const TimeRange &range,
                                                            const StopToken &stop) const
{
    Scope scope = m_scope;
    scope.range = range;
    scope.filter = {};
    QueryContext context = m_context;
    context.data.stop = stop;
    auto inRange = selectRows(scope, context);
    if (!inRange)
        return inRange.error();
    std::vector<RowSet> sets;
    for (const auto &rows : m_rowSets) {
        sets.push_back(*inRange);
        sets.back() &= *rows;
    }
    std::vector<BatchedQuery> batch;
    for (std::size_t i = 0; i < m_asked.size(); ++i)
        batch.push_back({&m_asked[i].query, &scope, &sets[rowsOf(i)]});
    std::vector<ResultTable> tables;
    for (auto &table : runQueries(batch, context)) {
        if (!table)
            return table.error();
        tables.push_back(std::move(*table));
    }
    return tables;
}

} // namespace genscope
