// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QTemporaryFile>

#include <memory>
#include <string>
#include <string_view>

namespace genscope {

/// Keeps records until it is known how to read them: a few in memory, many in a temporary file.
class RecordSpool
{
public:
    /// @error Io: no space for the temporary file
    Status add(std::string_view record);
    bool isEmpty() const { return m_count == 0; }
    /// To the first record; after that only next() makes sense, until clear().
    Status rewind();
    /// @return false behind the last record. @error Io
    Result<bool> next(std::string &record);
    void clear() { *this = RecordSpool(); }

private:
    static constexpr std::size_t kMostInMemory = 16 << 20;
    Status flush();
    Result<bool> read(char *to, std::size_t size);

    std::string m_memory;
    std::size_t m_at = 0;
    std::int64_t m_count = 0;
    std::unique_ptr<QTemporaryFile> m_file;
};

} // namespace genscope
