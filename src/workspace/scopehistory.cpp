// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/scopehistory.h"

namespace genscope {

void ScopeHistory::push(Scope scope)
{
    m_scopes.resize(m_at + 1);
    m_scopes.push_back(std::move(scope));
    if (m_scopes.size() > kLimit)
        m_scopes.erase(m_scopes.begin());
    m_at = m_scopes.size() - 1;
}

void ScopeHistory::reset(Scope scope)
{
    m_scopes.assign(1, std::move(scope));
    m_at = 0;
}

} // namespace genscope
