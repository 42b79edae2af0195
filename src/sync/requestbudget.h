// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

namespace genscope {

/// Keeps the requests to one project within PostHog's limits, which all keys of the project share: at most
/// two under way, and in a minute and an hour somewhat fewer than the server lets through (240 and 2,400), so
/// that something is left for the people at its dashboards.
/// @thread any
class RequestBudget
{
public:
    using Clock = std::chrono::steady_clock;
    struct Limits
    {
        int inFlight = 2;
        std::size_t perMinute = 200;
        std::size_t perHour = 2'200;
    };

    RequestBudget();
    explicit RequestBudget(const Limits &limits) : m_limits(limits) {}

    /// The one that everything in this process shares for a project.
    static std::shared_ptr<RequestBudget> of(const QString &host, const QString &project);

    /// Takes the right to send one request. @return zero if it was given; else nothing was taken, and it may
    /// be so after that time. What was given is handed back with end().
    std::chrono::milliseconds begin(Clock::time_point now = Clock::now());
    void end();

    struct Use
    {
        std::size_t lastHour = 0;
        std::size_t perHour = 0;
    };
    Use use(Clock::time_point now = Clock::now());

private:
    void forget(Clock::time_point now);

    const Limits m_limits;
    std::mutex m_mutex;
    std::deque<Clock::time_point> m_sent; ///< in the last hour
    int m_inFlight = 0;
};

} // namespace genscope
