// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/viewhistory.h"

namespace genscope {

void ViewHistory::push(ViewState view)
{
    m_views.resize(m_at + 1);
    m_views.push_back(std::move(view));
    if (m_views.size() > kLimit)
        m_views.erase(m_views.begin());
    m_at = m_views.size() - 1;
}

void ViewHistory::reset(ViewState view)
{
    m_views.assign(1, std::move(view));
    m_at = 0;
}

} // namespace genscope
