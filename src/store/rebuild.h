// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/connection.h"
#include "store/verify.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>

namespace genscope {

struct RebuildOptions
{
    std::shared_ptr<const PriceBook> prices; ///< null: the store's own book, as it is now
    WriterWait wait; ///< for programs that write to the store, or read from it while the new file takes over
    EventProgress onProgress;
};

struct RebuildReport
{
    std::int64_t events = 0;
    std::int64_t lost = 0;    ///< events, or copies of events, whose original bytes are damaged
    std::string firstLoss;    ///< where, if anything was lost
    QString damagedStoreKept; ///< where the store as it was is kept, if anything was lost
    double seconds = 0;
};

/// Makes everything that is derived (columns, dictionaries, the tables `event`, `property`, `group_type`, and
/// what events say of persons and groups) anew from the original bytes. What cannot be derived is kept:
/// sources, rejects, settings, prices, and what events that were not kept told about persons and groups.
///
/// The store is written as a new file beside the old one, which takes its place in one step at the end:
/// stopped, killed or out of disk space, the old store is as it was. Rows keep their numbers. Also brings
/// stores of older schemas up to date. If original bytes are damaged, what can be read is rebuilt, and the
/// damaged store is kept as `STORE.damaged`.
/// @error Io, Database, Cancelled; the store is then as it was
/// @thread any but the GUI's
Result<RebuildReport> rebuildStore(const QString &path, const RebuildOptions &options, const StopToken &stop);

} // namespace genscope
