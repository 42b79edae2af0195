// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <archive.h>
#include <archive_entry.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

/// @p text as one zstd frame.
inline std::string zstdFrame(std::string_view text)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
    EXPECT_FALSE(ZSTD_isError(size));
    out.resize(size);
    return out;
}

/// A frame that holds no text: what tools keep indexes in.
inline std::string skippableFrame(std::string_view content)
{
    std::string out = "\x52\x2a\x4d\x18";
    for (unsigned shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(content.size() >> shift & 0xff);
    return out + std::string(content);
}

inline std::string brotli(std::string_view text)
{
    std::string out(BrotliEncoderMaxCompressedSize(text.size()) + 16, '\0');
    std::size_t size = out.size();
    EXPECT_TRUE(BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                                      reinterpret_cast<const std::uint8_t *>(text.data()), &size,
                                      reinterpret_cast<std::uint8_t *>(out.data())));
    out.resize(size);
    return out;
}

struct PackedFile
{
    std::string path;
    std::string bytes;
};

/// An archive of @p files. @p format: ARCHIVE_FORMAT_ZIP or ARCHIVE_FORMAT_TAR_USTAR
/// @p password  encrypts the entries of a zip archive
inline std::string packed(const std::vector<PackedFile> &files, int format = ARCHIVE_FORMAT_ZIP,
                          const char *password = nullptr)
{
    std::string out(1 << 20, '\0');
    for (const PackedFile &file : files)
        out.resize(out.size() + file.bytes.size() + 4096);
    std::size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_set_format(writer, format);
    if (password) {
        archive_write_set_options(writer, "zip:encryption=aes256");
        archive_write_set_passphrase(writer, password);
    }
    archive_write_set_bytes_in_last_block(writer, 1);
    EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK);
    for (const PackedFile &file : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.path.c_str());
        archive_entry_set_filetype(entry, file.path.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
        EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
        archive_write_data(writer, file.bytes.data(), file.bytes.size());
        archive_entry_free(entry);
    }
    EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
    archive_write_free(writer);
    out.resize(used);
    return out;
}

} // namespace genscope
