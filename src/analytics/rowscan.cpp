// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rowscan.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <thread>

namespace genscope {

namespace {

/// Fewer segments than this for a thread cost more to share out than they gain.
constexpr std::size_t kSegmentsPerThread = 4;

constexpr std::array kStreams = {EventStream::Measured, EventStream::Generations, EventStream::Embeddings,
                                 EventStream::Spans};

/// Adds up the figures of a stretch of segments. One per thread.
class Scanner
{
public:
    Scanner(const MeasurePlan &plan, const GroupingParts &parts, KindSet queryKinds, KindSet groupKinds,
            const RowSet &rows, const QueryContext &context)
        : m_plan(plan),
          m_snapshot(*context.data.snapshot),
          m_stop(context.data.stop),
          m_needed(groupKinds),
          m_filter(rows, m_needed),
          m_columns(context.data.cost),
          m_manyValued(parts.manyValued())
    {
        for (const EventStream stream : kStreams)
            m_streamKinds[static_cast<std::size_t>(stream)] = kindsOf(stream, queryKinds);
        if (parts.count() > 0) {
            m_result.grouping = std::make_unique<Grouping>(parts);
            m_result.groups = std::make_unique<Figures>(plan, parts.mostGroups());
        }
        m_result.total = std::make_unique<Figures>(plan, 1);
        m_result.total->resize(1);
    }

    void scan(std::size_t firstSegment, std::size_t endSegment)
    {
        for (std::size_t index = firstSegment; index < endSegment; ++index) {
            if (m_stop.stopRequested())
                return;
            scanSegment(m_snapshot.segment(index), index);
        }
    }

    void merge(const Scanner &other)
    {
        m_result.total->merge(*other.m_result.total, std::vector<std::uint32_t>{0});
        if (!m_result.grouping)
            return;
        const std::vector<std::uint32_t> parts = other.m_result.grouping->allParts();
        std::vector<std::uint32_t> groupOf(other.m_result.groupCount());
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
    void scanSegment(const Segment &segment, std::size_t index)
    {
        const auto rows = m_filter.list(segment, index);
        if (rows.empty())
            return;
        m_columns.load(segment);
        const Batch once{index, rows, {}};
        if (!m_result.grouping || m_manyValued)
            add(*m_result.total, once);
        if (!m_result.grouping)
            return;
        m_result.grouping->assign(segment, index, rows);
        m_result.groups->resize(m_result.groupCount());
        add(*m_result.groups, {index, m_result.grouping->groupedRows(), m_result.grouping->groups()});
    }

    void add(Figures &figures, const Batch &batch)
    {
        for (const EventStream stream : kStreams) {
            if (m_plan.uses(stream))
                figures.add(stream, ofStream(stream, batch), m_columns);
        }
    }

    /// The entries of @p batch that are of the stream's kinds; valid until the next call.
    Batch ofStream(EventStream stream, const Batch &batch)
    {
        const KindSet kinds = m_streamKinds[static_cast<std::size_t>(stream)];
        if (kinds == m_needed)
            return batch;
        m_kinds.resize(m_columns.segment().rows());
        m_columns.segment().ints(IntField::Kind).decodeCodes(m_kinds);
        m_rows.clear();
        m_groups.clear();
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            if (!kinds.test(m_kinds[batch.rows[i]]))
                continue;
            m_rows.push_back(batch.rows[i]);
            if (!batch.groups.empty())
                m_groups.push_back(batch.groups[i]);
        }
        return {batch.segment, m_rows, m_groups};
    }

    const MeasurePlan &m_plan;
    const Snapshot &m_snapshot;
    const StopToken m_stop;
    KindSet m_needed;
    std::array<KindSet, kEventStreamCount> m_streamKinds;
    KindFilter m_filter;
    SegmentColumns m_columns;
    bool m_manyValued;
    Scanned m_result;
    std::vector<std::uint32_t> m_kinds;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::uint32_t> m_groups;
};

} // namespace

const RowBits &KindFilter::bits(const Segment &segment, std::size_t segmentIndex)
{
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

RowSummary countRows(const Snapshot &snapshot, const RowSet &rows, KindSet kinds, CostMode cost)
{
    RowSummary summary;
    KindFilter filter(rows, kinds);
    for (std::size_t index = 0; index < snapshot.segmentCount(); ++index) {
        const Segment &segment = snapshot.segment(index);
        const RowBits &bits = filter.bits(segment, index);
        for (const std::uint64_t word : bits)
            summary.rows += std::popcount(word);
        const RowBits &unpriced = segment.unpricedRows(cost);
        for (std::size_t word = 0; word < unpriced.size(); ++word)
            summary.unpriced += std::popcount(bits[word] & unpriced[word]);
    }
    return summary;
}

RowSummary summariseTimes(const Snapshot &snapshot, const RowSet &rows, KindSet kinds)
{
    RowSummary summary;
    summary.firstUs = std::numeric_limits<std::int64_t>::max();
    summary.lastUs = std::numeric_limits<std::int64_t>::min();
    KindFilter filter(rows, kinds);
    std::vector<std::int64_t> times;
    for (std::size_t index = 0; index < snapshot.segmentCount(); ++index) {
        const Segment &segment = snapshot.segment(index);
        const auto list = filter.list(segment, index);
        summary.rows += static_cast<std::int64_t>(list.size());
        const bool inside = segment.earliestUs() >= summary.firstUs && segment.latestUs() <= summary.lastUs;
        if (list.empty() || inside)
            continue;
        times.resize(segment.rows());
        segment.ints(IntField::Timestamp).decode(times);
        for (const std::uint32_t row : list) {
            summary.firstUs = std::min(summary.firstUs, times[row]);
            summary.lastUs = std::max(summary.lastUs, times[row]);
        }
    }
    return summary;
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

Result<Scanned> scanRows(const MeasurePlan &plan, const GroupingParts &parts, KindSet queryKinds,
                         KindSet groupKinds, const RowSet &rows, const QueryContext &context)
{
    const std::size_t segments = context.data.snapshot->segmentCount();
    const std::size_t threads = std::clamp<std::size_t>(segments / kSegmentsPerThread, 1,
                                                        std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::unique_ptr<Scanner>> scanners;
    for (std::size_t i = 0; i < threads; ++i)
        scanners.push_back(std::make_unique<Scanner>(plan, parts, queryKinds, groupKinds, rows, context));
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) {
            helpers.emplace_back(
                [&, i] { scanners[i]->scan(segments * i / threads, segments * (i + 1) / threads); });
        }
        scanners[0]->scan(0, segments / threads);
    }
    if (context.data.stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Query", "stopped"));
    for (std::size_t i = 1; i < threads; ++i)
        scanners[0]->merge(*scanners[i]);
    return scanners[0]->take();
}

} // namespace genscope
