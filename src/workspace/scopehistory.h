// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <cstddef>
#include <vector>

namespace genscope {

/// The scopes that were shown, for undo and redo: a list and a place in it.
class ScopeHistory
{
public:
    const Scope &current() const { return m_scopes[m_at]; }
    /// Makes @p scope current; what was undone is forgotten. The oldest of more than kLimit scopes are
    /// forgotten.
    void push(Scope scope);
    /// Starts again with @p scope alone.
    void reset(Scope scope);
    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_scopes.size(); }
    void undo() { m_at -= canUndo(); }
    void redo() { m_at += canRedo(); }

    static constexpr std::size_t kLimit = 200;

private:
    std::vector<Scope> m_scopes = {Scope{}};
    std::size_t m_at = 0;
};

} // namespace genscope
