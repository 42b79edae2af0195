// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/nearestname.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Error usage(const QString &message)
{
    return makeError(Error::Kind::Usage, message);
}

QString quoted(const std::string &text)
{
    return QString::fromStdString(text);
}

QString namesOf(const std::vector<std::string_view> &names)
{
    QStringList list;
    for (const std::string_view name : names)
        list << QLatin1String(name.data(), static_cast<qsizetype>(name.size()));
    return list.join(QLatin1String(", "));
}

Error unknownMeasure(const std::string &name)
{
    if (const QString hint = didYouMean(name, measureNames()); !hint.isEmpty())
        return usage(Text::tr("“%1” is not a measure").arg(quoted(name)) + hint);
    return usage(
        Text::tr("“%1” is not a measure; measures are %2").arg(quoted(name), namesOf(measureNames())));
}

Result<Query> queryFromOptions(const OptionParser &options)
{
    Query query;
    for (const std::string &name : splitNames(options.text("measure"))) {
        const auto measure = measureFromName(name);
        if (!measure)
            return unknownMeasure(name);
        query.measures.push_back(*measure);
    }
    if (options.has("by")) {
        for (const std::string &name : splitNames(options.text("by"))) {
            auto field = Field::parse(name);
            if (!field)
                return field.error();
            query.by.push_back(std::move(*field));
        }
    }
    if (options.has("interval")) {
        query.interval = intervalFromName(options.text("interval"));
        if (!query.interval)
            return usage(Text::tr("--interval is minute, hour, day, week or month, not “%1”")
                             .arg(options.value("interval")));
    }
    if (options.has("top")) {
        bool isNumber = false;
        query.top = options.value("top").toInt(&isNumber);
        if (!isNumber || *query.top < 1)
            return usage(Text::tr("--top is a whole number from 1 on, not “%1”").arg(options.value("top")));
        if (query.by.empty())
            return usage(Text::tr("--top needs --by: it keeps the largest values of the first dimension"));
    }
    const auto kinds = options.kinds();
    if (!kinds)
        return kinds.error();
    query.kinds = *kinds;
    return query;
}

/// What was left out of a top N is no competitor: it stands behind the others, in each bucket.
void putOtherLast(const Query &query, ResultTable &table)
{
    const std::size_t first = query.interval ? 1 : 0; // column of the first dimension
    const auto isKept = [first](const std::vector<Cell> &row) { return !isOther(row[first]); };
    for (auto begin = table.rows.begin(); begin != table.rows.end();) {
        const auto end = std::find_if(begin, table.rows.end(), [&](const std::vector<Cell> &row) {
            return first == 1 && row.front() != begin->front();
        });
        std::stable_partition(begin, end, isKept);
        begin = end;
    }
}

Result<ResultTable> answer(const OptionParser &options)
{
    const auto format = options.outputFormat();
    if (!format)
        return format.error();
    const auto query = queryFromOptions(options);
    if (!query)
        return query.error();
    const auto selection = openSelection(options);
    if (!selection)
        return selection.error();
    auto table = runQuery(*query, (*selection)->scope, (*selection)->rows, (*selection)->context);
    if (table && query->top && *format == OutputFormat::Text) // programs count on the order of the others
        putOtherLast(*query, *table);
    return table;
}

} // namespace

ExitStatus queryCommand(const QStringList &arguments)
{
    OptionParser options("query", QStringLiteral("STORE --measure M[,M...] [--by D[,D...]] [--interval I]"),
                         Text::tr("Prints measures by dimensions and time."));
    options.addValue("measure", Text::tr("measures"),
                     Text::tr("What to compute: %1.").arg(namesOf(measureNames())));
    options.addValue("by", Text::tr("dimensions"),
                     Text::tr("What to break it down by: model, user, event.NAME ..."));
    options.addValue("interval", Text::tr("interval"), Text::tr("minute, hour, day, week or month."));
    options.addValue("top", Text::tr("count"),
                     Text::tr("Keeps the largest values of the first dimension, adds Other."));
    options.addKindsOption();
    options.addScopeOptions();
    options.addOutputOptions();
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    if (!options.has("measure"))
        return fail(usage(Text::tr("--measure is missing; measures are %1").arg(namesOf(measureNames()))));
    const auto table = answer(options);
    if (!table)
        return fail(table.error());
    const auto written = writeTable(*table, Totals::InJson, options);
    return written ? ExitStatus::Done : fail(written.error());
}

} // namespace genscope
