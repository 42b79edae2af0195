// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A trace of 100,000 spans: how long until it is seen, and how long the window is deaf meanwhile.
#include "app/tables/detailpane.h"
#include "app/tables/tracebar.h"
#include "app/tables/tracepane.h"
#include "app/tables/traceview.h"
#include "tablefixture.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr int kSpans = 100'000;

/// Hundred agents of a thousand steps each, ten below each step.
QByteArray manySpans()
{
    QByteArray lines;
    lines.reserve(kSpans * 330);
    for (int i = 0; i < kSpans; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray second = QByteArray::number(i / 2'000).rightJustified(2, '0');
        const QByteArray milli = QByteArray::number(i / 2 % 1'000).rightJustified(3, '0');
        const QByteArray parent = i % 1'000 == 0 ? QByteArray("t")
                                  : i % 10 == 0  ? "s" + QByteArray::number(i - i % 1'000)
                                                 : "s" + QByteArray::number(i - i % 10);
        lines += R"({"uuid":"33333333-3333-4333-8333-)" + number.rightJustified(12, '0') + R"(","event":")" +
                 (i % 3 == 0 ? "$ai_generation" : "$ai_span") + R"(","timestamp":"2025-06-02T10:00:)" +
                 second + "." + milli +
                 R"(Z","distinct_id":"ada","properties":{"$ai_trace_id":"t","$ai_span_id":"s)" + number +
                 R"(","$ai_parent_id":")" + parent + R"(","$ai_span_name":"step )" + number +
                 R"(","$ai_latency":0.25,"$ai_model":"gpt-4o","$ai_input_tokens":120,"$ai_output_tokens":30,)"
                 R"("$ai_total_cost_usd":0.001}})"
                 "\n";
    }
    return lines;
}

/// The longest that the event loop did not come round.
class Stalls
{
public:
    Stalls()
    {
        QObject::connect(&m_ticker, &QTimer::timeout, &m_ticker,
                         [this] { m_longest = std::max(m_longest, m_turn.restart()); });
        m_turn.start();
        m_ticker.start(0);
    }
    qint64 longest() const { return std::max(m_longest, m_turn.elapsed()); }

private:
    QElapsedTimer m_turn;
    QTimer m_ticker;
    qint64 m_longest = 0;
};

class TraceSpeedTest : public TableFixture
{
};

} // namespace

TEST_F(TraceSpeedTest, AHundredThousandSpansOpenAtOnceAndStayFluent)
{
    importLines(manySpans());
    DetailPane pane(&m_workspace);
    pane.resize(1280, 800);
    pane.show();
    QTest::qWait(100);
    qint64 opened = 0;
    double used = 0; // of the processors, by all threads
    qint64 stall = 0;
    TraceView *view = pane.tracePane()->tree();
    for (int round = 0; round < 4; ++round) { // the best: other programs run too
        pane.clear();
        QSignalSpy loaded(&pane, &DetailPane::loaded);
        std::optional<Stalls> stalls; // they keep a processor busy themselves
        if (round == 3)
            stalls.emplace();
        QElapsedTimer timer;
        timer.start();
        const std::clock_t before = std::clock();
        pane.showTrace(QStringLiteral("t"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return view->model()->rowCount() > 0; }, 60'000));
        view->viewport()->repaint();
        const qint64 took = timer.elapsed();
        const double cpu = static_cast<double>(std::clock() - before) * 1000 / CLOCKS_PER_SEC;
        opened = round == 0 ? took : std::min(opened, took);
        used = round == 0 ? cpu : std::min(used, cpu);
        ASSERT_TRUE(loaded.count() > 0 || loaded.wait(60'000));
        if (stalls)
            stall = stalls->longest();
    }
    ASSERT_EQ(pane.tracePane()->trace()->events.size(), static_cast<std::size_t>(kSpans));

    view->expandAll();
    QElapsedTimer timer;
    timer.start();
    constexpr int kFrames = 60;
    for (int i = 0; i < kFrames; ++i) {
        QTest::keyClick(view, i % 2 == 0 ? Qt::Key_PageDown : Qt::Key_Plus);
        view->viewport()->repaint();
    }
    const double frame = static_cast<double>(timer.elapsed()) / kFrames;
    timer.restart();
    pane.tracePane()->bar()->setShown(TraceSteps::Critical);
    view->viewport()->repaint();
    const qint64 filtered = timer.elapsed();
    timer.restart();
    pane.tracePane()->bar()->searchBox()->setText(QStringLiteral("step 99"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return pane.tracePane()->bar()->countText().contains(QStringLiteral("of")); }, 60'000));
    std::printf(
        "100,000 spans: open %lld ms (%.0f ms of processors), longest stall %lld ms, a frame %.1f ms, "
        "critical path only %lld ms, search %lld ms\n",
        static_cast<long long>(opened), used, static_cast<long long>(stall), frame,
        static_cast<long long>(filtered), static_cast<long long>(timer.elapsed()));
    // Half a second on an idle machine with two cores is a second of its processors; what else runs slows
    // them.
    EXPECT_LT(used, 1'000);
    EXPECT_LT(stall, 400);
    EXPECT_LT(frame, 50);
}
