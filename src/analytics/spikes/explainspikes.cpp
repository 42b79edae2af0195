// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/explainspikes.h"

#include "analytics/spikes/callseries.h"

#include <QCoreApplication>

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace genscope {

namespace {

constexpr std::size_t kMostCalls = 6000; ///< of a spike that are looked at, and of those before it
constexpr std::size_t kMostDrivers = 8;
constexpr double kLeastContribution = 0.15;
constexpr double kLeastLift = 1.25; ///< of the contribution over the share before
constexpr double kSignificance = 0.01;
constexpr std::int64_t kLeastCallsIn = 4;
constexpr std::size_t kLeastAround = 10;
constexpr std::int64_t kLeastMarginUs = 6LL * 3600 * kMicrosPerSecond;
/// From this factor on, longer answers are part of a spike.
constexpr double kLongerAnswers = 1.15;

/// A call and its part of what the measure is about: 1 for a slow or failed one, dollars.
struct Weighed
{
    std::uint32_t row;
    double weight;
};

/// What is compared: calls inside, and calls before.
struct Sides
{
    std::vector<Weighed> in;
    std::vector<Weighed> before;
    std::vector<Weighed> around; ///< of the hours on both sides
    double scale = 1;            ///< a weight before leads to expect this inside
    bool counts = true;          ///< weights are 0 or 1
};

struct ValueSums
{
    Cell value;
    std::int64_t callsIn = 0;
    std::int64_t callsBefore = 0;
    std::int64_t callsAround = 0;
    double weightIn = 0;
    double weightBefore = 0;
};

void thinOut(std::vector<Weighed> &calls)
{
    if (calls.size() <= kMostCalls)
        return;
    const std::size_t step = (calls.size() + kMostCalls - 1) / kMostCalls;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < calls.size(); i += step)
        calls[kept++] = calls[i];
    calls.resize(kept);
}

double weightOf(const std::vector<Weighed> &calls)
{
    double sum = 0;
    for (const Weighed &call : calls)
        sum += call.weight;
    return sum;
}

/// Reads one dimension's values, a call at a time.
class ValueReader
{
public:
    explicit ValueReader(std::shared_ptr<const FieldReader> reader) : m_reader(std::move(reader)) {}

    template<typename Visit>
    void forEach(std::size_t row, const Visit &visit) const
    {
        switch (m_reader->type()) {
        case FieldReader::Type::Text: {
            const std::uint32_t code = m_reader->codeAt(row);
            const auto members =
                m_reader->manyValued() ? m_reader->membersOf(code) : std::span<const std::uint32_t>();
            for (const std::uint32_t member : members)
                visit(std::int64_t{member});
            if (members.empty())
                visit(m_reader->manyValued() ? 0 : std::int64_t{code});
            return;
        }
        case FieldReader::Type::Real:
            return; // a measure, not a dimension
        default:
            visit(m_reader->intAt(row));
        }
    }
    Cell cell(std::int64_t key) const
    {
        if (m_reader->type() == FieldReader::Type::Text) {
            const auto code = static_cast<std::uint32_t>(key);
            return code == 0 ? Cell()
                             : Cell(std::string(m_reader->manyValued() ? m_reader->member(code)
                                                                       : m_reader->value(code)));
        }
        if (key == kMissing)
            return {};
        return m_reader->type() == FieldReader::Type::Boolean ? Cell(key != 0) : Cell(key);
    }

private:
    std::shared_ptr<const FieldReader> m_reader;
};

/// Answers with four times as many tokens each: 0..15, 16..63, ...
std::int64_t lengthClass(std::int64_t tokens)
{
    if (tokens == kMissing || tokens < 0)
        return -1;
    std::int64_t size = 0;
    for (std::int64_t end = 16; tokens >= end && size < 20; end *= 4)
        ++size;
    return size;
}

Cell lengthText(std::int64_t size)
{
    if (size < 0)
        return {};
    const std::int64_t end = std::int64_t{16} << (2 * size);
    return std::to_string(size == 0 ? 0 : end / 4).append("..").append(std::to_string(end - 1));
}

/// How likely as many heavy calls have the value if it had its share before.
double chanceOf(const ValueSums &sums, const Sides &sides, double weightIn)
{
    const double share =
        (static_cast<double>(sums.callsBefore) + 0.5) / (static_cast<double>(sides.before.size()) + 1);
    const boost::math::binomial_distribution<double> expected(weightIn, std::min(share, 1.0));
    return sums.weightIn < 1 ? 1 : boost::math::cdf(boost::math::complement(expected, sums.weightIn - 1));
}

/// What most calls of the day are, too, does not tell the spike from them: a version that came on Monday.
double shareAround(const ValueSums &sums, const Sides &sides)
{
    return sides.around.size() < kLeastAround
               ? 0
               : static_cast<double>(sums.callsAround) / static_cast<double>(sides.around.size());
}

void addDrivers(const std::map<std::int64_t, ValueSums> &values, const std::string &dimension,
                const Sides &sides, Spike &spike)
{
    const double weightIn = weightOf(sides.in);
    const double excess = weightIn - sides.scale * weightOf(sides.before);
    if (!(excess > 0) || values.size() < 2)
        return;
    for (const auto &[key, sums] : values) {
        SpikeDriver driver;
        driver.shareInSpike = static_cast<double>(sums.callsIn) / static_cast<double>(sides.in.size());
        driver.shareBefore = static_cast<double>(sums.callsBefore) / static_cast<double>(sides.before.size());
        driver.contribution = (sums.weightIn - sides.scale * sums.weightBefore) / excess;
        if (sums.callsIn < kLeastCallsIn || driver.contribution < kLeastContribution ||
            driver.contribution < kLeastLift * driver.shareBefore ||
            std::min(driver.contribution, 1.0) < kLeastLift * shareAround(sums, sides))
            continue;
        if (sides.counts &&
            chanceOf(sums, sides, weightIn) > kSignificance / static_cast<double>(values.size()))
            continue;
        driver.dimension = dimension;
        driver.value = sums.value;
        driver.callsIn = sums.callsIn;
        spike.drivers.push_back(std::move(driver));
    }
}

template<typename ForEach, typename CellOf>
void compare(const Sides &sides, const std::string &dimension, const ForEach &forEach, const CellOf &cellOf,
             Spike &spike)
{
    std::map<std::int64_t, ValueSums> values;
    for (const Weighed &call : sides.in) {
        forEach(call.row, [&](std::int64_t key) {
            ++values[key].callsIn;
            values[key].weightIn += call.weight;
        });
    }
    for (const Weighed &call : sides.before) {
        forEach(call.row, [&](std::int64_t key) {
            ++values[key].callsBefore;
            values[key].weightBefore += call.weight;
        });
    }
    for (const Weighed &call : sides.around)
        forEach(call.row, [&](std::int64_t key) { ++values[key].callsAround; });
    for (auto &[key, sums] : values)
        sums.value = cellOf(key);
    addDrivers(values, dimension, sides, spike);
}

/// The calls of a spike and those it is compared with, weighed.
Sides sidesOf(const Spike &spike, const std::vector<Spike> &all, std::span<const SpikeCall> calls)
{
    Sides sides;
    sides.counts = spike.measure != SpikeMeasure::Cost;
    const double usual = std::log(spike.baseline);
    const auto weigh = [&](const SpikeCall &call) {
        const auto measured = static_cast<double>(call.measured);
        if (spike.measure == SpikeMeasure::ErrorRate || spike.measure == SpikeMeasure::Cost)
            return measured;
        return measured > usual ? 1.0 : 0.0;
    };
    const std::int64_t marginUs = std::max(kLeastMarginUs, spike.to.us - spike.from.us);
    const auto inSpike = [&](std::int64_t us) {
        return std::any_of(all.begin(), all.end(), [&](const Spike &other) {
            return other.code == spike.code && us >= other.from.us && us < other.to.us;
        });
    };
    for (const SpikeCall &call : calls) {
        if (!call.counts())
            continue;
        if (call.startUs >= spike.from.us && call.startUs < spike.to.us)
            sides.in.push_back({call.row, weigh(call)});
        else if (std::max(spike.from.us - call.startUs, call.startUs - spike.to.us) < marginUs &&
                 !inSpike(call.startUs))
            sides.around.push_back({call.row, 0});
        if ((call.startUs < spike.from.us || call.startUs >= spike.to.us) &&
            call.startUs >= spike.referenceFrom.us && call.startUs < spike.referenceTo.us &&
            !inSpike(call.startUs))
            sides.before.push_back({call.row, weigh(call)});
    }
    const auto counted = static_cast<double>(sides.in.size());
    thinOut(sides.in);
    thinOut(sides.before);
    thinOut(sides.around);
    const double expected =
        spike.measure == SpikeMeasure::Cost
            ? spike.baseline * static_cast<double>(sides.in.size()) / std::max(1.0, counted)
            : static_cast<double>(sides.in.size());
    const double before = spike.measure == SpikeMeasure::Cost ? weightOf(sides.before)
                                                              : static_cast<double>(sides.before.size());
    sides.scale = before > 0 ? expected / before : 0;
    return sides;
}

} // namespace

Status explainSpikes(std::vector<Spike> &spikes, const SpikeQuery &query, const std::vector<Field> &fields,
                     const RowSet &rows, const QueryContext &context)
{
    if (spikes.empty())
        return Done{};
    const auto table = CallTable::make(query, rows, context);
    if (!table)
        return table.error();
    std::vector<std::pair<std::string, ValueReader>> readers;
    for (const Field &field : fields) {
        // A failed call calls no tool: that follows from the failure.
        if ((query.by && field == *query.by) ||
            (query.measure == SpikeMeasure::ErrorRate && field.id == Field::Id::Tool))
            continue;
        auto reader = context.cache->open(field, context.data);
        if (!reader)
            return reader.error();
        readers.emplace_back(field.text, ValueReader(std::move(*reader)));
    }
    const Snapshot &snapshot = *context.data.snapshot;
    for (Spike &spike : spikes) {
        if (context.data.stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("genscope::Spikes", "Stopped."));
        std::size_t index = 0;
        while (index < table->size() && table->code(index) != spike.code)
            ++index;
        if (index == table->size())
            continue;
        const Sides sides = sidesOf(spike, spikes, table->calls(index));
        if (sides.in.empty() || sides.before.empty())
            continue;
        for (const auto &named : readers) {
            const auto &reader = named.second; // clang 14 captures no structured binding
            compare(
                sides, named.first, [&](std::size_t row, const auto &visit) { reader.forEach(row, visit); },
                [&](std::int64_t key) { return reader.cell(key); }, spike);
        }
        if (spike.lengthFactor && *spike.lengthFactor >= kLongerAnswers)
            compare(
                sides, std::string(kOutputTokensDimension),
                [&](std::size_t row, const auto &visit) {
                    visit(lengthClass(snapshot.intAt(row, IntField::OutputTokens)));
                },
                lengthText, spike);
        std::stable_sort(spike.drivers.begin(), spike.drivers.end(),
                         [](const SpikeDriver &a, const SpikeDriver &b) {
                             return a.contribution != b.contribution ? a.contribution > b.contribution
                                                                     : a.shareBefore < b.shareBefore;
                         });
        if (spike.drivers.size() > kMostDrivers)
            spike.drivers.resize(kMostDrivers);
    }
    return Done{};
}

} // namespace genscope
