// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpreader.h"
#include "ingest/parsepool.h"

#include <QStringList>

namespace genscope {

class ArchiveReader;

/// Opens dumps, looks into archives, tells what each file is, and cuts it into chunks for the pool.
/// @thread its own
class FileFeeder
{
public:
    FileFeeder(const QStringList &files, const DumpOptions &options, ParsePool &pool)
        : m_files(files), m_options(options), m_pool(pool)
    {
    }

    /// Until everything is added or the pool is stopped.
    void run();

private:
    /// A source whose beginning was read.
    struct Opened
    {
        std::unique_ptr<ByteSource> source;
        std::string head;
        bool complete = false; ///< there is nothing behind head
    };
    static Result<Opened> open(Result<std::unique_ptr<ByteSource>> source);

    // All of these: false if the pool stopped.
    bool feedFile(const QString &path);
    bool feedArchive(const QString &path, std::unique_ptr<ByteSource> source);
    bool feedEntry(const QString &name, ArchiveReader &archive);
    bool feedSource(const QString &name, Opened opened);
    bool endArchive(const QString &path, const ArchiveReader &archive, const QString &damage);
    bool giveUp(const QString &name, const Error &error);
    bool giveUp(const QString &name, const QString &reason);
    bool add(ParsePool::Task task, const QString &name, std::int64_t bytesRead);

    const DumpFormat &formatOf(const DumpHead &head) const;

    const QStringList &m_files;
    const DumpOptions &m_options;
    ParsePool &m_pool;
    std::int64_t m_reported = 0; ///< bytes of the current file told so far
    // Of the current archive:
    int m_entries = 0;       ///< that were read
    int m_others = 0;        ///< that hold no events
    bool m_cutEntry = false; ///< the last one, and a reject says so
};

} // namespace genscope
