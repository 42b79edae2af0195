// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include <QCoreApplication>

#include <sqlite3.h>

#include <cstring>

namespace genscope {

namespace {

/// What the operating system says, where SQLite remembers it.
QString ioReason(sqlite3 *handle)
{
    const int error = sqlite3_system_errno(handle);
    return error != 0 ? QString::fromLocal8Bit(std::strerror(error))
                      : QString::fromUtf8(sqlite3_errmsg(handle));
}

} // namespace

Error damagedStore(const QString &storePath, const QString &what)
{
    return makeError(Error::Kind::Database,
                     QCoreApplication::translate("Store", "%1: the store is damaged: %2 Rebuild it from its "
                                                          "original events: genscope rebuild %1")
                         .arg(storePath, what));
}

Error databaseError(sqlite3 *handle, const QString &storePath)
{
    const int code = sqlite3_errcode(handle) & 0xff;
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("Store", "%1: another program is writing to this store. "
                                                              "Try again when it is done.")
                             .arg(storePath));
    case SQLITE_FULL:
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("Store", "%1: no space left to write. Everything up to "
                                                              "the last batch is kept; free some space and "
                                                              "import again.")
                             .arg(storePath));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return makeError(Error::Kind::Io,
                         QCoreApplication::translate("Store", "%1: cannot be written: %2. Check the "
                                                              "permissions of the file and of its folder.")
                             .arg(storePath, QString::fromUtf8(sqlite3_errmsg(handle))));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damagedStore(storePath, QString::fromUtf8(sqlite3_errmsg(handle)) + QLatin1Char('.'));
    case SQLITE_IOERR:
        return makeError(Error::Kind::Io, QCoreApplication::translate(
                                              "Store", "%1: cannot be read or written: %2. Is its drive "
                                                       "still there? Everything up to the last batch "
                                                       "is kept.")
                                              .arg(storePath, ioReason(handle)));
    default:
        return makeError(Error::Kind::Database,
                         QCoreApplication::translate("Store", "%1: SQLite refused: %2.")
                             .arg(storePath, QString::fromUtf8(sqlite3_errmsg(handle))));
    }
}

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Result<Statement> Statement::prepare(sqlite3 *handle, std::string_view sql, const QString &storePath)
{
    sqlite3_stmt *raw = nullptr;
    const int code = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK)
        return databaseError(handle, storePath);
    Statement statement;
    statement.m_statement.reset(raw);
    statement.m_storePath = storePath;
    return statement;
}

void Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement.get(), parameter);
}

void Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
}

void Statement::bind(int parameter, double value)
{
    sqlite3_bind_double(m_statement.get(), parameter, value);
}

void Statement::bindText(int parameter, std::string_view utf8)
{
    // A null pointer would bind NULL instead of the empty text. SQLITE_STATIC: the caller keeps the bytes.
    sqlite3_bind_text64(m_statement.get(), parameter, utf8.empty() ? "" : utf8.data(), utf8.size(), nullptr,
                        SQLITE_UTF8);
}

void Statement::bindBlob(int parameter, std::string_view bytes)
{
    sqlite3_bind_blob64(m_statement.get(), parameter, bytes.empty() ? "" : bytes.data(), bytes.size(),
                        nullptr);
}

void Statement::bindColumn(int parameter, const Statement &from, int column)
{
    sqlite3_bind_value(m_statement.get(), parameter, sqlite3_column_value(from.m_statement.get(), column));
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return databaseError(sqlite3_db_handle(m_statement.get()), m_storePath);
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

Status Statement::run()
{
    const Result<bool> stepped = step();
    reset();
    if (!stepped)
        return stepped.error();
    return Done{};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::bytes(int column) const
{
    // sqlite3_column_blob() leaves text as it is in the file: UTF-8, U+0000 included.
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

} // namespace genscope
