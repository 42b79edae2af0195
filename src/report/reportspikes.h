// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reportsections.h"

namespace genscope {

/// Unusual intervals of latency by model, errors by provider and cost by model, the strongest of each in
/// words and with what stands out. Says so where there are none. @error as searchSpikes() @thread any
Result<ReportSection> reportSpikes(const Selection &selection, const QLocale &locale);

} // namespace genscope
