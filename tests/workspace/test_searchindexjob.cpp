// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/searchindexjob.h"

#include "store/importer.h"
#include "store/searchindex.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace genscope {
namespace {

TEST(SearchIndexJob, IndexesTheOpenStoreAfterAWhile)
{
    const QTemporaryDir dir;
    const QString store = dir.filePath(QStringLiteral("s.genscope"));
    const QString dump = dir.filePath(QStringLiteral("d.jsonl"));
    QFile file(dump);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"uuid":"01972df0-6528-7cbe-acc1-2303065089ba","event":"$ai_generation","distinct_id":"a",)"
               R"("timestamp":"2025-06-02T10:00:00Z","properties":{"$ai_input":"hello"}})"
               "\n");
    file.close();
    ASSERT_TRUE(importDumps(store, {dump}, {}, {}));

    Workspace workspace;
    SearchIndexJob job(&workspace);
    job.setDelay(0);
    QSignalSpy ended(&job, &SearchIndexJob::ended);
    workspace.open(store);
    ASSERT_TRUE(ended.wait(20'000));
    EXPECT_TRUE(QFile::exists(SearchIndex::pathOf(store)));
    EXPECT_FALSE(*isSearchIndexDue(store));
}

} // namespace
} // namespace genscope
