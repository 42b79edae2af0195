// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturerequest.h"
#include "ingest/dumpformat.h"

namespace genscope {

namespace {

/// The whole file as one record: a request or its body is at most some 100 MB.
class WholeFileReader final : public ChunkReader
{
public:
    WholeFileReader(ByteSource &source, std::string head, std::size_t largestRecord)
        : m_source(source), m_bytes(std::move(head)), m_largestRecord(largestRecord)
    {
    }

    Result<std::optional<Chunk>> next() override
    {
        if (std::exchange(m_taken, true))
            return std::optional<Chunk>();
        Chunk chunk;
        for (bool ended = false; !ended && m_bytes.size() <= m_largestRecord;) {
            if (const Status filled = appendFrom(m_source, m_bytes, ended); !filled)
                return filled.error();
        }
        if (!m_source.damage().isEmpty())
            return std::optional<Chunk>();
        if (m_bytes.size() > m_largestRecord) {
            chunk.rejects.push_back({{}, 1, recordTooLarge(m_largestRecord)});
        } else {
            chunk.records.push_back({0, m_bytes.size(), 1});
            chunk.bytes = std::move(m_bytes);
        }
        return std::optional(std::move(chunk));
    }

private:
    ByteSource &m_source;
    std::string m_bytes;
    const std::size_t m_largestRecord;
    bool m_taken = false;
};

/// A capture request or body as it went over the wire: multipart, a form, or with its head before it.
class SavedRequestFormat final : public DumpFormat
{
public:
    QLatin1String name() const override { return QLatin1String("request"); }

    bool recognises(const DumpHead &head) const override { return looksLikeSavedRequest(head.bytes); }

    std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                        std::size_t largestRecord) const override
    {
        return std::make_unique<WholeFileReader>(source, std::move(head), largestRecord);
    }

    ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const override
    {
        ParsedChunk parsed;
        parsed.rejects = chunk.rejects;
        if (chunk.records.empty())
            return parsed;
        const RequestBody body = savedRequestBody(chunk.bytes);
        const Result<DecodedBody> decoded = decodedBody(body);
        if (!decoded) {
            parsed.rejects.push_back({{}, 1, decoded.error().message});
            return parsed;
        }
        parser.parseAll(decoded->json, body.envelope, [&](std::int64_t element, Result<Event> &&event) {
            if (!event)
                parsed.rejects.push_back({{}, std::max<std::int64_t>(element, 1), event.error().message});
            else if (isKnown && isKnown(event->raw))
                ++parsed.known;
            else
                parsed.events.push_back(std::move(event).value());
        });
        return parsed;
    }
};

} // namespace

const DumpFormat &savedRequestFormat()
{
    static const SavedRequestFormat kFormat;
    return kFormat;
}

} // namespace genscope
