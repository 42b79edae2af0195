// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace genscope {

/// zstd with a checksum in every frame. Keeps its buffers between calls: one per thread.
class Compressor
{
public:
    // Measured on blocks of 512 KB to 1 MB. Skeletons (ids and repeated names): level 1 makes 340 MB/s
    // and 11.8 %, level 3 190 MB/s and 11.9 %, level 6 50 MB/s and 10.8 %. On prose level 3 is worth its
    // time. On columns it takes two and a half times as long as level 1, for a store that is 1 % smaller.
    static constexpr int kFast = 1;
    static constexpr int kDense = 3;

    Compressor();
    std::string compress(std::string_view raw, int level);

private:
    struct Free
    {
        void operator()(ZSTD_CCtx_s *context) const;
    };
    static constexpr std::size_t kMostKept = 8 << 20; ///< more than a block or a segment

    std::unique_ptr<ZSTD_CCtx_s, Free> m_context;
    std::string m_buffer;
};

/// The other way round. One per thread.
class Decompressor
{
public:
    Decompressor();
    /// Replaces @p raw, and keeps @p padding readable bytes behind it (reserved, not part of its size).
    /// @return false if the bytes are damaged or are not of @p rawSize
    bool decompress(std::string_view compressed, std::size_t rawSize, std::string &raw,
                    std::size_t padding = 0);
    /// True if the frame itself says that it is of @p size: what a damaged store claims must not make us ask
    /// for all memory.
    static bool tellsSize(std::string_view compressed, std::size_t size);
    /// Fills @p out. @return false if the bytes are damaged or are not of that size
    bool decompressInto(std::string_view compressed, std::span<std::uint8_t> out);

private:
    struct Free
    {
        void operator()(ZSTD_DCtx_s *context) const;
    };
    std::unique_ptr<ZSTD_DCtx_s, Free> m_context;
};

} // namespace genscope
