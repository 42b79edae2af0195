// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace genscope {

/// How far a long job has come.
struct Progress
{
    std::int64_t bytesDone = 0;
    std::int64_t bytesTotal = 0; ///< 0 if not known (standard input)
    std::int64_t eventsDone = 0;
    double secondsElapsed = 0;
};

/// Called by workers, at most a few times a second. @thread the worker's
using ProgressCallback = std::function<void(const Progress &)>;

} // namespace genscope
