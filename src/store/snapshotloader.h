// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "store/connection.h"

#include <memory>

namespace genscope {

/// The columns of a store as of now; event rows are not read. Segments are unpacked on all cores.
/// @error Database, Cancelled
Result<std::shared_ptr<const Snapshot>> readSnapshot(const Connection &connection, const StopToken &stop);

} // namespace genscope
