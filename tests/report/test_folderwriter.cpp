// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/folderwriter.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

class FolderWriterTest : public testing::Test
{
protected:
    QByteArray read(const QString &name) const
    {
        QFile file(QDir(folder()).filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no such file)");
    }
    QString folder() const { return home.filePath(QStringLiteral("reports/june")); }
    QStringList entries(const QString &where) const
    {
        return QDir(where).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    QTemporaryDir home;
};

} // namespace

TEST_F(FolderWriterTest, NothingAppearsBeforeCommit)
{
    {
        auto writer = FolderWriter::open(folder());
        ASSERT_TRUE(writer);
        ASSERT_TRUE(writer->write(QStringLiteral("a.txt"), "new"));
        EXPECT_FALSE(QFileInfo::exists(folder()));
        ASSERT_TRUE(writer->commit());
    }
    EXPECT_EQ(read(QStringLiteral("a.txt")), "new");
    EXPECT_EQ(entries(folder()), QStringList{QStringLiteral("a.txt")}) << "no scratch files are left";
    EXPECT_EQ(entries(home.filePath(QStringLiteral("reports"))), QStringList{QStringLiteral("june")});
}

TEST_F(FolderWriterTest, GivingUpLeavesTheOldFiles)
{
    QDir().mkpath(folder());
    QFile old(QDir(folder()).filePath(QStringLiteral("a.txt")));
    ASSERT_TRUE(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    {
        auto writer = FolderWriter::open(folder());
        ASSERT_TRUE(writer);
        ASSERT_TRUE(writer->write(QStringLiteral("a.txt"), "new"));
    }
    EXPECT_EQ(read(QStringLiteral("a.txt")), "old");
    EXPECT_EQ(entries(folder()), QStringList{QStringLiteral("a.txt")});
}

TEST_F(FolderWriterTest, ReplacesFilesOfTheSameNameAndKeepsOthers)
{
    QDir().mkpath(folder());
    for (const auto &name : {QStringLiteral("a.txt"), QStringLiteral("mine.txt")}) {
        QFile old(QDir(folder()).filePath(name));
        ASSERT_TRUE(old.open(QIODevice::WriteOnly));
        old.write("old");
    }
    auto writer = FolderWriter::open(folder());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(QStringLiteral("a.txt"), "new"));
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(read(QStringLiteral("a.txt")), "new");
    EXPECT_EQ(read(QStringLiteral("mine.txt")), "old");
}

TEST_F(FolderWriterTest, RefusesAFileInTheFoldersPlace)
{
    QDir().mkpath(home.filePath(QStringLiteral("reports")));
    QFile file(folder());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const auto writer = FolderWriter::open(folder());
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().kind, Error::Kind::Io);
    EXPECT_TRUE(writer.error().message.contains(folder()));
}
