// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/query.h"

#include "analytics/querybatch.h"
#include "analytics/queryrun.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

void selectTimes(const Segment &segment, std::size_t segmentIndex, std::int64_t fromUs, std::int64_t toUs,
                 std::vector<std::int64_t> &times, RowSet &rows)
{
    if (segment.rows() == 0 || segment.latestUs() < fromUs || segment.earliestUs() >= toUs)
        return;
    const bool all = segment.earliestUs() >= fromUs && segment.latestUs() < toUs;
    times.resize(segment.rows());
    if (!all)
        segment.ints(IntField::Timestamp).decode(times);
    std::uint64_t *words = rows.words().data() + segmentIndex * (Segment::kRows / 64);
    for (std::size_t first = 0; first < times.size(); first += 64) {
        const std::size_t count = std::min<std::size_t>(64, times.size() - first);
        std::uint64_t word = all ? ~std::uint64_t{0} >> (64 - count) : 0;
        for (std::size_t i = 0; !all && i < count; ++i) {
            const bool inside = times[first + i] >= fromUs && times[first + i] < toUs;
            word |= std::uint64_t{inside} << i;
        }
        words[first / 64] = word;
    }
}

QueryContext makeQueryContext(std::shared_ptr<const Snapshot> snapshot, const EventSource *source,
                              const Scope &scope, StopToken stop)
{
    QueryContext context;
    context.data.snapshot = std::move(snapshot);
    context.data.source = source;
    context.data.zone = scope.zone;
    context.data.cost = scope.cost;
    context.data.customer = scope.customer;
    context.data.stop = stop;
    context.cache = std::make_shared<FieldCache>(std::move(stop));
    return context;
}

Result<RowSet> selectRows(const Scope &scope, const QueryContext &context)
{
    const Snapshot &snapshot = *context.data.snapshot;
    RowSet rows(snapshot.rows(), scope.range == TimeRange());
    if (scope.range != TimeRange()) {
        std::vector<std::int64_t> times;
        for (std::size_t index = 0; index < snapshot.segmentCount(); ++index)
            selectTimes(snapshot.segment(index), index, scope.range.fromUs(), scope.range.toUs(), times,
                        rows);
    }
    if (scope.filter.isEmpty())
        return rows;
    auto matched = matchRows(scope.filter, context.data, *context.cache);
    if (matched)
        *matched &= rows;
    return matched;
}

Result<ResultTable> runQuery(const Query &query, const Scope &scope, const RowSet &rows,
                             const QueryContext &context)
{
    auto tables = runQueries({{{&query, &scope, &rows}}}, context);
    return std::move(tables.front());
}

std::vector<Result<ResultTable>> runQueries(const std::vector<BatchedQuery> &queries,
                                            const QueryContext &context)
{
    std::vector<std::unique_ptr<QueryRun>> runs;
    for (const BatchedQuery &each : queries)
        runs.push_back(std::make_unique<QueryRun>(*each.query, *each.scope, *each.rows, context));
    std::vector<Status> prepared(runs.size(), Done{});
    forEachInParallel(runs.size(), [&](std::size_t i) { prepared[i] = runs[i]->prepare(); });

    std::vector<ScanJob> jobs;
    std::vector<std::size_t> runOfJob;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!prepared[i])
            continue;
        for (std::size_t before = 0; before < i; ++before)
            runs[i]->shareBuckets(*runs[before]);
        jobs.push_back(runs[i]->job());
        runOfJob.push_back(i);
    }
    auto scanned = scanRows(jobs, context);
    std::vector<std::optional<ResultTable>> answers(runs.size());
    if (scanned) {
        forEachInParallel(jobs.size(), [&](std::size_t job) {
            answers[runOfJob[job]] = runs[runOfJob[job]]->answer(std::move((*scanned)[job]));
        });
    }
    std::vector<Result<ResultTable>> tables;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (answers[i])
            tables.emplace_back(std::move(*answers[i]));
        else
            tables.emplace_back(prepared[i] ? scanned.error() : prepared[i].error());
    }
    return tables;
}

} // namespace genscope
