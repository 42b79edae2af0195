// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/statement.h"

#include <QSqlDatabase>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

namespace genscope {

/// Told that another program writes to the store and this one waits.
using WaitingCallback = std::function<void(const QString &message)>;

/// How a writer waits while another program writes.
struct WriterWait
{
    WaitingCallback onWaiting;                  ///< told once; may be empty
    std::chrono::milliseconds patience{60'000}; ///< then it gives up
    std::function<void()> whileWaiting = {};    ///< called some times a second; may be empty
};

/// One QtSql connection to a store file. @thread opened and destroyed on one thread, and used by one at a
/// time: another may use statements made from it while the owner provably does not, as EventInserter does
/// until it is told to settle(). Nothing of QSqlDatabase is touched there, only SQLite's handle, which is
/// serialized.
class Connection
{
public:
    enum class Access {
        Read,   ///< an existing store of the current schema
        Write,  ///< an existing store; migrated if its schema is older
        Create, ///< like Write, and made if there is no file
        /// An existing store of any known schema, which is left as it is: to make a new one from it.
        Rebuild,
        /// A new file that nobody else knows of, written without a log: of no use if it is not finished.
        Scratch,
    };

    /// Whether open() may touch that file at all: it is a store of a known schema, or may become one.
    /// @error Io
    static Status admit(const QString &path, Access access);
    /// @error Io if there is no such file, it is not a store, its schema is newer (and for Access::Read,
    /// older) than this program's, or it cannot be opened; the file is left as it is
    static Result<std::unique_ptr<Connection>> open(const QString &path, Access access);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    const QString &path() const { return m_path; }
    const QSqlDatabase &database() const { return m_database; }
    sqlite3 *handle() const { return m_handle; }

    Result<Statement> prepare(std::string_view sql) const;
    /// Runs one statement without parameters.
    Status execute(const QString &sql) const;
    /// The first column of the first row of @p sql; 0 if there is none.
    Result<std::int64_t> integer(std::string_view sql) const;

    /// Starts a transaction that writes, as soon as no other program does. @error Io, Cancelled
    Status beginWriting(const WriterWait &wait, const StopToken &stop) const;
    Status commit() const;
    void rollback() const;
    /// There is no file, or another one, under the store's name any more.
    bool hasLostItsFile() const;

private:
    Connection() = default;
    Status openDatabase(const QString &options, const QString &fileName);
    Status openAs(Access access);
    Status openForReading();
    Status openForWriting(bool create);
    Status openForRebuild();
    Status openScratch();
    void close();

    QString m_path;
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr;
};

/// Ends a long statement of a connection once stop is requested; it answers an error then.
class InterruptOnStop
{
public:
    InterruptOnStop(const Connection &connection, const StopToken &stop);
    ~InterruptOnStop();
    InterruptOnStop(const InterruptOnStop &) = delete;
    InterruptOnStop &operator=(const InterruptOnStop &) = delete;

private:
    const Connection &m_connection;
    StopToken m_stop;
};

/// Rolls back at the end of its scope unless commit() was called.
class Transaction
{
public:
    explicit Transaction(const Connection &connection) : m_connection(&connection) {}
    ~Transaction()
    {
        if (m_connection)
            m_connection->rollback();
    }
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    Status commit()
    {
        const Connection *connection = m_connection;
        m_connection = nullptr;
        if (const Status done = connection->commit(); !done) {
            connection->rollback();
            return done;
        }
        return Done{};
    }

private:
    const Connection *m_connection;
};

} // namespace genscope
