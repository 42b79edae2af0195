// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace genscope {

/// How a sub-command ended: the contract of scripts and schedulers.
enum class ExitStatus {
    Done = 0,
    Incomplete = 1, ///< done, but something was rejected or a check failed
    Usage = 2,
    Io = 3,
    Remote = 4,
};

inline ExitStatus exitStatusOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Usage:
        return ExitStatus::Usage;
    case Error::Kind::Io:
    case Error::Kind::Database:
    case Error::Kind::Parse:
        return ExitStatus::Io;
    case Error::Kind::Network:
        return ExitStatus::Remote;
    case Error::Kind::Cancelled:
        return ExitStatus::Incomplete;
    }
    return ExitStatus::Io;
}

} // namespace genscope
