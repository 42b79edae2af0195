// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartcontext.h"
#include "workspace/selection.h"

namespace genscope {

/// What charts over a selection say about it. @param now  decides which buckets still grow
ChartContext contextOf(const Selection &selection, Timestamp now);

} // namespace genscope
