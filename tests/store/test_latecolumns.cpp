// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Small commits leave the last columns for later: nobody may be able to tell.

#include "storefixture.h"

#include "ingest/normalise.h"
#include "store/livewriter.h"
#include "store/storewriter.h"
#include "store/verify.h"

#include <future>
#include <sstream>

namespace genscope::test {
namespace {

std::vector<Event> eventsOf(const std::string &dump)
{
    EventParser parser;
    std::vector<Event> events;
    std::istringstream lines(dump);
    for (std::string line; std::getline(lines, line);) {
        auto event = parser.parse(line);
        if (event)
            events.push_back(std::move(*event));
    }
    return events;
}

class LateColumns : public StoreTest
{
protected:
    /// Commits each @p step events, and ends as if killed.
    void write(const std::vector<Event> &events, std::size_t step, StoreWriter::Columns columns) const
    {
        writeInto(store(), events, step, columns);
    }
    static void writeInto(const QString &path, const std::vector<Event> &events, std::size_t step,
                          StoreWriter::Columns columns)
    {
        auto opened = StoreWriter::open(path, {}, {});
        ASSERT_TRUE(opened) << opened.error().message.toStdString();
        StoreWriter &writer = **opened;
        ASSERT_TRUE(writer.beginStream(SourceLog::Stream::Capture, QStringLiteral("http://here"), 0));
        for (std::size_t i = 0; i < events.size(); ++i) {
            ASSERT_TRUE(writer.add({events[i], hashOfRaw(events[i].raw), nullptr}));
            if ((i + 1) % step == 0) {
                ASSERT_TRUE(writer.commit(columns));
            }
        }
        ASSERT_TRUE(writer.commit(columns));
    }
    std::int64_t lacking() const
    {
        return numberFrom(store(), "SELECT (SELECT max(id) FROM event) - value FROM meta"
                                   " WHERE key = 'column_rows'");
    }
    void expectSound() const
    {
        const auto report = verifyStore(store(), {}, {});
        ASSERT_TRUE(report) << report.error().message.toStdString();
        EXPECT_TRUE(report->sound()) << report->toJson().constData();
    }
};

TEST_F(LateColumns, ReadersAndTheNextWriterMakeThemFromTheEvents)
{
    const std::string dump = variedDump(300);
    const std::vector<Event> events = eventsOf(dump);
    ASSERT_GT(events.size(), 200u);
    write(events, 7, StoreWriter::Columns::Later);
    EXPECT_GT(lacking(), 200);
    expectColumnsMatchTable(store());
    expectSound();
    const QString whole = path(QStringLiteral("whole.genscope"));
    writeInto(whole, events, events.size(), StoreWriter::Columns::Now);
    EXPECT_TRUE(contentsOf(store()) == contentsOf(whole));

    import(EventLine{.uuid = 9'999'999}.line()); // columns are whole again
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM meta WHERE key = 'column_rows'"), 0);
    EXPECT_EQ(numberFrom(store(), "SELECT sum(rows) FROM segment"),
              numberFrom(store(), "SELECT count(*) FROM event"));
    expectColumnsMatchTable(store());
    expectSound();
}

TEST_F(LateColumns, ARowThatIsInTheColumnsIsNeverLeftStale)
{
    import(EventLine{.uuid = 1, .properties = R"({"$ai_model":"a"})"}.line());
    const std::vector<Event> more =
        eventsOf(EventLine{.uuid = 1, .properties = R"({"$ai_model":"a","$ai_latency":2})"}.line() + "\n" +
                 EventLine{.uuid = 2}.line() + "\n");
    write(more, 1, StoreWriter::Columns::Later);
    expectColumnsMatchTable(store());
    expectSound();
}

TEST_F(LateColumns, ALiveWriterEndsWithWholeColumns)
{
    write(eventsOf(variedDump(50)), 10, StoreWriter::Columns::Later);
    EXPECT_GT(lacking(), 0);
    const std::string before = contentsOf(store());
    LiveWriter::Options options;
    options.source = QStringLiteral("http://here");
    auto live = LiveWriter::open(store(), options, {}, {});
    ASSERT_TRUE(live);
    std::promise<bool> stored;
    LiveBatch batch;
    batch.events = eventsOf(EventLine{.uuid = 77'777}.line() + "\n");
    batch.done = [&stored](const Status &done) { stored.set_value(done.ok()); };
    ASSERT_TRUE((*live)->add(std::move(batch)));
    EXPECT_TRUE(stored.get_future().get());
    EXPECT_EQ((*live)->finish().newEvents, 1);
    EXPECT_EQ(numberFrom(store(), "SELECT count(*) FROM meta WHERE key = 'column_rows'"), 0)
        << "it lets go of a store with whole columns";
    EXPECT_NE(contentsOf(store()), before);
    expectSound();
}

} // namespace
} // namespace genscope::test
