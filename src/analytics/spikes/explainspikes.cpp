// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/explainspikes.h"

#include "analytics/spikes/callseries.h"
#include "core/parallel.h"

#include <QCoreApplication>

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace genscope {

namespace {

constexpr std::size_t kMostCalls = 6000;   ///< of a spike that are looked at, and of those before it
constexpr std::size_t kMostSampled = 2000; ///< where each has to be read from the store
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
    double expected = 0;         ///< weight inside that the usual makes, or calls inside where weights count
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

/// Keeps about @p most calls: one of each stretch, now here, now there in it, so that traffic with a rhythm
/// (every second call of one feature) is not taken for traffic of one kind.
void thinOut(std::vector<Weighed> &calls, std::size_t most = kMostCalls)
{
    if (calls.size() <= most)
        return;
    const std::size_t step = (calls.size() + most - 1) / most;
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < calls.size(); begin += step) {
        const std::uint64_t mixed = (begin + 1) * 0x9E37'79B9'7F4A'7C15u;
        calls[kept++] = calls[begin + (mixed >> 33) % std::min(step, calls.size() - begin)];
    }
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

void setScale(Sides &sides)
{
    const double before = sides.counts ? static_cast<double>(sides.before.size()) : weightOf(sides.before);
    sides.scale = before > 0 ? sides.expected / before : 0;
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
    sides.expected = spike.measure == SpikeMeasure::Cost
                         ? spike.baseline * static_cast<double>(sides.in.size()) / std::max(1.0, counted)
                         : static_cast<double>(sides.in.size());
    setScale(sides);
    return sides;
}

/// An even part of the calls around and before, in runs of rows, which lie together in a store: so that most
/// of it need not be read.
Sides sampled(const Sides &sides, std::size_t rows)
{
    constexpr std::size_t kRun = 2048;
    constexpr std::size_t kRowsPerPart = 400'000;
    constexpr std::size_t kEnough = 1000;
    const std::size_t parts = rows / kRowsPerPart + 1;
    const auto takePart = [&](std::vector<Weighed> &calls) {
        std::vector<Weighed> part;
        std::copy_if(calls.begin(), calls.end(), std::back_inserter(part),
                     [&](const Weighed &call) { return call.row / kRun % parts == 0; });
        if (part.size() >= kEnough)
            calls = std::move(part);
    };
    Sides sample = sides;
    takePart(sample.before);
    takePart(sample.around);
    const auto counted = static_cast<double>(sample.in.size());
    for (auto *side : {&sample.in, &sample.before, &sample.around})
        thinOut(*side, kMostSampled);
    sample.expected *= static_cast<double>(sample.in.size()) / std::max(1.0, counted);
    setScale(sample);
    return sample;
}

/// The length of the answer, where longer ones are part of it.
void compareLengths(const Sides &sides, const Snapshot &snapshot, Spike &spike)
{
    if (!spike.lengthFactor || *spike.lengthFactor < kLongerAnswers)
        return;
    compare(
        sides, std::string(kOutputTokensDimension),
        [&](std::size_t row, const auto &visit) {
            visit(lengthClass(snapshot.intAt(row, IntField::OutputTokens)));
        },
        lengthText, spike);
}

void compareSampled(const Sides &sides, const SampledDimension &dimension, Spike &spike)
{
    compare(
        sides, dimension.name,
        [&](std::size_t row, const auto &visit) { visit(std::int64_t{dimension.codes[row]}); },
        [&](std::int64_t code) {
            return code == 0 ? Cell() : Cell(dimension.values[static_cast<std::size_t>(code) - 1]);
        },
        spike);
}

void keepLargest(std::vector<SpikeDriver> &drivers)
{
    std::stable_sort(drivers.begin(), drivers.end(), [](const SpikeDriver &a, const SpikeDriver &b) {
        return a.contribution != b.contribution ? a.contribution > b.contribution
                                                : a.shareBefore < b.shareBefore;
    });
    if (drivers.size() > kMostDrivers)
        drivers.resize(kMostDrivers);
}

using NamedReader = std::pair<std::string, ValueReader>;

Result<std::vector<NamedReader>> openFields(const SpikeQuery &query, const std::vector<Field> &fields,
                                            const QueryContext &context)
{
    std::vector<NamedReader> readers;
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
    return readers;
}

/// Latencies at the mean of their logarithms, which one call that hangs does not move far.
std::vector<float> trendOf(const Spike &spike, std::span<const SpikeCall> calls)
{
    const std::int64_t length = spike.to.us - spike.from.us;
    const std::int64_t begin = spike.from.us - 2 * length;
    std::vector<double> sums(kSpikeTrend, 0.0);
    std::vector<int> counts(kSpikeTrend, 0);
    auto call =
        std::lower_bound(calls.begin(), calls.end(), begin,
                         [](const SpikeCall &each, std::int64_t time) { return each.startUs < time; });
    for (; call != calls.end() && call->startUs < begin + 5 * length; ++call) {
        if (!call->counts())
            continue;
        const auto at = static_cast<double>(call->startUs - begin) / (5.0 * static_cast<double>(length));
        const auto place = std::min(static_cast<std::size_t>(at * kSpikeTrend), kSpikeTrend - 1);
        sums[place] += static_cast<double>(call->measured);
        ++counts[place];
    }
    std::vector<float> trend;
    for (std::size_t i = 0; i < kSpikeTrend; ++i) {
        const double mean = sums[i] / counts[i];
        const double value = spike.measure == SpikeMeasure::Cost        ? sums[i]
                             : spike.measure == SpikeMeasure::ErrorRate ? mean
                                                                        : std::exp(mean);
        trend.push_back(static_cast<float>(value)); // NaN where there is nothing
    }
    return trend;
}

/// A spike with what is compared for it.
struct Explained
{
    Spike *spike = nullptr;
    Sides sides;
    Sides sample;
};

Explained gather(SpikeFinding &finding, std::size_t index, std::size_t rows, bool withSample)
{
    Explained explained;
    Spike &spike = finding.spikes[index];
    for (std::size_t value = 0; value < finding.calls.size(); ++value) {
        if (finding.calls.code(value) != spike.code)
            continue;
        explained.sides = sidesOf(spike, finding.spikes, finding.calls.calls(value));
        spike.trend = trendOf(spike, finding.calls.calls(value));
    }
    if (explained.sides.in.empty() || explained.sides.before.empty())
        return explained;
    explained.spike = &spike;
    if (withSample)
        explained.sample = sampled(explained.sides, rows);
    return explained;
}

RowSet rowsOf(const std::vector<Explained> &all, std::size_t rows)
{
    RowSet wanted(rows);
    for (const Explained &each : all) {
        for (const auto *side : {&each.sample.in, &each.sample.before, &each.sample.around}) {
            for (const Weighed &call : *side)
                wanted.set(call.row);
        }
    }
    return wanted;
}

} // namespace

Status explainSpikes(SpikeFinding &finding, const std::vector<std::size_t> &which, const SpikeQuery &query,
                     const std::vector<Field> &fields, const QueryContext &context, const SampleReader &more)
{
    if (which.empty())
        return Done{};
    const auto readers = openFields(query, fields, context);
    if (!readers)
        return readers.error();
    const Snapshot &snapshot = *context.data.snapshot;
    const StopToken &stop = context.data.stop;
    std::vector<Explained> all(which.size());
    forEachInParallel(which.size(), [&](std::size_t i) {
        if (!stop.stopRequested())
            all[i] = gather(finding, which[i], snapshot.rows(), more != nullptr);
    });
    Result<std::vector<SampledDimension>> dimensions{std::vector<SampledDimension>()};
    if (more && !stop.stopRequested())
        dimensions = more(rowsOf(all, snapshot.rows()));
    if (!dimensions)
        return dimensions.error();
    forEachInParallel(all.size(), [&](std::size_t i) {
        if (all[i].spike == nullptr || stop.stopRequested())
            return;
        Spike &spike = *all[i].spike;
        for (const NamedReader &named : *readers) {
            const ValueReader &reader = named.second;
            compare(
                all[i].sides, named.first,
                [&](std::size_t row, const auto &visit) { reader.forEach(row, visit); },
                [&](std::int64_t key) { return reader.cell(key); }, spike);
        }
        compareLengths(all[i].sides, snapshot, spike);
        for (const SampledDimension &dimension : *dimensions)
            compareSampled(all[i].sample, dimension, spike);
        keepLargest(spike.drivers);
    });
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Spikes", "Stopped."));
    return Done{};
}

} // namespace genscope
