// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/accumulator.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

/// Calls @p visit(row, group) for every entry of the batch.
template<typename Visit>
void forEachEntry(const Batch &batch, Visit visit)
{
    if (batch.groups.empty()) {
        for (const std::uint32_t row : batch.rows)
            visit(row, batch.group);
        return;
    }
    for (std::size_t i = 0; i < batch.rows.size(); ++i)
        visit(batch.rows[i], batch.groups[i]);
}

template<typename Group>
void mergeGroups(std::vector<Group> &into, const std::vector<Group> &from,
                 std::span<const std::uint32_t> groupOf)
{
    for (std::size_t group = 0; group < from.size(); ++group)
        into[groupOf[group]] += from[group];
}

/// Accumulators that keep a small value per group, which can be added.
template<typename Group>
class PerGroup : public Accumulator
{
public:
    void resize(std::size_t groups) final { m_groups.resize(groups); }
    void merge(const Accumulator &other, std::span<const std::uint32_t> groupOf) final
    {
        mergeGroups(m_groups, static_cast<const PerGroup &>(other).m_groups, groupOf);
    }

protected:
    std::vector<Group> m_groups;
};

class Counter : public PerGroup<std::int64_t>
{
public:
    Figure figure(std::size_t group, std::size_t) const override { return {m_groups[group], 0, 0}; }
};

class EventCounter final : public Counter
{
    void add(const Batch &batch, SegmentColumns &) override
    {
        if (batch.groups.empty())
            m_groups[batch.group] += static_cast<std::int64_t>(batch.rows.size());
        for (const std::uint32_t group : batch.groups)
            ++m_groups[group];
    }
};

class ErrorCounter final : public Counter
{
    void add(const Batch &batch, SegmentColumns &columns) override
    {
        const auto flags = columns.flags();
        forEachEntry(batch, [&](std::uint32_t row, std::uint32_t group) {
            m_groups[group] += flags[row] & IsErrorFlag;
        });
    }
    static_assert(IsErrorFlag == 1);
};

class UnpricedCounter final : public Counter
{
public:
    explicit UnpricedCounter(CostMode mode) : m_mode(mode) {}

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        const RowBits &unpriced = columns.segment().unpricedRows(m_mode);
        if (unpriced.empty())
            return;
        forEachEntry(batch, [&](std::uint32_t row, std::uint32_t group) {
            m_groups[group] += static_cast<std::int64_t>(unpriced[row / 64] >> (row % 64) & 1);
        });
    }

private:
    CostMode m_mode;
};

struct WholeSum
{
    Int128 sum = 0;
    std::int64_t count = 0;

    void add(std::int64_t number)
    {
        const bool known = number != kMissing; // without branch: what is missing follows no pattern
        sum += known ? number : 0;
        count += known ? 1 : 0;
    }
    WholeSum &operator+=(const WholeSum &other)
    {
        sum += other.sum;
        count += other.count;
        return *this;
    }
};

class Sum final : public PerGroup<WholeSum>
{
public:
    explicit Sum(NumberSource source) : m_source(source) {}

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        const auto numbers = columns.numbers(m_source);
        if (batch.groups.empty()) { // most events, and the sum fits registers
            WholeSum all;
            for (const std::uint32_t row : batch.rows)
                all.add(numbers[row]);
            m_groups[batch.group] += all;
            return;
        }
        for (std::size_t i = 0; i < batch.rows.size(); ++i)
            m_groups[batch.groups[i]].add(numbers[batch.rows[i]]);
    }
    Figure figure(std::size_t group, std::size_t) const override
    {
        return {m_groups[group].count, m_groups[group].sum, 0};
    }

private:
    NumberSource m_source;
};

/// A sum that keeps what rounding loses (Knuth's two-sum), so that it hardly depends on the order.
struct RealTotal
{
    double sum = 0;
    double lost = 0;
    std::int64_t count = 0;

    void add(double value)
    {
        const double next = sum + value;
        const double part = next - sum;
        lost += (sum - (next - part)) + (value - part);
        sum = next;
        ++count;
    }
    RealTotal &operator+=(const RealTotal &other)
    {
        const std::int64_t both = count + other.count;
        add(other.sum);
        lost += other.lost;
        count = both;
        return *this;
    }
    double value() const { return std::isfinite(sum) ? sum + lost : sum; }
};

class RealSum final : public PerGroup<RealTotal>
{
public:
    explicit RealSum(RealSource field) : m_field(field) {}

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        if (columns.lacks(m_field))
            return;
        const auto reals = columns.reals(m_field);
        forEachEntry(batch, [&](std::uint32_t row, std::uint32_t group) {
            if (!std::isnan(reals[row]))
                m_groups[group].add(reals[row]);
        });
    }
    Figure figure(std::size_t group, std::size_t) const override
    {
        return {m_groups[group].count, 0, m_groups[group].value()};
    }

private:
    RealSource m_field;
};

struct Largest
{
    double value = 0;
    std::int64_t count = 0;

    Largest &operator+=(const Largest &other)
    {
        if (other.count != 0)
            value = count == 0 ? other.value : std::max(value, other.value);
        count += other.count;
        return *this;
    }
};

class RealMax final : public PerGroup<Largest>
{
public:
    explicit RealMax(RealSource field) : m_field(field) {}

    void add(const Batch &batch, SegmentColumns &columns) override
    {
        if (columns.lacks(m_field))
            return;
        const auto reals = columns.reals(m_field);
        forEachEntry(batch, [&](std::uint32_t row, std::uint32_t group) {
            if (!std::isnan(reals[row]))
                m_groups[group] += {reals[row], 1};
        });
    }
    Figure figure(std::size_t group, std::size_t) const override
    {
        return {m_groups[group].count, 0, m_groups[group].value};
    }

private:
    RealSource m_field;
};

struct Rate
{
    Int128 tokens = 0;
    RealTotal seconds;

    Rate &operator+=(const Rate &other)
    {
        tokens += other.tokens;
        seconds += other.seconds;
        return *this;
    }
};

class TokenRate final : public PerGroup<Rate>
{
public:
    void add(const Batch &batch, SegmentColumns &columns) override
    {
        if (columns.lacks(RealSource::Latency))
            return;
        const auto tokens = columns.numbers(NumberSource::OutputTokens);
        const auto latency = columns.reals(RealSource::Latency);
        const auto flags = columns.flags();
        forEachEntry(batch, [&](std::uint32_t row, std::uint32_t group) {
            if (std::isnan(tokensPerSecond(tokens[row], latency[row], flags[row])))
                return;
            m_groups[group].tokens += tokens[row];
            m_groups[group].seconds.add(latency[row]);
        });
    }
    Figure figure(std::size_t group, std::size_t) const override
    {
        const Rate &rate = m_groups[group];
        return {rate.seconds.count, rate.tokens, rate.seconds.value()};
    }
};

} // namespace

std::unique_ptr<Accumulator> makeEventCounter()
{
    return std::make_unique<EventCounter>();
}

std::unique_ptr<Accumulator> makeErrorCounter()
{
    return std::make_unique<ErrorCounter>();
}

std::unique_ptr<Accumulator> makeUnpricedCounter(CostMode mode)
{
    return std::make_unique<UnpricedCounter>(mode);
}

std::unique_ptr<Accumulator> makeSum(NumberSource source)
{
    return std::make_unique<Sum>(source);
}

std::unique_ptr<Accumulator> makeRealSum(RealSource field)
{
    return std::make_unique<RealSum>(field);
}

std::unique_ptr<Accumulator> makeRealMax(RealSource field)
{
    return std::make_unique<RealMax>(field);
}

std::unique_ptr<Accumulator> makeTokenRate()
{
    return std::make_unique<TokenRate>();
}

} // namespace genscope
