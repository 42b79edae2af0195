// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "cli/commandcontext.h"
#include "core/calendar.h"
#include "core/nearestname.h"
#include "store/pricetable.h"
#include "workspace/pricing.h"
#include "workspace/savedview.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

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

Result<CostMode> costModeFromName(const QString &name)
{
    if (name.isEmpty() || name == QLatin1String("auto"))
        return CostMode::Auto;
    if (name == QLatin1String("reported"))
        return CostMode::Reported;
    if (name == QLatin1String("recomputed"))
        return CostMode::Recomputed;
    return usage(Text::tr("--cost is reported, recomputed or auto, not “%1”").arg(name));
}

} // namespace

OptionParser::OptionParser(const char *command, const QString &arguments, const QString &description)
    : m_command(QLatin1String(command)), m_usage(QStringLiteral("genscope %1 %2").arg(m_command, arguments))
{
    m_parser.setApplicationDescription(description);
    addFlag("help", Text::tr("Shows this help."));
}

void OptionParser::addFlag(const char *name, const QString &description)
{
    m_known += QLatin1String("--") + QLatin1String(name);
    m_parser.addOption({QLatin1String(name), description});
}

void OptionParser::addValue(const char *name, const QString &valueName, const QString &description)
{
    m_known += QLatin1String("--") + QLatin1String(name);
    m_parser.addOption({QLatin1String(name), description, valueName});
}

void OptionParser::addScopeOptions()
{
    addValue("from", Text::tr("time"),
             Text::tr("Events from this time on: a date, an instant, or -7d, -24h."));
    addValue("to", Text::tr("time"), Text::tr("Events before this time; a date includes its whole day."));
    addValue("range", Text::tr("period"),
             Text::tr("Events of a period: 2025, 2025-Q2, 2025-06, 2025-W23, 2025-06-05, today, yesterday, "
                      "this-week, last-week, and so on for month, quarter and year, or all."));
    addValue("where", Text::tr("filter"),
             Text::tr("Only events that match, such as 'model = \"gpt-4o\" and cost > 0.05'."));
    addValue("view", Text::tr("name"),
             Text::tr("Begins with a saved view of the store: its range, zone, filter, cost and customer. "
                      "--where narrows it, other options replace its parts."));
    addViewOptions();
}

void OptionParser::addViewOptions()
{
    addValue("zone", Text::tr("zone"),
             Text::tr("Time zone of dates and buckets, such as Europe/Berlin (default UTC)."));
    addValue("cost", Text::tr("view"),
             Text::tr("reported, recomputed, or auto (default: reported where carried)."));
    addPricesOption();
    addValue("customer", Text::tr("dimension"),
             Text::tr("What a customer is, such as group.company or person.email."));
}

void OptionParser::addPricesOption()
{
    addValue(
        "prices", Text::tr("time"),
        Text::tr("Recomputes costs at the prices of each event's date (event, the default), of today, or "
                 "of a date."));
}

void OptionParser::addKindsOption()
{
    addValue("kinds", Text::tr("kinds"), Text::tr("Kinds of events that are measured (default generation)."));
}

void OptionParser::addOutputOptions()
{
    addValue("format", Text::tr("format"),
             Text::tr("text, csv, json or jsonl (default: text on a terminal, else csv)."));
    addValue("out", Text::tr("file"), Text::tr("Writes to this file, whole or not at all."));
}

bool OptionParser::parse(const QStringList &arguments, int minPositional, int maxPositional)
{
    // QCommandLineParser expects the program's name first.
    const bool understood = m_parser.parse(QStringList{m_command} + arguments);
    if (m_parser.isSet(QStringLiteral("help"))) {
        QString help = m_parser.helpText();
        help.replace(0, help.indexOf(QLatin1Char('\n')), Text::tr("Usage: %1").arg(m_usage));
        std::fputs(qPrintable(help), stdout);
        return false;
    }
    m_positional = m_parser.positionalArguments();
    QString problem;
    if (const QStringList unknown = m_parser.unknownOptionNames(); !unknown.isEmpty())
        problem = Text::tr("there is no option --%1").arg(unknown.first()) +
                  didYouMean(QLatin1String("--") + unknown.first(), m_known);
    else if (!understood)
        problem = m_parser.errorText();
    else if (m_positional.size() < minPositional)
        problem = Text::tr("something is missing");
    else if (maxPositional >= 0 && m_positional.size() > maxPositional)
        problem = Text::tr("“%1” is too much").arg(m_positional.at(maxPositional));
    if (problem.isEmpty())
        return true;
    complain(Text::tr("%1; usage: %2 (see genscope %3 --help)").arg(problem, m_usage, m_command));
    m_exitStatus = ExitStatus::Usage;
    return false;
}

Result<Scope> OptionParser::scope() const
{
    Scope scope;
    const Timestamp now = currentTime();
    if (has("view")) {
        auto saved = scopeOfView(m_positional.first(), value("view"), now);
        if (!saved)
            return saved.error();
        scope = *saved;
    }
    if (has("zone")) {
        auto zone = Zone::named(value("zone").toUtf8());
        if (!zone)
            return zone.error();
        scope.zone = *zone;
    }
    for (const bool isEnd : {false, true}) {
        const char *name = isEnd ? "to" : "from";
        if (!has(name))
            continue;
        auto bound = parseTimeBound(text(name), isEnd, scope.zone, now);
        if (!bound)
            return bound.error();
        (isEnd ? scope.range.to : scope.range.from) = *bound;
    }
    if (has("range")) {
        if (has("from") || has("to"))
            return usage(Text::tr("give --range or --from and --to, not both"));
        const auto range = parsePeriod(text("range"), scope.zone, now);
        if (!range)
            return range.error();
        scope.range = *range;
    }
    if (scope.range.from && scope.range.to && *scope.range.to < *scope.range.from)
        return usage(Text::tr("the range ends before it begins: from %1 to %2")
                         .arg(QString::fromStdString(scope.zone.iso(*scope.range.from)),
                              QString::fromStdString(scope.zone.iso(*scope.range.to))));
    if (has("where")) {
        auto filter = Filter::parse(text("where"));
        if (!filter)
            return filter.error();
        scope.filter = Filter::all({scope.filter, *filter});
    }
    if (has("cost")) {
        auto cost = costModeFromName(value("cost"));
        if (!cost)
            return cost.error();
        scope.cost = *cost;
    }
    if (has("prices")) {
        if (const Status prices = setPriceTime(scope.pricing, text("prices"), scope.zone); !prices)
            return prices.error();
    }
    if (has("customer")) {
        auto customer = Field::parse(text("customer"));
        if (!customer)
            return customer.error();
        if (customer->id == Field::Id::Customer)
            return usage(Text::tr("--customer customer says nothing; name a property or group.TYPE"));
        scope.customer = *customer;
    }
    return scope;
}

Result<OutputFormat> OptionParser::outputFormat() const
{
    const QString name = value("format");
    if (name.isEmpty())
        return !has("out") && isatty(STDOUT_FILENO) ? OutputFormat::Text : OutputFormat::Csv;
    if (name == QLatin1String("text"))
        return OutputFormat::Text;
    if (name == QLatin1String("csv"))
        return OutputFormat::Csv;
    if (name == QLatin1String("json"))
        return OutputFormat::Json;
    if (name == QLatin1String("jsonl"))
        return OutputFormat::JsonLines;
    return usage(Text::tr("--format is text, csv, json or jsonl, not “%1”").arg(name));
}

Result<KindSet> OptionParser::kinds() const
{
    if (!has("kinds"))
        return kindSet({EventKind::Generation});
    KindSet kinds;
    for (const std::string &name : splitNames(text("kinds"))) {
        const auto kind = eventKindFromKindName(name);
        if (!kind)
            return usage(
                Text::tr("--kinds: “%1” is not one of generation, embedding, span, trace, metric, feedback, "
                         "evaluation")
                    .arg(QString::fromStdString(name)));
        kinds.set(static_cast<std::size_t>(*kind));
    }
    return kinds;
}

std::vector<std::string> splitNames(const std::string &list)
{
    std::vector<std::string> names(1);
    bool quoted = false;
    for (const char c : list) {
        if (c == '`')
            quoted = !quoted;
        if (c == ',' && !quoted)
            names.emplace_back();
        else if (c != ' ' || quoted || !names.back().empty())
            names.back() += c;
    }
    for (std::string &name : names)
        name.erase(name.find_last_not_of(' ') + 1);
    return names;
}

Result<std::shared_ptr<const Selection>> openSelection(const QString &storePath, const Scope &scope)
{
    auto reader = StoreReader::open(storePath);
    if (!reader)
        return reader.error();
    auto snapshot = (*reader)->loadSnapshot({});
    if (!snapshot)
        return snapshot.error();
    const auto prices = priceBookOf(storePath);
    if (!prices)
        return prices.error();
    StorePricing pricing(*prices);
    auto selection = makePricedSelection(*snapshot, *reader, pricing, scope, nullptr, {});
    if (selection)
        noteEmptyRange(scope.range, **selection);
    return selection;
}

Result<std::vector<Substitution>> OptionParser::substitutions() const
{
    std::vector<Substitution> all;
    for (const QString &text : values("what-if")) {
        auto substitution = parseSubstitution(text.toStdString());
        if (!substitution)
            return substitution.error();
        all.push_back(std::move(*substitution));
    }
    return all;
}

Result<std::shared_ptr<const Selection>> openSelection(const OptionParser &options)
{
    const auto scope = options.scope();
    if (!scope)
        return scope.error();
    return openSelection(options.positional().first(), *scope);
}

void noteEmptyRange(const TimeRange &range, const Selection &selection)
{
    const TimeRange covered = selection.covered();
    if (!covered.from || !covered.to)
        return;
    const Zone &zone = selection.scope.zone;
    const Timestamp last{covered.to->us - 1};
    if (range.from && *range.from > last)
        complain(
            Text::tr("nothing in this range: it begins %1, and the data ends %2")
                .arg(QString::fromStdString(zone.iso(*range.from)), QString::fromStdString(zone.iso(last))));
    else if (range.to && *range.to <= *covered.from)
        complain(Text::tr("nothing in this range: it ends %1, and the data begins %2")
                     .arg(QString::fromStdString(zone.iso(*range.to)),
                          QString::fromStdString(zone.iso(*covered.from))));
}

} // namespace genscope
