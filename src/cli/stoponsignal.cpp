// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/stoponsignal.h"

#include <csignal>

namespace genscope {

namespace {

// The token that the signals set; a handler can reach nothing but globals.
const StopToken *s_token = nullptr;

void requestStop(int)
{
    s_token->requestStop(); // a relaxed store to a lock-free atomic: safe in a handler
}

} // namespace

StopOnSignal::StopOnSignal()
{
    s_token = &m_token;
    std::signal(SIGINT, requestStop);
    std::signal(SIGTERM, requestStop);
}

StopOnSignal::~StopOnSignal()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    s_token = nullptr;
}

} // namespace genscope
