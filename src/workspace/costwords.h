// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <QString>

namespace genscope {

/// Which costs @p scope shows and of which day the prices behind them are, for what leaves the window:
/// `cost as reported, else by the price book of 2025-10-01`, `what if gpt-4o=gpt-4o-mini, else ...`.
QString costViewText(const Scope &scope);

/// The same in a word or two for what is seen beside money, `recomputed at today's prices`; empty where costs
/// are as the store was opened with: reported, else recomputed.
QString costViewNote(const Scope &scope);

/// For file names, `what-if`; empty likewise.
QString costViewMark(const Scope &scope);

} // namespace genscope
