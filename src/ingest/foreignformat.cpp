// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpformat.h"

#include "ingest/decompress.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLooked = 4096;

struct Signature
{
    std::string_view bytes;
    const char *what;
};

// Files that hold events, but not for us.
constexpr Signature kTables[] = {
    {"PAR1"sv, QT_TRANSLATE_NOOP("DumpReader", "a Parquet file")},
    {"ARROW1"sv, QT_TRANSLATE_NOOP("DumpReader", "an Arrow file")},
    {"Obj\x01"sv, QT_TRANSLATE_NOOP("DumpReader", "an Avro file")},
    {"ORC"sv, QT_TRANSLATE_NOOP("DumpReader", "an ORC file")},
    {"SQLite format 3"sv, QT_TRANSLATE_NOOP("DumpReader", "an SQLite database")},
};

constexpr Signature kCompressions[] = {
    {"\xfd"
     "7zXZ\0"sv,
     "xz"},
    {"BZh"sv, "bzip2"},
    {"\x04\x22\x4d\x18"sv, "lz4"},
    {"\xff\x06\0\0sNaPpY"sv, "snappy"},
    {"7z\xbc\xaf\x27\x1c"sv, "7-Zip"},
    {"Rar!\x1a\x07"sv, "RAR"},
};

QString advice(const QString &what)
{
    return QCoreApplication::translate(
               "DumpReader",
               "it is %1; export the events as JSON Lines (plain, gzip, zstd or brotli) or as CSV")
        .arg(what);
}

bool isPage(std::string_view head)
{
    const std::size_t begin = head.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && head[begin] == '<';
}

} // namespace

QString foreignTable(std::string_view head)
{
    for (const Signature &signature : kTables) {
        const bool mayBeText = signature.bytes.size() < 4 && looksLikeText(head.substr(0, kLooked));
        if (head.starts_with(signature.bytes) && !mayBeText)
            return QCoreApplication::translate("DumpReader", signature.what);
    }
    return {};
}

QString whyForeign(std::string_view head)
{
    if (const QString table = foreignTable(head); !table.isEmpty())
        return advice(table);
    for (const Signature &signature : kCompressions) {
        const bool mayBeText = signature.bytes.size() < 4 && looksLikeText(head.substr(0, kLooked));
        if (head.starts_with(signature.bytes) && !mayBeText) {
            return QCoreApplication::translate(
                       "DumpReader",
                       "it is compressed with %1; unpack it, or compress it with gzip, zstd or brotli")
                .arg(QLatin1String(signature.what));
        }
    }
    if (head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv))
        return QCoreApplication::translate("DumpReader", "its text is in UTF-16; save it in UTF-8");
    if (head.substr(0, kLooked).find('\0') != std::string_view::npos)
        return advice(QCoreApplication::translate("DumpReader", "a binary file"));
    if (isPage(head)) {
        return QCoreApplication::translate(
            "DumpReader",
            "it is a page of HTML or XML, as an expired link or a sign-in gives; download the export again");
    }
    return {};
}

bool looksLikeDump(const DumpHead &head)
{
    const std::size_t begin = head.bytes.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return false;
    if (head.bytes[begin] == '{' || head.bytes[begin] == '[')
        return true;
    const auto formats = dumpFormats();
    return std::any_of(formats.begin(), formats.end(), [&head](const DumpFormat *format) {
        if (format == &csvFormat())
            return isEventTable(head); // any other table need not be of PostHog
        return format != &jsonLinesFormat() && format->recognises(head); // those take any text
    });
}

} // namespace genscope
