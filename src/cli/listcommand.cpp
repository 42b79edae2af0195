// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/eventmatch.h"
#include "analytics/lists.h"
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/nearestname.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

std::vector<std::string_view> listKindNames()
{
    std::vector<std::string_view> names;
    for (std::size_t kind = 0; kind < kListKindCount; ++kind)
        names.push_back(listKindName(static_cast<ListKind>(kind)));
    return names;
}

Result<ListQuery> queryFromOptions(const OptionParser &options)
{
    ListQuery query;
    const auto kind = listKindFromName(options.positional().at(1).toStdString());
    if (!kind) {
        const QString name = options.positional().at(1);
        const QString hint = didYouMean(name.toStdString(), listKindNames());
        if (!hint.isEmpty())
            return makeError(Error::Kind::Usage, Text::tr("there is no list of “%1”").arg(name) + hint);
        return makeError(Error::Kind::Usage,
                         Text::tr("there is no list of “%1”; lists are generations, traces, "
                                  "sessions, users, customers, errors, tools, embeddings, feedback")
                             .arg(name));
    }
    query.kind = *kind;
    if (options.has("columns"))
        query.columns = splitNames(options.text("columns"));
    if (options.has("sort")) {
        query.sortColumn = options.text("sort");
        query.descending = query.sortColumn.starts_with('-');
        if (query.descending)
            query.sortColumn.erase(0, 1);
    }
    if (options.has("limit")) {
        bool isNumber = false;
        query.limit = options.value("limit").toLongLong(&isNumber);
        if (!isNumber || *query.limit < 0) {
            return makeError(Error::Kind::Usage,
                             Text::tr("--limit is a whole number, not “%1”").arg(options.value("limit")));
        }
    }
    return query;
}

/// The scope, with what `--match` says about traces and sessions.
Result<Scope> scopeFromOptions(const OptionParser &options, ListKind kind)
{
    auto scope = options.scope();
    if (!scope || !options.has("match"))
        return scope;
    if (kind != ListKind::Traces && kind != ListKind::Sessions)
        return makeError(Error::Kind::Usage, Text::tr("--match is for traces and sessions only"));
    const auto match = eventMatchFromName(options.text("match"));
    if (!match)
        return makeError(Error::Kind::Usage,
                         Text::tr("--match is some or all, not “%1”").arg(options.value("match")));
    scope->match = *match;
    return scope;
}

/// What `--columns help` prints: a name each line.
std::string columnNames(ListKind kind)
{
    std::string names;
    for (const ListColumnInfo &column : availableListColumns(kind))
        names += column.name + '\n';
    return names + "event.NAME\nperson.NAME\ngroup.TYPE\ngroup.TYPE.NAME\n";
}

Result<ResultTable> answer(const OptionParser &options)
{
    if (const auto format = options.outputFormat(); !format)
        return format.error();
    const auto query = queryFromOptions(options);
    if (!query)
        return query.error();
    const auto scope = scopeFromOptions(options, query->kind);
    if (!scope)
        return scope.error();
    const auto selection = openSelection(options.positional().first(), *scope);
    if (!selection)
        return selection.error();
    return runList(*query, (*selection)->scope, (*selection)->rows, (*selection)->context);
}

} // namespace

ExitStatus listCommand(const QStringList &arguments)
{
    OptionParser options(
        "list",
        QStringLiteral("STORE generations|traces|sessions|users|customers|errors|tools|embeddings|feedback"),
        Text::tr("Prints table rows."));
    options.addValue("columns", Text::tr("columns"),
                     Text::tr("What to show: fields, measures, event.NAME ...; help lists them."));
    options.addValue("sort", Text::tr("column"),
                     Text::tr("Orders by this column, descending with a - before it."));
    options.addValue("limit", Text::tr("count"), Text::tr("At most this many rows."));
    options.addValue("match", Text::tr("some|all"),
                     Text::tr("Traces and sessions of which some event matches --where (the default, as in "
                              "PostHog), or all of their events in the time range."));
    options.addScopeOptions();
    options.addOutputOptions();
    if (!options.parse(arguments, 2, 2))
        return options.exitStatus();
    if (options.text("columns") == "help") {
        const auto query = queryFromOptions(options);
        if (!query)
            return fail(query.error());
        const auto written = writeOutput(columnNames(query->kind), options);
        return written ? ExitStatus::Done : fail(written.error());
    }
    const auto table = answer(options);
    if (!table)
        return fail(table.error());
    const auto written = writeTable(*table, Totals::None, options);
    return written ? ExitStatus::Done : fail(written.error());
}

} // namespace genscope
