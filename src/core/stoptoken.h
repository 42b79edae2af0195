// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace genscope {

/// Asks long work to stop. Copies share one flag; work functions poll it every few thousand items.
/// @thread any
class StopToken
{
public:
    StopToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}

    void requestStop() const { m_flag->store(true, std::memory_order_relaxed); }
    bool stopRequested() const { return m_flag->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

} // namespace genscope
