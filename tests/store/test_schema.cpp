// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"
#include "store/importer.h"
#include "store/schema.h"
#include "store/storereader.h"
#include "support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace genscope {
namespace {

using testing::HasSubstr;

class Schema : public testing::Test
{
protected:
    QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    static QByteArray bytesOf(const QString &file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("unreadable");
    }
    static void write(const QString &file, const QByteArray &bytes)
    {
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    /// A store whose header says @p version.
    QString storeOfVersion(int version) const
    {
        const QString store = path("version.genscope");
        EXPECT_TRUE(ensureStore(store).ok());
        const auto connection = Connection::open(store, Connection::Access::Write);
        EXPECT_TRUE((*connection)->execute(QStringLiteral("PRAGMA user_version = %1").arg(version)).ok());
        return store;
    }
    static std::string messageOf(const Status &status)
    {
        return status ? "no error" : status.error().message.toStdString();
    }
    static std::string openMessage(const QString &store)
    {
        const auto opened = Connection::open(store, Connection::Access::Read);
        return opened ? "no error" : opened.error().message.toStdString();
    }
    QStringList filesThere() const { return QDir(m_dir.path()).entryList(QDir::Files); }

    QTemporaryDir m_dir;
};

TEST_F(Schema, ANewStoreIsMarkedAndOfTheCurrentVersion)
{
    const QString store = path("new.genscope");
    ASSERT_TRUE(ensureStore(store).ok());
    EXPECT_EQ(inspectStoreFile(store).kind, StoreFile::Kind::Store);
    EXPECT_EQ(inspectStoreFile(store).schemaVersion, currentSchemaVersion());
    EXPECT_TRUE(looksLikeStore(store));
    EXPECT_EQ(filesThere(), QStringList{QStringLiteral("new.genscope")}) << "no log is left behind";

    const QByteArray before = bytesOf(store);
    ASSERT_TRUE(ensureStore(store).ok());
    EXPECT_EQ(bytesOf(store), before) << "an existing store is left as it is";
}

TEST_F(Schema, EveryTableIsDocumented)
{
    const QString store = path("new.genscope");
    ASSERT_TRUE(ensureStore(store).ok());
    QFile file(test::sourceRoot() + QStringLiteral("/docs/store-schema.md"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const std::string document = file.readAll().toStdString();
    const auto connection = std::move(Connection::open(store, Connection::Access::Read)).value();
    auto columns =
        connection->prepare("SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
                            " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'");
    ASSERT_TRUE(columns.ok());
    while (*columns->step()) {
        const std::string table(columns->bytes(0));
        const std::string column(columns->bytes(1));
        EXPECT_THAT(document, HasSubstr("**`" + table + "`**"));
        // The facts of an event are documented by groups such as `book_*_pico`.
        if (table != "event") {
            EXPECT_THAT(document, HasSubstr("`" + column + "`")) << "of " << table;
        }
    }
}

TEST_F(Schema, MigrationsAreNumberedWithoutGaps)
{
    int expected = 1;
    for (const Migration &step : storeMigrations())
        EXPECT_EQ(step.version, expected++);
}

TEST_F(Schema, AnOlderStoreIsBroughtUpToDateStepByStep)
{
    const QString store = path("old.genscope");
    ASSERT_TRUE(ensureStore(store).ok());
    const int now = currentSchemaVersion();
    std::vector<Migration> future(storeMigrations().begin(), storeMigrations().end());
    future.push_back({now + 1, {QStringLiteral("CREATE TABLE later (a)")}});
    future.push_back({now + 2,
                      {QStringLiteral("ALTER TABLE later ADD COLUMN b"),
                       QStringLiteral("INSERT INTO later VALUES (1, 2)")}});

    const auto connection = Connection::open(store, Connection::Access::Write);
    ASSERT_TRUE(connection.ok());
    ASSERT_EQ(messageOf(migrate(**connection, future)), "no error");
    EXPECT_EQ((*connection)->integer("PRAGMA user_version").value(), now + 2);
    EXPECT_EQ((*connection)->integer("SELECT a + b FROM later").value(), 3);
    ASSERT_EQ(messageOf(migrate(**connection, future)), "no error");
    EXPECT_EQ((*connection)->integer("SELECT count(*) FROM later").value(), 1) << "no step runs twice";
}

TEST_F(Schema, AFailingMigrationChangesNothing)
{
    const QString store = path("old.genscope");
    ASSERT_TRUE(ensureStore(store).ok());
    std::vector<Migration> future(storeMigrations().begin(), storeMigrations().end());
    future.push_back(
        {currentSchemaVersion() + 1, {QStringLiteral("CREATE TABLE later (a)"), QStringLiteral("not SQL")}});
    const auto connection = Connection::open(store, Connection::Access::Write);
    EXPECT_THAT(messageOf(migrate(**connection, future)), HasSubstr("syntax error"));
    EXPECT_EQ((*connection)->integer("PRAGMA user_version").value(), currentSchemaVersion());
    EXPECT_EQ((*connection)->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").value(), 0);
}

TEST_F(Schema, AnEmptyFileBecomesAStore)
{
    const QString store = path("touched.genscope");
    write(store, {});
    EXPECT_THAT(openMessage(store), HasSubstr("empty"));
    EXPECT_FALSE(looksLikeStore(store));
    EXPECT_EQ(messageOf(ensureStore(store)), "no error");
    EXPECT_EQ(openMessage(store), "no error");
}

TEST_F(Schema, ANewerStoreIsRefusedUntouched)
{
    const QString store = storeOfVersion(currentSchemaVersion() + 1);
    const QByteArray before = bytesOf(store);
    EXPECT_THAT(openMessage(store), HasSubstr("newer Genscope"));
    EXPECT_THAT(messageOf(ensureStore(store)), HasSubstr("newer Genscope"));
    EXPECT_EQ(bytesOf(store), before);
    EXPECT_EQ(filesThere().size(), 1);
}

TEST_F(Schema, WhatIsNotAStoreIsRefusedUntouched)
{
    const QString text = path("notes.txt");
    write(text, "{\"event\":\"$ai_generation\"}\n");
    const QString other = path("other.sqlite");
    write(other, bytesOf(storeOfVersion(currentSchemaVersion())));
    QFile file(other);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    file.seek(68); // application_id
    file.write("\0\0\0\7", 4);
    file.close();

    for (const QString &path : {text, other}) {
        const QByteArray before = bytesOf(path);
        EXPECT_FALSE(looksLikeStore(path));
        EXPECT_THAT(openMessage(path), HasSubstr(path.toStdString()));
        EXPECT_THAT(openMessage(path), HasSubstr("not a Genscope store"));
        EXPECT_THAT(messageOf(ensureStore(path)), HasSubstr("not a Genscope store"));
        EXPECT_EQ(bytesOf(path), before);
    }
    EXPECT_THAT(openMessage(m_dir.path()), HasSubstr("not a regular file"));
    EXPECT_THAT(openMessage(path("missing.genscope")), HasSubstr("no such store"));
}

TEST_F(Schema, AReaderLeavesNoFilesBehind)
{
    const QString store = storeOfVersion(currentSchemaVersion());
    {
        const auto reader = Connection::open(store, Connection::Access::Read);
        ASSERT_TRUE(reader.ok());
        EXPECT_THAT(messageOf((*reader)->execute(QStringLiteral("DELETE FROM event"))),
                    HasSubstr("cannot be written"));
    }
    EXPECT_EQ(filesThere().size(), 1);
}

TEST_F(Schema, AStoreThatCannotBeWrittenIsStillRead)
{
    if (geteuid() == 0)
        GTEST_SKIP() << "permissions do not bind root";
    const QString store = storeOfVersion(currentSchemaVersion());
    QFile(store).setPermissions(QFile::ReadOwner);
    QFile(m_dir.path()).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    EXPECT_EQ(openMessage(store), "no error");
    EXPECT_THAT(messageOf(ensureStore(store)), HasSubstr("cannot be written"));
    EXPECT_THAT(messageOf(ensureStore(path("another.genscope"))), HasSubstr("its folder"));
    QFile(m_dir.path()).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace
} // namespace genscope
