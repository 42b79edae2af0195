// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowscan.h"

#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <numeric>
#include <thread>

namespace genscope {

namespace {

/// Fewer segments than this for a thread cost more to share out than they gain.
constexpr std::size_t kSegmentsPerThread = 2;

constexpr std::array kStreams = {EventStream::Measured, EventStream::Generations, EventStream::Embeddings,
                                 EventStream::Spans};

/// Puts the rows of a filter into groups, once a segment for all jobs that ask for the same groups.
class SharedGrouping
{
public:
    SharedGrouping(const GroupingParts &parts, KindFilter &rows)
        : m_buckets(parts.buckets), m_shareable(parts.dimensions.empty()), m_rows(rows), m_grouping(parts)
    {
    }

    bool serves(const GroupingParts &parts, const KindFilter &rows) const
    {
        return m_shareable && parts.dimensions.empty() && parts.buckets == m_buckets && &rows == &m_rows;
    }
    const Grouping &assigned(const Segment &segment, std::size_t index)
    {
        if (m_assigned != index)
            m_grouping.assign(segment, index, m_rows.list(segment, index));
        m_assigned = index;
        return m_grouping;
    }
    const Grouping &grouping() const { return m_grouping; }

private:
    const Buckets *m_buckets;
    bool m_shareable; ///< by time alone: dimensions are each job's own
    KindFilter &m_rows;
    Grouping m_grouping;
    std::optional<std::size_t> m_assigned;
};

/// Adds up the figures of one job over a stretch of segments. One per thread.
class Scanner
{
public:
    /// @param counted, measured  rows of the query's kinds, and of those that make groups
    /// @param grouping           null without parts
    Scanner(const ScanJob &job, CostMode cost, KindFilter &counted, KindFilter &measured,
            SharedGrouping *grouping)
        : m_plan(*job.plan),
          m_needed(job.groupKinds),
          m_cost(cost),
          m_counted(counted),
          m_measured(measured),
          m_grouping(grouping),
          m_manyValued(job.parts.manyValued())
    {
        for (const EventStream stream : kStreams)
            m_streamKinds[static_cast<std::size_t>(stream)] = kindsOf(stream, job.queryKinds);
        if (m_grouping != nullptr)
            m_result.groups = std::make_unique<Figures>(m_plan, job.parts.mostGroups());
        m_result.total = std::make_unique<Figures>(m_plan, 1);
        m_result.total->resize(1);
    }

    /// @param columns  of that segment
    void scan(std::size_t index, SegmentColumns &columns)
    {
        const Segment &segment = columns.segment();
        const KindFilter::Count counted = m_counted.count(segment, index, m_cost);
        m_result.matched += counted.rows;
        m_result.unpriced += counted.unpriced;
        const auto rows = m_measured.list(segment, index);
        if (rows.empty())
            return;
        if (m_grouping == nullptr || m_manyValued)
            add(*m_result.total, {index, rows, {}, 0}, columns);
        if (m_grouping == nullptr)
            return;
        const Grouping &grouping = m_grouping->assigned(segment, index);
        m_result.groups->resize(grouping.size());
        add(*m_result.groups, {index, grouping.groupedRows(), grouping.groups(), grouping.onlyGroup()},
            columns);
    }

    /// Before merge(): from here on its groups are its own.
    void own()
    {
        if (m_grouping != nullptr)
            m_result.grouping = std::make_unique<Grouping>(m_grouping->grouping());
    }

    void merge(const Scanner &other)
    {
        m_result.matched += other.m_result.matched;
        m_result.unpriced += other.m_result.unpriced;
        m_result.total->merge(*other.m_result.total, std::vector<std::uint32_t>{0});
        if (!m_result.grouping)
            return;
        const Grouping &others = other.m_grouping->grouping();
        const std::vector<std::uint32_t> parts = others.allParts();
        std::vector<std::uint32_t> groupOf(others.size());
        const std::size_t count = groupOf.empty() ? 0 : parts.size() / groupOf.size();
        for (std::size_t group = 0; group < groupOf.size(); ++group)
            groupOf[group] = m_result.grouping->idOf(std::span(parts).subspan(group * count, count));
        m_result.groups->resize(m_result.groupCount());
        m_result.groups->merge(*other.m_result.groups, groupOf);
    }

    Scanned take()
    {
        // Where every event is in one group, the total is that of the groups.
        if (m_result.grouping && !m_manyValued)
            m_result.total->merge(*m_result.groups, std::vector<std::uint32_t>(m_result.groupCount(), 0));
        return std::move(m_result);
    }

private:
    void add(Figures &figures, const Batch &batch, SegmentColumns &columns)
    {
        for (const EventStream stream : kStreams) {
            if (m_plan.uses(stream))
                figures.add(stream, ofStream(stream, batch, columns.segment()), columns);
        }
    }

    /// The entries of @p batch that are of the stream's kinds; valid until the next call.
    Batch ofStream(EventStream stream, const Batch &batch, const Segment &segment)
    {
        const KindSet kinds = m_streamKinds[static_cast<std::size_t>(stream)];
        if (kinds == m_needed)
            return batch;
        m_kinds.resize(segment.rows());
        segment.ints(IntField::Kind).decodeCodes(m_kinds);
        m_rows.clear();
        m_groups.clear();
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            if (!kinds.test(m_kinds[batch.rows[i]]))
                continue;
            m_rows.push_back(batch.rows[i]);
            if (!batch.groups.empty())
                m_groups.push_back(batch.groups[i]);
        }
        return {batch.segment, m_rows, m_groups, batch.group};
    }

    const MeasurePlan &m_plan;
    KindSet m_needed;
    CostMode m_cost;
    std::array<KindSet, kEventStreamCount> m_streamKinds;
    KindFilter &m_counted;
    KindFilter &m_measured;
    SharedGrouping *m_grouping;
    bool m_manyValued;
    Scanned m_result;
    std::vector<std::uint32_t> m_kinds;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::uint32_t> m_groups;
};

/// All jobs of one thread. They share what they read of a segment.
class Worker
{
public:
    Worker(std::span<const ScanJob> jobs, const QueryContext &context)
        : m_snapshot(*context.data.snapshot), m_stop(context.data.stop), m_columns(context.data.cost)
    {
        for (const ScanJob &job : jobs) {
            KindFilter &counted = filterOf(*job.rows, job.queryKinds);
            KindFilter &measured = filterOf(*job.rows, job.groupKinds);
            SharedGrouping *grouping = job.parts.count() > 0 ? &groupingOf(job.parts, measured) : nullptr;
            m_scanners.push_back(
                std::make_unique<Scanner>(job, context.data.cost, counted, measured, grouping));
        }
    }

    void scan(std::span<const std::size_t> segments)
    {
        for (const std::size_t index : segments) {
            if (m_stop.stopRequested())
                return;
            m_columns.load(m_snapshot.segment(index));
            for (const auto &scanner : m_scanners)
                scanner->scan(index, m_columns);
        }
    }
    Scanner &scanner(std::size_t job) { return *m_scanners[job]; }

private:
    KindFilter &filterOf(const RowSet &rows, KindSet kinds)
    {
        for (const auto &filter : m_filters) {
            if (filter->isOf(rows, kinds))
                return *filter;
        }
        m_filters.push_back(std::make_unique<KindFilter>(rows, kinds));
        return *m_filters.back();
    }

    SharedGrouping &groupingOf(const GroupingParts &parts, KindFilter &rows)
    {
        for (const auto &grouping : m_groupings) {
            if (grouping->serves(parts, rows))
                return *grouping;
        }
        m_groupings.push_back(std::make_unique<SharedGrouping>(parts, rows));
        return *m_groupings.back();
    }

    const Snapshot &m_snapshot;
    const StopToken m_stop;
    SegmentColumns m_columns;
    std::vector<std::unique_ptr<KindFilter>> m_filters;
    std::vector<std::unique_ptr<SharedGrouping>> m_groupings;
    std::vector<std::unique_ptr<Scanner>> m_scanners;
};

/// True if some row of a segment is in the set.
bool touches(const RowSet &rows, std::size_t segmentIndex)
{
    constexpr std::size_t kWords = Segment::kRows / 64;
    const auto &words = rows.words();
    const auto begin = std::min(segmentIndex * kWords, words.size());
    const auto end = std::min(begin + kWords, words.size());
    return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                       words.begin() + static_cast<std::ptrdiff_t>(end),
                       [](std::uint64_t word) { return word != 0; });
}

/// The segments that some job has rows in: a short range of time lies in few, which are shared out all the
/// same.
std::vector<std::size_t> touchedSegments(std::span<const ScanJob> jobs, std::size_t segmentCount)
{
    std::vector<std::size_t> touched;
    for (std::size_t index = 0; index < segmentCount; ++index) {
        if (std::any_of(jobs.begin(), jobs.end(),
                        [index](const ScanJob &job) { return touches(*job.rows, index); }))
            touched.push_back(index);
    }
    return touched;
}

} // namespace

const RowBits &KindFilter::bits(const Segment &segment, std::size_t segmentIndex)
{
    if (m_bitsOf == segmentIndex)
        return m_bits;
    m_bitsOf = segmentIndex;
    const std::size_t firstWord = segmentIndex * (Segment::kRows / 64);
    const std::size_t words = (segment.rows() + 63) / 64;
    m_bits.assign(words, 0);
    for (std::size_t kind = 0; kind < m_kinds.size(); ++kind) {
        if (!m_kinds.test(kind))
            continue;
        const RowBits &ofKind = segment.rowsOfKind(static_cast<EventKind>(kind));
        for (std::size_t word = 0; word < ofKind.size(); ++word)
            m_bits[word] |= ofKind[word];
    }
    const auto &selected = m_rows.words();
    for (std::size_t word = 0; word < words; ++word)
        m_bits[word] &= firstWord + word < selected.size() ? selected[firstWord + word] : 0;
    return m_bits;
}

std::span<const std::uint32_t> KindFilter::list(const Segment &segment, std::size_t segmentIndex)
{
    if (m_listOf == segmentIndex)
        return m_list;
    m_listOf = segmentIndex;
    bits(segment, segmentIndex);
    m_list.clear();
    m_list.reserve(segment.rows());
    for (std::size_t word = 0; word < m_bits.size(); ++word) {
        const auto first = static_cast<std::uint32_t>(word * 64);
        for (std::uint64_t rest = m_bits[word]; rest != 0; rest &= rest - 1)
            m_list.push_back(first + static_cast<std::uint32_t>(std::countr_zero(rest)));
    }
    return m_list;
}

KindFilter::Count KindFilter::count(const Segment &segment, std::size_t segmentIndex, CostMode cost)
{
    if (m_countOf == segmentIndex)
        return m_count;
    m_countOf = segmentIndex;
    bits(segment, segmentIndex);
    const RowBits &unpriced = segment.unpricedRows(cost);
    m_count.rows = static_cast<std::int64_t>(countBits(m_bits));
    m_count.unpriced = static_cast<std::int64_t>(unpriced.empty() ? 0 : countCommonBits(unpriced, m_bits));
    return m_count;
}

std::optional<std::pair<std::int64_t, std::int64_t>> timesOf(const Snapshot &snapshot, const RowSet &rows,
                                                             KindSet kinds)
{
    KindFilter filter(rows, kinds);
    std::vector<std::int64_t> times;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    bool any = false;
    const auto look = [&](std::size_t index) {
        const Segment &segment = snapshot.segment(index);
        if (!touches(rows, index))
            return;
        times.resize(segment.rows());
        segment.ints(IntField::Timestamp).decode(times);
        for (const std::uint32_t row : filter.list(segment, index)) {
            first = std::min(first, times[row]);
            last = std::max(last, times[row]);
            any = true;
        }
    };
    // From both ends of time: segments that begin after the first, or end before the last, are not looked at.
    std::vector<std::size_t> order(snapshot.segmentCount());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return snapshot.segment(a).earliestUs() < snapshot.segment(b).earliestUs();
    });
    for (const std::size_t index : order) {
        if (any && snapshot.segment(index).earliestUs() >= first)
            break;
        look(index);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return snapshot.segment(a).latestUs() > snapshot.segment(b).latestUs();
    });
    for (const std::size_t index : order) {
        if (!any || snapshot.segment(index).latestUs() <= last)
            break;
        look(index);
    }
    if (!any)
        return std::nullopt;
    return std::pair(first, last);
}

KindSet kindsOf(EventStream stream, KindSet queryKinds)
{
    switch (stream) {
    case EventStream::Measured:
        return queryKinds;
    case EventStream::Generations:
        return kindSet({EventKind::Generation});
    case EventStream::Embeddings:
        return kindSet({EventKind::Embedding});
    case EventStream::Spans:
        return kindSet({EventKind::Span});
    }
    return {};
}

KindSet kindsOf(const MeasurePlan &plan, KindSet queryKinds)
{
    KindSet kinds;
    for (const EventStream stream : kStreams) {
        if (plan.uses(stream))
            kinds |= kindsOf(stream, queryKinds);
    }
    return kinds;
}

void Scanned::finish()
{
    total->finish();
    if (groups)
        groups->finish();
}

std::vector<Scanned> scanSegment(std::span<const ScanJob> jobs, const QueryContext &context,
                                 std::size_t segment)
{
    Worker worker(jobs, context);
    worker.scan({&segment, 1});
    std::vector<Scanned> scanned;
    for (std::size_t job = 0; job < jobs.size(); ++job) {
        worker.scanner(job).own();
        scanned.push_back(worker.scanner(job).take());
        scanned.back().total->settle();
        if (scanned.back().groups)
            scanned.back().groups->settle();
    }
    return scanned;
}

Scanned mergeScanned(const ScanJob &job, std::span<const Scanned *const> parts)
{
    Scanned merged;
    merged.total = std::make_unique<Figures>(*job.plan, 1);
    merged.total->resize(1);
    if (job.parts.count() > 0) {
        merged.grouping = std::make_unique<Grouping>(job.parts);
        merged.groups = std::make_unique<Figures>(*job.plan, job.parts.mostGroups());
    }
    const std::size_t count = job.parts.count();
    const std::vector<std::uint32_t> toTotal{0};
    for (const Scanned *part : parts) {
        merged.matched += part->matched;
        merged.unpriced += part->unpriced;
        merged.total->merge(*part->total, toTotal);
        if (count == 0)
            continue;
        const std::vector<std::uint32_t> codes = part->grouping->allParts();
        std::vector<std::uint32_t> groupOf(part->groupCount());
        for (std::size_t group = 0; group < groupOf.size(); ++group)
            groupOf[group] = merged.grouping->idOf(std::span(codes).subspan(group * count, count));
        merged.groups->resize(merged.groupCount());
        merged.groups->merge(*part->groups, groupOf);
    }
    return merged;
}

Result<std::vector<Scanned>> scanRows(std::span<const ScanJob> jobs, const QueryContext &context)
{
    const auto segments = touchedSegments(jobs, context.data.snapshot->segmentCount());
    const std::size_t threads = std::clamp<std::size_t>(segments.size() / kSegmentsPerThread, 1,
                                                        std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::unique_ptr<Worker>> workers;
    for (std::size_t i = 0; i < threads; ++i)
        workers.push_back(std::make_unique<Worker>(jobs, context));
    forEachInParallel(threads, [&](std::size_t i) {
        const std::size_t begin = segments.size() * i / threads;
        const std::size_t end = segments.size() * (i + 1) / threads;
        workers[i]->scan(std::span(segments).subspan(begin, end - begin));
    });
    if (context.data.stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Query", "stopped"));
    std::vector<Scanned> scanned(jobs.size());
    forEachInParallel(jobs.size(), [&](std::size_t job) {
        workers[0]->scanner(job).own();
        for (std::size_t i = 1; i < threads; ++i)
            workers[0]->scanner(job).merge(workers[i]->scanner(job));
        scanned[job] = workers[0]->scanner(job).take();
    });
    return scanned;
}

} // namespace genscope
