// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/requestbudget.h"

#include <QHash>

#include <algorithm>

namespace genscope {

namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 50ms; // for the end of another request

} // namespace

RequestBudget::RequestBudget() : RequestBudget(Limits()) {}

std::shared_ptr<RequestBudget> RequestBudget::of(const QString &host, const QString &project)
{
    static std::mutex mutex;
    static QHash<QString, std::shared_ptr<RequestBudget>> budgets;
    const std::lock_guard lock(mutex);
    auto &budget = budgets[host + QLatin1Char('/') + project];
    if (!budget)
        budget = std::make_shared<RequestBudget>();
    return budget;
}

void RequestBudget::forget(Clock::time_point now)
{
    while (!m_sent.empty() && now - m_sent.front() >= 1h)
        m_sent.pop_front();
}

std::chrono::milliseconds RequestBudget::begin(Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    forget(now);
    if (m_inFlight >= m_limits.inFlight)
        return kLook;
    const auto until = [&](Clock::time_point free) {
        return std::max(std::chrono::ceil<std::chrono::milliseconds>(free - now), 1ms);
    };
    if (m_sent.size() >= m_limits.perHour)
        return until(m_sent[m_sent.size() - m_limits.perHour] + 1h);
    if (m_sent.size() >= m_limits.perMinute) {
        const Clock::time_point free = m_sent[m_sent.size() - m_limits.perMinute] + 1min;
        if (free > now)
            return until(free);
    }
    m_sent.push_back(now);
    ++m_inFlight;
    return 0ms;
}

void RequestBudget::end()
{
    const std::lock_guard lock(m_mutex);
    --m_inFlight;
}

RequestBudget::Use RequestBudget::use(Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    forget(now);
    return {m_sent.size(), m_limits.perHour};
}

} // namespace genscope
