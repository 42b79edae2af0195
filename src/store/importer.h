// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/progress.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/importreport.h"
#include "pricing/pricebook.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace genscope {

class DumpFormat;

struct ImportOptions
{
    bool allEvents = false;                  ///< also keep events that are not AI events
    std::shared_ptr<const PriceBook> prices; ///< null: the store's own book
    int threads = 0;                         ///< parsing threads; 0 chooses by the machine
    const DumpFormat *format = nullptr;      ///< of every file; null: told from content
    /// A batch is made durable after that many events, 160 MB of them, or two seconds. Every commit writes
    /// the last segment and the last blocks anew, so that smaller batches cost more; a batch ends early where
    /// the last segment is full.
    std::int64_t batchEvents = 98'304;
    /// Told when another program is writing to the store and this one waits.
    std::function<void(const QString &message)> onWaiting;
    std::chrono::milliseconds patience{60'000}; ///< how long it waits before it gives up
    ProgressCallback onProgress;
    /// Told after every committed batch: what changed, and the report so far. @thread the importing thread
    std::function<void(const SnapshotUpdate &, const ImportReport &)> onCommit;
};

/// Imports dumps (files, folders, `-` for standard input) into a store, which is made if it does not exist.
/// Events become durable in batches; stopped, killed or out of disk space, every committed batch stays and a
/// repeated import completes it. Importing twice changes nothing.
/// @return the report; with @p stop requested what was committed until then, and `cancelled` set
/// @error Io if the store cannot be opened for writing, Database if a batch cannot be written
/// @thread any but the GUI's; opens its own connection
Result<ImportReport> importDumps(const QString &storePath, const QStringList &paths,
                                 const ImportOptions &options, const StopToken &stop);

/// Makes an empty store if @p path does not exist; migrates an older one. @error Io
Status ensureStore(const QString &path);

} // namespace genscope
