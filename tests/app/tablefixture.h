// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tables/detailpane.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace genscope::test {

/// A workspace over a store that was imported from a few lines.
class TableFixture : public testing::Test
{
protected:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    void importLines(const QByteArray &lines)
    {
        QFile file(path("dump.jsonl"));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(lines);
        file.close();
        QSignalSpy opened(&m_workspace, &Workspace::opened);
        QSignalSpy imported(&m_workspace, &Workspace::importFinished);
        m_workspace.open(path("a.genscope"), Workspace::OpenMode::CreateIfMissing);
        ASSERT_TRUE(opened.wait());
        m_workspace.importFiles({path("dump.jsonl")});
        ASSERT_TRUE(imported.wait(60'000));
        settle();
    }
    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !m_workspace.isBusy(); }));
    }

    /// Shows the details of a row, and waits for them.
    void showEvent(DetailPane &pane, std::uint32_t row)
    {
        pane.resize(600, 800);
        pane.show();
        QSignalSpy loaded(&pane, &DetailPane::loaded);
        pane.showEventAt(row);
        ASSERT_TRUE(loaded.wait(20'000));
    }

    QTemporaryDir m_folder;
    Workspace m_workspace;
};

/// One generation as a line of a dump. @p extra continues the properties: `,"$ai_latency":1`.
inline QByteArray generationLine(int number, const QByteArray &trace, const QByteArray &extra,
                                 const QByteArray &user = "ada")
{
    const QByteArray digits = QByteArray::number(number);
    return R"({"uuid":"11111111-1111-4111-8111-)" + digits.rightJustified(12, '0') +
           R"(","event":"$ai_generation","timestamp":"2025-06-02T10:)" + digits.rightJustified(2, '0') +
           R"(:00Z","distinct_id":")" + user + R"(","properties":{"$ai_trace_id":")" + trace + '"' + extra +
           "}}\n";
}

/// Four generations of three traces: one failed, one unpriced.
inline QByteArray fourCalls()
{
    return generationLine(
               1, "t1",
               R"(,"$ai_model":"gpt-4o","$ai_latency":1.25,"$ai_input_tokens":3112,)"
               R"("$ai_output_tokens":263,"$ai_total_cost_usd":0.0084,"feature":"chat",)"
               R"("$ai_input":[{"role":"system","content":"Be brief."},)"
               R"({"role":"user","content":"<b>Hello</b> <img src=\"http://tracker.example/x.png\">"}],)"
               R"("$ai_output_choices":[{"role":"assistant","content":"Hi."}])") +
           generationLine(2, "t2",
                          R"(,"$ai_model":"o3","$ai_latency":0.2,"$ai_is_error":true,"$ai_http_status":429,)"
                          R"("$ai_error":"Rate limit exceeded")",
                          "ben") +
           generationLine(3, "t3",
                          R"(,"$ai_model":"house-model","$ai_latency":4,"$ai_input_tokens":10,)"
                          R"("$ai_output_tokens":20)") +
           generationLine(
               4, "t1", R"(,"$ai_model":"gpt-4o","$ai_latency":2,"$ai_total_cost_usd":0.5,"feature":"=1+1")");
}

} // namespace genscope::test
