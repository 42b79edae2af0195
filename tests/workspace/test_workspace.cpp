// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

const QByteArray kThreeCalls =
    R"({"uuid":"11111111-1111-4111-8111-111111111111","event":"$ai_generation","timestamp":"2025-06-02T10:00:00Z","distinct_id":"ada","properties":{"$ai_trace_id":"t1","$ai_model":"gpt-4o","$ai_total_cost_usd":1}}
{"uuid":"22222222-2222-4222-8222-222222222222","event":"$ai_generation","timestamp":"2025-06-03T10:00:00Z","distinct_id":"ben","properties":{"$ai_trace_id":"t2","$ai_model":"gpt-4o","$ai_total_cost_usd":2}}
{"uuid":"33333333-3333-4333-8333-333333333333","event":"$ai_generation","timestamp":"2025-06-04T10:00:00Z","distinct_id":"ben","properties":{"$ai_trace_id":"t3","$ai_model":"o3","$ai_total_cost_usd":4}}
)";

class WorkspaceTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        QFile file(dump());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kThreeCalls);
    }

    QString dump() const { return m_folder.filePath(QStringLiteral("dump.jsonl")); }
    QString store(const char *name = "a.genscope") const { return m_folder.filePath(QLatin1String(name)); }

    void openAndImport()
    {
        QSignalSpy imported(&m_workspace, &Workspace::importFinished);
        open();
        m_workspace.importFiles({dump()});
        ASSERT_TRUE(imported.wait());
        settle(3);
    }
    void open()
    {
        QSignalSpy opened(&m_workspace, &Workspace::opened);
        m_workspace.open(store(), Workspace::OpenMode::CreateIfMissing);
        ASSERT_TRUE(opened.wait());
    }
    void settle(std::int64_t matched)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] {
            return !m_workspace.isBusy() && m_workspace.selection()->matchedEvents == matched;
        })) << "matched "
            << m_workspace.selection()->matchedEvents;
    }
    void filter(const char *text) { m_workspace.setFilter(*Filter::parse(text)); }

    QTemporaryDir m_folder;
    Workspace m_workspace;
};

TEST_F(WorkspaceTest, IsEmptyBeforeAStoreIsOpen)
{
    EXPECT_FALSE(m_workspace.isOpen());
    EXPECT_EQ(m_workspace.selection()->storedEvents, 0);
}

TEST_F(WorkspaceTest, ImportsAndSelectsEverything)
{
    openAndImport();
    EXPECT_EQ(m_workspace.selection()->storedEvents, 3);
    EXPECT_EQ(isoTime(*m_workspace.selection()->covered().from), "2025-06-02T10:00:00+00:00");
}

TEST_F(WorkspaceTest, AFilterChangesTheSelectionAndUndoTakesItBack)
{
    openAndImport();
    filter("model = \"gpt-4o\"");
    settle(2);
    filter("model = \"o3\"");
    settle(1);
    m_workspace.undo();
    settle(2);
    m_workspace.undo();
    settle(3);
    EXPECT_FALSE(m_workspace.canUndo());
    m_workspace.redo();
    settle(2);
}

TEST_F(WorkspaceTest, AQuickSuccessionOfScopesEndsAtTheLast)
{
    openAndImport();
    for (int i = 0; i < 50; ++i)
        filter(i % 2 ? "cost > 3" : "cost < 3");
    settle(1);
    EXPECT_EQ(m_workspace.selection()->scope.filter.toString(), m_workspace.scope().filter.toString());
}

TEST_F(WorkspaceTest, AnswersQueriesOnTheSelection)
{
    openAndImport();
    filter("cost >= 2");
    settle(2);
    Query query;
    query.measures = {Measure::Cost};
    std::optional<Result<ResultTable>> answer;
    m_workspace.query(&m_workspace, QStringLiteral("cost"), query,
                      [&](Result<ResultTable> table) { answer = table; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return answer.has_value(); }));
    ASSERT_TRUE(answer->ok());
    EXPECT_EQ((*answer)->total.back(), Cell(Money{Int128{6'000'000'000'000}}));
}

TEST_F(WorkspaceTest, AStoreThatCannotBeOpenedLeavesTheOpenOne)
{
    openAndImport();
    QSignalSpy failed(&m_workspace, &Workspace::openFailed);
    m_workspace.open(dump()); // a dump is not a store
    ASSERT_TRUE(failed.wait());
    EXPECT_EQ(m_workspace.storePath(), store());
    EXPECT_EQ(m_workspace.selection()->storedEvents, 3);
    EXPECT_TRUE(failed.first().first().value<Error>().message.contains(dump()));
}

TEST_F(WorkspaceTest, OpeningAMissingStoreDoesNotMakeIt)
{
    QSignalSpy failed(&m_workspace, &Workspace::openFailed);
    m_workspace.open(store("missing.genscope"));
    ASSERT_TRUE(failed.wait());
    EXPECT_FALSE(QFile::exists(store("missing.genscope")));
}

TEST_F(WorkspaceTest, DyingWhileBusyIsSafe)
{
    auto workspace = std::make_unique<Workspace>();
    QSignalSpy opened(workspace.get(), &Workspace::opened);
    workspace->open(store("b.genscope"), Workspace::OpenMode::CreateIfMissing);
    ASSERT_TRUE(opened.wait());
    workspace->importFiles({dump()});
    workspace->setFilter(*Filter::parse("cost > 1"));
    workspace.reset();
}

} // namespace
