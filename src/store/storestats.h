// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/result.h"
#include "store/connection.h"
#include "store/storereader.h"

namespace genscope {

/// @error Database
Result<StoreStats> storeStats(const Connection &connection, const Snapshot &snapshot);

} // namespace genscope
