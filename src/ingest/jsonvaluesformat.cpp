// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpformat.h"

#include "ingest/jsondocument.h"
#include "ingest/recordcutter.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

/// Finds where the values of a JSON text begin and end while reading it, so that a list of any length can be
/// read. The elements of a list at the top count as values. Only brackets and strings are looked at: parse()
/// judges the rest.
class ValueChunkReader final : public RecordCutter
{
public:
    ValueChunkReader(ByteSource &source, std::string head, std::size_t largestRecord)
        : RecordCutter(source, std::move(head), largestRecord)
    {
    }

private:
    enum class State { Between, Container, String, Scalar };

    void scan() override
    {
        while (m_scan < m_buffer.size()) {
            if (m_inString)
                scanString();
            else if (m_state == State::Between)
                scanBetween();
            else if (m_state == State::Container)
                scanContainer();
            else
                scanScalar();
        }
    }

    void scanBetween()
    {
        const char c = m_buffer[m_scan];
        if (c == ',' || kSpace.find(c) != std::string_view::npos) {
            ++m_scan;
        } else if (c == '[' && !m_inList) {
            m_inList = true;
            m_number = 0;
            ++m_scan;
        } else if (c == ']' && m_inList) {
            m_inList = false;
            ++m_scan;
        } else {
            m_begin = m_scan;
            m_depth = 0;
            m_state = c == '{' || c == '[' ? State::Container : c == '"' ? State::String : State::Scalar;
            m_inString = m_state == State::String;
            m_scan += m_inString;
        }
    }

    void scanContainer()
    {
        const char c = m_buffer[m_scan++];
        if (c == '"') {
            m_inString = true;
        } else if (c == '{' || c == '[') {
            ++m_depth;
        } else if (c == '}' || c == ']') {
            if (--m_depth == 0)
                endValue();
        }
    }

    void scanString()
    {
        if (m_escaped) {
            m_escaped = false;
            ++m_scan;
            return;
        }
        m_scan = json::skipPlainText(m_buffer, m_scan);
        if (m_scan == m_buffer.size())
            return;
        const char c = m_buffer[m_scan++];
        m_escaped = c == '\\';
        if (c == '"') {
            m_inString = false;
            if (m_state == State::String)
                endValue();
        }
    }

    void scanScalar()
    {
        constexpr std::string_view kEnds = ",] \t\r\n";
        if (m_scan == m_begin) // whatever stands there, so that a stray bracket is one value too
            ++m_scan;
        m_scan = std::min(m_buffer.find_first_of(kEnds, m_scan), m_buffer.size());
        if (m_scan < m_buffer.size())
            endValue();
    }

    void endValue()
    {
        ++m_number;
        if (m_tooLarge)
            m_chunk.rejects.push_back({{}, m_number, recordTooLarge(m_largestRecord)});
        else
            m_chunk.records.push_back({m_begin, m_scan - m_begin, m_number});
        m_tooLarge = false;
        m_inString = false;
        m_state = State::Between;
    }

    std::size_t openBegin() const override { return m_state == State::Between ? m_scan : m_begin; }

    void finish() override
    {
        scan();
        if (!m_source.damage().isEmpty())
            return; // a value that the damage cut is reported with it
        if (m_state != State::Between) {
            endValue(); // cut off, which parse() says
        } else if (m_inList) {
            m_chunk.rejects.push_back(
                {{}, m_number + 1, QCoreApplication::translate("DumpReader", "the list ends early: no “]”")});
        }
        m_inList = false;
    }

    std::size_t m_depth = 0;
    std::int64_t m_number = 0;
    State m_state = State::Between;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_inList = false;
};

/// Up to the last line end, so that no token is cut.
std::string_view wholeLines(const DumpHead &head)
{
    return head.complete ? head.bytes : head.bytes.substr(0, head.bytes.rfind('\n') + 1);
}

class JsonValuesFormat final : public DumpFormat
{
public:
    QLatin1String name() const override { return QLatin1String("json"); }

    /// A list, unless its first line is one and something follows; a document whose first line is not all of
    /// it, and whose next lines go on with it.
    bool recognises(const DumpHead &head) const override
    {
        const std::size_t begin = head.bytes.find_first_not_of(kSpace);
        if (begin == std::string_view::npos || (head.bytes[begin] != '{' && head.bytes[begin] != '['))
            return false;
        const bool isList = head.bytes[begin] == '[';
        const std::size_t lineEnd = head.bytes.find('\n', begin);
        if (lineEnd == std::string_view::npos)
            return isList;
        const std::string_view line = head.bytes.substr(begin, lineEnd - begin);
        json::Document document;
        if (document.read(line))
            return isList && head.bytes.find_first_not_of(kSpace, lineEnd) == std::string_view::npos;
        if (isList || line.find_first_not_of(kSpace, 1) == std::string_view::npos)
            return true;
        if (document.fault().kind != json::Fault::Kind::EndsEarly)
            return false;
        using Kind = json::Fault::Kind;
        const bool whole = document.read(wholeLines(head));
        const Kind kind = document.fault().kind;
        return whole || kind == Kind::EndsEarly || kind == Kind::TextBehind;
    }

    std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                        std::size_t largestRecord) const override
    {
        return std::make_unique<ValueChunkReader>(source, std::move(head), largestRecord);
    }

    ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const override
    {
        ParsedChunk parsed;
        parsed.rejects = chunk.rejects;
        parsed.events.reserve(chunk.records.size());
        for (const Record &record : chunk.records) {
            const std::string_view text = std::string_view(chunk.bytes).substr(record.offset, record.length);
            if (isKnown && isKnown(text)) {
                ++parsed.known;
                continue;
            }
            parser.parseAll(text, {}, [&parsed, &record](std::int64_t element, Result<Event> &&event) {
                if (event)
                    parsed.events.push_back(std::move(event).value());
                else
                    parsed.rejects.push_back(
                        {{}, element > 0 ? element : record.number, event.error().message});
            });
        }
        return parsed;
    }
};

} // namespace

const DumpFormat &jsonValuesFormat()
{
    static const JsonValuesFormat kFormat;
    return kFormat;
}

} // namespace genscope
