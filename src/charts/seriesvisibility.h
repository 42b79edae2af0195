// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

namespace genscope {

/// Which series of a chart are shown. Kept by name, so that it survives new numbers.
class SeriesVisibility
{
public:
    /// The series there are now; those that were hidden stay hidden, unless that would hide all.
    void setSeries(std::vector<std::string> keys);
    bool isVisible(std::size_t series) const;
    bool allVisible() const { return m_hidden.empty(); }
    /// Shows only @p series; once more shows all.
    void isolate(std::size_t series);
    /// Hides or shows @p series. Hiding the last one shows all.
    void toggle(std::size_t series);

private:
    void showAllIfNone();

    std::vector<std::string> m_keys;
    std::set<std::string> m_hidden;
};

} // namespace genscope
