// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace genscope {

/// Tells whether calls were all priced by one list of rates, whatever these are: costs that are a sum of
/// token counts times constant rates. Least squares, in one pass.
class PriceFit
{
public:
    static constexpr std::size_t kRates = 4; ///< fresh input, read from the cache, written to it, output
    using Tokens = std::array<double, kRates>;

    void add(const Tokens &tokens, double usd);
    /// False also for too few calls to tell: any few numbers fit some rates.
    bool isOnePriceList() const;

private:
    using Row = std::array<double, kRates + 1>; ///< the last one is the right hand side

    std::array<Row, kRates> m_normal{};
    double m_squares = 0; ///< of the costs
    std::int64_t m_calls = 0;
};

} // namespace genscope
