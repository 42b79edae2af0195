// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace genscope {

/// The bytes of a dump in order. @thread one at a time
class ByteSource
{
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;

    /// Fills @p to with up to @p size bytes. @return how many; 0 at the end. @error Io, Cancelled
    virtual Result<std::size_t> read(char *to, std::size_t size) = 0;
    /// Waits a little for input. @return true if none came: whoever writes into a pipe is pausing
    virtual bool isSilent() { return false; }
    /// Bytes taken from the file so far: compressed ones for compressed files.
    virtual std::int64_t bytesRead() const = 0;
    /// At the end: why the data stops before it should; empty if it does not.
    virtual QString damage() const { return {}; }
    /// Goes to the byte @p position of the file. @return false if this source cannot
    virtual bool seek(std::int64_t position)
    {
        Q_UNUSED(position)
        return false;
    }
    /// Of the file; negative if it is not known.
    virtual std::int64_t size() const { return -1; }
};

/// The bytes of a file, pipe or standard input (`-`) as they are. @p stopped ends a wait for input. @error Io
Result<std::unique_ptr<ByteSource>> openFile(const QString &path, const std::atomic<bool> &stopped);

/// Bytes that are in memory already, and outlive the source.
std::unique_ptr<ByteSource> bytesInMemory(std::string_view bytes);

/// First @p head, which was read to find out what a source is, then the rest of it.
std::unique_ptr<ByteSource> putBack(std::unique_ptr<ByteSource> source, std::string head);

/// Reads up to @p size more bytes into @p head, fewer only at the end. @error Io, Cancelled
Status readAhead(ByteSource &source, std::string &head, std::size_t size);

/// openFile(), decompressed (decompress.h).
Result<std::unique_ptr<ByteSource>> openByteSource(const QString &path, const std::atomic<bool> &stopped);

} // namespace genscope
