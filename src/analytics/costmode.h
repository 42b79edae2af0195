// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace genscope {

/// Which cost is shown: what events carry, what the price book says, or the first where carried and else the
/// second.
enum class CostMode { Auto, Reported, Recomputed };
inline constexpr int kCostModeCount = 3;

} // namespace genscope
