// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/timestamp.h"
#include "ingest/importreport.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace genscope {

/// One event that came in, as a list of the latest shows it.
struct CapturedEvent
{
    Timestamp receivedAt;
    Timestamp timestamp;
    std::string name;
    std::string model;
    std::string user; ///< distinct_id
    std::string traceId;
    std::string spanName;
    std::optional<double> inputTokens;
    std::optional<double> outputTokens;
    std::optional<double> latencySeconds;
    bool isError = false;
};

/// Something that went wrong with a request, or with the store.
struct CaptureTrouble
{
    Timestamp at;
    int status = 0; ///< of the answer; 0: the request was answered with success, or it is about the store
    QString what;   ///< the route, say
    QString reason;
};

/// What an endpoint has done so far.
struct CaptureStatus
{
    ImportReport report; ///< of what is in the store
    std::int64_t requests = 0;
    std::int64_t refused = 0;   ///< requests that were not answered with success
    double eventsPerSecond = 0; ///< over the last five seconds
    int connections = 0;
    /// The latest come last. Numbers run from the first ever.
    std::deque<CapturedEvent> latest;
    std::int64_t latestEnd = 0; ///< the number behind the last of `latest`
    std::deque<CaptureTrouble> troubles;
    std::int64_t troublesEnd = 0;

    static constexpr std::size_t kLatest = 500;
    static constexpr std::size_t kTroubles = 200;
};

} // namespace genscope
