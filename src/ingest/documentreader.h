// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpformat.h"
#include "ingest/jsonstream.h"
#include "ingest/recordspool.h"
#include "ingest/rowmapping.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// What a document says about the elements of its list.
struct DocumentContext final : DumpContext
{
    std::optional<RowMapping> table; ///< of rows given as lists
    CaptureEnvelope envelope;        ///< of the events of a capture body
};

/// The texts of a JSON list of strings; empty if @p json is something else.
std::vector<std::string> textsOf(std::string_view json);

/// Reads documents that hold their rows or events in one long list, element by element: answers of the API
/// and capture bodies. What the list's elements mean may stand behind it (`columns`, `sent_at`): then they
/// wait in a RecordSpool. A document without such a list is one record.
class DocumentChunkReader final : public ChunkReader
{
public:
    DocumentChunkReader(ByteSource &source, std::string head, std::size_t largestRecord);

    Result<std::optional<Chunk>> next() override;
    QString note() const override;

private:
    enum class State { Between, InDocument, InList, Replaying, Ended };
    struct Document
    {
        std::vector<std::string> columns;
        CaptureEnvelope envelope;
        bool hasList = false;
        bool listAtRoot = false;
        bool isBatch = false;
        bool isAnswer = false;
        bool isEvent = false;
    };

    void step();
    void stepBetween();
    void beginDocument();
    void stepDocument();
    void readMember();
    void noteMember(std::string_view name, const std::string &value);
    void endDocument();
    void beginList(bool atRoot);
    void stepList();
    void readElement(bool isRow);
    bool takeHeader(const std::string &row);
    void readRecord();
    bool readText(std::string &text);
    void beginReplay();
    void stepReplay();
    void startContext();
    void closeChunk();
    void addRecord(std::string_view text);
    void addReject(QString reason);
    bool succeeded(const Status &status);

    ByteSource &m_source;
    JsonStream m_stream;
    const std::size_t m_largestRecord;
    State m_state = State::Between;
    Document m_document;
    std::size_t m_depth = 0; ///< of objects around the list
    std::string m_whole;     ///< the document so far, while it may be one record
    bool m_listBegins = false;
    bool m_waits = false; ///< elements go to the spool
    RecordSpool m_spool;
    std::shared_ptr<const DocumentContext> m_context; ///< of m_chunk
    Chunk m_chunk;
    std::deque<Chunk> m_ready;
    std::int64_t m_number = 0;
    bool m_isOnePage = false;
    std::optional<Error> m_fault;
};

} // namespace genscope
