// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpformat.h"

#include "ingest/columnname.h"
#include "ingest/csvrecord.h"
#include "ingest/foreignproduct.h"
#include "ingest/recordcutter.h"
#include "ingest/rowmapping.h"
#include "ingest/tablerow.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

/// What PostHog's export writes into its only column, `error`, where a query gave nothing.
constexpr std::string_view kNothing = "No data available";
constexpr char kDelimiters[] = {',', ';', '\t'};

std::string_view withoutLineEnd(std::string_view record)
{
    if (record.ends_with('\n'))
        record.remove_suffix(1);
    if (record.ends_with('\r'))
        record.remove_suffix(1);
    return record;
}

/// No cell holds anything: spreadsheets leave such lines at the end.
bool isEmptyRecord(std::string_view record, char delimiter)
{
    return std::all_of(record.begin(), record.end(),
                       [delimiter](char c) { return c == delimiter || c == ' ' || c == '\t' || c == '\r'; });
}

/// The first line of a table, as Excel writes it to say what delimits cells: `sep=;`
bool namesDelimiter(std::string_view record)
{
    return record.size() == 5 && (record.starts_with("sep=") || record.starts_with("SEP="));
}

/// The header of a table, or as much of it as stands in the beginning of a file.
struct Header
{
    char delimiter = ',';
    std::vector<std::string> columns;
    bool complete = false;
    std::size_t end = 0; ///< behind its line end
};

Header readHeader(const DumpHead &head, char delimiter)
{
    Header header;
    header.delimiter = delimiter;
    std::string_view record;
    do {
        CsvScanner scanner(delimiter);
        const std::size_t begin = header.end;
        const bool ended = scanner.scan(head.bytes, header.end);
        header.complete = ended || (head.complete && !scanner.insideQuotes());
        record = withoutLineEnd(head.bytes.substr(begin, header.end - begin));
    } while ((isEmptyRecord(record, delimiter) || namesDelimiter(record)) && header.end < head.bytes.size());
    CsvCells cells;
    cells.split(record, delimiter);
    header.columns.assign(cells.cells().begin(), cells.cells().end());
    if (!header.complete)
        header.columns.pop_back(); // cut
    return header;
}

bool isErrorColumn(const Header &header)
{
    return header.columns.size() == 1 && plainColumnName(header.columns.front()) == "error";
}

bool hasEvents(const Header &header)
{
    const RowMapping mapping(header.columns);
    const RowKind kind = mapping.kind();
    return kind == RowKind::Person || kind == RowKind::ListedPerson || kind == RowKind::Content ||
           (kind == RowKind::Event && mapping.missingColumns().empty());
}

/// With the delimiter that makes most sense of it.
Header bestHeader(const DumpHead &head)
{
    Header best;
    int bestScore = -1;
    for (const char delimiter : kDelimiters) {
        Header header = readHeader(head, delimiter);
        constexpr int kRecognised = 1'000'000;
        const int score = (hasEvents(header) ? kRecognised : 0) + static_cast<int>(header.columns.size());
        if (score > bestScore) {
            best = std::move(header);
            bestScore = score;
        }
    }
    return best;
}

/// What begins like JSON is never taken for a header.
bool mayBeTable(const DumpHead &head)
{
    const std::size_t begin = head.bytes.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && head.bytes[begin] != '{' && head.bytes[begin] != '[';
}

struct CsvTable final : public DumpContext
{
    explicit CsvTable(const Header &header)
        : delimiter(header.delimiter),
          columns(header.columns.size()),
          mapping(header.columns),
          foreign(foreignTableRow(header.columns))
    {
        for (const std::string &column : header.columns)
            kinds.push_back(cellKind(plainColumnName(column)));
    }

    char delimiter;
    std::size_t columns;
    RowMapping mapping;
    std::optional<Error> foreign; ///< if its rows are another product's
    std::vector<CellKind> kinds;
};

Error refusal(const CsvTable &table)
{
    if (table.foreign)
        return *table.foreign;
    QStringList missing;
    for (const std::string_view name : table.mapping.missingColumns())
        missing.push_back(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate(
                         "DumpReader",
                         "the table has no column %1, so its rows are no events; export the columns "
                         "uuid, event, timestamp, distinct_id and properties")
                         .arg(missing.join(QStringLiteral(", "))));
}

/// Cuts a table into records; knows its header.
class CsvChunkReader final : public RecordCutter
{
public:
    CsvChunkReader(ByteSource &source, std::string head, std::size_t largestRecord)
        : RecordCutter(source, std::move(head), largestRecord)
    {
    }

    Result<std::optional<Chunk>> next() override
    {
        if (!m_table) {
            if (const auto read = readTable(); !read)
                return read.error();
        }
        return RecordCutter::next();
    }

    QString note() const override
    {
        if (!m_holdsNothing)
            return {};
        return QCoreApplication::translate("DumpReader",
                                           "PostHog exported nothing: “No data available”. Check the query");
    }

private:
    Status readTable();
    void scan() override;
    void endRecord(std::size_t length);
    void finish() override;
    std::size_t openBegin() const override { return m_begin; }

    std::shared_ptr<const CsvTable> m_table;
    CsvScanner m_scanner{','};
    std::int64_t m_line = 1; ///< where the record being scanned begins
    bool m_holdsNothing = false;
};

/// @error Io, Cancelled; Parse: the columns hold no events
Status CsvChunkReader::readTable()
{
    Header header = bestHeader({m_buffer, false});
    while (!header.complete && !m_ended && m_buffer.size() <= m_largestRecord) {
        if (const auto filled = appendFrom(m_source, m_buffer, m_ended); !filled)
            return filled.error();
        header = bestHeader({m_buffer, m_ended});
    }
    m_table = std::make_shared<const CsvTable>(header);
    m_context = m_table;
    m_scanner = CsvScanner(header.delimiter);
    while (m_scan < header.end)
        m_scanner.scan(std::string_view(m_buffer).substr(0, header.end), m_scan);
    m_begin = m_scan;
    m_line = m_scanner.line();
    if (isErrorColumn(header)) {
        const std::size_t text = m_buffer.find_first_not_of("\" \t\r\n", m_scan);
        m_holdsNothing =
            text == std::string::npos || std::string_view(m_buffer).substr(text).starts_with(kNothing);
        if (m_holdsNothing) {
            m_ended = true; // what stands there is no record
            return Done{};
        }
    }
    const bool isEmpty = header.columns.empty() || (header.columns.size() == 1 && header.columns[0].empty());
    if (isEmpty || hasEvents(header))
        return Done{};
    return refusal(*m_table);
}

void CsvChunkReader::scan()
{
    while (m_scanner.scan(m_buffer, m_scan))
        endRecord(m_scan - m_begin);
}

void CsvChunkReader::endRecord(std::size_t length)
{
    const std::string_view record = withoutLineEnd(std::string_view(m_buffer).substr(m_begin, length));
    if (m_tooLarge)
        m_chunk.rejects.push_back({{}, m_line, recordTooLarge(m_largestRecord)});
    else if (!isEmptyRecord(record, m_table->delimiter))
        m_chunk.records.push_back({m_begin, record.size(), m_line});
    m_tooLarge = false;
    m_begin = m_scan;
    m_line = m_scanner.line();
}

/// The record without a line end. Of damaged compressed data it is a piece, and the damage is reported
/// instead.
void CsvChunkReader::finish()
{
    if (m_holdsNothing)
        return;
    scan();
    if (m_begin == m_buffer.size() && !m_tooLarge)
        return;
    if (!m_source.damage().isEmpty()) {
        m_begin = m_buffer.size();
        return;
    }
    if (m_scanner.insideQuotes() && !m_tooLarge) {
        m_chunk.rejects.push_back(
            {{}, m_line, QCoreApplication::translate("DumpReader", "cut off: a quoted cell does not end")});
        m_begin = m_buffer.size();
    } else {
        endRecord(m_buffer.size() - m_begin);
    }
}

/// Turns records into rows of JSON values. Keeps buffers between rows.
class RowReader
{
public:
    explicit RowReader(const CsvTable &table) : m_table(table) {}

    /// @return whether the record fits the header
    bool read(std::string_view record)
    {
        m_cells.split(record, m_table.delimiter);
        const auto &cells = m_cells.cells();
        const std::size_t count = std::min(cells.size(), m_table.columns);
        const auto extra = cells.begin() + static_cast<std::ptrdiff_t>(count);
        if (std::any_of(extra, cells.end(), [](std::string_view cell) { return !cell.empty(); }))
            return false;
        m_json.clear();
        m_ends.clear();
        for (std::size_t i = 0; i < count; ++i) {
            if (!cells[i].empty())
                appendCell(m_json, m_table.kinds[i], cells[i]);
            m_ends.push_back(m_json.size());
        }
        m_row.clear();
        for (std::size_t i = 0, begin = 0; i < count; begin = m_ends[i++])
            m_row.emplace_back(std::string_view(m_json).substr(begin, m_ends[i] - begin));
        m_row.resize(m_table.columns);
        return true;
    }
    /// One value for each column, Absent where the cell is empty; valid until the next read().
    std::span<const json::Value> row() const { return m_row; }
    std::size_t cells() const { return m_cells.cells().size(); }

private:
    const CsvTable &m_table;
    CsvCells m_cells;
    std::string m_json; ///< of all cells
    std::vector<std::size_t> m_ends;
    std::vector<json::Value> m_row;
};

class CsvFormat final : public DumpFormat
{
public:
    QLatin1String name() const override { return QLatin1String("csv"); }

    /// A header of events or persons; or some other table, which the reader refuses by its columns.
    bool recognises(const DumpHead &head) const override
    {
        if (!mayBeTable(head))
            return false;
        if (isEventTable(head))
            return true;
        const Header header = bestHeader(head);
        constexpr std::size_t kLongestName = 200;
        return header.columns.size() > 1 && header.end < head.bytes.size() &&
               readHeader({head.bytes.substr(header.end), head.complete}, header.delimiter).columns.size() ==
                   header.columns.size() &&
               std::all_of(header.columns.begin(), header.columns.end(), [](const std::string &column) {
                   return !column.empty() && column.size() < kLongestName &&
                          column.find_first_of("{}=") == std::string::npos;
               });
    }

    std::unique_ptr<ChunkReader> reader(ByteSource &source, std::string head,
                                        std::size_t largestRecord) const override
    {
        return std::make_unique<CsvChunkReader>(source, std::move(head), largestRecord);
    }

    ParsedChunk parse(const Chunk &chunk, EventParser &parser, const KnownText &isKnown) const override
    {
        ParsedChunk parsed;
        parsed.rejects = chunk.rejects;
        parsed.events.reserve(chunk.records.size());
        const auto &table = static_cast<const CsvTable &>(*chunk.context);
        RowReader rows(table);
        for (const Record &record : chunk.records) {
            if (rows.read(std::string_view(chunk.bytes).substr(record.offset, record.length)))
                parseRow(table.mapping, rows.row(), record.number, parser, isKnown, parsed);
            else
                parsed.rejects.push_back({{}, record.number, misfit(rows.cells(), table.columns)});
        }
        return parsed;
    }

private:
    static QString misfit(std::size_t cells, std::size_t columns)
    {
        return QCoreApplication::translate("DumpReader", "the row has %1 cells, the header %2 columns")
            .arg(cells)
            .arg(columns);
    }
};

} // namespace

bool isEventTable(const DumpHead &head)
{
    if (!mayBeTable(head))
        return false;
    const Header header = bestHeader(head);
    const bool isFlattened =
        std::any_of(header.columns.begin(), header.columns.end(), [](const auto &column) {
            return column.starts_with("*.") || column.starts_with("properties.");
        });
    return isErrorColumn(header) || hasEvents(header) || (!header.complete && isFlattened);
}

const DumpFormat &csvFormat()
{
    static const CsvFormat kFormat;
    return kFormat;
}

} // namespace genscope
