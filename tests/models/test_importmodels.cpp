// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importmodels.h"
#include "models/roles.h"
#include "support/printedmodel.h"

#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

using Tester = QAbstractItemModelTester;

std::vector<Reject> rejects()
{
    return {{QStringLiteral("/d/a.jsonl"), 7, QStringLiteral("the timestamp “soon” cannot be read")},
            {QStringLiteral("/d/a.jsonl"), 9, QStringLiteral("=cmd, no event name")},
            {QStringLiteral("/d/b.gz"), 0, QStringLiteral("cut off")},
            {QStringLiteral("/d/c.jsonl"), 1, QStringLiteral("the timestamp “later” cannot be read")}};
}

TEST(SourceModel, ShowsCountsAndSpansOfFiles)
{
    SourceReport first;
    first.name = QStringLiteral("/d/a.jsonl");
    first.bytes = 2'000;
    first.events = 18;
    first.newEvents = 12;
    first.duplicates = 3;
    first.updated = 2;
    first.ignored = 1;
    first.rejected = 4;
    first.addTime(parseIsoTime("2025-06-02T10:00:00Z")->instant());
    first.addTime(parseIsoTime("2025-06-01T09:00:00Z")->instant());
    SourceReport second;
    second.name = QStringLiteral("-");
    SourceModel model({first, second}, Zone::utc());
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    EXPECT_EQ(printedHeader(model),
              "File | Events | New | Duplicates | Updated | Ignored | Rejected | First event | "
              "Last event | Size");
    EXPECT_EQ(model.rowCount(), 2);
    const auto text = [&model](int row, int column) {
        return model.index(row, column).data().toString().toStdString();
    };
    EXPECT_EQ(text(0, SourceModel::FileColumn), "a.jsonl");
    EXPECT_EQ(text(0, SourceModel::NewColumn), "12");
    EXPECT_EQ(text(0, SourceModel::RejectedColumn), "4");
    EXPECT_NE(text(0, SourceModel::FirstColumn), text(0, SourceModel::LastColumn));
    EXPECT_EQ(text(1, SourceModel::FileColumn), "standard input");
    EXPECT_EQ(text(1, SourceModel::FirstColumn), "");
    EXPECT_TRUE(model.index(0, SourceModel::RejectedColumn).data(ErrorRole).toBool());
    EXPECT_FALSE(model.index(1, SourceModel::RejectedColumn).data(ErrorRole).toBool());
    EXPECT_EQ(model.index(0, SourceModel::FileColumn).data(FullTextRole).toString(),
              QStringLiteral("/d/a.jsonl"));

    QSortFilterProxyModel sorted;
    const Tester sortedTester(&sorted, Tester::FailureReportingMode::Fatal);
    sorted.setSourceModel(&model);
    sorted.setSortRole(SortRole);
    sorted.sort(SourceModel::EventsColumn, Qt::AscendingOrder);
    EXPECT_EQ(sorted.index(0, 0).data().toString(), QStringLiteral("standard input"));
}

TEST(RejectKindModel, GroupsReasonsAndPutsTheMostFrequentFirst)
{
    ImportReport report;
    for (const Reject &reject : rejects())
        report.addReject(reject);
    RejectKindModel model(report.rejectKinds);
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    EXPECT_EQ(printedHeader(model), "Lines | Reason");
    EXPECT_EQ(printed(model), "4 | All reasons\n"
                              "2 | the timestamp “…” cannot be read\n"
                              "1 | =cmd, no event name\n"
                              "1 | cut off\n");
    EXPECT_EQ(model.kind(0), QString());
    EXPECT_EQ(model.kind(3), QStringLiteral("cut off"));
}

TEST(RejectModel, KnowsTheKindOfEachLineAndHowAnEditorNamesIt)
{
    RejectModel model(rejects());
    const Tester tester(&model, Tester::FailureReportingMode::Fatal);
    EXPECT_EQ(printed(model), "a.jsonl | 7 | the timestamp “soon” cannot be read\n"
                              "a.jsonl | 9 | =cmd, no event name\n"
                              "b.gz |  | cut off\n"
                              "c.jsonl | 1 | the timestamp “later” cannot be read\n");
    EXPECT_EQ(model.index(3, 0).data(RejectModel::kKindRole).toString(),
              QStringLiteral("the timestamp “…” cannot be read"));
    EXPECT_EQ(model.lineText(1), QStringLiteral("/d/a.jsonl:9: =cmd, no event name"));
    EXPECT_EQ(model.lineText(2), QStringLiteral("/d/b.gz: cut off"));
}

TEST(RejectsCsv, IsSafeForSpreadsheets)
{
    EXPECT_EQ(rejectsCsv(rejects()).toStdString(), "file,line,reason\n"
                                                   "/d/a.jsonl,7,the timestamp “soon” cannot be read\n"
                                                   "/d/a.jsonl,9,\"'=cmd, no event name\"\n"
                                                   "/d/b.gz,,cut off\n"
                                                   "/d/c.jsonl,1,the timestamp “later” cannot be read\n");
}

} // namespace
