// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/compression.h"

#include <zstd.h>

#include <algorithm>
#include <new>

namespace genscope {

void Compressor::Free::operator()(ZSTD_CCtx_s *context) const
{
    ZSTD_freeCCtx(context);
}

Compressor::Compressor() : m_context(ZSTD_createCCtx())
{
    if (!m_context)
        throw std::bad_alloc();
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
}

std::string Compressor::compress(std::string_view raw, int level)
{
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, level);
    // Kept between calls: a new one would be cleared, and the answer is a tenth of it.
    m_buffer.resize(std::max(m_buffer.size(), ZSTD_compressBound(raw.size())));
    const std::size_t size =
        ZSTD_compress2(m_context.get(), m_buffer.data(), m_buffer.size(), raw.data(), raw.size());
    // With a buffer of ZSTD_compressBound() bytes the only failure left is one of memory.
    if (ZSTD_isError(size))
        throw std::bad_alloc();
    std::string out(m_buffer, 0, size);
    if (m_buffer.size() > kMostKept)
        m_buffer = {};
    return out;
}

void Decompressor::Free::operator()(ZSTD_DCtx_s *context) const
{
    ZSTD_freeDCtx(context);
}

Decompressor::Decompressor() : m_context(ZSTD_createDCtx())
{
    if (!m_context)
        throw std::bad_alloc();
}

bool Decompressor::decompress(std::string_view compressed, std::size_t rawSize, std::string &raw,
                              std::size_t padding)
{
    // The frame tells its size too: a damaged number must not make us ask for all memory.
    raw.clear();
    if (!tellsSize(compressed, rawSize))
        return false;
    raw.reserve(rawSize + padding);
    raw.resize(rawSize);
    return decompressInto(compressed, {reinterpret_cast<std::uint8_t *>(raw.data()), raw.size()});
}

bool Decompressor::decompressInto(std::string_view compressed, std::span<std::uint8_t> out)
{
    const std::size_t size =
        ZSTD_decompressDCtx(m_context.get(), out.data(), out.size(), compressed.data(), compressed.size());
    return !ZSTD_isError(size) && size == out.size();
}

bool Decompressor::tellsSize(std::string_view compressed, std::size_t size)
{
    return ZSTD_getFrameContentSize(compressed.data(), compressed.size()) == size;
}

} // namespace genscope
