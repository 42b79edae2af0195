// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/pricefit.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr double kScale = 1e-3;     ///< counts in thousands and costs in mills keep the numbers close to 1
constexpr double kMostError = 1e-3; ///< of the costs, as root mean square
constexpr std::int64_t kSpareCalls = 3; ///< beyond one a rate
constexpr double kMostUsdPerToken = 0.01;

} // namespace

void PriceFit::add(const Tokens &tokens, double usd)
{
    const double cost = usd / kScale;
    for (std::size_t i = 0; i < kRates; ++i) {
        for (std::size_t j = 0; j < kRates; ++j)
            m_normal[i][j] += tokens[i] * kScale * tokens[j] * kScale;
        m_normal[i][kRates] += tokens[i] * kScale * cost;
    }
    m_squares += cost * cost;
    ++m_calls;
}

bool PriceFit::isOnePriceList() const
{
    // Cholesky elimination; a kind of token that no call has, or always in proportion to another, is left
    // out.
    auto matrix = m_normal;
    double explained = 0;
    std::int64_t rates = 0;
    std::array<bool, kRates> used{};
    for (std::size_t i = 0; i < kRates; ++i) {
        if (matrix[i][i] <= m_normal[i][i] * 1e-9)
            continue;
        used[i] = true;
        ++rates;
        explained += matrix[i][kRates] * matrix[i][kRates] / matrix[i][i];
        for (std::size_t j = i + 1; j < kRates; ++j) {
            const double factor = matrix[j][i] / matrix[i][i];
            for (std::size_t k = i; k <= kRates; ++k)
                matrix[j][k] -= factor * matrix[i][k];
        }
    }
    if (rates == 0 || m_calls < rates + kSpareCalls || m_squares <= 0)
        return false;
    if (m_squares - explained > m_squares * kMostError * kMostError)
        return false;
    std::array<double, kRates> rate{};
    for (std::size_t i = kRates; i-- > 0;) {
        if (!used[i])
            continue;
        double rest = matrix[i][kRates];
        for (std::size_t k = i + 1; k < kRates; ++k)
            rest -= matrix[i][k] * rate[k];
        rate[i] = rest / matrix[i][i];
    }
    // kScale of both cancels: mills for a thousand tokens are USD for a million.
    return std::all_of(rate.begin(), rate.end(),
                       [](double usd) { return usd > -1e-9 && usd < kMostUsdPerToken / kScale / kScale; });
}

} // namespace genscope
