// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/documentreader.h"

#include "ingest/jsondocument.h"

#include <QCoreApplication>

namespace genscope {

namespace {

constexpr std::size_t kLongestName = 4096;
constexpr std::size_t kLongestMember = 1 << 20;

std::optional<Timestamp> timeIn(const std::string &json)
{
    json::Document document;
    return document.read(json) ? timeOf(document.root()) : std::nullopt;
}

} // namespace

std::vector<std::string> textsOf(std::string_view json)
{
    std::vector<std::string> texts;
    json::Document document;
    if (!document.read(json))
        return texts;
    for (json::ElementReader reader(document.root()); reader.next();) {
        if (!reader.value().isString())
            return {};
        texts.push_back(reader.value().text());
    }
    return texts;
}

DocumentChunkReader::DocumentChunkReader(ByteSource &source, std::string head, std::size_t largestRecord)
    : m_source(source), m_stream(source, std::move(head)), m_largestRecord(largestRecord)
{
}

Result<std::optional<Chunk>> DocumentChunkReader::next()
{
    while (m_ready.empty() && m_state != State::Ended) {
        step();
        if (m_stream.error())
            return *m_stream.error();
        if (m_fault)
            return *m_fault;
        if (m_state == State::Ended || m_chunk.bytes.size() >= kChunkSize)
            closeChunk();
    }
    if (m_ready.empty())
        return std::optional<Chunk>();
    std::optional<Chunk> chunk = std::move(m_ready.front());
    m_ready.pop_front();
    return chunk;
}

QString DocumentChunkReader::note() const
{
    if (!m_isOnePage)
        return {};
    return QCoreApplication::translate("DumpReader",
                                       "it is one page of an answer that has more; import the others, too");
}

void DocumentChunkReader::step()
{
    switch (m_state) {
    case State::Between:
        stepBetween();
        break;
    case State::InDocument:
        stepDocument();
        break;
    case State::InList:
        stepList();
        break;
    case State::Replaying:
        stepReplay();
        break;
    case State::Ended:
        break;
    }
}

void DocumentChunkReader::stepBetween()
{
    const char c = m_stream.peek();
    if (c == '\0') {
        m_state = State::Ended;
    } else if (c == ',') {
        m_stream.skipByte();
    } else if (c == '{') {
        beginDocument();
    } else if (c == '[') {
        m_document = {};
        beginList(true);
    } else {
        readRecord();
    }
}

void DocumentChunkReader::beginDocument()
{
    m_document = {};
    m_number = 0;
    m_whole.clear();
    m_stream.copyTo(&m_whole, m_largestRecord);
    m_stream.skipByte();
    m_depth = 1;
    m_state = State::InDocument;
}

void DocumentChunkReader::stepDocument()
{
    const char c = m_stream.peek();
    if (c == ',') {
        m_stream.skipByte();
    } else if (c == '"') {
        readMember();
    } else if (c == '}') {
        m_stream.skipByte();
        if (--m_depth == 0)
            endDocument();
    } else { // cut off, or no JSON: parsing what there is says so
        const bool damaged = c == '\0' && !m_source.damage().isEmpty();
        if (damaged)
            m_document.hasList = true;
        endDocument();
        if (m_state == State::Between)
            m_state = State::Ended;
    }
}

void DocumentChunkReader::readMember()
{
    std::string name;
    if (m_stream.readValue(&name, kLongestName) == JsonStream::Read::Cut)
        return;
    if (m_stream.peek() == ':')
        m_stream.skipByte();
    const char c = m_stream.peek();
    const bool isAnswer = name == "\"results\"" || name == "\"query_status\"";
    m_document.isAnswer |= isAnswer || name == "\"columns\"";
    m_document.isEvent |= name == "\"event\"";
    if (c == '[' && !m_document.isEvent && (isAnswer || name == "\"batch\"")) {
        m_document.isBatch = name == "\"batch\"";
        beginList(false);
    } else if (c == '{' && !m_document.isEvent && isAnswer) {
        m_stream.skipByte();
        ++m_depth;
    } else {
        std::string value;
        if (m_stream.readValue(&value, kLongestMember) == JsonStream::Read::Whole)
            noteMember(name, value);
    }
}

void DocumentChunkReader::noteMember(std::string_view name, const std::string &value)
{
    if (name == "\"columns\"")
        m_document.columns = textsOf(value);
    else if (name == "\"sent_at\"" || (name == "\"created_at\"" && !m_document.envelope.sentAt))
        m_document.envelope.sentAt = timeIn(value);
    else if (name == "\"hasMore\"" || name == "\"next\"")
        m_isOnePage |= value == "true" || (value.starts_with('"') && value != "\"\"");
}

void DocumentChunkReader::endDocument()
{
    m_stream.copyTo(nullptr);
    m_state = State::Between;
    if (!m_spool.isEmpty()) {
        beginReplay();
    } else if (m_document.isAnswer && !m_document.hasList && !m_document.isEvent) {
        addReject(QCoreApplication::translate("DumpReader", "an answer without results"));
    } else if (m_whole.size() > m_largestRecord) {
        addReject(recordTooLarge(m_largestRecord));
    } else if (!m_document.hasList) {
        startContext();
        addRecord(m_whole);
    }
    m_whole.clear();
}

void DocumentChunkReader::beginList(bool atRoot)
{
    m_stream.copyTo(nullptr);
    m_whole.clear();
    m_stream.skipByte();
    m_document.hasList = true;
    m_document.listAtRoot = atRoot;
    m_number = 0;
    m_listBegins = true;
    m_state = State::InList;
}

void DocumentChunkReader::stepList()
{
    const char c = m_stream.peek();
    if (c == ',') {
        m_stream.skipByte();
    } else if (c == ']') {
        m_stream.skipByte();
        if (m_document.listAtRoot)
            endDocument();
        else
            m_state = State::InDocument;
    } else if (c == '\0') {
        if (m_source.damage().isEmpty())
            addReject(QCoreApplication::translate("DumpReader", "the list ends early: no “]”"));
        endDocument();
        if (m_state == State::Between)
            m_state = State::Ended;
    } else {
        readElement(c == '[');
    }
}

void DocumentChunkReader::readElement(bool isRow)
{
    std::string text;
    if (!readText(text))
        return;
    if (std::exchange(m_listBegins, false)) {
        const bool needsColumns = isRow && m_document.columns.empty();
        const bool needsTime = m_document.isBatch && !m_document.envelope.sentAt;
        m_waits = needsColumns || needsTime;
        // Columns may still come behind the rows of an answer; nothing comes behind a list that is all.
        if (needsColumns && m_document.listAtRoot) {
            m_waits = false;
            if (takeHeader(text)) {
                startContext();
                return;
            }
        }
        if (!m_waits)
            startContext();
    }
    if (!m_waits) {
        addRecord(text);
        return;
    }
    ++m_number;
    succeeded(m_spool.add(text));
}

/// A row of known names that nothing else names is the header of the others.
bool DocumentChunkReader::takeHeader(const std::string &row)
{
    std::vector<std::string> names = textsOf(row);
    if (names.empty() || RowMapping(names).kind() == RowKind::Other)
        return false;
    m_document.columns = std::move(names);
    return true;
}

void DocumentChunkReader::readRecord()
{
    std::string text;
    if (readText(text))
        addRecord(text);
}

/// @return false if it is too large, which is reported, or cut by damage, which the file's reject says
bool DocumentChunkReader::readText(std::string &text)
{
    switch (m_stream.readValue(&text, m_largestRecord)) {
    case JsonStream::Read::Whole:
        return true;
    case JsonStream::Read::Cut:
        return m_source.damage().isEmpty();
    case JsonStream::Read::TooLarge:
        break;
    }
    ++m_number;
    addReject(recordTooLarge(m_largestRecord));
    return false;
}

void DocumentChunkReader::beginReplay()
{
    if (!succeeded(m_spool.rewind()))
        return;
    m_number = 0;
    m_state = State::Replaying;
    std::string first;
    bool isRecord = false;
    if (m_document.columns.empty()) {
        const Result<bool> got = m_spool.next(first);
        if (!got) {
            m_fault = got.error();
            return;
        }
        isRecord = *got && !takeHeader(first);
    }
    startContext();
    if (isRecord)
        addRecord(first);
}

void DocumentChunkReader::stepReplay()
{
    std::string text;
    const Result<bool> got = m_spool.next(text);
    if (!got) {
        m_fault = got.error();
    } else if (*got) {
        addRecord(text);
    } else {
        m_spool.clear();
        m_state = State::Between;
    }
}

/// Records from here on are read by what is known of the document now.
void DocumentChunkReader::startContext()
{
    closeChunk();
    auto context = std::make_shared<DocumentContext>();
    if (!m_document.columns.empty())
        context->table.emplace(m_document.columns);
    context->envelope = m_document.envelope;
    m_context = std::move(context);
}

void DocumentChunkReader::closeChunk()
{
    if (m_chunk.records.empty() && m_chunk.rejects.empty())
        return;
    m_chunk.context = m_context;
    m_ready.push_back(std::exchange(m_chunk, {}));
}

void DocumentChunkReader::addRecord(std::string_view text)
{
    ++m_number;
    m_chunk.records.push_back({m_chunk.bytes.size(), text.size(), m_number});
    m_chunk.bytes += text;
}

void DocumentChunkReader::addReject(QString reason)
{
    m_chunk.rejects.push_back({{}, m_number, std::move(reason)});
}

bool DocumentChunkReader::succeeded(const Status &status)
{
    if (!status)
        m_fault = status.error();
    return status.ok();
}

} // namespace genscope
