// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/bytesource.h"

#include <memory>
#include <string>
#include <string_view>

namespace genscope {

/// @p source without its compression: gzip, zlib and zstd are told by their first bytes; brotli has none, and
/// is tried where the bytes are no text but decode to some. Anything else is passed on as it is. The members
/// of a gzip file and the frames of a zstd file are one text. Memory does not grow with the data, however
/// well it is compressed. @error Io, Cancelled
Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source);

/// The same for bytes that are in memory and have to be whole.
/// @error Parse: they are damaged; Io: they hold more than @p most bytes
Result<std::string> decompressedText(std::string_view bytes, std::size_t most);

/// Whether @p bytes begin as gzip does.
bool isGzip(std::string_view bytes);

/// Whether @p head, the beginning of some bytes, can be text: UTF-8 without control characters, possibly cut
/// inside of a character.
bool looksLikeText(std::string_view head);

} // namespace genscope
