// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/verify.h"

namespace genscope {

/// A line on standard error, if that is a terminal, that tells how many events, or blocks of them, are
/// done. It is gone when this
/// is destroyed.
class ProgressLine
{
public:
    enum class Unit { Events, Blocks };
    explicit ProgressLine(Unit unit = Unit::Events);
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    EventProgress callback() const;

private:
    Unit m_unit;
    bool m_shown = false;
};

} // namespace genscope
