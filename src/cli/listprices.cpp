// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"
#include "cli/pricesactions.h"
#include "pricing/jsontext.h"
#include "pricing/modelname.h"
#include "pricing/pricecheck.h"
#include "pricing/pricefile.h"
#include "store/pricetable.h"

#include <QCoreApplication>

#include <set>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

using Role = ResultTable::Role;

Cell textCell(std::string_view text)
{
    Cell cell;
    if (!text.empty())
        cell = std::string(text);
    return cell;
}

Cell countCell(const std::optional<std::int64_t> &count)
{
    Cell cell;
    if (count)
        cell = *count;
    return cell;
}

/// A number where picodollars hold it exactly, else its digits.
Cell rateCell(const Decimal &rate)
{
    const auto pico = rate.toPico();
    if (pico && Decimal(*pico, 12) == rate)
        return Money{*pico};
    return rate.toString();
}

ResultTable tableWith(const std::vector<ResultTable::Column> &columns)
{
    ResultTable table;
    table.columns = columns;
    return table;
}

/// The store's book as it is in force: own rows before bundled ones.
Result<std::vector<PriceRow>> wholeBook(const QString &store)
{
    const auto book = priceBookOf(store);
    if (!book)
        return book.error();
    return rowsOf((*book)->tables());
}

Result<ResultTable> unpricedTable(const QString &store)
{
    const auto selection = openSelection(store, {});
    if (!selection)
        return selection.error();
    const auto book = priceBookOf(store);
    if (!book)
        return book.error();
    auto table = unpricedModels(**selection);
    if (!table)
        return table;
    table->columns.push_back({"in_book", Role::Field, Unit::None});
    for (auto &row : table->rows) {
        const auto text = [&row](std::size_t column) {
            const auto *value = std::get_if<std::string>(&row[column]);
            return value ? *value : std::string();
        };
        row.push_back((*book)->lookUp(text(0), text(1), {}, 0).isKnown());
    }
    table->total.clear();
    return table;
}

/// Prices of one model and provider with a time between them that has none.
void addGaps(const PriceBook &book, ResultTable &table)
{
    const auto add = [&table](const std::vector<ModelPrices> &models) {
        for (const ModelPrices &model : models) {
            for (const ProviderPrices &provider : model.providers) {
                for (std::size_t i = 1; i < provider.periods.size(); ++i) {
                    const auto &before = provider.periods[i - 1].valid;
                    const auto &after = provider.periods[i].valid;
                    if (before.toUs() < after.fromUs()) {
                        addRow(table, std::string("gap"), model.model, provider.key,
                               priceTimeText(before.to) + " .. " + priceTimeText(after.from), Cell());
                    }
                }
            }
        }
    };
    add(book.tables().user);
    add(book.tables().userPatterns);
    add(book.tables().openRouter);
}

/// Own patterns that fit the same names: the longest text goes first, which may not be what was meant.
void addOverlaps(const PriceBook &book, ResultTable &table)
{
    const std::vector<ModelPrices> &patterns = book.tables().userPatterns;
    for (auto a = patterns.begin(); a != patterns.end(); ++a) {
        for (auto b = a + 1; b != patterns.end(); ++b) {
            if (patternsMeet(a->model, b->model))
                addRow(table, std::string("overlap"), a->model, Cell(), "fits names of " + b->model + " too",
                       Cell());
        }
    }
}

/// Models in the data that are priced by a row of another name, or not at all.
Status addMatches(const QString &store, const PriceBook &book, ResultTable &table)
{
    const auto selection = openSelection(store, {});
    if (!selection)
        return selection.error();
    Query query;
    query.measures = {Measure::Generations};
    query.by = {*Field::parse("model"), *Field::parse("provider")};
    const auto seen = runQuery(query, (*selection)->scope, (*selection)->rows, (*selection)->context);
    if (!seen)
        return seen.error();
    for (const auto &row : seen->rows) {
        const auto *model = std::get_if<std::string>(&row[0]);
        const auto *provider = std::get_if<std::string>(&row[1]);
        if (!model)
            continue;
        const auto entry = book.lookUp(*model, provider ? *provider : std::string(), {}, 0);
        if (!entry.isKnown()) {
            addRow(table, std::string("unpriced"), *model, row[1], Cell(), row[2]);
        } else if (const auto &match = entry.history->back().match;
                   match.by == MatchedBy::Inside || match.by == MatchedBy::Around) {
            addRow(table, std::string("inexact"), *model, row[1], "priced as " + match.row->model, row[2]);
        }
    }
    return Done{};
}

} // namespace

ResultTable priceRowTable(const std::vector<PriceRow> &rows)
{
    ResultTable table = tableWith({{"match", Role::Field, Unit::None},
                                   {"model", Role::Field, Unit::None},
                                   {"provider", Role::Field, Unit::None},
                                   {"service_tier", Role::Field, Unit::None},
                                   {"from", Role::Field, Unit::None},
                                   {"to", Role::Field, Unit::None},
                                   {"unit", Role::Field, Unit::None},
                                   {"rate", Role::Field, Unit::Usd},
                                   {"above_tokens", Role::Field, Unit::Tokens},
                                   {"tier_mode", Role::Field, Unit::None},
                                   {"source", Role::Field, Unit::None}});
    table.matched = static_cast<std::int64_t>(rows.size());
    for (const PriceRow &row : rows) {
        addRow(table, std::string(matchName(row.match)), row.model, textCell(row.provider),
               textCell(row.serviceTier), textCell(priceTimeText(row.valid.from)),
               textCell(priceTimeText(row.valid.to)), std::string(infoOf(row.unit).name), rateCell(row.rate),
               countCell(row.aboveTokens),
               textCell(row.aboveTokens ? tierModeName(row.tierMode) : std::string_view()),
               textCell(row.source));
    }
    return table;
}

ExitStatus listPricesAction(const QString &store, const QStringList &arguments)
{
    OptionParser options(
        "prices STORE list", QStringLiteral("[TEXT]"),
        Text::tr("Lists price rows, the store's own first; TEXT is a part of the model's name."));
    options.addFlag("own", Text::tr("Only the store's own."));
    options.addFlag("unpriced", Text::tr("Instead: the models in the data without a price, by volume."));
    options.addOutputOptions();
    if (!options.parse(arguments, 0, 1))
        return options.exitStatus();
    if (options.has("unpriced")) {
        const auto table = unpricedTable(store);
        if (!table)
            return fail(table.error());
        const auto written = writeTable(*table, Totals::None, options);
        return written ? ExitStatus::Done : fail(written.error());
    }
    auto rows = options.has("own") ? readPrices(store) : wholeBook(store);
    if (!rows)
        return fail(rows.error());
    const std::string part = asciiLower(options.positional().value(0).toStdString());
    std::erase_if(*rows, [&part](const PriceRow &row) { return !containsIgnoringCase(row.model, part); });
    const auto written = writeTable(priceRowTable(*rows), Totals::None, options);
    return written ? ExitStatus::Done : fail(written.error());
}

ExitStatus exportPricesAction(const QString &store, const QStringList &arguments)
{
    OptionParser options("prices STORE export", QString(),
                         Text::tr("Writes the store's own prices as a file that prices import reads."));
    options.addFlag("all", Text::tr("The bundled prices too."));
    options.addValue("format", Text::tr("format"), Text::tr("csv (default) or json."));
    options.addValue("out", Text::tr("file"), Text::tr("Writes to this file, whole or not at all."));
    if (!options.parse(arguments, 0, 0))
        return options.exitStatus();
    const QString format = options.value("format");
    if (!format.isEmpty() && format != QLatin1String("csv") && format != QLatin1String("json"))
        return fail(makeError(Error::Kind::Usage, Text::tr("--format is csv or json, not “%1”").arg(format)));
    const auto rows = options.has("all") ? wholeBook(store) : readPrices(store);
    if (!rows)
        return fail(rows.error());
    const auto written =
        writeOutput(format == QLatin1String("json") ? pricesAsJson(*rows) : pricesAsCsv(*rows), options);
    return written ? ExitStatus::Done : fail(written.error());
}

ExitStatus checkPricesAction(const QString &store, const QStringList &arguments)
{
    OptionParser options(
        "prices STORE check", QString(),
        Text::tr("Checks the store's own prices, and lists what is suspicious: times without a "
                 "price, patterns that fit the same names, models in the data that are priced by another "
                 "name or not at all."));
    options.addOutputOptions();
    if (!options.parse(arguments, 0, 0))
        return options.exitStatus();
    const auto own = readPrices(store);
    if (!own)
        return fail(own.error());
    const auto book = priceBookOf(store);
    if (!book)
        return fail(book.error());
    ResultTable table = tableWith({{"finding", Role::Field, Unit::None},
                                   {"model", Role::Field, Unit::None},
                                   {"provider", Role::Field, Unit::None},
                                   {"detail", Role::Field, Unit::None},
                                   {"generations", Role::Measure, Unit::Number}});
    const auto problems = checkPrices(*own);
    for (const PriceProblem &problem : problems) {
        const PriceRow &row = (*own)[problem.row];
        addRow(table, std::string("fault"), row.model, textCell(row.provider),
               "row " + std::to_string(problem.row + 1) + ": " + problem.reason.toStdString(), Cell());
    }
    addGaps(**book, table);
    addOverlaps(**book, table);
    if (const Status added = addMatches(store, **book, table); !added)
        return fail(added.error());
    table.matched = static_cast<std::int64_t>(table.rows.size());
    if (const Status written = writeTable(table, Totals::None, options); !written)
        return fail(written.error());
    if (!problems.empty())
        complain(
            Text::tr("%n faulty price row(s) in %1", nullptr, static_cast<int>(problems.size())).arg(store));
    return problems.empty() ? ExitStatus::Done : ExitStatus::Incomplete;
}

} // namespace genscope
