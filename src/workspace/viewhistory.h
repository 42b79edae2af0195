// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/viewstate.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace genscope {

/// The views that were shown, for undo and redo: a list and a place in it.
class ViewHistory
{
public:
    const ViewState &current() const { return m_views[m_at]; }
    /// Makes @p view current; what was undone is forgotten. The oldest of more than kLimit views are
    /// forgotten.
    void push(ViewState view);
    /// Replaces the arrangement of the current view: no step.
    void amend(Arrangement arrangement) { m_views[m_at].arrangement = std::move(arrangement); }
    /// Starts again with @p view alone.
    void reset(ViewState view);
    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_views.size(); }
    void undo() { m_at -= canUndo(); }
    void redo() { m_at += canRedo(); }

    static constexpr std::size_t kLimit = 200;

private:
    std::vector<ViewState> m_views = {ViewState{}};
    std::size_t m_at = 0;
};

} // namespace genscope
