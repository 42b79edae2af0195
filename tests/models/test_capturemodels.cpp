// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/capturemodels.h"
#include "models/roles.h"
#include "support/printedmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

using Tester = QAbstractItemModelTester;

void add(CaptureStatus &status, int count)
{
    for (int i = 0; i < count; ++i) {
        CapturedEvent event;
        event.receivedAt = parseIsoTime("2026-11-23T10:00:00Z")->instant();
        event.name = "$ai_generation";
        event.model = "m" + std::to_string(status.latestEnd++);
        event.user = "ada";
        event.inputTokens = 1200;
        event.latencySeconds = 1.5;
        event.isError = status.latestEnd % 10 == 0;
        event.traceId = "8f339ea7-45e8-43e8-a817-45c008ec3304";
        status.latest.push_back(event);
    }
    while (status.latest.size() > CaptureStatus::kLatest)
        status.latest.pop_front();
}

std::string models(const QAbstractItemModel &model, int rows)
{
    QStringList names;
    for (int row = 0; row < rows; ++row)
        names += model.index(row, CapturedEventModel::ModelColumn).data().toString();
    return names.join(QLatin1Char(' ')).toStdString();
}

TEST(CapturedEventModel, ShowsTheNewestFirst)
{
    CapturedEventModel model;
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    CaptureStatus status;
    model.setStatus(status, Zone::utc());
    EXPECT_EQ(model.rowCount(), 0);
    add(status, 3);
    model.setStatus(status, Zone::utc());
    EXPECT_EQ(models(model, 3), "m2 m1 m0");
    EXPECT_EQ(printedHeader(model),
              "Received | Event | Model | User | Input | Output | Latency | Name | Trace");
    const auto text = [&model](CapturedEventModel::Column column) {
        return model.index(0, column).data().toString().toStdString();
    };
    EXPECT_EQ(text(CapturedEventModel::InputColumn), "1200");
    EXPECT_EQ(text(CapturedEventModel::OutputColumn), "") << "not known is not 0";
    EXPECT_EQ(text(CapturedEventModel::LatencyColumn), "1.50 s");
    EXPECT_EQ(model.index(0, CapturedEventModel::TraceColumn).data(FullTextRole).toString(),
              QStringLiteral("8f339ea7-45e8-43e8-a817-45c008ec3304"));
}

TEST(CapturedEventModel, GrowsAtOneEndAndForgetsAtTheOther)
{
    CapturedEventModel model;
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    CaptureStatus status;
    add(status, 400);
    model.setStatus(status, Zone::utc());
    const QPersistentModelIndex chosen = model.index(10, 0); // m389
    add(status, 150);
    model.setStatus(status, Zone::utc());
    EXPECT_EQ(model.rowCount(), static_cast<int>(CaptureStatus::kLatest));
    EXPECT_EQ(models(model, 2), "m549 m548");
    EXPECT_EQ(chosen.row(), 160) << "a selected row stays that of its event";
    EXPECT_EQ(model.index(499, CapturedEventModel::ModelColumn).data().toString(), QStringLiteral("m50"));
    add(status, 2000); // more than it holds
    model.setStatus(status, Zone::utc());
    EXPECT_EQ(models(model, 1), "m2549");
    model.setStatus({}, Zone::utc()); // listening began anew
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(CaptureTroubleModel, ShowsWhatWentWrong)
{
    CaptureTroubleModel model;
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    CaptureStatus status;
    status.troubles = {{parseIsoTime("2026-11-23T10:00:00Z")->instant(), 400, QStringLiteral("/batch/"),
                        QStringLiteral("the request has no body")},
                       {parseIsoTime("2026-11-23T10:00:01Z")->instant(), 0, QStringLiteral("store"),
                        QStringLiteral("another program is writing")}};
    status.troublesEnd = 2;
    model.setStatus(status, Zone::utc());
    EXPECT_EQ(printedHeader(model), "Time | Answer | Where | Reason");
    const auto row = [&model](int number) {
        QStringList cells;
        for (int column = CaptureTroubleModel::StatusColumn; column < model.columnCount(); ++column)
            cells += model.index(number, column).data().toString();
        return cells.join(QStringLiteral(" | ")).toStdString();
    };
    EXPECT_EQ(row(0), "note | store | another program is writing");
    EXPECT_EQ(row(1), "400 | /batch/ | the request has no body");
}

} // namespace
