// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/answerslots.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSemaphore>
#include <QTest>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

const QString kSlot = QStringLiteral("chart");

TEST(AnswerSlots, DeliversTheAnswerOnTheAskingThread)
{
    AnswerSlots answers;
    QObject view;
    int answer = 0;
    QThread *deliveredOn = nullptr;
    auto value = std::make_shared<int>(0);
    answers.ask(
        &view, kSlot, [value](const StopToken &) { *value = 42; },
        [&, value] {
            answer = *value;
            deliveredOn = QThread::currentThread();
        });
    EXPECT_TRUE(QTest::qWaitFor([&] { return answer == 42; }));
    EXPECT_EQ(deliveredOn, view.thread());
}

TEST(AnswerSlots, AnOlderQuestionUnderTheSameNameIsDropped)
{
    AnswerSlots answers;
    QObject view;
    QSemaphore letFirstFinish;
    QStringList delivered;
    answers.ask(
        &view, kSlot, [&](const StopToken &) { letFirstFinish.acquire(); },
        [&] { delivered << QStringLiteral("first"); });
    answers.ask(
        &view, kSlot, [](const StopToken &) {}, [&] { delivered << QStringLiteral("second"); });
    EXPECT_TRUE(QTest::qWaitFor([&] { return !delivered.isEmpty(); }));
    letFirstFinish.release();
    QTest::qWait(50);
    EXPECT_EQ(delivered, QStringList{QStringLiteral("second")});
}

TEST(AnswerSlots, WorkThatWasOvertakenIsAskedToStop)
{
    AnswerSlots answers;
    QObject view;
    QSemaphore started;
    std::atomic<bool> stopped = false;
    answers.ask(
        &view, kSlot,
        [&](const StopToken &stop) {
            started.release();
            while (!stop.stopRequested())
                QThread::msleep(1);
            stopped = true;
        },
        [] { FAIL() << "an overtaken answer was delivered"; });
    started.acquire();
    bool answered = false;
    answers.ask(
        &view, kSlot, [](const StopToken &stop) { EXPECT_FALSE(stop.stopRequested()); },
        [&] { answered = true; });
    EXPECT_TRUE(QTest::qWaitFor([&] { return answered && stopped; }));
}

TEST(AnswerSlots, NothingIsDeliveredToADeadView)
{
    AnswerSlots answers;
    auto view = std::make_unique<QObject>();
    QSemaphore viewIsDead;
    bool delivered = false;
    answers.ask(
        view.get(), kSlot, [&](const StopToken &) { viewIsDead.acquire(); }, [&] { delivered = true; });
    view.reset();
    viewIsDead.release();
    QTest::qWait(50);
    EXPECT_FALSE(delivered);
}

TEST(AnswerSlots, DyingJoinsTheWorkers)
{
    QObject view;
    std::atomic<bool> finished = false;
    {
        AnswerSlots answers;
        QSemaphore started;
        answers.ask(
            &view, kSlot,
            [&](const StopToken &) {
                started.release();
                QThread::msleep(30);
                finished = true;
            },
            [] { FAIL() << "delivered after death"; });
        started.acquire();
    }
    EXPECT_TRUE(finished);
    QCoreApplication::processEvents();
}

} // namespace
