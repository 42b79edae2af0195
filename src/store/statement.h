// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace genscope {

/// What SQLite says went wrong last on @p handle, as an error that names the store and what to do.
Error databaseError(sqlite3 *handle, const QString &storePath);

/// The error of a store whose tables do not fit each other: @p what is wrong, as a sentence. `genscope
/// rebuild` is what helps.
Error damagedStore(const QString &storePath, const QString &what);

/// A prepared statement on the native handle of a QtSql connection. For the paths that move millions of
/// values: QSqlQuery would box each of them in a QVariant, and text with U+0000 or of 8-bit kind would make a
/// detour over UTF-16. Parameters are numbered from 1, columns from 0. Not for use after its connection
/// closed.
class Statement
{
public:
    Statement() = default;
    bool isPrepared() const { return m_statement != nullptr; }

    /// @error Database if SQLite does not accept @p sql
    static Result<Statement> prepare(sqlite3 *handle, std::string_view sql, const QString &storePath);

    void bindNull(int parameter);
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, double value);
    /// The bytes must stay as they are until reset().
    void bindText(int parameter, std::string_view utf8);
    void bindBlob(int parameter, std::string_view bytes);

    /// Any value, as it is in a row of another statement.
    void bindColumn(int parameter, const Statement &from, int column);

    /// True: a row is there to be read; false: done. @error Database, Io if another program holds the lock
    Result<bool> step();
    /// Makes it ready to run again; bindings stay until they are bound anew.
    void reset();
    /// Runs a statement that answers no rows, and resets it.
    Status run();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until the next step() or reset().
    std::string_view bytes(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    QString m_storePath;
};

} // namespace genscope
