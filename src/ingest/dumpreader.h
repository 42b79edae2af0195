// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/progress.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/dumpformat.h"
#include "ingest/importreport.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace genscope {

/// Consecutive events of one source, in its order.
struct EventBatch
{
    QString file;
    std::vector<Event> events;
    std::vector<Reject> rejects;
    std::int64_t known = 0;     ///< lines that DumpOptions::isKnown left out
    std::int64_t lines = 0;     ///< events + rejects + known
    std::int64_t bytesRead = 0; ///< of the file on disk, since the previous batch
    bool lastOfFile = false;
};

/// Takes batches in order, on the thread that called readDumps(): at least one of every file that could be
/// opened. An error ends the reading.
using BatchHandler = std::function<Status(EventBatch &&)>;

struct DumpOptions
{
    int threads = 0; ///< parsing threads; 0 chooses by the machine
    /// A longer event or capture body is a reject, so that no file can take all memory. [bytes]
    std::size_t largestRecord = std::size_t{256} << 20;
    KnownText isKnown = nullptr;
    const DumpFormat *format = nullptr; ///< of every file; null: told from content
};

struct DumpSummary
{
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::vector<QString> notes;      ///< about files; what is odd in an event is in Event::notes
    std::vector<QString> unreadable; ///< `path: reason`
};

/// The files that @p paths mean, in the order of import (manifest.h); `-` is standard input. Folders are
/// searched recursively: hidden files are left out, links to folders are not followed, and a manifest chooses
/// exactly the files that it lists. A folder without dumps gives a note; what does not exist, or is listed
/// and missing, goes to @c unreadable.
struct DumpFiles
{
    QStringList files;
    std::vector<QString> notes;
    std::vector<QString> unreadable;
    std::int64_t totalBytes = 0;
};
DumpFiles findDumps(const QStringList &paths);

/// Reads dumps of all dumpFormats(), plain or compressed (decompress.h), also inside of archives (archive.h),
/// whose entries are files of their own. What a file is, is told from its content. Parsing runs on several
/// threads, memory is bounded and does not grow with the file. A malformed line is a reject and the rest is
/// read. A compressed file cut short gives what could be decoded, and one reject that names the file.
/// @error Cancelled if @p stop, or what @p handler answered
Result<DumpSummary> readDumps(const QStringList &files, const DumpOptions &options,
                              const BatchHandler &handler, const StopToken &stop);

} // namespace genscope
