// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/viewtaker.h"

#include "app/dashboardpage.h"
#include "app/pagestack.h"
#include "app/tables/tablepage.h"
#include "workspace/workspace.h"

#include <array>

namespace genscope {

namespace {

constexpr std::array<std::string_view, kPages.size()> kPageNames = {
    "dashboard",  "generations", "traces",  "sessions", "users",  "customers", "errors", "tools",
    "embeddings", "feedback",    "latency", "spikes",   "prices", "quality",   "listen"};
static_assert(!kPageNames.back().empty(), "a page without a name");

} // namespace

std::string_view pageName(PageId page)
{
    return kPageNames[static_cast<std::size_t>(page)];
}

std::optional<PageId> pageFromName(std::string_view name)
{
    for (const PageId page : kPages) {
        if (pageName(page) == name)
            return page;
    }
    return std::nullopt;
}

PresetAnchor newestAnchor(const Workspace &workspace, Timestamp now)
{
    const TimeRange covered = workspace.selection()->covered();
    return presetAnchor(covered.to ? std::optional(Timestamp{covered.to->us - 1}) : std::nullopt, now);
}

SavedView shownView(const Workspace &workspace, const PageStack &pages, PageId page, Timestamp now,
                    std::optional<TimePreset> chosen)
{
    SavedView view;
    view.icon = kViewIcons.front();
    view.page = pageName(page);
    view.scope = workspace.scope();
    view.preset = presetOf(view.scope.range, newestAnchor(workspace, now), view.scope.zone, chosen);
    if (const TablePage *table = pages.table(page))
        view.table = table->tableLayout();
    if (page == PageId::Dashboard)
        view.dashboard = pages.dashboard()->layoutJson();
    return view;
}

} // namespace genscope
