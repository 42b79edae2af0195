// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/viewtable.h"

#include "store/rows.h"
#include "store/writelock.h"

#include <QCoreApplication>

#include <set>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Store)
};

Status checkNames(const std::vector<ViewRow> &views)
{
    std::set<std::string_view> names;
    for (const ViewRow &view : views) {
        if (view.name.empty())
            return makeError(Error::Kind::Usage, Text::tr("A view needs a name."));
        if (!names.insert(view.name).second)
            return makeError(
                Error::Kind::Usage,
                Text::tr("There is a view “%1” already.").arg(QString::fromStdString(view.name)));
    }
    return Done{};
}

Status writeViews(const Connection &connection, const std::vector<ViewRow> &views)
{
    if (const Status cleared = connection.execute(QStringLiteral("DELETE FROM view")); !cleared)
        return cleared;
    Result<Statement> insert =
        connection.prepare("INSERT INTO view (id, name, icon, body) VALUES (?1, ?2, ?3, ?4)");
    if (!insert)
        return insert.error();
    std::int64_t id = 0;
    for (const ViewRow &view : views) {
        insert->bind(1, ++id);
        insert->bindText(2, view.name);
        insert->bindText(3, view.icon);
        insert->bindText(4, view.body);
        if (const Status inserted = insert->run(); !inserted)
            return inserted;
    }
    return Done{};
}

} // namespace

Result<std::vector<ViewRow>> readViews(const Connection &connection)
{
    std::vector<ViewRow> views;
    const Status read = forEachRow(connection, "SELECT name, icon, body FROM view ORDER BY id",
                                   [&views](const Statement &row) {
                                       views.push_back({std::string(row.bytes(0)), std::string(row.bytes(1)),
                                                        std::string(row.bytes(2))});
                                   });
    if (!read)
        return read.error();
    return views;
}

Result<std::vector<ViewRow>> readViews(const QString &storePath)
{
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return readViews(**connection);
}

Result<std::vector<ViewRow>> editViews(const QString &storePath, const ViewEditFunction &edit,
                                       const WriterWait &wait, const StopToken &stop)
{
    const auto connection = Connection::open(storePath, Connection::Access::Write);
    if (!connection)
        return connection.error();
    if (const Status begun = beginEditing(**connection, wait, stop); !begun)
        return begun.error();
    Transaction transaction(**connection);
    const auto views = readViews(**connection);
    if (!views)
        return views;
    Result<std::vector<ViewRow>> edited = edit(*views);
    if (!edited)
        return edited;
    if (const Status fine = checkNames(*edited); !fine)
        return fine.error();
    if (const Status written = writeViews(**connection, *edited); !written)
        return written.error();
    if (const Status committed = transaction.commit(); !committed)
        return committed.error();
    return edited;
}

} // namespace genscope
