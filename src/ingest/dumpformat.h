// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "ingest/bytesource.h"
#include "ingest/importreport.h"
#include "ingest/normalise.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// How dumps are laid out. A new format is one file with one class derived from DumpFormat, and one line in
// dumpFormats().

/// One event's or capture body's bytes inside a chunk.
struct Record
{
    std::size_t offset = 0;
    std::size_t length = 0;
    std::int64_t number = 0; ///< from 1
};

/// What a format knows of a whole dump, such as the header of a table. Never changes once made.
struct DumpContext
{
    DumpContext() = default;
    virtual ~DumpContext() = default;
    DumpContext(const DumpContext &) = delete;
    DumpContext &operator=(const DumpContext &) = delete;
};

/// Whole records that follow each other in a dump: what one thread parses at a time.
struct Chunk
{
    std::shared_ptr<const DumpContext> context; ///< for formats whose records need one
    std::string bytes;
    std::vector<Record> records;  ///< empty for formats that split while parsing
    std::vector<Reject> rejects;  ///< found while splitting, behind the records
    std::int64_t linesInside = 0; ///< lines that were left out
};

/// Tells texts of events, as Event::raw would have them, that need not be parsed because they were read
/// before: those are only counted. @thread several at once
using KnownText = std::function<bool(std::string_view raw)>;

/// The events of one chunk.
struct ParsedChunk
{
    std::vector<Event> events;
    std::int64_t known = 0;       ///< left out by KnownText
    std::vector<Reject> rejects;  ///< `line` relative to the chunk if the format counts lines
    std::int64_t linesInside = 0; ///< to add to the line numbers of later chunks
};

/// Cuts one dump into chunks. @thread the reading one
class ChunkReader
{
public:
    ChunkReader() = default;
    virtual ~ChunkReader() = default;
    ChunkReader(const ChunkReader &) = delete;
    ChunkReader &operator=(const ChunkReader &) = delete;

    /// Nothing at the end. @error Io, Cancelled; Parse: the whole file is refused
    virtual Result<std::optional<Chunk>> next() = 0;
    /// At the end: what a reader of the report should know about the file.
    virtual QString note() const { return {}; }
};

/// The beginning of a dump, decompressed.
struct DumpHead
{
    std::string_view bytes; ///< without a byte order mark
    bool complete = false;  ///< there is nothing behind it
};

/// One layout of dump files. @thread any
class DumpFormat
{
public:
    DumpFormat() = default;
    virtual ~DumpFormat() = default;
    DumpFormat(const DumpFormat &) = delete;
    DumpFormat &operator=(const DumpFormat &) = delete;

    /// What `import --format` calls it.
    virtual QLatin1String name() const = 0;
    virtual bool recognises(const DumpHead &head) const = 0;
    /// @p head are the bytes already taken from @p source; a record of more than about @p largestRecord bytes
    /// is a reject.
    virtual std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                                std::size_t largestRecord) const = 0;
    virtual ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const = 0;
};

/// All formats, the ones that recognise less before those that recognise more; the last takes every text.
std::span<const DumpFormat *const> dumpFormats();
/// Null if there is none of that name.
const DumpFormat *dumpFormatNamed(const QString &name);

const DumpFormat &savedRequestFormat(); ///< a capture request as it went over the wire
const DumpFormat &csvFormat();          ///< a table of events with a header
const DumpFormat &jsonDocumentFormat(); ///< an answer of the API, or a capture body of any length
const DumpFormat &jsonValuesFormat();   ///< one JSON document over many lines, or a list of events
const DumpFormat &jsonLinesFormat();    ///< one event, list of events or capture body a line

/// Why no format can read a file that begins with @p head, and what to do; empty if one may.
QString whyForeign(std::string_view head);
/// What a file of events is that Genscope does not read (`a Parquet file`); empty for anything else.
QString foreignTable(std::string_view head);
/// Whether @p head begins a table whose columns hold events or persons.
bool isEventTable(const DumpHead &head);
/// Whether a file found in a folder or an archive is worth reading.
bool looksLikeDump(const DumpHead &head);

inline constexpr std::size_t kChunkSize = 1 << 20;
/// Appends kChunkSize bytes, or what is left; @p ended tells the latter. @error Io, Cancelled
Status appendFrom(ByteSource &source, std::string &buffer, bool &ended);

/// The reason for the reject of a record that is too large.
QString recordTooLarge(std::size_t largestRecord);

} // namespace genscope
