// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpformat.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>
#include <vector>

namespace genscope {

namespace {

constexpr std::string_view kSpace = " \t\r";

/// Cuts behind the last line end of about kChunkSize bytes; a longer line makes a longer chunk.
class LineChunkReader final : public ChunkReader
{
public:
    LineChunkReader(ByteSource &source, std::string head, std::size_t largestRecord)
        : m_source(source), m_buffer(std::move(head)), m_largestRecord(largestRecord)
    {
    }

    Result<std::optional<Chunk>> next() override
    {
        for (std::size_t searched = 0;;) {
            if (m_buffer.size() >= kChunkSize || m_ended) {
                const std::size_t end = std::string_view(m_buffer).substr(searched).rfind('\n');
                if (end != std::string_view::npos)
                    return take(searched + end + 1);
                if (m_ended)
                    return last();
                searched = m_buffer.size();
                if (searched > m_largestRecord)
                    return skipLine();
            }
            // Whole lines are not held back until a pausing writer sends more.
            const std::size_t end = m_buffer.rfind('\n');
            if (end != std::string::npos && m_source.isSilent())
                return take(end + 1);
            if (const auto filled = appendFrom(m_source, m_buffer, m_ended); !filled)
                return filled.error();
        }
    }

private:
    std::optional<Chunk> take(std::size_t length)
    {
        Chunk chunk;
        std::string rest = m_buffer.substr(length);
        m_buffer.resize(length);
        chunk.bytes = std::move(m_buffer);
        m_buffer = std::move(rest);
        return chunk;
    }

    /// The line without an end. Of damaged compressed data it is a piece, and the damage is reported instead.
    std::optional<Chunk> last()
    {
        if (m_buffer.empty() || !m_source.damage().isEmpty())
            return std::nullopt;
        return take(m_buffer.size());
    }

    Result<std::optional<Chunk>> skipLine()
    {
        Chunk chunk;
        chunk.rejects.push_back({{}, 1, recordTooLarge(m_largestRecord)});
        std::size_t end = std::string::npos;
        while (end == std::string::npos && !m_ended) {
            m_buffer.clear();
            if (const auto filled = appendFrom(m_source, m_buffer, m_ended); !filled)
                return filled.error();
            end = m_buffer.find('\n');
        }
        m_buffer.erase(0, end == std::string::npos ? end : end + 1);
        chunk.linesInside = 1;
        return std::optional(std::move(chunk));
    }

    ByteSource &m_source;
    std::string m_buffer;
    std::size_t m_largestRecord;
    bool m_ended = false;
};

class JsonLinesFormat final : public DumpFormat
{
public:
    QLatin1String name() const override { return QLatin1String("jsonl"); }

    bool recognises(const DumpHead &) const override { return true; }

    std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                        std::size_t largestRecord) const override
    {
        return std::make_unique<LineChunkReader>(source, std::move(head), largestRecord);
    }

    ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const override
    {
        ParsedChunk parsed;
        parsed.rejects = chunk.rejects;
        parsed.linesInside = chunk.linesInside;
        const std::string_view text = chunk.bytes;
        // Found first, so that events are never moved to make room for more: counting line ends byte by byte
        // takes as long as a tenth of the parsing.
        const std::vector<std::string_view> lines = linesOf(text);
        parsed.events.reserve(lines.size());
        for (const std::string_view line : lines) {
            ++parsed.linesInside;
            parseLine(line, parser, isKnown, parsed);
        }
        return parsed;
    }

private:
    static std::vector<std::string_view> linesOf(std::string_view text)
    {
        constexpr std::size_t kUsualLine = 1024;
        std::vector<std::string_view> lines;
        lines.reserve(text.size() / kUsualLine + 1);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return lines;
    }

    static void parseLine(std::string_view line, EventParser &parser, const KnownText &isKnown,
                          ParsedChunk &parsed)
    {
        const std::size_t begin = line.find_first_not_of(kSpace);
        if (begin == std::string_view::npos)
            return;
        line = line.substr(begin, line.find_last_not_of(kSpace) - begin + 1);
        if (isKnown && isKnown(line)) {
            ++parsed.known;
            return;
        }
        parser.parseAll(line, {}, [&parsed](std::int64_t element, Result<Event> &&event) {
            if (event) {
                parsed.events.push_back(std::move(event).value());
                return;
            }
            QString reason = event.error().message;
            if (element > 0)
                reason = QCoreApplication::translate("DumpReader", "event %1 of the batch: %2")
                             .arg(element)
                             .arg(reason);
            parsed.rejects.push_back({{}, parsed.linesInside, std::move(reason)});
        });
    }
};

} // namespace

const DumpFormat &jsonLinesFormat()
{
    static const JsonLinesFormat kFormat;
    return kFormat;
}

} // namespace genscope
