// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/documentreader.h"
#include "ingest/dumpformat.h"
#include "ingest/jsondocument.h"
#include "ingest/tablerow.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

/// Without a character that the end of the head may have cut.
std::string_view wholeCharacters(const DumpHead &head)
{
    std::string_view bytes = head.bytes;
    if (head.complete)
        return bytes;
    constexpr std::size_t kLongestCharacter = 4;
    for (std::size_t i = 0; i < kLongestCharacter && !bytes.empty(); ++i) {
        const auto last = static_cast<unsigned char>(bytes.back());
        bytes.remove_suffix(1);
        if (last < 0x80 || last >= 0xC0) // a whole character, or the first byte of one
            break;
    }
    return bytes;
}

bool isTableWithHeader(std::string_view list)
{
    while (list.ends_with('\\')) // half an escape, where the head ends
        list.remove_suffix(1);
    const std::size_t row = list.find_first_not_of(" \t\r\n", 1);
    if (row == std::string_view::npos || list[row] != '[')
        return false;
    const std::size_t end = json::skipValue(list, row);
    return RowMapping(textsOf(list.substr(row, end - row))).kind() != RowKind::Other;
}

class JsonDocumentFormat final : public DumpFormat
{
public:
    QLatin1String name() const override { return QLatin1String("document"); }

    /// An answer of the API (`results`, `columns`, `query_status`), a table as a list of lists, or a capture
    /// body too long to be read in one piece. Smaller bodies are read by the other formats.
    bool recognises(const DumpHead &head) const override
    {
        const std::size_t begin = head.bytes.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos)
            return false;
        if (head.bytes[begin] == '[')
            return isTableWithHeader(head.bytes.substr(begin));
        if (head.bytes[begin] != '{')
            return false;
        json::Document document;
        const bool whole = document.read(wholeCharacters(head).substr(begin));
        using Kind = json::Fault::Kind;
        const Kind fault = document.fault().kind;
        const bool cut = fault == Kind::EndsEarly || fault == Kind::EndsInString;
        if (!whole && !cut && fault != Kind::TextBehind)
            return false;
        const auto has = [&document](std::string_view name) {
            const auto &members = document.members();
            return std::any_of(members.begin(), members.end(), [name](const json::Document::Member &member) {
                return member.parent == -1 && member.key == name;
            });
        };
        if (has("event"))
            return false;
        return has("results") || has("columns") || has("query_status") ||
               (has("batch") && cut && !head.complete);
    }

    std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                        std::size_t largestRecord) const override
    {
        return std::make_unique<DocumentChunkReader>(source, std::move(head), largestRecord);
    }

    ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const override
    {
        ParsedChunk parsed;
        parsed.rejects = chunk.rejects;
        parsed.events.reserve(chunk.records.size());
        const auto *context = static_cast<const DocumentContext *>(chunk.context.get());
        for (const Record &record : chunk.records) {
            const std::string_view text = std::string_view(chunk.bytes).substr(record.offset, record.length);
            if (text.starts_with('['))
                parseList(text, record.number, context, parser, isKnown, parsed);
            else
                parseObject(text, record.number, context, parser, isKnown, parsed);
        }
        return parsed;
    }

private:
    static void parseList(std::string_view text, std::int64_t number, const DocumentContext *context,
                          EventParser &parser, const KnownText &isKnown, ParsedChunk &parsed)
    {
        const auto reject = [&](QString reason) {
            parsed.rejects.push_back({{}, number, std::move(reason)});
        };
        json::Document document;
        if (!document.read(text))
            return reject(document.fault().describe(text));
        if (!context || !context->table)
            return reject(QCoreApplication::translate("DumpReader", "a row without names of its columns"));
        std::vector<json::Value> row;
        for (json::ElementReader reader(document.root()); reader.next();)
            row.push_back(reader.value());
        parseRow(*context->table, row, number, parser, isKnown, parsed);
    }

    static void parseObject(std::string_view text, std::int64_t number, const DocumentContext *context,
                            EventParser &parser, const KnownText &isKnown, ParsedChunk &parsed)
    {
        if (isKnown && isKnown(text)) {
            ++parsed.known;
            return;
        }
        const CaptureEnvelope envelope = context ? context->envelope : CaptureEnvelope();
        parser.parseAll(text, envelope, [&](std::int64_t, Result<Event> &&event) {
            if (event)
                parsed.events.push_back(std::move(event).value());
            else
                parsed.rejects.push_back({{}, number, event.error().message});
        });
    }
};

} // namespace

const DumpFormat &jsonDocumentFormat()
{
    static const JsonDocumentFormat kFormat;
    return kFormat;
}

} // namespace genscope
