// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/bytesource.h"

#include <cstdint>
#include <optional>
#include <string>

namespace genscope {

/// Goes through JSON text of any length piece by piece, so that a document of many rows need not be in
/// memory. Only brackets and strings are looked at: whoever parses a value judges the rest.
class JsonStream
{
public:
    /// @p head are the bytes already taken from @p source.
    JsonStream(ByteSource &source, std::string head) : m_source(source), m_text(std::move(head)) {}

    /// The next byte that is no white space; 0 at the end.
    char peek();
    void skipByte() { consume(1); }

    enum class Read : std::uint8_t {
        Whole,
        Cut,      ///< the text ends inside
        TooLarge, ///< skipped
    };
    /// Appends the value that begins at peek() to @p value, if not null and not longer than @p most bytes.
    Read readValue(std::string *value, std::size_t most);

    /// Copies all that is read from now on, up to @p most bytes, to @p copy; null ends that.
    void copyTo(std::string *copy, std::size_t most = 0)
    {
        m_copy = copy;
        m_copyMost = most;
    }

    /// Why reading ended before the text did. @error Io, Cancelled
    const std::optional<Error> &error() const { return m_error; }

private:
    bool more();
    void consume(std::size_t count);
    std::size_t valuePiece();

    ByteSource &m_source;
    std::string m_text;
    std::size_t m_at = 0;
    bool m_ended = false;
    std::optional<Error> m_error;
    std::string *m_copy = nullptr;
    std::size_t m_copyMost = 0;

    // of the value that is being read
    std::size_t m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_isScalar = false;
    bool m_done = false;
};

} // namespace genscope
