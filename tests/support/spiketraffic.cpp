// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/spiketraffic.h"

#include "core/event.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace genscope::test {

namespace {

constexpr std::size_t kModels = 24;
constexpr std::size_t kProviders = 4;
constexpr std::size_t kSpikeModels = 16; ///< the busiest
constexpr std::size_t kNewModel = 9;
constexpr std::size_t kSlowerModel = 6;
constexpr std::int64_t kStartUs = 1'748'822'400'000'000; // 2025-06-02, a Monday
constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr int kStepsPerDay = 288; ///< of five minutes
constexpr double kPi = 3.14159265358979323846;

/// SplitMix64: the distributions of <random> differ between libraries.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed)
    {
        m_state = next() ^ (seed << 32); // else the next seed would give the same numbers, one later
    }

    std::uint64_t next()
    {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    bool chance(double p) { return unit() < p; }
    double normal() { return std::sqrt(-2 * std::log(unit() + 1e-300)) * std::cos(2 * kPi * unit()); }
    double around(double median, double sigma) { return median * std::exp(sigma * normal()); }

private:
    std::uint64_t m_state;
};

struct Model
{
    double weight;
    double firstToken; ///< seconds
    double speed;      ///< tokens a second
    double tokens;     ///< median of an answer
    double rhythm;     ///< how much the load of the hour slows it
};

/// What a call runs into at its time.
class Weather
{
public:
    Weather(int days, Random &random) : m_traffic(1, 0.0)
    {
        const int steps = days * kStepsPerDay;
        std::array<double, kProviders> wander{};
        for (int step = 0; step < steps; ++step) {
            const double hour = std::fmod(step / 12.0, 24.0);
            const bool weekend = step / kStepsPerDay % 7 >= 5;
            const double day = std::exp(-std::pow((hour - 14.5) / 4.2, 2));
            const double load = (0.2 + day) * (weekend ? 0.4 : 1.0);
            m_traffic.push_back(m_traffic.back() + load * (1 + 0.5 * step / steps) * random.around(1, 0.1));
            m_load.push_back(load);
            for (std::size_t provider = 0; provider < kProviders; ++provider) {
                // Forgets half in an hour, and stays within a tenth or so.
                wander[provider] = 0.944 * wander[provider] + 0.026 * random.normal();
                m_wander[provider].push_back(wander[provider]);
            }
        }
    }
    /// The instant before which a share of all calls comes. @param share  0..1
    std::int64_t timeOf(double share) const
    {
        const double wanted = share * m_traffic.back();
        const auto next = std::upper_bound(m_traffic.begin() + 1, m_traffic.end() - 1, wanted);
        const auto step = static_cast<std::size_t>(next - m_traffic.begin()) - 1;
        const double part = (wanted - m_traffic[step]) / (m_traffic[step + 1] - m_traffic[step]);
        return kStartUs + static_cast<std::int64_t>((static_cast<double>(step) + part) * 5 *
                                                    static_cast<double>(kMinuteUs));
    }
    double slowness(std::int64_t us, std::size_t provider, double rhythm) const
    {
        const auto step =
            std::min(static_cast<std::size_t>((us - kStartUs) / (5 * kMinuteUs)), m_load.size() - 1);
        return std::exp(rhythm * m_load[step] + m_wander[provider][step]);
    }

private:
    std::vector<double> m_traffic; ///< sums up to each step
    std::vector<double> m_load;
    std::array<std::vector<double>, kProviders> m_wander;
};

class Maker
{
public:
    explicit Maker(const TrafficOptions &options)
        : m_options(options), m_random(options.seed), m_weather(options.days, m_random)
    {
        double sum = 0;
        for (std::size_t model = 0; model < kModels; ++model) {
            m_models.push_back({1 / std::pow(static_cast<double>(model + 1), 1.1), m_random.around(0.6, 0.6),
                                m_random.around(70, 0.5), m_random.around(200, 0.6),
                                model % 2 == 0 ? 0.25 * m_random.unit() : 0.0});
            m_sums.push_back(sum += m_models.back().weight);
        }
        for (int i = 0; i < options.spikes; ++i) {
            KnownSpike spike;
            m_spikeModels.push_back(m_random.next() % kSpikeModels);
            spike.model = nameOf(m_spikeModels.back());
            spike.fromUs = m_weather.timeOf(0.95 * m_random.unit()) / kMinuteUs * kMinuteUs;
            spike.toUs = spike.fromUs +
                         static_cast<std::int64_t>(30 + 420 * m_random.unit() * m_random.unit()) * kMinuteUs;
            spike.factor = std::round(10 * (2 + 6 * m_random.unit())) / 10;
            m_spikes.push_back(spike);
        }
    }

    Traffic make()
    {
        std::size_t made = 0;
        while (made < m_options.generations) {
            const double share = static_cast<double>(made) / static_cast<double>(m_options.generations);
            std::int64_t us = m_weather.timeOf(share);
            const double alike = 0.15 * m_random.normal();
            const std::size_t calls = m_random.chance(0.4) ? 1 : 1 + m_random.next() % 5;
            for (std::size_t i = 0; i < calls && made < m_options.generations; ++i, ++made)
                us += addCall(us, alike);
        }
        return finish();
    }

private:
    static std::string nameOf(std::size_t model)
    {
        return std::string("model-").append(std::to_string(model));
    }

    std::size_t pickModel(std::int64_t us)
    {
        for (;;) {
            const auto found =
                std::lower_bound(m_sums.begin(), m_sums.end() - 1, m_random.unit() * m_sums.back());
            const auto model = static_cast<std::size_t>(found - m_sums.begin());
            if (model != kNewModel || us >= middleUs())
                return model;
        }
    }
    std::int64_t middleUs() const { return kStartUs + m_options.days * kMicrosPerDay / 2; }

    /// @return how long it took [us]
    std::int64_t addCall(std::int64_t us, double alike)
    {
        const std::size_t number = pickModel(us);
        const Model &model = m_models[number];
        const double tokens = std::floor(m_random.around(model.tokens, 0.9)) + 1;
        double slowness = m_weather.slowness(us, number % kProviders, model.rhythm) * std::exp(alike) *
                          (number == kSlowerModel && us >= middleUs() ? 7.0 / 6 : 1.0) *
                          (m_random.chance(0.003) ? 10 : 1);
        const double usualFailures = 0.01 + 0.01 * static_cast<double>(number % 4);
        bool fails = m_random.chance(usualFailures);
        double price = 1;
        for (std::size_t i = 0; i < m_spikes.size(); ++i) {
            if (m_spikeModels[i] != number || us < m_spikes[i].fromUs || us >= m_spikes[i].toUs)
                continue;
            const double factor = m_spikes[i].factor;
            if (m_options.measure == SpikeMeasure::ErrorRate)
                fails = fails || m_random.chance(factor / 10 - 0.1);
            else
                (m_options.measure == SpikeMeasure::Cost ? price : slowness) *= factor;
            m_spikes[i].calls += fails && m_options.measure != SpikeMeasure::ErrorRate ? 0 : 1;
        }
        const double first = m_random.around(model.firstToken, 0.4) * slowness;
        const double seconds =
            fails ? m_random.around(0.3, 0.8) : first + tokens / model.speed * m_random.around(slowness, 0.2);
        const auto micros = static_cast<std::int64_t>(std::round(seconds * 1000)) * 1000;
        append(number, us, micros, first, tokens, price, fails);
        return micros;
    }
    void append(std::size_t model, std::int64_t us, std::int64_t micros, double first, double tokens,
                double price, bool fails)
    {
        FactRow row;
        row.uuid = Uuid::derivedFrom(std::to_string(++m_count));
        row[IntField::Timestamp] = us + micros;
        row[IntField::Kind] = static_cast<std::int64_t>(EventKind::Generation);
        row[IntField::Model] = code(DictField::Model, nameOf(model));
        row[IntField::Provider] =
            code(DictField::Provider, std::string("provider-").append(std::to_string(model % kProviders)));
        row[IntField::Flags] = fails ? std::int64_t{IsErrorFlag} : 0;
        row[IntField::HttpStatus] = fails ? 500 : 200;
        row[RealField::Latency] = static_cast<double>(micros) / 1e6;
        if (!fails) {
            row[RealField::TimeToFirstToken] = std::round(first * 1000) / 1000;
            row[IntField::OutputTokens] = static_cast<std::int64_t>(tokens);
            row[IntField::ReportedTotal] = 1'000'000 * static_cast<std::int64_t>(tokens * price);
        }
        m_rows.append(row);
        if (m_rows.full()) {
            m_segments.push_back(m_rows.freeze());
            m_rows.clear();
        }
    }
    std::int64_t code(DictField field, const std::string &text)
    {
        return m_dictionaries[static_cast<std::size_t>(field)].intern(text);
    }
    Traffic finish()
    {
        if (m_rows.rows() > 0)
            m_segments.push_back(m_rows.freeze());
        std::array<DictionaryView, kDictFieldCount> views;
        for (std::size_t field = 0; field < views.size(); ++field)
            views[field] = m_dictionaries[field].view();
        return {std::make_shared<const Snapshot>(m_segments, std::move(views), std::vector<std::string>{},
                                                 std::vector<std::pair<std::uint32_t, std::uint32_t>>{}),
                m_spikes};
    }

    TrafficOptions m_options;
    Random m_random;
    Weather m_weather;
    std::vector<Model> m_models;
    std::vector<double> m_sums; ///< of weights
    std::vector<KnownSpike> m_spikes;
    std::vector<std::size_t> m_spikeModels;
    std::size_t m_count = 0;
    SegmentBuilder m_rows;
    std::vector<std::shared_ptr<const Segment>> m_segments;
    std::array<Dictionary, kDictFieldCount> m_dictionaries;
};

} // namespace

Traffic makeTraffic(const TrafficOptions &options)
{
    return Maker(options).make();
}

} // namespace genscope::test
