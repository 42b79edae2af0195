// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/columnname.h"
#include "ingest/csvrecord.h"
#include "ingest/dumptesting.h"
#include "support/testpaths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gmock/gmock.h>

#include <map>
#include <random>

using namespace genscope;
using testing::ElementsAre;

namespace {

/// @p text as a file, read.
ReadResult readCsv(std::string_view text, const DumpOptions &options = {})
{
    const DumpFolder folder;
    return readAll({folder.write(u"table.csv"_qs, text)}, options);
}

std::string raw(const ReadResult &read, std::size_t index = 0)
{
    return index < read.events.size() ? read.events[index].raw : std::string();
}

std::string problem(const ReadResult &read)
{
    if (read.summary.unreadable.size() != 1)
        return "unreadable: " + std::to_string(read.summary.unreadable.size());
    const QString text = read.summary.unreadable[0];
    return text.mid(text.indexOf(u": "_qs) + 2).toStdString();
}

std::string fixture(const char *name)
{
    QFile file(test::testData(QLatin1String("ingest/")) + QLatin1String(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll().toStdString();
}

std::string csvCell(std::string_view text)
{
    std::string cell = "\"";
    for (const char c : text)
        cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

TEST(CsvCells, AreSplitAsRfc4180Says)
{
    CsvCells cells;
    cells.split(R"(a,"b, c","say ""hi""",,"",d"e,"f"g)", ',');
    EXPECT_THAT(cells.cells(), ElementsAre("a", "b, c", "say \"hi\"", "", "", "d\"e", "fg"));
    cells.split("", ',');
    EXPECT_THAT(cells.cells(), ElementsAre(""));
    cells.split("a;", ';');
    EXPECT_THAT(cells.cells(), ElementsAre("a", ""));
    cells.split("\"not closed, \"\"", ',');
    EXPECT_THAT(cells.cells(), ElementsAre("not closed, \""));
}

TEST(CsvCells, BecomeJsonWhereNothingIsLost)
{
    const auto value = [](std::string_view column, std::string_view text) {
        std::string json;
        appendCell(json, cellKind(plainColumnName(column)), text);
        return json;
    };
    EXPECT_EQ(value("*.properties.$ai_input_tokens", "1200"), "1200");
    EXPECT_EQ(value("properties.$ai_total_cost_usd", "8.25e-05"), "8.25e-05");
    EXPECT_EQ(value("properties.$ai_input_tokens", "007"), R"("007")") << "no JSON number";
    EXPECT_EQ(value("properties.$ai_input_tokens", "1,200"), R"("1,200")");
    EXPECT_EQ(value("properties.$ai_is_error", "True"), "true");
    EXPECT_EQ(value("is_error", "0"), "false");
    EXPECT_EQ(value("properties.$ai_trace_id", "42"), R"("42")") << "ids are text";
    EXPECT_EQ(value("properties.zip", "007"), R"("007")");
    EXPECT_EQ(value("properties.answer", "True"), R"("True")") << "nobody knows what the customer meant";
    EXPECT_EQ(value("properties.$ai_input.0.content", "42"), R"("42")") << "somebody wrote this";
    EXPECT_EQ(value("properties.$ai_usage.rawUsage.promptTokens", "42"), "42") << "nobody wrote this";
    EXPECT_EQ(value("distinct_id", "12"), R"("12")");
    EXPECT_EQ(value("input", R"("hi")"), R"("hi")") << "ai_events: JSON";
    EXPECT_EQ(value("properties.$ai_output", R"("hi")"), R"("\"hi\"")") << "a property: text";
    EXPECT_EQ(value("properties.$ai_output", R"([{"a":1}])"), R"([{"a":1}])");
    EXPECT_EQ(value("properties.$ai_output", "[not a list"), R"("[not a list")");
    EXPECT_EQ(value("properties", R"({"a": 1})"), R"({"a": 1})");
    EXPECT_EQ(value("properties", R"({"a": )"), R"("{\"a\": ")");
}

TEST(ColumnNames, LoseWhatSqlPutsAroundThem)
{
    for (const char *name : {"uuid", "UUID", " `uuid` ", "\"uuid\"", "toString(uuid)", "toString( e.uuid )",
                             "events.uuid", "*.uuid", "ifNull(uuid, '')"})
        EXPECT_EQ(plainColumnName(name), "uuid") << name;
    for (const char *name :
         {"properties.$ai_model", "toString(properties.$ai_model)", "e.properties.$ai_model",
          "JSONExtractString(properties, '$ai_model')", "*.properties.$ai_model"})
        EXPECT_EQ(plainColumnName(name), "properties.$ai_model") << name;
    EXPECT_EQ(plainColumnName("toFloat(toString(latency))"), "latency");
    for (const char *name : {"count()", "max(timestamp)", "toStartOfHour(timestamp)", "concat(event, uuid)",
                             "user.event", "a.b.c", "(", "*", "*."})
        EXPECT_EQ(plainColumnName(name), name);
}

TEST(Csv, AnEventTableOfTheWindowIsUnflattened)
{
    const ReadResult read = readCsv(fixture("export_ui_events_flat.csv"));
    EXPECT_EQ(raw(read),
              R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001","event":"$ai_generation",)"
              R"("timestamp":"2026-11-23T10:01:05.004000Z","distinct_id":"user_17",)"
              R"("person_properties":{"email":"a@b.c"},"properties":{"$ai_model":"claude-sonnet-4-5",)"
              R"("$ai_provider":"anthropic","$ai_input":[{"role":"user","content":"hi"}],)"
              R"("$ai_output_choices":[{"content":[{"text":"hello"}]}],"$ai_total_cost_usd":0.00825}})");
    ASSERT_EQ(read.events.size(), 1u);
    EXPECT_EQ(read.events[0].model, "claude-sonnet-4-5");
    EXPECT_EQ(read.lines, 1);
}

TEST(Csv, AnSqlEditorsTableIsReadByItsAliases)
{
    const ReadResult read = readCsv(fixture("export_ui_hogql.csv"));
    ASSERT_EQ(read.events.size(), 1u) << read.rejectTexts();
    EXPECT_EQ(read.events[0].traceId, "trace-42");
    EXPECT_EQ(read.events[0].usage.inputTokens, 1200);
    EXPECT_THAT(read.events[0].raw, testing::EndsWith(R"("$groups":{"company":"acme"}}})"))
        << "the properties as they are; the column beside them says nothing new";

    const ReadResult aliases = readCsv("toString(uuid) , event, ts, model, input_tokens\na,e,1,m,2\n");
    EXPECT_EQ(problem(aliases), "the table has no column timestamp, so its rows are no events; export "
                                "the columns uuid, event, timestamp, distinct_id and properties");
    const ReadResult typed = readCsv("u,event,timestamp,trace_id,model,input_tokens,is_error,input,plan\n"
                                     "a,$ai_generation,2026-11-23 10:01:05,42,gpt-4o,12,0,\"[{\"\"role\"\": "
                                     "\"\"user\"\"}]\",pro\n");
    EXPECT_EQ(raw(typed),
              R"({"uuid":"a","event":"$ai_generation","timestamp":"2026-11-23 10:01:05","properties":{)"
              R"("$ai_trace_id":"42","$ai_model":"gpt-4o","$ai_input_tokens":12,"$ai_is_error":false,)"
              R"("$ai_input":[{"role": "user"}],"plan":"pro"}})");
}

TEST(Csv, WarehouseRowsOfEveryKindAreEvents)
{
    const std::string properties = R"("{""$ai_model"":""m""}")";
    const std::string tables[] = {
        "uuid,team_id,timestamp,event,properties,distinct_id,set,set_once,ip,elements,site_url,bq_ingested_"
        "timestamp\n"
        "a,1,2026-11-23 10:01:05.004000 UTC,$ai_generation," +
            properties + R"(,u,"{""p"":1}",,1.2.3.4,"""""",,2026-11-23 11:03:00 UTC)" + "\n",
        "UUID,TEAM_ID,TIMESTAMP,EVENT,PROPERTIES,DISTINCT_ID,IP,ELEMENTS,SITE_URL,PEOPLE_SET,PEOPLE_SET_"
        "ONCE\n"
        "a,1,2026-11-23 10:01:05.004,$ai_generation," +
            properties + R"(,u,1.2.3.4,,,"{""p"":1}",)" + "\n",
        "uuid,event,properties,elements,set,set_once,distinct_id,team_id,ip,site_url,timestamp\n"
        "a,$ai_generation," +
            properties + R"(,,"{""p"":1}",,u,1,1.2.3.4,,2026-11-23 10:01:05.004+00)" + "\n"};
    for (const std::string &table : tables) {
        const ReadResult read = readCsv(table);
        ASSERT_EQ(read.events.size(), 1u) << table << problem(read) << read.rejectTexts();
        const Event &event = read.events[0];
        EXPECT_EQ(isoTime(event.timestamp), "2026-11-23T10:01:05.004+00:00") << table;
        EXPECT_EQ(event.model, "m") << table;
        EXPECT_EQ(event.distinctId, "u") << table;
        ASSERT_EQ(event.updates.size(), 1u) << table;
        EXPECT_EQ(event.updates[0].json, R"({"p":1})") << table;
    }
}

TEST(Csv, PersonsAndContentAreTold)
{
    const ReadResult persons =
        readCsv("team_id,distinct_id,person_id,properties,person_version,created_at,is_deleted\n"
                "1,user_17,018e9b6e-1111-0000-0000-3f9b2a1c0001,\"{\"\"email\"\": "
                "\"\"a@b.c\"\"}\",7,2026-01-02T03:04:05Z,False\n");
    ASSERT_EQ(persons.events.size(), 1u) << problem(persons) << persons.rejectTexts();
    EXPECT_EQ(persons.events[0].record, RecordKind::Person);
    EXPECT_EQ(persons.events[0].distinctId, "user_17");
    ASSERT_EQ(persons.events[0].updates.size(), 1u);
    EXPECT_EQ(persons.events[0].updates[0].json, R"({"email": "a@b.c"})");

    const ReadResult content =
        readCsv("uuid,input,output\n0192f5c1-7a10-7b3e-9d52-3c1f0a9be001,\"[1]\",text\n");
    ASSERT_EQ(content.events.size(), 1u) << problem(content) << content.rejectTexts();
    EXPECT_EQ(content.events[0].record, RecordKind::Content);
    EXPECT_EQ(raw(content), R"({"uuid":"0192f5c1-7a10-7b3e-9d52-3c1f0a9be001",)"
                            R"("properties":{"$ai_input":[1],"$ai_output":"text"}})");
}

TEST(Csv, PersonsOfTheWindowHaveAColumnForEachDistinctId)
{
    const ReadResult persons = readCsv(
        "*.id,*.name,*.distinct_ids.0,*.distinct_ids.1,*.distinct_ids.total,*.properties.email,*.created_at\n"
        "018e9b6e-1111-0000-0000-3f9b2a1c0001,a@b.c,user_17,anon-5,2,a@b.c,2026-01-02T03:04:05Z\n"
        "018e9b6e-1111-0000-0000-3f9b2a1c0002,d@e.f,user_18,,1,d@e.f,2026-01-02T03:04:05Z\n");
    EXPECT_EQ(persons.rejectTexts(), "");
    std::vector<std::string> seen;
    for (const Event &person : persons.events) {
        EXPECT_EQ(person.record, RecordKind::Person);
        seen.push_back(person.distinctId + " is " + person.personId.substr(32) + ' ' +
                       (person.updates.empty() ? "" : person.updates[0].json));
    }
    EXPECT_EQ(seen, (std::vector<std::string>{R"(user_17 is 0001 {"email":"a@b.c"})",
                                              R"(anon-5 is 0001 {"email":"a@b.c"})",
                                              R"(user_18 is 0002 {"email":"d@e.f"})"}));
}

TEST(Csv, MayBeDelimitedAndEndedInAnyWay)
{
    const std::string expected =
        R"({"uuid":"a","event":"e","timestamp":"2025-06-02","properties":{"x":"1,2;3"}})";
    for (const char *text : {
             "uuid,event,timestamp,x\na,e,2025-06-02,\"1,2;3\"\n",
             "uuid,event,timestamp,x\r\na,e,2025-06-02,\"1,2;3\"\r\n",
             "\xef\xbb\xbfuuid,event,timestamp,x\r\na,e,2025-06-02,\"1,2;3\"",
             "uuid;event;timestamp;x\na;e;2025-06-02;\"1,2;3\"\n",
             "sep=;\r\nuuid;event;timestamp;x\r\na;e;2025-06-02;\"1,2;3\"\r\n;;;\r\n",
             "uuid\tevent\ttimestamp\tx\na\te\t2025-06-02\t1,2;3\n\n\n",
             "\n\"uuid\",\"event\",\"timestamp\",\"x\"\n\n\"a\",\"e\",\"2025-06-02\",\"1,2;3\"\n,,,\n",
         }) {
        const ReadResult read = readCsv(text);
        EXPECT_EQ(raw(read), expected) << text;
        EXPECT_EQ(read.lines, 1) << text;
    }
}

TEST(Csv, RejectsCarryTheLineOfTheFile)
{
    const ReadResult read = readCsv("uuid,event,timestamp,x\r\n"      // 1
                                    "a,e,2025-06-02,\"two\nlines\"\n" // 2, 3
                                    "\n"
                                    "b,,2025-06-02,1\n"        // 5
                                    "c,e,yesterday,\"\n\n\"\n" // 6 to 8
                                    "d,e,2025-06-02,1,2\n"     // 9
                                    "e,e,2025-06-02\n"
                                    "f,e,2025-06-02,1,,\n"
                                    "g,e,2025-06-02,\"not closed\n");
    EXPECT_EQ(read.names(), "e e e") << "cells may be missing at the end, or be too many and empty";
    EXPECT_EQ(read.rejectTexts(), "12: cut off: a quoted cell does not end\n"
                                  "5: no event name\n"
                                  "6: the timestamp “yesterday” cannot be read\n"
                                  "9: the row has 5 cells, the header 4 columns\n");
    EXPECT_EQ(read.lines, 7);
}

TEST(Csv, ATableWithoutEventsIsRefusedOnce)
{
    EXPECT_EQ(problem(readCsv("model,price\ngpt-4o,1\ngpt-4,2\n")),
              "the table has no column event, timestamp, so its rows are no events; export the columns "
              "uuid, event, timestamp, distinct_id and properties");
    EXPECT_EQ(problem(readCsv("uuid,event,count()\na,e,1\n")),
              "the table has no column timestamp, so its rows are no events; export the columns uuid, "
              "event, timestamp, distinct_id and properties");
    EXPECT_EQ(readCsv("not a table, but text\n").rejects.size(), 1u) << "one column more than lines";
}

TEST(Csv, NothingExportedIsANote)
{
    for (const char *text : {"error\nNo data available or unable to format for export.\n",
                             "error\r\n\"No data available or unable to format for export.\"\r\n"}) {
        const ReadResult read = readCsv(text);
        EXPECT_EQ(read.lines, 0);
        EXPECT_EQ(read.filesEnded, 1);
        EXPECT_TRUE(read.summary.unreadable.empty());
        ASSERT_EQ(read.summary.notes.size(), 1u);
        EXPECT_TRUE(read.summary.notes[0].contains(u"PostHog exported nothing"_qs));
    }
    EXPECT_EQ(readCsv("uuid,event,timestamp\n").lines, 0) << "a header alone";
}

TEST(Csv, TheSameRowIsTheSameEvent)
{
    const ReadResult read = readCsv("event,timestamp,x\ne,2025-06-02,1\ne,2025-06-02,1\ne,2025-06-02,2\n");
    ASSERT_EQ(read.events.size(), 3u);
    EXPECT_EQ(read.events[0].uuid, read.events[1].uuid);
    EXPECT_NE(read.events[0].uuid, read.events[2].uuid);

    DumpOptions known;
    known.isKnown = [&read](std::string_view text) { return text == read.events[0].raw; };
    const DumpFolder folder;
    const QString file = folder.write(u"t"_qs, "event,timestamp,x\ne,2025-06-02,1\ne,2025-06-02,3\n");
    std::int64_t left = 0;
    std::size_t parsed = 0;
    ASSERT_TRUE(readDumps(
        {file}, known,
        [&](EventBatch &&batch) -> Status {
            left += batch.known;
            parsed += batch.events.size();
            return Done{};
        },
        StopToken()));
    EXPECT_EQ(left, 1);
    EXPECT_EQ(parsed, 1u);
}

TEST(Csv, RecordsMeetTheEndsOfChunksAnywhere)
{
    std::string text = "uuid,event,timestamp,x\r\n";
    constexpr std::size_t kRows = 3000;
    const auto content = [](std::size_t i) {
        return std::string(i * 2654435761u % (i % 40 == 0 ? 200'000 : 900), "\"\n,x"[i % 4]);
    };
    for (std::size_t i = 0; i < kRows; ++i)
        text += ",e" + std::to_string(i) + ",2025-06-02," + csvCell(content(i)) + "\r\n";
    for (const int threads : {1, 3}) {
        const ReadResult read = readCsv(text, {threads});
        EXPECT_EQ(read.rejectTexts(), "");
        ASSERT_EQ(read.events.size(), kRows);
        for (std::size_t i = 0; i < kRows; ++i) {
            ASSERT_EQ(read.events[i].name, "e" + std::to_string(i));
            const json::Value properties = json::member(json::Value(read.events[i].raw), "properties");
            ASSERT_EQ(json::member(properties, "x").text(), content(i)) << i;
        }
    }
}

TEST(Csv, ARowLargerThanTheLimitIsAReject)
{
    const std::string large(6u << 20, 'x');
    const ReadResult read = readCsv("event,timestamp,x\na,2025-06-02,1\nb,2025-06-02,\"\n" + large +
                                        "\"\nc,2025-06-02,1\n,2025-06-02,1\n",
                                    {0, 3u << 20});
    EXPECT_EQ(read.names(), "a c");
    EXPECT_EQ(read.rejectTexts(), "3: longer than 3 MB\n6: no event name\n");
}

TEST(Csv, IsReadAsSuchWhereAskedFor)
{
    DumpOptions options;
    options.format = dumpFormatNamed(u"csv"_qs);
    ASSERT_NE(options.format, nullptr);
    EXPECT_EQ(readCsv("{\"event\",event,timestamp\n1,e,2025-06-02\n", options).names(), "e");
    EXPECT_EQ(dumpFormatNamed(u"xml"_qs), nullptr);
}

/// Flattens as PostHog's export does: names and positions joined by dots, everything as text.
void flatten(const std::string &name, const QJsonValue &value, std::map<std::string, std::string> &cells)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            flatten(name + '.' + member.key().toStdString(), member.value(), cells);
    } else if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i)
            flatten(name + '.' + std::to_string(i), list[i], cells);
    } else if (value.isBool()) {
        cells[name] = value.toBool() ? "True" : "False";
    } else if (value.isDouble()) {
        cells[name] = QByteArray::number(value.toDouble(), 'g', 17).toStdString();
    } else {
        cells[name] = value.toString().toStdString();
    }
}

/// Properties as events carry them: PostHog's own with their types, the customer's as nested text.
class RandomProperties
{
public:
    explicit RandomProperties(unsigned seed) : m_random(seed) {}

    QJsonObject object()
    {
        QJsonObject object;
        const auto maybe = [&](const char *name, const QJsonValue &value) {
            if (below(3) > 0)
                object.insert(QLatin1String(name), value);
        };
        maybe("$ai_model", text());
        maybe("$ai_trace_id", QString::number(below(1000)));
        maybe("$ai_input_tokens", below(100000));
        maybe("$ai_total_cost_usd", below(1000) / 4096.0);
        maybe("$ai_is_error", below(2) == 0);
        maybe("$ai_input", nested(3));
        maybe("$ai_output_choices", list(3));
        maybe("$ai_usage", QJsonObject{{u"rawUsage"_qs, QJsonObject{{u"n"_qs, below(9)}, {u"b"_qs, true}}}});
        maybe("$groups", QJsonObject{{u"company"_qs, text()}});
        maybe("$feature/a.b", text());
        maybe("$feature/a.b.c", text());
        maybe("plan", nested(3));
        maybe("007", text());
        return object;
    }

private:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }

    QString text()
    {
        static const char *const kTexts[] = {"007",        "True",          "1e5",  "a,b",
                                             "say \"hi\"", "two\nlines",    "null", "漢字",
                                             "; tab\t",    "{\"no\": json", "-",    " space "};
        return QString::fromUtf8(kTexts[below(std::size(kTexts))]);
    }

    QJsonValue nested(int depth)
    {
        const int kind = below(depth > 0 ? 3 : 1);
        if (kind == 0)
            return text();
        if (kind == 1)
            return list(depth);
        QJsonObject object;
        for (int i = 0; i <= below(3); ++i)
            object.insert(QString(QChar(u'a' + below(5))), nested(depth - 1));
        return object;
    }

    QJsonArray list(int depth)
    {
        QJsonArray list;
        for (int i = 0; i <= below(12); ++i)
            list.append(nested(depth - 1));
        return list;
    }

    std::mt19937 m_random;
};

TEST(Csv, WhatAnExportFlattenedIsTheSameAgain)
{
    for (unsigned seed = 0; seed < 60; ++seed) {
        RandomProperties random(seed);
        std::vector<QJsonObject> expected;
        std::vector<std::map<std::string, std::string>> rows;
        std::map<std::string, std::size_t> columns; // the union over all rows
        for (int i = 0; i < 6; ++i) {
            expected.push_back(random.object());
            std::map<std::string, std::string> cells = {{"*.event", "e"}, {"*.timestamp", "2025-06-02"}};
            flatten("*.properties", expected.back(), cells);
            for (const auto &[name, cell] : cells)
                columns[name] = 0;
            rows.push_back(std::move(cells));
        }
        std::string text;
        for (const auto &[name, unused] : columns)
            text += (text.empty() ? "" : ",") + csvCell(name);
        for (const auto &row : rows) {
            text += "\r\n";
            for (const auto &[name, unused] : columns) {
                const auto cell = row.find(name);
                text += (name == columns.begin()->first ? "" : ",") +
                        (cell == row.end() ? std::string() : csvCell(cell->second));
            }
        }
        const ReadResult read = readCsv(text);
        ASSERT_EQ(read.events.size(), rows.size()) << read.rejectTexts() << problem(read) << text;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const QJsonObject event =
                QJsonDocument::fromJson(QByteArray::fromStdString(read.events[i].raw)).object();
            ASSERT_EQ(QJsonDocument(event[u"properties"].toObject()).toJson().toStdString(),
                      QJsonDocument(expected[i]).toJson().toStdString())
                << "seed " << seed << " row " << i << '\n'
                << text;
        }
    }
}

} // namespace
