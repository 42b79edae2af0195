// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace genscope {

bool isGzip(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b");
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t most)
{
    constexpr int kGzipOrZlib = 32;
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + kGzipOrZlib) != Z_OK)
        return std::nullopt;
    std::string input(bytes);
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::string out;
    std::array<char, 64 * 1024> buffer;
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || out.size() > most)
        return std::nullopt;
    return out;
}

} // namespace genscope
