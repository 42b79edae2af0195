// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A million generations must not be felt by the hand: bounds are wide, so that a busy machine passes.
#include "models/columnfigures.h"
#include "models/listmodel.h"
#include "syntheticselection.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

using namespace genscope;
using namespace genscope::test;

namespace {

constexpr std::size_t kMillion = 1'000'000;

std::shared_ptr<const Selection> million()
{
    static const auto kSelection = manyGenerations(kMillion);
    return kSelection;
}

/// The longest time in which the event loop did not turn.
class StallWatch
{
public:
    StallWatch()
    {
        m_clock.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(); });
        m_timer.start(0);
    }
    qint64 longestMs() const { return m_longest; }

private:
    void turn() { m_longest = std::max(m_longest, m_clock.restart()); }
    QElapsedTimer m_clock;
    QTimer m_timer;
    qint64 m_longest = 0;
};

TEST(ListSpeed, SettingAMillionRowsIsInstant)
{
    ListRequest request;
    request.selection = million();
    request.columns = shownByDefault(ListKind::Generations);
    const auto rows = loadRows(request);
    ASSERT_TRUE(rows.ok());
    Workspace workspace;
    ListModel model(&workspace, ListKind::Generations);
    QElapsedTimer clock;
    clock.start();
    model.setRows(*rows);
    const qint64 micros = clock.nsecsElapsed() / 1000;
    RecordProperty("set_us", static_cast<int>(micros));
    EXPECT_EQ(model.rowCount(), static_cast<int>(kMillion));
    EXPECT_LT(micros, 10'000);
}

TEST(ListSpeed, SortingAMillionRowsDoesNotHoldTheWindow)
{
    Workspace workspace;
    ListModel model(&workspace, ListKind::Generations);
    QSignalSpy loaded(&model, &ListModel::rowsLoaded);
    model.setSelection(million());
    ASSERT_TRUE(loaded.wait(20'000));
    for (const char *column : {"latency", "cost", "model", "user", "trace_id", "tokens"}) {
        const int section = model.rows()->columnIndex(column);
        ASSERT_GE(section, 0) << column;
        // What else the machine does can hold this thread, too: the best of three tries counts.
        qint64 stall = std::numeric_limits<qint64>::max();
        for (int attempt = 0; attempt < 3 && stall > 50; ++attempt) {
            StallWatch watch;
            QElapsedTimer clock;
            clock.start();
            model.sort(section, attempt % 2 == 0 ? Qt::DescendingOrder : Qt::AscendingOrder);
            ASSERT_TRUE(loaded.wait(20'000)) << column;
            RecordProperty(std::string("sort_ms_") + column, static_cast<int>(clock.elapsed()));
            std::printf("sort by %-10s %4lld ms, longest stall %lld ms\n", column,
                        static_cast<long long>(clock.elapsed()), static_cast<long long>(watch.longestMs()));
            EXPECT_LT(clock.elapsed(), 3'000) << column;
            stall = std::min(stall, watch.longestMs());
        }
        EXPECT_LE(stall, 50) << column;
    }
}

TEST(ListSpeed, SeveralColumnsFiguresAndValuesOfAMillionRows)
{
    ListRequest request;
    request.selection = million();
    request.columns = shownByDefault(ListKind::Generations);
    request.sort = {{"model", false}, {"latency", true}, {"cost", true}};
    QElapsedTimer clock;
    clock.start();
    const auto rows = loadRows(request);
    ASSERT_TRUE(rows.ok());
    const qint64 sorted = clock.restart();
    const auto figures = columnFigures(ListKind::Generations, **rows, std::nullopt, {});
    ASSERT_TRUE(figures.ok());
    const qint64 figured = clock.restart();
    const auto column = static_cast<std::size_t>((*rows)->columnIndex("model"));
    const auto values = valueCounts(**rows, column, 100, {});
    ASSERT_TRUE(values.ok());
    const qint64 counted = clock.elapsed();
    std::printf("sort by three %lld ms, figures of %zu columns %lld ms, values %lld ms\n",
                static_cast<long long>(sorted), figures->size(), static_cast<long long>(figured),
                static_cast<long long>(counted));
    EXPECT_LT(sorted, 5'000);
    EXPECT_LT(figured, 5'000);
    EXPECT_LT(counted, 5'000);
}

} // namespace
