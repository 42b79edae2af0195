// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pricetable.h"

#include "pricing/pricecheck.h"
#include "store/rows.h"
#include "store/writelock.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Store)
};

// As the columns of kSelect and kInsert.
enum Column { Match, Model, Provider, ServiceTier, From, To, Unit, Rate, AboveTokens, Mode, Source };

constexpr std::string_view kSelect =
    "SELECT match, model, provider, service_tier, from_us, to_us, unit, rate, above_tokens, tier_mode, source"
    " FROM price ORDER BY id";
constexpr std::string_view kInsert =
    "INSERT INTO price (match, model, provider, service_tier, from_us, to_us, unit, rate, above_tokens,"
    " tier_mode, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

/// A row of the table; nothing if a name or the rate in it is none, as another program may have written it.
std::optional<PriceRow> rowFrom(const Statement &columns)
{
    const auto match = matchFromName(columns.bytes(Match));
    const auto unit = priceUnitFromName(columns.bytes(Unit));
    const auto rate = Decimal::parse(columns.bytes(Rate));
    const auto mode = tierModeFromName(columns.bytes(Mode));
    if (!match || !unit || !rate || !mode)
        return std::nullopt;
    const auto time = [&columns](Column column) {
        return columns.isNull(column) ? std::nullopt : std::optional(Timestamp{columns.integer(column)});
    };
    PriceRow row;
    row.match = *match;
    row.model = columns.bytes(Model);
    row.provider = columns.bytes(Provider);
    row.serviceTier = columns.bytes(ServiceTier);
    row.valid = {time(From), time(To)};
    row.unit = *unit;
    row.rate = *rate;
    if (!columns.isNull(AboveTokens))
        row.aboveTokens = columns.integer(AboveTokens);
    row.tierMode = *mode;
    row.source = columns.bytes(Source);
    return row;
}

Status insertRow(Statement &insert, const PriceRow &row)
{
    const std::string rate = row.rate.toString();
    const auto bind = [&insert](Column column, const std::optional<std::int64_t> &value) {
        if (value)
            insert.bind(column + 1, *value);
        else
            insert.bindNull(column + 1);
    };
    const auto us = [](const std::optional<Timestamp> &time) {
        return time ? std::optional(time->us) : std::nullopt;
    };
    insert.bindText(Match + 1, matchName(row.match));
    insert.bindText(Model + 1, row.model);
    insert.bindText(Provider + 1, row.provider);
    insert.bindText(ServiceTier + 1, row.serviceTier);
    bind(From, us(row.valid.from));
    bind(To, us(row.valid.to));
    insert.bindText(Unit + 1, infoOf(row.unit).name);
    insert.bindText(Rate + 1, rate);
    bind(AboveTokens, row.aboveTokens);
    insert.bindText(Mode + 1, tierModeName(row.tierMode));
    insert.bindText(Source + 1, row.source);
    return insert.run();
}

Status writePrices(const Connection &connection, const std::vector<PriceRow> &rows)
{
    if (const Status cleared = connection.execute(QStringLiteral("DELETE FROM price")); !cleared)
        return cleared;
    Result<Statement> insert = connection.prepare(kInsert);
    if (!insert)
        return insert.error();
    for (const PriceRow &row : rows) {
        if (const Status inserted = insertRow(*insert, row); !inserted)
            return inserted;
    }
    return Done{};
}

Error refusal(const std::vector<PriceRow> &rows, const PriceProblem &problem)
{
    return makeError(Error::Kind::Usage, Text::tr("the price of %1 (row %2 of the book): %3")
                                             .arg(QString::fromStdString(rows[problem.row].model),
                                                  QString::number(problem.row + 1), problem.reason));
}

} // namespace

Result<std::vector<PriceRow>> readPrices(const Connection &connection)
{
    std::vector<PriceRow> rows;
    const Status read = forEachRow(connection, kSelect, [&](const Statement &stored) -> Status {
        auto row = rowFrom(stored);
        if (!row) {
            return makeError(Error::Kind::Parse,
                             Text::tr("%1: row %2 of its table “price” is not a price; correct or delete it")
                                 .arg(connection.path(), QString::number(rows.size() + 1)));
        }
        rows.push_back(std::move(*row));
        return Done{};
    });
    if (!read)
        return read.error();
    return rows;
}

Result<std::vector<PriceRow>> readPrices(const QString &storePath)
{
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return readPrices(**connection);
}

Result<std::shared_ptr<const PriceBook>> priceBookOf(const Connection &connection)
{
    const auto own = readPrices(connection);
    if (!own)
        return own.error();
    if (own->empty())
        return PriceBook::bundled();
    return std::shared_ptr<const PriceBook>(
        std::make_shared<PriceBook>(overlaid(PriceBook::bundled()->tables(), *own)));
}

Result<std::shared_ptr<const PriceBook>> priceBookOf(const QString &storePath)
{
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    return priceBookOf(**connection);
}

Result<std::vector<PriceRow>> editPrices(const QString &storePath, const PriceEditFunction &edit,
                                         const WriterWait &wait, const StopToken &stop)
{
    const auto connection = Connection::open(storePath, Connection::Access::Write);
    if (!connection)
        return connection.error();
    if (const Status begun = beginEditing(**connection, wait, stop); !begun)
        return begun.error();
    Transaction transaction(**connection);
    const auto own = readPrices(**connection);
    if (!own)
        return own.error();
    Result<std::vector<PriceRow>> edited = edit(*own);
    if (!edited)
        return edited;
    if (const auto problems = checkPrices(*edited); !problems.empty())
        return refusal(*edited, problems.front());
    if (const Status written = writePrices(**connection, *edited); !written)
        return written.error();
    if (const Status committed = transaction.commit(); !committed)
        return committed.error();
    return edited;
}

} // namespace genscope
