// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace genscope {

class Connection;

/// Fills in, from the kept events, what stores of schema version 1 did not say in columns of their own and
/// prices need: service tiers, lifetimes of cache writes, audio, image, request and search counts, and which
/// events carry prices. Inside of the open transaction. Takes about as long as importing a tenth of the
/// events. @error Database
Status fillUsageColumns(const Connection &connection);

} // namespace genscope
