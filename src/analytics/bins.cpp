// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/bins.h"

#include "analytics/fieldunit.h"
#include "core/int128.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace genscope {

namespace {

constexpr double kPicoPerDollar = 1e12;
constexpr std::array kResolutions = {3, 5, 10, 20, 40, 80};

/// The 80 preferred numbers of a decade (ISO 3, R80), in hundredths. R40, R20, R10 and R5 are every second,
/// fourth ... of them.
constexpr std::array kPreferred = {
    100, 103, 106, 109, 112, 115, 118, 122, 125, 128, 132, 136, 140, 145, 150, 155, 160, 165, 170, 175,
    180, 185, 190, 195, 200, 206, 212, 218, 224, 230, 236, 243, 250, 258, 265, 272, 280, 290, 300, 307,
    315, 325, 335, 345, 355, 365, 375, 387, 400, 412, 425, 437, 450, 462, 475, 487, 500, 515, 530, 545,
    560, 580, 600, 615, 630, 650, 670, 690, 710, 730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975};
static_assert(kPreferred.size() == 80);

std::vector<int> mantissas(int perDecade)
{
    if (perDecade == 3)
        return {100, 200, 500};
    std::vector<int> values;
    const std::size_t every = kPreferred.size() / static_cast<std::size_t>(perDecade);
    for (std::size_t i = 0; i < kPreferred.size(); i += every)
        values.push_back(kPreferred[i]);
    return values;
}

/// The double nearest to mantissa / 100 * 10^exponent: what the filter reads from its text as well.
double realEdge(int mantissa, int exponent)
{
    const std::string text = std::to_string(mantissa) + "e" + std::to_string(exponent - 2);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::vector<double> positiveRealEdges(int perDecade)
{
    constexpr int kFirstExponent = -6;
    constexpr int kLastExponent = 9;
    std::vector<double> edges;
    for (int exponent = kFirstExponent; exponent < kLastExponent; ++exponent) {
        for (const int mantissa : mantissas(perDecade))
            edges.push_back(realEdge(mantissa, exponent));
    }
    edges.push_back(realEdge(100, kLastExponent));
    return edges;
}

std::vector<std::int64_t> positiveWholeEdges(int perDecade)
{
    std::vector<std::int64_t> edges;
    Int128 unit = 1;
    for (int exponent = 0; exponent <= 18; ++exponent, unit *= 10) {
        for (const int mantissa : mantissas(perDecade)) {
            const Int128 edge = (unit * mantissa + 50) / 100;
            if (edge > std::numeric_limits<std::int64_t>::max())
                return edges;
            if (edges.empty() || edges.back() < static_cast<std::int64_t>(edge))
                edges.push_back(static_cast<std::int64_t>(edge));
        }
    }
    return edges;
}

/// Of all @p positive edges, their mirror images and zero: those around @p lowest .. @p highest.
template<typename Value>
std::vector<Value> logEdges(const std::vector<Value> &positive, Value lowest, Value highest, Value endless)
{
    std::vector<Value> edges;
    for (auto edge = positive.rbegin(); lowest < 0 && edge != positive.rend(); ++edge)
        edges.push_back(-*edge);
    edges.push_back(0);
    edges.insert(edges.end(), positive.begin(), positive.end());
    const auto above = std::upper_bound(edges.begin() + 1, edges.end(), highest);
    if (above == edges.end())
        edges.push_back(endless);
    else
        edges.erase(above + 1, edges.end());
    const auto first = std::upper_bound(edges.begin(), edges.end(), lowest);
    if (first - edges.begin() > 1)
        edges.erase(edges.begin(), first - 1);
    return edges;
}

} // namespace

bool Binning::isResolution(int perDecade)
{
    return std::find(kResolutions.begin(), kResolutions.end(), perDecade) != kResolutions.end();
}

int Binning::resolutionFor(double perDecade)
{
    int best = kResolutions.front();
    for (const int resolution : kResolutions) {
        if (resolution <= perDecade)
            best = resolution;
    }
    return best;
}

std::optional<Binning> Binning::parse(std::string_view text)
{
    constexpr std::string_view kStep = "step ";
    Binning binning;
    const bool linear = text.starts_with(kStep);
    if (linear)
        text.remove_prefix(kStep.size());
    const auto readAll = [text](auto &number) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        return error == std::errc() && end == text.data() + text.size();
    };
    if (linear)
        return readAll(binning.step) && binning.step > 0 && std::isfinite(binning.step)
                   ? std::optional(binning)
                   : std::nullopt;
    return readAll(binning.perDecade) && isResolution(binning.perDecade) ? std::optional(binning)
                                                                         : std::nullopt;
}

NumberKind numberKindOf(const Field &field)
{
    switch (unitOf(field)) {
    case Unit::Usd:
        return NumberKind::Money;
    case Unit::Seconds:
    case Unit::TokensPerSecond:
        return NumberKind::Real;
    default:
        return field.id == Field::Id::Property ? NumberKind::Real : NumberKind::Whole;
    }
}

std::vector<double> realBinEdges(const Binning &binning, double lowest, double highest)
{
    constexpr double kEndless = std::numeric_limits<double>::infinity();
    if (!binning.isLinear())
        return logEdges(positiveRealEdges(binning.perDecade), lowest, highest, kEndless);
    // 0.3 is not 3 * 0.1: where the step is a part of one, dividing is nearer to what people write.
    const double parts = std::round(1 / binning.step);
    const bool divides = binning.step < 1 && std::abs(parts * binning.step - 1) < 1e-9;
    const auto edgeAt = [&](double index) { return divides ? index / parts : index * binning.step; };
    double index = std::floor(std::max(lowest, -1e15) / binning.step);
    while (edgeAt(index) > lowest && index * binning.step > -1e15)
        --index;
    std::vector<double> edges{edgeAt(index)};
    while (edges.back() <= highest && edges.size() <= kMostBins)
        edges.push_back(edgeAt(++index));
    if (edges.back() <= highest)
        edges.back() = kEndless;
    return edges;
}

std::vector<std::int64_t> wholeBinEdges(const Binning &binning, NumberKind kind, std::int64_t lowest,
                                        std::int64_t highest)
{
    constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max();
    if (!binning.isLinear())
        return logEdges(positiveWholeEdges(binning.perDecade), lowest, highest, kEndless);
    const double scaled = binning.step * (kind == NumberKind::Money ? kPicoPerDollar : 1);
    const Int128 step = std::llround(std::clamp(scaled, 1.0, 1e18));
    Int128 edge = Int128{lowest} / step * step;
    if (edge > lowest)
        edge -= step;
    std::vector<std::int64_t> edges{static_cast<std::int64_t>(std::max<Int128>(edge, -kEndless))};
    while (edges.back() <= highest && edges.back() < kEndless && edges.size() <= kMostBins)
        edges.push_back(static_cast<std::int64_t>(std::min<Int128>(edge += step, kEndless)));
    if (edges.back() <= highest)
        edges.back() = kEndless;
    return edges;
}

std::vector<double> binEdges(const Field &field, double lowest, double highest)
{
    const NumberKind kind = numberKindOf(field);
    if (kind == NumberKind::Real)
        return realBinEdges(*field.bins, lowest, highest);
    const double scale = kind == NumberKind::Money ? kPicoPerDollar : 1;
    const auto whole = [scale](double number) {
        return static_cast<std::int64_t>(std::llround(std::clamp(number * scale, -9e18, 9e18)));
    };
    std::vector<double> edges;
    for (const std::int64_t edge : wholeBinEdges(*field.bins, kind, whole(lowest), whole(highest)))
        edges.push_back(static_cast<double>(edge) / scale);
    return edges;
}

} // namespace genscope
