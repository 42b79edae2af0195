// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stoptoken.h"

namespace genscope {

/// While it lives, SIGINT and SIGTERM ask the running command to stop instead of killing it. One at a time.
class StopOnSignal
{
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal &) = delete;
    StopOnSignal &operator=(const StopOnSignal &) = delete;

    const StopToken &token() const { return m_token; }

private:
    StopToken m_token;
};

} // namespace genscope
