// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/callseries.h"

#include "analytics/columnreaders.h"
#include "analytics/costs.h"
#include "analytics/rowscan.h"
#include "analytics/spikes/lengthfit.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

namespace genscope {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr double kLeastSeconds = 0.001;
constexpr double kMostSeconds = 1e6;
constexpr std::size_t kDropped = std::numeric_limits<std::size_t>::max();

bool isLatency(SpikeMeasure measure)
{
    return measure != SpikeMeasure::ErrorRate && measure != SpikeMeasure::Cost;
}

/// The columns of a segment that calls are made of, for the rows asked for. One per thread.
class CallReader
{
public:
    CallReader(const SpikeQuery &query, const RowSet &rows, const QueryContext &context,
               const Dimension *dimension)
        : m_measure(query.measure),
          m_cost(context.data.cost),
          m_dimension(dimension),
          m_filter(rows, kindSet({EventKind::Generation}))
    {
    }

    void load(const Snapshot &snapshot, std::size_t index)
    {
        m_index = index;
        const Segment &segment = snapshot.segment(index);
        m_rows = m_filter.list(segment, index);
        if (m_rows.empty())
            return;
        const std::size_t count = segment.rows();
        const auto decode = [&](IntField field, std::vector<std::int64_t> &out) {
            out.resize(count);
            segment.ints(field).decode(out);
        };
        decode(IntField::Timestamp, m_times);
        decode(IntField::Flags, m_flags);
        m_latencies.resize(count);
        segment.reals(RealField::Latency).decode(m_latencies);
        if (isLatency(m_measure)) {
            decode(IntField::OutputTokens, m_tokens);
            m_models.resize(count);
            segment.ints(IntField::Model).decodeCodes(m_models);
        }
        if (m_measure == SpikeMeasure::TtftP95) {
            m_firstTokens.resize(count);
            segment.reals(RealField::TimeToFirstToken).decode(m_firstTokens);
        }
        if (m_measure == SpikeMeasure::Cost) {
            m_costs.resize(count);
            readCosts(segment, CostPart::Total, m_cost, 0, m_costs);
        }
        m_codes.resize(m_rows.size());
        if (m_dimension != nullptr)
            m_dimension->read(index, m_rows, m_codes, m_scratch);
    }

    std::size_t count() const { return m_rows.size(); }
    /// Calls @p visit with each value of the @p i th call.
    template<typename Visit>
    void forEachCode(std::size_t i, const Visit &visit) const
    {
        if (m_dimension == nullptr || !m_dimension->manyValued()) {
            visit(m_codes[i]);
            return;
        }
        for (const std::uint32_t member : m_dimension->members(m_codes[i]))
            visit(member);
    }
    SpikeCall call(std::size_t i) const
    {
        const std::size_t row = m_rows[i];
        SpikeCall call;
        call.row = static_cast<std::uint32_t>(m_index * Segment::kRows + row);
        call.startUs = startedUs(m_times[row], m_flags[row], m_latencies[row]);
        call.measured = measured(row);
        return call;
    }
    std::uint32_t model(std::size_t i) const { return m_models[m_rows[i]]; }
    int band(std::size_t i) const
    {
        // How long the answer will be says nothing of when its first token comes.
        return m_measure == SpikeMeasure::TtftP95 ? LengthFit::kBands - 1
                                                  : LengthFit::bandOf(m_tokens[m_rows[i]]);
    }

private:
    float measured(std::size_t row) const
    {
        const bool isError = (m_flags[row] & IsErrorFlag) != 0;
        if (m_measure == SpikeMeasure::ErrorRate)
            return isError ? 1.0F : 0.0F;
        if (m_measure == SpikeMeasure::Cost)
            return m_costs[row] == kMissing ? kNone
                                            : static_cast<float>(static_cast<double>(m_costs[row]) / 1e12);
        const double seconds = m_measure == SpikeMeasure::TtftP95 ? m_firstTokens[row] : m_latencies[row];
        if (isError || !(seconds >= 0))
            return kNone;
        return static_cast<float>(std::log(std::clamp(seconds, kLeastSeconds, kMostSeconds)));
    }

    SpikeMeasure m_measure;
    CostMode m_cost;
    const Dimension *m_dimension;
    KindFilter m_filter;
    std::size_t m_index = 0;
    std::span<const std::uint32_t> m_rows;
    std::vector<std::int64_t> m_times, m_flags, m_tokens, m_costs;
    std::vector<double> m_latencies, m_firstTokens;
    std::vector<std::uint32_t> m_models, m_codes;
    Dimension::Scratch m_scratch;
};

} // namespace

/// Counts, then places: so that every call is written once, where it stays.
class CallTableBuilder
{
public:
    CallTableBuilder(const SpikeQuery &query, const RowSet &rows, const QueryContext &context)
        : m_query(query), m_rows(rows), m_context(context), m_snapshot(*context.data.snapshot)
    {
        m_chunks.resize(std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                                std::max<std::size_t>(m_snapshot.segmentCount(), 1)));
    }

    Result<CallTable> build()
    {
        if (m_query.by) {
            auto reader = m_context.cache->open(*m_query.by, m_context.data);
            if (!reader)
                return reader.error();
            m_table.m_dimension = std::make_shared<const Dimension>(std::move(*reader), m_snapshot, m_rows);
        }
        m_codeCount = m_query.by ? m_table.m_dimension->codeCount() : 1;
        forEachInParallel(m_chunks.size(), [this](std::size_t chunk) { count(chunk); });
        if (m_context.data.stop.stopRequested())
            return stopped();
        layOut();
        forEachInParallel(m_chunks.size(), [this](std::size_t chunk) { place(chunk); });
        forEachInParallel(m_table.size(), [this](std::size_t index) { sort(index); });
        if (m_context.data.stop.stopRequested())
            return stopped();
        return std::move(m_table);
    }

private:
    struct Chunk
    {
        std::vector<std::size_t> places; ///< by code: how many, then where the next goes
        LengthFit fit;
    };

    static Error stopped()
    {
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Spikes", "Stopped."));
    }
    template<typename Visit>
    void forEachSegment(std::size_t chunk, const Visit &visit)
    {
        CallReader reader(m_query, m_rows, m_context, m_table.m_dimension.get());
        const std::size_t segments = m_snapshot.segmentCount();
        const std::size_t end = (chunk + 1) * segments / m_chunks.size();
        for (std::size_t index = chunk * segments / m_chunks.size(); index < end; ++index) {
            if (m_context.data.stop.stopRequested())
                return;
            reader.load(m_snapshot, index);
            visit(reader);
        }
    }
    void count(std::size_t number)
    {
        Chunk &chunk = m_chunks[number];
        chunk.places.assign(m_codeCount, 0);
        forEachSegment(number, [&](const CallReader &reader) {
            for (std::size_t i = 0; i < reader.count(); ++i) {
                reader.forEachCode(i, [&](std::uint32_t code) { ++chunk.places[code]; });
                if (!isLatency(m_query.measure))
                    continue;
                const SpikeCall call = reader.call(i);
                if (call.counts())
                    chunk.fit.add(reader.model(i), reader.band(i), call.measured);
            }
        });
    }
    void layOut()
    {
        for (std::size_t i = 1; i < m_chunks.size(); ++i)
            m_chunks[0].fit.merge(m_chunks[i].fit);
        m_chunks[0].fit.finish();
        std::size_t next = 0;
        for (std::uint32_t code = 0; code < m_codeCount; ++code) {
            std::size_t calls = 0;
            for (const Chunk &chunk : m_chunks)
                calls += chunk.places[code];
            const bool enough = calls >= CallTable::kLeastCalls;
            if (enough) {
                m_table.m_codes.push_back(code);
                m_table.m_begins.push_back(next);
            }
            for (Chunk &chunk : m_chunks) {
                const std::size_t here = chunk.places[code];
                chunk.places[code] = enough ? next : kDropped;
                next += enough ? here : 0;
            }
        }
        m_table.m_begins.push_back(next);
        m_table.m_calls.resize(next);
    }
    void place(std::size_t number)
    {
        Chunk &chunk = m_chunks[number];
        const LengthFit &fit = m_chunks[0].fit;
        forEachSegment(number, [&](const CallReader &reader) {
            for (std::size_t i = 0; i < reader.count(); ++i) {
                SpikeCall call = reader.call(i);
                if (isLatency(m_query.measure) && call.counts())
                    call.expected = fit.expected(reader.model(i), reader.band(i));
                reader.forEachCode(i, [&](std::uint32_t code) {
                    if (chunk.places[code] != kDropped)
                        m_table.m_calls[chunk.places[code]++] = call;
                });
            }
        });
    }
    void sort(std::size_t index)
    {
        const auto begin = m_table.m_calls.begin() + static_cast<std::ptrdiff_t>(m_table.m_begins[index]);
        const auto end = m_table.m_calls.begin() + static_cast<std::ptrdiff_t>(m_table.m_begins[index + 1]);
        std::sort(begin, end, [](const SpikeCall &a, const SpikeCall &b) {
            return a.startUs != b.startUs ? a.startUs < b.startUs : a.row < b.row;
        });
    }

    const SpikeQuery &m_query;
    const RowSet &m_rows;
    const QueryContext &m_context;
    const Snapshot &m_snapshot;
    CallTable m_table;
    std::uint32_t m_codeCount = 1;
    std::vector<Chunk> m_chunks;
};

Result<CallTable> CallTable::make(const SpikeQuery &query, const RowSet &rows, const QueryContext &context)
{
    return CallTableBuilder(query, rows, context).build();
}

Cell CallTable::value(std::size_t index) const
{
    return m_dimension ? m_dimension->cell(m_codes[index]) : Cell();
}

} // namespace genscope
