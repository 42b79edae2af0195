// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainactions.h"
#include "workspace/savedview.h"

#include <optional>
#include <string_view>

namespace genscope {

class PageStack;
class Workspace;

/// Pages by the names that saved views keep: `dashboard`, `generations`, ... They never change.
std::string_view pageName(PageId page);
std::optional<PageId> pageFromName(std::string_view name);

/// What time ranges that count back count from.
PresetAnchor newestAnchor(const Workspace &workspace, Timestamp now);

/// What is shown as a view without a name. A range that a preset would give now is kept as the preset, of
/// several as the one that was @p chosen.
SavedView shownView(const Workspace &workspace, const PageStack &pages, PageId page, Timestamp now,
                    std::optional<TimePreset> chosen);

} // namespace genscope
