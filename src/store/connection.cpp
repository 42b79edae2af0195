// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "store/schema.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QVariant>

#include <sqlite3.h>

#include <atomic>
#include <thread>

namespace genscope {

namespace {

QString uniqueConnectionName()
{
    static std::atomic<std::uint64_t> counter{0};
    return QStringLiteral("genscope-store-%1").arg(counter.fetch_add(1));
}

Error refusal(const QString &path, const QString &reason)
{
    return makeError(Error::Kind::Io, QStringLiteral("%1: %2").arg(path, reason));
}

Error emptyStore(const QString &path)
{
    return refusal(path,
                   QCoreApplication::translate("Store", "the file is empty. Import a dump into it first."));
}

Error newerSchema(const QString &path, std::int64_t version)
{
    return refusal(path,
                   QCoreApplication::translate(
                       "Store", "this store was written by a newer Genscope (schema %1, this program "
                                "reads up to %2). Update Genscope to open it; the file was not touched.")
                       .arg(version)
                       .arg(currentSchemaVersion()));
}

} // namespace

Status Connection::admit(const QString &path, Access access)
{
    const StoreFile file = inspectStoreFile(path);
    switch (file.kind) {
    case StoreFile::Kind::Missing:
        if (access == Access::Create || access == Access::Scratch)
            return Done{};
        return refusal(path, QCoreApplication::translate("Store", "there is no such store."));
    case StoreFile::Kind::Empty:
        if (access == Access::Create)
            return Done{};
        return emptyStore(path);
    case StoreFile::Kind::Unreadable:
        return refusal(path, file.reason);
    case StoreFile::Kind::Other:
        return refusal(path, QCoreApplication::translate("Store", "this is not a Genscope store. It was not "
                                                                  "touched; choose another file."));
    case StoreFile::Kind::Store:
        break;
    }
    if (file.schemaVersion > currentSchemaVersion())
        return newerSchema(path, file.schemaVersion);
    return Done{};
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    if (const Status admitted = admit(path, access); !admitted)
        return admitted.error();
    std::unique_ptr<Connection> connection(new Connection);
    connection->m_path = path;
    if (const Status opened = connection->openAs(access); !opened)
        return opened.error();
    return connection;
}

Status Connection::openAs(Access access)
{
    switch (access) {
    case Access::Read:
        return openForReading();
    case Access::Write:
    case Access::Create:
        return openForWriting(access == Access::Create);
    case Access::Rebuild:
        return openForRebuild();
    case Access::Scratch:
        return openScratch();
    }
    return Done{};
}

Connection::~Connection()
{
    close();
}

void Connection::close()
{
    if (!m_database.isValid())
        return;
    const QString name = m_database.connectionName();
    m_handle = nullptr;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Status Connection::openDatabase(const QString &options, const QString &fileName)
{
    close();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), uniqueConnectionName());
    if (!m_database.isValid())
        return makeError(Error::Kind::Database,
                         QCoreApplication::translate("Store", "Qt's SQLite driver is not installed (Debian: "
                                                              "libqt6sql6-sqlite)."));
    m_database.setConnectOptions(options);
    m_database.setDatabaseName(fileName);
    if (!m_database.open())
        return refusal(m_path, m_database.lastError().databaseText());
    const QVariant handle = m_database.driver()->handle();
    m_handle = *static_cast<sqlite3 *const *>(handle.constData());
    return Done{};
}

Status Connection::openForReading()
{
    // SQLite removes the -wal and -shm files of a store only through a connection that may write, so a reader
    // that may write opens it so, and promises not to. A folder that cannot be written and a store without
    // a log need `immutable`, because there the -shm file cannot be made.
    const QString file = QFileInfo(m_path).absoluteFilePath();
    const QString timeout = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
    const bool mayWrite = QFileInfo(file).isWritable() && QFileInfo(QFileInfo(file).path()).isWritable();
    Status opened = Done{};
    if (mayWrite) {
        opened = openDatabase(timeout, file);
    } else if (QFileInfo::exists(file + QStringLiteral("-wal"))) {
        opened = openDatabase(timeout + QStringLiteral(";QSQLITE_OPEN_READONLY"), file);
    } else {
        const QString uri =
            QUrl::fromLocalFile(file).toString(QUrl::FullyEncoded) + QStringLiteral("?immutable=1");
        opened = openDatabase(timeout + QStringLiteral(";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"), uri);
    }
    if (!opened)
        return opened;
    if (const Status done = execute(QStringLiteral("PRAGMA query_only = ON")); !done)
        return done;
    const Result<std::int64_t> version = integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version > currentSchemaVersion())
        return newerSchema(m_path, *version);
    if (*version == 0) // its making was interrupted
        return emptyStore(m_path);
    if (*version < currentSchemaVersion())
        return refusal(m_path, QCoreApplication::translate(
                                   "Store", "this store was written by an older Genscope. Import into it, or "
                                            "open it in the window, to bring it up to date."));
    return Done{};
}

Status Connection::openForWriting(bool create)
{
    const QFileInfo info(m_path);
    const QString file = info.absoluteFilePath();
    if (info.exists() && !info.isWritable())
        return refusal(m_path, QCoreApplication::translate("Store", "the store cannot be written. Check its "
                                                                    "permissions."));
    if (create && !QFileInfo(info.absolutePath()).isWritable())
        return refusal(m_path, QCoreApplication::translate("Store", "its folder does not exist or cannot be "
                                                                    "written."));
    if (const Status opened = openDatabase(QStringLiteral("QSQLITE_BUSY_TIMEOUT=200"), file); !opened)
        return opened;
    const Result<std::int64_t> version = integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version > currentSchemaVersion())
        return newerSchema(m_path, *version);
    if (*version == 0) {
        if (const Status done = execute(QStringLiteral("PRAGMA page_size = 8192")); !done)
            return done;
    }
    // Made with a rollback journal, so that the file's own header names it a store from its first moment on.
    if (const Status migrated = migrate(*this, storeMigrations()); !migrated)
        return migrated;
    // FULL: a committed batch also survives a power cut. What a Checkpointer has not copied from the log into
    // the store is copied by the commit that leaves more than 128 MB in the log.
    for (const char *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 16384",
          "PRAGMA journal_size_limit = 0", "PRAGMA cache_size = -65536"}) {
        if (const Status done = execute(QString::fromLatin1(pragma)); !done)
            return done;
    }
    return Done{};
}

Status Connection::openForRebuild()
{
    const QString file = QFileInfo(m_path).absoluteFilePath();
    if (const Status opened = openDatabase(QStringLiteral("QSQLITE_BUSY_TIMEOUT=200"), file); !opened)
        return opened;
    const Result<std::int64_t> version = integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version > currentSchemaVersion())
        return newerSchema(m_path, *version);
    return *version == 0 ? Status(emptyStore(m_path)) : Done{};
}

Status Connection::openScratch()
{
    if (const Status opened = openDatabase({}, QFileInfo(m_path).absoluteFilePath()); !opened)
        return opened;
    for (const char *pragma :
         {"PRAGMA page_size = 8192", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
          "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA cache_size = -65536"}) {
        if (const Status done = execute(QString::fromLatin1(pragma)); !done)
            return done;
    }
    return migrate(*this, storeMigrations());
}

Result<Statement> Connection::prepare(std::string_view sql) const
{
    return Statement::prepare(m_handle, sql, m_path);
}

Status Connection::execute(const QString &sql) const
{
    Result<Statement> statement = prepare(sql.toStdString());
    if (!statement)
        return statement.error();
    return statement->run();
}

Result<std::int64_t> Connection::integer(std::string_view sql) const
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return statement.error();
    const Result<bool> row = statement->step();
    if (!row)
        return row.error();
    return *row ? statement->integer(0) : 0;
}

Status Connection::beginWriting(const WriterWait &wait, const StopToken &stop) const
{
    const auto giveUpAt = std::chrono::steady_clock::now() + wait.patience;
    bool told = false;
    for (;;) {
        const int code = sqlite3_exec(m_handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK)
            return Done{};
        const int primary = code & 0xff;
        if ((primary != SQLITE_BUSY && primary != SQLITE_LOCKED) ||
            std::chrono::steady_clock::now() >= giveUpAt)
            return databaseError(m_handle, m_path);
        if (stop.stopRequested())
            return makeError(Error::Kind::Cancelled, QCoreApplication::translate("Store", "Cancelled."));
        if (!told && wait.onWaiting)
            wait.onWaiting(
                QCoreApplication::translate("Store", "%1: another program is writing; waiting.").arg(m_path));
        told = true;
        if (wait.whileWaiting)
            wait.whileWaiting();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

InterruptOnStop::InterruptOnStop(const Connection &connection, const StopToken &stop)
    : m_connection(connection), m_stop(stop)
{
    constexpr int kSteps = 100'000; // of SQLite's virtual machine: a few milliseconds
    const auto ask = [](void *token) { return static_cast<StopToken *>(token)->stopRequested() ? 1 : 0; };
    sqlite3_progress_handler(connection.handle(), kSteps, ask, &m_stop);
}

InterruptOnStop::~InterruptOnStop()
{
    sqlite3_progress_handler(m_connection.handle(), 0, nullptr, nullptr);
}

Status Connection::commit() const
{
    if (sqlite3_exec(m_handle, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
        return databaseError(m_handle, m_path);
    return Done{};
}

bool Connection::hasLostItsFile() const
{
    int moved = 0;
    return sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

void Connection::rollback() const
{
    if (m_handle && !sqlite3_get_autocommit(m_handle))
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace genscope
