// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "app/mainactions.h"

#include <optional>
#include <vector>

namespace genscope {

/// Where the user has been: Alt+Left and Alt+Right. Going back over a drill-down also brings back the scope
/// it started from; going back over a plain change of page does not touch the scope.
class PageHistory
{
public:
    struct Place
    {
        PageId page = PageId::Dashboard;
        std::optional<Scope> scope; ///< to restore; absent: keep what is set
    };

    PageId current() const { return m_places[m_at].page; }
    /// Goes to @p page. @param drilledFrom  the scope before a drill-down changed it
    /// @param drilledTo  the scope it leads to
    void visit(PageId page, const std::optional<Scope> &drilledFrom = {},
               const std::optional<Scope> &drilledTo = {});
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }
    Place back();
    Place forward();

private:
    struct Entry
    {
        PageId page = PageId::Dashboard;
        std::optional<Scope> before; ///< what back() from here restores
        std::optional<Scope> after;  ///< what forward() to here restores
    };
    std::vector<Entry> m_places = {Entry{}};
    std::size_t m_at = 0;
};

} // namespace genscope
