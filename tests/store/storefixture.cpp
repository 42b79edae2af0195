// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include "store/blockreader.h"
#include "store/connection.h"
#include "store/eventtable.h"
#include "support/testpaths.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <zlib.h>

namespace genscope::test {

std::string uuidText(int number)
{
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

namespace {

int numberOf(const Uuid &uuid)
{
    return std::stoi(uuid.toString().substr(24));
}

std::string timeText(int second)
{
    return isoTime(Timestamp{microsFromCivil({2025, 6, 2, 0, 0, 0, 0}) + second * kMicrosPerSecond});
}

std::string generationProperties(int i)
{
    const std::string model = i % 3 == 0 ? "gpt-4o-mini" : "claude-3-5-haiku-20241022";
    std::ostringstream out;
    out << R"({"$ai_trace_id":"trace-)" << i / 4 << R"(","$ai_session_id":"session-)" << i / 16
        << R"(","$ai_model":")" << model << R"(","$ai_provider":")" << (i % 3 == 0 ? "openai" : "anthropic")
        << R"(","$ai_input_tokens":)" << 100 + i % 900 << R"(,"$ai_output_tokens":)" << 10 + i % 90
        << R"(,"$ai_latency":)" << 0.25 * (i % 17) << R"(,"$ai_http_status":)" << (i % 50 == 0 ? 500 : 200)
        << (i % 50 == 0 ? R"(,"$ai_is_error":true,"$ai_error":"timeout")" : "");
    if (i % 5 == 0)
        out << R"(,"$ai_total_cost_usd":0.00)" << 1 + i % 9;
    out << R"(,"$ai_input":[{"role":"user","content":"question )" << i
        << R"("}],"$ai_output_choices":[{"role":"assistant","content":"answer )" << i << R"("}],"feature":"f)"
        << i % 7 << R"(","$groups":{"company":"c)" << i % 11 << R"("},"$group_0":"c)" << i % 11 << R"("})";
    return out.str();
}

} // namespace

std::string EventLine::line() const
{
    return R"({"uuid":")" + uuidText(uuid) + R"(","event":")" + event + R"(","timestamp":")" + timestamp +
           R"(","distinct_id":")" + distinctId + R"(","properties":)" + properties + more + "}\n";
}

std::string variedDump(int count)
{
    std::string dump;
    for (int i = 0; i < count; ++i) {
        EventLine line;
        line.uuid = i + 1;
        line.timestamp = timeText(i * 7 % 5000);
        line.distinctId = "user-" + std::to_string(i % 23);
        line.more = R"(,"person_id":"person-)" + std::to_string(i % 19) +
                    R"(","person_properties":{"plan":")" + (i % 400 < 200 ? "free" : "pro") +
                    R"(","seats":)" + std::to_string(i % 23) + "}";
        if (i % 40 == 7) {
            line.event = "$identify";
            line.properties = R"({"$set":{"city":"city-)" + std::to_string(i % 3) + R"("}})";
        } else if (i % 40 == 8) {
            line.event = "$groupidentify";
            line.properties = R"({"$group_type":"company","$group_key":"c)" + std::to_string(i % 11) +
                              R"(","$group_set":{"tier":)" + std::to_string(i) + "}}";
        } else if (i % 6 == 5) {
            line.event = "$ai_span";
            line.properties = R"({"$ai_trace_id":"trace-)" + std::to_string(i / 4) +
                              R"(","$ai_span_name":"step","$ai_input_state":{"i":)" + std::to_string(i) +
                              "}}";
        } else {
            line.properties = generationProperties(i);
        }
        dump += line.line();
        if (i % 97 == 11)
            dump += "{\"event\":\"$ai_span\", broken\n";
    }
    return dump;
}

QString StoreTest::write(const QString &name, const std::string &bytes) const
{
    QFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    return path(name);
}

QString StoreTest::storeOfVersion1(const QString &name) const
{
    const gzFile packed =
        gzopen(qPrintable(test::testData(QLatin1String("store/version1.genscope.gz"))), "rb");
    std::string bytes(1 << 20, '\0');
    const int size = packed ? gzread(packed, bytes.data(), static_cast<unsigned>(bytes.size())) : 0;
    gzclose(packed);
    EXPECT_GT(size, 0);
    bytes.resize(static_cast<std::size_t>(std::max(size, 0)));
    return write(name, bytes);
}

ImportReport StoreTest::importInto(const QString &store, const std::string &lines,
                                   const ImportOptions &options) const
{
    const QString dump = write(QStringLiteral("dump.jsonl"), lines);
    const Result<ImportReport> report = importDumps(store, {dump}, options, {});
    EXPECT_TRUE(report.ok()) << report.error().message.toStdString();
    return report ? *report : ImportReport();
}

std::shared_ptr<StoreReader> StoreTest::readerOf(const QString &store)
{
    const auto opened = StoreReader::open(store);
    EXPECT_TRUE(opened.ok()) << opened.error().message.toStdString();
    return opened ? *opened : nullptr;
}

std::string StoreTest::raw(int uuid) const
{
    const Result<std::string> raw = reader()->rawEvent(*Uuid::parse(uuidText(uuid)));
    return raw ? *raw : raw.error().message.toStdString();
}

std::map<int, std::string> StoreTest::property(PropertyPath::Scope scope, const std::string &name,
                                               const std::string &groupType) const
{
    const auto from = reader();
    const auto snapshot = *from->loadSnapshot({});
    std::map<int, std::string> values;
    const Status read = from->readProperty(
        {scope, groupType, name}, snapshot->rows(),
        [&](std::size_t row, std::string_view text) { values[numberOf(snapshot->uuidAt(row))] = text; }, {});
    EXPECT_TRUE(read.ok());
    return values;
}

std::map<int, std::string> StoreTest::content(EventSource::Content content) const
{
    const auto from = reader();
    const auto snapshot = *from->loadSnapshot({});
    std::map<int, std::string> values;
    const Status read = from->readContent(
        content, RowSet(snapshot->rows(), true),
        [&](std::size_t row, std::string_view text) { values[numberOf(snapshot->uuidAt(row))] = text; }, {});
    EXPECT_TRUE(read.ok());
    return values;
}

namespace {

void addRow(std::vector<std::string> &lines, const Snapshot &snapshot, std::size_t row,
            const std::string &raw)
{
    std::ostringstream out;
    out.precision(17);
    out << "event " << snapshot.uuidAt(row).toString();
    const FactRow facts = snapshot.rowAt(row);
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (field >= IntField::Group0 && field < IntField::ServiceTier)
            continue; // by name, below
        out << ' ' << eventColumnName(field) << '=';
        if (isDictionaryField(field))
            out << snapshot.textAt(row, field);
        else
            out << facts[field];
    }
    for (std::size_t slot = 0; slot < snapshot.groupTypes().size(); ++slot) {
        out << ' ' << snapshot.groupTypes()[slot] << '='
            << snapshot.textAt(row, groupIntField(static_cast<int>(slot)));
    }
    out << " latency=" << facts[RealField::Latency] << " ttft=" << facts[RealField::TimeToFirstToken] << ' '
        << raw;
    lines.push_back(out.str());
}

void addTable(std::vector<std::string> &lines, const Connection &connection, const char *name,
              const char *sql, int columns)
{
    auto rows = connection.prepare(sql);
    ASSERT_TRUE(rows.ok());
    while (*rows->step()) {
        std::string line = name;
        for (int column = 0; column < columns; ++column)
            line.append(" | ").append(rows->bytes(column));
        lines.push_back(line);
    }
}

} // namespace

std::string contentsOf(const QString &store)
{
    std::vector<std::string> lines;
    const auto reader = StoreReader::open(store);
    const auto snapshot = *(*reader)->loadSnapshot({});
    const auto connection = std::move(Connection::open(store, Connection::Access::Read)).value();
    BlockCache cache;
    auto places = std::move(connection->prepare("SELECT block, block_offset FROM event ORDER BY id")).value();
    for (std::size_t row = 0; *places.step(); ++row) {
        const auto kept = readKeptEvent(
            {places.integer(0), places.integer(1)},
            [&](std::int64_t id, std::size_t size) { return cache.fetch(*connection, id, size); }, store);
        EXPECT_TRUE(kept.ok());
        addRow(lines, *snapshot, row, kept ? kept->raw : std::string());
    }
    for (std::uint32_t code = 1; code < snapshot->dictionary(DictField::DistinctId).size(); ++code) {
        lines.push_back(
            "user " + std::string(snapshot->dictionary(DictField::DistinctId).at(code)) + " is " +
            std::string(snapshot->dictionary(DictField::PersonId).at(snapshot->knownPersonOf(code))));
    }
    addTable(lines, *connection, "person", "SELECT key, properties, property_times FROM person", 3);
    addTable(lines, *connection, "mapping",
             "SELECT distinct_id, person_id, timestamp_us FROM person_distinct", 3);
    addTable(lines, *connection, "group", "SELECT type, key, properties, property_times FROM group_key", 4);
    addTable(lines, *connection, "property", "SELECT scope, group_type, name, count FROM property", 4);
    addTable(lines, *connection, "copy",
             "SELECT hex(uuid), c.raw_hash FROM event_copy c JOIN event e ON e.id = c.event WHERE captured",
             2);
    const StoreStats stats = *(*reader)->stats();
    lines.push_back("persons " + std::to_string(stats.persons) + ", rejected " +
                    std::to_string(stats.rejected));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string &line : lines)
        text += line + '\n';
    return text;
}

void expectColumnsMatchTable(const QString &store)
{
    const auto reader = StoreReader::open(store);
    ASSERT_TRUE(reader.ok()) << reader.error().message.toStdString();
    const auto snapshot = *(*reader)->loadSnapshot({});
    const auto connection = std::move(Connection::open(store, Connection::Access::Read)).value();
    ASSERT_EQ(*connection->integer("SELECT count(*) FROM event"),
              static_cast<std::int64_t>(snapshot->rows()));
    std::string sql = "SELECT id, uuid";
    for (int i = 0; i < kIntFieldCount; ++i)
        sql.append(", ").append(eventColumnName(static_cast<IntField>(i)));
    for (int i = 0; i < kRealFieldCount; ++i)
        sql.append(", ").append(eventColumnName(static_cast<RealField>(i)));
    auto rows = connection->prepare(sql + " FROM event ORDER BY id");
    ASSERT_TRUE(rows.ok()) << rows.error().message.toStdString();
    for (std::size_t row = 0; *rows->step(); ++row) {
        ASSERT_EQ(rows->integer(0), static_cast<std::int64_t>(row) + 1);
        const FactRow facts = snapshot->rowAt(row);
        ASSERT_EQ(rows->bytes(1), std::string(facts.uuid.bytes.begin(), facts.uuid.bytes.end()));
        for (int i = 0; i < kIntFieldCount; ++i) {
            const auto field = static_cast<IntField>(i);
            const std::int64_t stored = rows->isNull(i + 2) ? emptyValueOf(field) : rows->integer(i + 2);
            ASSERT_EQ(stored, facts[field]) << "row " << row << ", " << eventColumnName(field);
        }
        for (int i = 0; i < kRealFieldCount; ++i) {
            const int column = 2 + kIntFieldCount + i;
            const double value = facts[static_cast<RealField>(i)];
            ASSERT_EQ(rows->isNull(column), std::isnan(value));
            if (!std::isnan(value)) {
                ASSERT_EQ(rows->real(column), value);
            }
        }
    }
}

std::int64_t numberFrom(const QString &store, const char *sql)
{
    const auto connection = Connection::open(store, Connection::Access::Read);
    const Result<std::int64_t> number = (*connection)->integer(sql);
    EXPECT_TRUE(number.ok()) << number.error().message.toStdString();
    return number ? *number : -1;
}

} // namespace genscope::test
