// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/bytesource.h"

#include <QString>

#include <memory>
#include <optional>
#include <string_view>

struct archive;

namespace genscope {

/// Whether @p head begins a zip or tar archive.
bool isArchive(std::string_view head);

/// The files inside a zip or tar archive, one after the other. Nothing is ever written: the names inside are
/// labels only. @thread one at a time
class ArchiveReader
{
public:
    /// A file in the archive.
    struct Entry
    {
        QString path;        ///< as the archive names it, made valid UTF-8
        bool hidden = false; ///< what systems leave behind: `.DS_Store`, `__MACOSX/...`
        bool encrypted = false;
    };

    /// @p source: of the archive, without compression around it
    explicit ArchiveReader(std::unique_ptr<ByteSource> source);
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader &) = delete;
    ArchiveReader &operator=(const ArchiveReader &) = delete;

    /// The next file; nothing at the end. Folders, links and devices are left out.
    /// @error Io: the archive is damaged here; Cancelled
    Result<std::optional<Entry>> next();
    /// The bytes of the file that next() found, up to the next call of it.
    std::unique_ptr<ByteSource> open();
    std::int64_t bytesRead() const;

private:
    struct Input;
    class EntrySource;
    struct Free
    {
        void operator()(archive *opened) const;
    };

    Error failure() const;

    std::unique_ptr<Input> m_input;
    std::unique_ptr<archive, Free> m_archive; ///< reads m_input, so it goes first
};

} // namespace genscope
