// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reportsections.h"

#include "charts/celltext.h"
#include "core/format.h"
#include "models/costdriversmodel.h"
#include "workspace/costwords.h"
#include "workspace/periodcost.h"
#include "workspace/spikewords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

constexpr int kTopRows = 10;
constexpr std::size_t kListedRows = 20;

/// Asks the questions of one report, and keeps the first error.
class Asker
{
public:
    Asker(const Selection &selection, const QLocale &locale) : m_selection(selection), m_locale(locale) {}

    ResultTable ask(std::vector<Measure> measures, const std::vector<const char *> &by = {},
                    std::optional<int> top = {}, const char *filter = "")
    {
        Query query;
        query.measures = std::move(measures);
        for (const char *field : by)
            query.by.push_back(*Field::parse(field));
        query.top = top;
        auto rows = narrowed(m_selection, *Filter::parse(filter));
        auto table = rows ? runQuery(query, m_selection.scope, *rows, m_selection.context)
                          : Result<ResultTable>(rows.error());
        if (!table && m_status)
            m_status = table.error();
        return table ? std::move(*table) : ResultTable();
    }
    const Status &status() const { return m_status; }

    QString number(const ResultTable &table, const std::vector<Cell> &row, std::size_t column) const
    {
        return column < row.size() ? measureText(row[column], table.columns[column].unit, m_locale)
                                   : QString();
    }
    QString name(const Cell &cell) const
    {
        const auto *text = std::get_if<std::string>(&cell);
        return text ? QString::fromStdString(*text) : Text::tr("(none)");
    }
    const Selection &selection() const { return m_selection; }
    const QLocale &locale() const { return m_locale; }

private:
    const Selection &m_selection;
    const QLocale &m_locale;
    Status m_status = Done{};
};

std::int64_t countOf(const Cell &cell)
{
    const auto *count = std::get_if<std::int64_t>(&cell);
    return count ? *count : 0;
}

double shareOf(const Cell &part, const Cell &whole)
{
    const auto *a = std::get_if<Money>(&part);
    const auto *b = std::get_if<Money>(&whole);
    return a && b && b->pico > 0 ? a->usd() / b->usd() : std::numeric_limits<double>::quiet_NaN();
}

int forPlural(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

QString signedAmount(Money amount, const QLocale &locale)
{
    return (amount.pico > 0 ? QStringLiteral("+") : QString()) + formatMoney(amount, locale);
}

QString changeSentence(const CostChange &cost, const QLocale &locale)
{
    const CostDrivers &total = cost.answer.total;
    const Money change = total.change();
    const Money size = change.pico < 0 ? Money{-change.pico} : change;
    if (change.pico == 0)
        return cost.periods.areHalves ? Text::tr("The later half of this time cost as much as the earlier.")
                                      : Text::tr("That is as much as in the period before.");
    QString amount = formatMoney(size, locale);
    if (total.before.pico > 0)
        amount = Text::tr("%1 (%2)").arg(amount, formatRatio(size.usd() / total.before.usd(), locale));
    const CostDriverPart main = mainDriver(total);
    QString sentence;
    if (cost.periods.areHalves)
        sentence = change.pico > 0 ? Text::tr("The later half of this time cost %1 more than the earlier, "
                                              "mostly by %2 (%3).")
                                   : Text::tr("The later half of this time cost %1 less than the earlier, "
                                              "mostly by %2 (%3).");
    else
        sentence = change.pico > 0
                       ? Text::tr("That is %1 more than in the period before, mostly by %2 (%3).")
                       : Text::tr("That is %1 less than in the period before, mostly by %2 (%3).");
    return sentence.arg(amount, main.reason, signedAmount(total.*main.amount, locale));
}

QString volumeSentence(Asker &asker)
{
    const ResultTable table = asker.ask(
        {Measure::Generations, Measure::Cost, Measure::CostPerGeneration, Measure::Users, Measure::Traces});
    const std::vector<Cell> &total = table.total;
    if (total.empty() || countOf(total[0]) == 0)
        return Text::tr("There are no generations in this selection.");
    const QString calls = Text::tr("%Ln generation(s)", nullptr, forPlural(countOf(total[0])));
    const QString users = Text::tr("%Ln user(s)", nullptr, forPlural(countOf(total[3])));
    if (std::get_if<Money>(&total[1]) == nullptr)
        return Text::tr("%1 by %2; none of them has a price.").arg(calls, users);
    return Text::tr("%1 by %2 cost %3, which is %4 each.")
        .arg(calls, users, asker.number(table, total, 1), asker.number(table, total, 2));
}

/// The value that costs most of all.
void addLargest(Asker &asker, const char *field, const QString &sentence, QStringList &paragraph)
{
    const ResultTable table = asker.ask({Measure::Cost}, {field}, 1);
    for (const auto &row : table.rows) {
        const auto *name = std::get_if<std::string>(&row[0]);
        const double share = shareOf(row[1], table.total[1]);
        if (name && !isOther(row[0]) && share > 0)
            paragraph << sentence.arg(QString::fromStdString(*name), asker.number(table, row, 1),
                                      formatRatio(share, asker.locale()));
    }
}

/// What an error says to people: the message of the JSON that many are.
QString errorText(const QString &error)
{
    static const QRegularExpression kMessage(
        QStringLiteral("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)+)\""));
    const auto match = kMessage.match(error);
    const QString text =
        match.hasMatch() ? match.captured(1).replace(QStringLiteral("\\\""), QStringLiteral("\"")) : error;
    return text.simplified().left(160);
}

QString errorSentence(Asker &asker)
{
    const ResultTable rate = asker.ask({Measure::Errors, Measure::ErrorRate});
    if (rate.total.empty() || countOf(rate.total[0]) == 0)
        return Text::tr("No generation failed.");
    QString sentence = Text::tr("%Ln generation(s) failed (%1).", nullptr, forPlural(countOf(rate.total[0])))
                           .arg(asker.number(rate, rate.total, 1));
    const ResultTable most = asker.ask({Measure::Errors}, {"error"}, 1, "is_error");
    for (const auto &row : most.rows) {
        const auto *name = std::get_if<std::string>(&row[0]);
        if (name && !isOther(row[0]))
            sentence += QLatin1Char(' ') +
                        Text::tr("The most frequent error, %1 times: “%2”.")
                            .arg(asker.number(most, row, 1), errorText(QString::fromStdString(*name)));
    }
    return sentence;
}

QString speedSentence(Asker &asker)
{
    const ResultTable table = asker.ask({Measure::LatencyP50, Measure::LatencyP95, Measure::TtftP50});
    if (table.total.size() < 3 || table.total[0].index() == 0)
        return {};
    QString sentence = Text::tr("Half of the calls took %1 or less, 95 % of them %2 or less.")
                           .arg(asker.number(table, table.total, 0), asker.number(table, table.total, 1));
    if (table.total[2].index() != 0)
        sentence += QLatin1Char(' ') + Text::tr("Where it was measured, the first token came within %1 for "
                                                "half of the calls.")
                                           .arg(asker.number(table, table.total, 2));
    return sentence;
}

ReportTable changeTable(const CostDriversAnswer &answer, const QLocale &locale)
{
    const auto words = costDriverParts();
    ReportTable table;
    table.headings = {Text::tr("Model"), Text::tr("Before"), Text::tr("Now"), Text::tr("Change")};
    for (const CostDriverPart &part : words)
        table.headings << part.title;
    const auto row = [&](const QString &name, const CostDrivers &drivers) {
        QStringList cells{name, formatMoney(drivers.before, locale), formatMoney(drivers.after, locale),
                          signedAmount(drivers.change(), locale)};
        for (const CostDriverPart &part : words)
            cells << signedAmount(drivers.*part.amount, locale);
        table.rows.push_back(cells);
    };
    for (std::size_t i = 0; i < std::min<std::size_t>(answer.rows.size(), kTopRows); ++i) {
        const auto *name = std::get_if<std::string>(&answer.rows[i].value);
        row(name ? QString::fromStdString(*name) : Text::tr("(none)"), answer.rows[i]);
    }
    row(Text::tr("All"), answer.total);
    return table;
}

ReportSection changeSection(const CostChange &change, const Zone &zone, const QLocale &locale)
{
    const auto range = [&](const TimeRange &period) {
        return Text::tr("%1 – %2").arg(spikeMinute(*period.from, zone, locale),
                                       spikeMinute(*period.to, zone, locale));
    };
    ReportSection section;
    section.title = Text::tr("Why the cost changed");
    section.paragraphs
        << Text::tr("%1 against %2.").arg(range(change.periods.after), range(change.periods.before));
    section.paragraphs << Text::tr(
        "The parts add up to the change: more or fewer calls "
        "(volume), calls that moved between models (mix), longer or shorter prompts and answers, another "
        "share of the cache, and what was paid per token and request (price).");
    section.tables.emplace_back(QString(), changeTable(change.answer, locale));
    return section;
}

/// The values with the largest cost, and the others as one.
ReportTable topTable(Asker &asker, const char *field, const QString &heading)
{
    const ResultTable answer = asker.ask({Measure::Cost, Measure::Generations, Measure::TotalTokens,
                                          Measure::ErrorRate, Measure::LatencyP95, Measure::Unpriced},
                                         {field}, kTopRows);
    ReportTable table;
    table.headings = {heading,
                      Text::tr("Cost"),
                      Text::tr("Share"),
                      Text::tr("Generations"),
                      Text::tr("Tokens"),
                      Text::tr("Errors"),
                      Text::tr("Latency p95"),
                      Text::tr("Unpriced")};
    const auto add = [&](const QString &name, const std::vector<Cell> &row) {
        const double share = shareOf(row[1], answer.total[1]);
        QStringList cells{name, asker.number(answer, row, 1),
                          share >= 0 ? formatRatio(share, asker.locale()) : QString()};
        for (std::size_t column = 2; column <= 6; ++column)
            cells << asker.number(answer, row, column);
        table.rows.push_back(cells);
    };
    for (const auto &row : answer.rows) {
        if (!isOther(row[0]))
            add(asker.name(row[0]), row);
    }
    for (const auto &row : answer.rows) { // all that is not named above, whatever it comes to
        if (isOther(row[0]))
            add(Text::tr("Others"), row);
    }
    if (!answer.rows.empty())
        add(Text::tr("All"), answer.total);
    return table;
}

ReportTable errorTable(Asker &asker)
{
    const ResultTable answer = asker.ask({Measure::Errors, Measure::Users}, {"error"}, kTopRows, "is_error");
    ReportTable table;
    table.headings = {Text::tr("Error"), Text::tr("Generations"), Text::tr("Users")};
    for (const auto &row : answer.rows)
        table.rows.push_back(
            {errorText(asker.name(row[0])), asker.number(answer, row, 1), asker.number(answer, row, 2)});
    return table;
}

ReportSection topSection(Asker &asker)
{
    ReportSection section;
    section.title = Text::tr("Where it goes");
    section.tables.emplace_back(Text::tr("Models"), topTable(asker, "model", Text::tr("Model")));
    section.tables.emplace_back(Text::tr("Customers"), topTable(asker, "customer", Text::tr("Customer")));
    section.tables.emplace_back(Text::tr("Users"), topTable(asker, "user", Text::tr("User")));
    if (ReportTable errors = errorTable(asker); !errors.rows.empty())
        section.tables.emplace_back(Text::tr("Errors"), std::move(errors));
    return section;
}

void addUnpriced(Asker &asker, ReportSection &section)
{
    const ResultTable answer = asker.ask({Measure::Unpriced}, {"model", "provider"});
    const std::int64_t unpriced = answer.total.size() > 2 ? countOf(answer.total[2]) : 0;
    if (unpriced == 0) {
        section.paragraphs << Text::tr("Every generation has a price.");
        return;
    }
    section.paragraphs << Text::tr("%1 generations have no price. They are counted as calls, and are in no "
                                   "amount of money: what they cost is not known, which is not nothing.")
                              .arg(formatCount(unpriced, asker.locale()));
    ReportTable table;
    table.headings = {Text::tr("Model"), Text::tr("Provider"), Text::tr("Unpriced generations")};
    for (const auto &row : answer.rows) {
        if (countOf(row[2]) > 0 && table.rows.size() < kListedRows)
            table.rows.push_back({asker.name(row[0]), asker.name(row[1]), asker.number(answer, row, 2)});
    }
    section.tables.emplace_back(Text::tr("Without a price"), std::move(table));
}

Status addRejected(const Selection &selection, const QLocale &locale, ReportSection &section)
{
    if (!selection.reader)
        return Done{};
    const auto stats = selection.reader->stats();
    if (!stats)
        return stats.error();
    if (stats->rejected == 0) {
        section.paragraphs << Text::tr("No line of what was imported was rejected.");
        return Done{};
    }
    section.paragraphs << Text::tr("%1 lines of what was imported could not be read as events and are not in "
                                   "the store.")
                              .arg(formatCount(stats->rejected, locale));
    ReportTable table;
    table.headings = {Text::tr("Source"), Text::tr("Events"), Text::tr("Rejected")};
    std::set<std::string_view> listed; // a file that was imported again was rejected for the same lines again
    for (const SourceInfo &source : stats->sources) {
        if (source.rejected > 0 && table.rows.size() < kListedRows && listed.insert(source.name).second)
            table.rows.push_back({QString::fromStdString(source.name).section(QLatin1Char('/'), -1),
                                  formatCount(source.events, locale), formatCount(source.rejected, locale)});
    }
    section.tables.emplace_back(Text::tr("Rejected"), std::move(table));
    return Done{};
}

ReportSection definitionsSection(const std::vector<TileSpec> &tiles, const Scope &scope)
{
    ReportSection section;
    section.title = Text::tr("How the numbers are defined");
    section.definitions = {
        {Text::tr("Generation"), Text::tr("One call of a language model, an event $ai_generation.")},
        {Text::tr("Cost"), Text::tr("In US dollars: %1. Sums are exact to a millionth of a millionth of a "
                                    "dollar and do not depend on rounding.")
                               .arg(costViewText(scope))},
        {Text::tr("Unpriced"),
         Text::tr("No cost is known. Failed calls that used no tokens cost nothing and are not unpriced.")},
        {Text::tr("User"), Text::tr("A person, or a distinct id without one. Anonymous events belong to no "
                                    "user.")},
        {Text::tr("Latency"), Text::tr("Seconds from request to answer, as the events say. p95: 95 % of the "
                                       "calls took that long or less, interpolated between the nearest two; "
                                       "computed from every call.")},
        {Text::tr("Days"),
         Text::tr("Begin and end at midnight in the zone %1.").arg(QString::fromUtf8(scope.zone.name()))}};
    for (const TileSpec &tile : tiles) {
        const bool isNew = std::none_of(section.definitions.begin(), section.definitions.end(),
                                        [&](const auto &known) { return known.first == tile.title; });
        if (!tile.hint.isEmpty() && isNew)
            section.definitions.emplace_back(tile.title, tile.hint);
    }
    return section;
}

} // namespace

Result<std::optional<CostChange>> changeOfCost(const Selection &selection)
{
    const Scope &scope = selection.scope;
    const auto periods = costPeriods(scope.range, {}, selection.covered(), scope.zone);
    if (!periods)
        return std::optional<CostChange>();
    auto answer = explainCostChange(*costBreakdownOf("model"), periods->before, periods->after, selection);
    if (!answer)
        return answer.error();
    if (answer->total.callsBefore == 0)
        return std::optional<CostChange>();
    return std::optional(CostChange{*periods, std::move(*answer)});
}

Result<ReportSection> reportSummary(const Selection &selection, const std::optional<CostChange> &change,
                                    const QLocale &locale)
{
    Asker asker(selection, locale);
    ReportSection summary;
    summary.title = Text::tr("Summary");
    QStringList cost{volumeSentence(asker)};
    if (change)
        cost << changeSentence(*change, locale);
    addLargest(asker, "model", Text::tr("The model that costs most is %1 with %2 (%3)."), cost);
    addLargest(asker, "customer", Text::tr("The customer that costs most is %1 with %2 (%3)."), cost);
    summary.paragraphs << cost.join(QLatin1Char(' '));
    QStringList quality{errorSentence(asker), speedSentence(asker)};
    quality.removeAll(QString());
    summary.paragraphs << quality.join(QLatin1Char(' '));
    const ResultTable unpriced = asker.ask({Measure::Unpriced});
    if (!unpriced.total.empty() && countOf(unpriced.total[0]) > 0)
        summary.paragraphs << Text::tr("%1 generations have no price and are in none of these amounts.")
                                  .arg(asker.number(unpriced, unpriced.total, 0));
    if (!asker.status())
        return asker.status().error();
    return summary;
}

Result<std::vector<ReportSection>> reportSections(const Selection &selection,
                                                  const std::optional<CostChange> &change,
                                                  const std::vector<TileSpec> &tiles, const QLocale &locale)
{
    std::vector<ReportSection> sections;
    if (change)
        sections.push_back(changeSection(*change, selection.scope.zone, locale));
    Asker asker(selection, locale);
    sections.push_back(topSection(asker));
    ReportSection missing;
    missing.title = Text::tr("What is not in these numbers");
    addUnpriced(asker, missing);
    if (const Status added = addRejected(selection, locale, missing); !added)
        return added.error();
    sections.push_back(std::move(missing));
    sections.push_back(definitionsSection(tiles, selection.scope));
    if (!asker.status())
        return asker.status().error();
    return sections;
}

} // namespace genscope
