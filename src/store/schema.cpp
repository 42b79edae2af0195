// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include "store/connection.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace genscope {

namespace {

// https://www.sqlite.org/fileformat2.html#the_database_header
constexpr qint64 kHeaderSize = 100;
constexpr int kUserVersionOffset = 60;
constexpr int kApplicationIdOffset = 68;

} // namespace

Status migrate(const Connection &connection, std::span<const Migration> migrations)
{
    const Result<std::int64_t> version = connection.integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version >= migrations.back().version)
        return Done{};

    if (const Status begun = connection.beginWriting({}, {}); !begun)
        return begun;
    Transaction transaction(connection);
    // Another program may have migrated it while this one waited.
    const Result<std::int64_t> current = connection.integer("PRAGMA user_version");
    if (!current)
        return current.error();
    for (const Migration &step : migrations) {
        if (step.version <= *current)
            continue;
        for (const QString &statement : step.statements) {
            if (const Status done = connection.execute(statement); !done)
                return done;
        }
        if (step.finish) {
            if (const Status done = step.finish(connection); !done)
                return done;
        }
    }
    const QString newVersion = QStringLiteral("PRAGMA user_version = %1").arg(migrations.back().version);
    const QString applicationId = QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId);
    for (const QString &pragma : {newVersion, applicationId}) {
        if (const Status done = connection.execute(pragma); !done)
            return done;
    }
    return transaction.commit();
}

StoreFile inspectStoreFile(const QString &path)
{
    StoreFile answer;
    const QFileInfo info(path);
    if (!info.exists())
        return answer;
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        answer.kind = StoreFile::Kind::Unreadable;
        answer.reason =
            info.isFile() ? file.errorString() : QCoreApplication::translate("Store", "not a regular file");
        return answer;
    }
    const QByteArray header = file.read(kHeaderSize);
    if (header.isEmpty()) {
        answer.kind = StoreFile::Kind::Empty;
        return answer;
    }
    answer.kind = StoreFile::Kind::Other;
    if (header.size() < kHeaderSize || !header.startsWith("SQLite format 3"))
        return answer;
    if (qFromBigEndian<qint32>(header.constData() + kApplicationIdOffset) != kApplicationId)
        return answer;
    answer.kind = StoreFile::Kind::Store;
    answer.schemaVersion = qFromBigEndian<qint32>(header.constData() + kUserVersionOffset);
    return answer;
}

} // namespace genscope
