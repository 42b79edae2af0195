// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace genscope {

/// How much to ask for at once: a stretch of time, and a number of rows. Follows how the server copes.
class PagePacer
{
public:
    struct Bounds
    {
        std::int64_t leastUs = 60'000'000;
        std::int64_t mostUs = std::int64_t{62} * 86'400'000'000;
        int mostRows = 10'000;
        std::int64_t bytes = 16 << 20; ///< of an answer, about
    };

    PagePacer(std::int64_t windowUs, int rows, const Bounds &bounds)
        : m_bounds(bounds),
          m_windowUs(windowUs),
          m_ceilingUs(bounds.mostUs),
          m_rows(rows),
          m_mostRows(bounds.mostRows)
    {
    }

    std::int64_t windowUs() const { return m_windowUs; }
    int rows() const { return m_rows; }
    /// The server gives no more at once, whatever it is asked for.
    void limitRows(int most);

    void took(int rows, std::int64_t bytes, double seconds);
    /// A shorter stretch, else fewer rows. @return false if there is no less to ask for
    bool tooHeavy();
    /// Fewer rows. @return false if it was one
    bool tooLarge();

private:
    const Bounds m_bounds;
    std::int64_t m_windowUs;
    std::int64_t m_ceilingUs; ///< what was not too much, once something was
    int m_sinceHeavy = 0;     ///< answers
    int m_rows;
    int m_mostRows;
};

} // namespace genscope
