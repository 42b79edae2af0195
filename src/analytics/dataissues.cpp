// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dataissues.h"

#include "analytics/issueindex.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <bit>
#include <map>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::DataIssue)
};

constexpr std::size_t kExamples = 5;
constexpr std::size_t kNamedModels = 3;
constexpr std::size_t kSampledTimes = 100'000; ///< enough for a median

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Lib and model codes.
using Origin = std::pair<std::uint32_t, std::uint32_t>;
using OriginCounts = std::map<Origin, std::int64_t>;

struct Tally
{
    std::int64_t events = 0;
    std::int64_t generations = 0;
    std::vector<Uuid> examples;
    OriginCounts origins;

    const OriginCounts::value_type &mainOrigin() const
    {
        return *std::max_element(origins.begin(), origins.end(),
                                 [](const auto &a, const auto &b) { return a.second < b.second; });
    }
};

/// Counts the events of each issue and words what they have in common.
class Survey
{
public:
    Survey(const Snapshot &snapshot, const IssueIndex &index) : m_snapshot(snapshot), m_index(index)
    {
        if (m_index.found() == 0)
            return;
        forEachEvent([this](std::size_t row, IssueMask issues) { count(row, issues); });
    }

    const Tally &of(DataIssue issue) const { return m_tallies[static_cast<std::size_t>(issue)]; }
    QString evidence(DataIssue issue) const
    {
        const QString what = specific(issue);
        return what.isEmpty() ? origin(issue) : origin(issue) + QLatin1Char(' ') + what;
    }

private:
    /// Calls @p visit(row, issues) for every event that has some.
    template<typename Visit>
    void forEachEvent(Visit visit) const
    {
        std::vector<IssueMask> issues;
        for (std::size_t segment = 0; segment < m_snapshot.segmentCount(); ++segment) {
            m_index.read(segment, issues);
            for (std::size_t row = 0; row < issues.size(); ++row) {
                if (issues[row] != 0)
                    visit(segment * Segment::kRows + row, issues[row]);
            }
        }
    }

    void count(std::size_t row, IssueMask issues)
    {
        const Origin origin{codeAt(row, IntField::Lib), codeAt(row, IntField::Model)};
        const bool generation =
            m_snapshot.intAt(row, IntField::Kind) == static_cast<std::int64_t>(EventKind::Generation);
        for (IssueMask rest = issues; rest != 0; rest &= rest - 1) {
            Tally &tally = m_tallies[static_cast<std::size_t>(std::countr_zero(rest))];
            ++tally.events;
            tally.generations += generation;
            if (tally.examples.size() < kExamples)
                tally.examples.push_back(m_snapshot.uuidAt(row));
            ++tally.origins[origin];
        }
    }

    std::uint32_t codeAt(std::size_t row, IntField field) const
    {
        return static_cast<std::uint32_t>(m_snapshot.intAt(row, field));
    }
    QString name(DictField field, std::uint32_t code) const
    {
        return toQt(m_snapshot.dictionary(field).at(code));
    }

    QString origin(DataIssue issue) const
    {
        const Tally &tally = of(issue);
        const auto &[codes, events] = tally.mainOrigin();
        const QString lib =
            codes.first == 0 ? Text::tr("a sender without a name") : name(DictField::Lib, codes.first);
        const QString from =
            codes.second == 0
                ? Text::tr("from %1").arg(lib)
                : Text::tr("from %1 with the model %2").arg(lib, name(DictField::Model, codes.second));
        const auto sameLib = [lib = codes.first](const auto &entry) { return entry.first.first == lib; };
        if (2 * events < tally.events && std::all_of(tally.origins.begin(), tally.origins.end(), sameLib))
            return Text::tr("All from %1, with several models.").arg(lib);
        return events == tally.events
                   ? Text::tr("All %1.").arg(from)
                   : Text::tr("%1 of %2 %3.").arg(number(events), number(tally.events), from);
    }

    QString specific(DataIssue issue) const
    {
        switch (issue) {
        case DataIssue::LatencyInMs:
            return timesText(issue, RealField::Latency);
        case DataIssue::TtftInMs:
            return timesText(issue, RealField::TimeToFirstToken);
        case DataIssue::CostMissing:
            return causesOfMissingCost();
        case DataIssue::ClockAhead:
        case DataIssue::ClockBehind:
        case DataIssue::FutureTimestamp:
            return stamps(issue);
        default:
            return {};
        }
    }

    /// What the main origin's times read as, and what they would be for.
    QString timesText(DataIssue issue, RealField field) const
    {
        const Origin main = of(issue).mainOrigin().first;
        std::vector<double> times;
        std::vector<double> tokens;
        forEachEvent([&](std::size_t row, IssueMask issues) {
            if ((issues & issueBit(issue)) == 0 || times.size() == kSampledTimes ||
                Origin(codeAt(row, IntField::Lib), codeAt(row, IntField::Model)) != main)
                return;
            times.push_back(m_snapshot.realAt(row, field));
            if (const std::int64_t output = m_snapshot.intAt(row, IntField::OutputTokens); output != kMissing)
                tokens.push_back(static_cast<double>(output));
        });
        const QString time = number(static_cast<std::int64_t>(median(times)));
        if (tokens.empty())
            return Text::tr("As seconds, its median would be %1 s.").arg(time);
        return Text::tr("As seconds, its median would be %1 s for %2 output tokens.")
            .arg(time, number(static_cast<std::int64_t>(median(tokens))));
    }

    static double median(std::vector<double> &values)
    {
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        return *middle;
    }

    QString causesOfMissingCost() const
    {
        std::int64_t noTokens = 0;
        std::int64_t noModel = 0;
        std::map<std::uint32_t, std::int64_t> models;
        forEachEvent([&](std::size_t row, IssueMask issues) {
            if ((issues & issueBit(DataIssue::CostMissing)) == 0)
                return;
            if (const std::uint32_t model = codeAt(row, IntField::Model); model == 0)
                ++noModel;
            else if (m_snapshot.intAt(row, IntField::InputTokens) == kMissing &&
                     m_snapshot.intAt(row, IntField::OutputTokens) == kMissing)
                ++noTokens;
            else
                ++models[model];
        });
        QStringList causes;
        if (!models.empty())
            causes.push_back(Text::tr("the price book does not know %1").arg(topModels(models)));
        if (noTokens > 0)
            causes.push_back(Text::tr("%1 without token counts").arg(number(noTokens)));
        if (noModel > 0)
            causes.push_back(Text::tr("%1 without a model").arg(number(noModel)));
        return Text::tr("Causes: %1.").arg(causes.join(Text::tr("; ")));
    }

    QString topModels(const std::map<std::uint32_t, std::int64_t> &counts) const
    {
        std::vector<std::pair<std::int64_t, std::uint32_t>> models;
        for (const auto &[model, events] : counts)
            models.emplace_back(-events, model);
        std::sort(models.begin(), models.end());
        QStringList names;
        for (const auto &[events, model] : models) {
            if (names.size() == static_cast<qsizetype>(kNamedModels)) {
                names.push_back(
                    Text::tr("%n more model(s)", nullptr, static_cast<int>(models.size() - kNamedModels)));
                break;
            }
            names.push_back(Text::tr("%1 (%2)").arg(name(DictField::Model, model), number(-events)));
        }
        return names.join(Text::tr(", "));
    }

    QString stamps(DataIssue issue) const
    {
        std::int64_t first = std::numeric_limits<std::int64_t>::max();
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        forEachEvent([&](std::size_t row, IssueMask issues) {
            if ((issues & issueBit(issue)) == 0)
                return;
            first = std::min(first, m_snapshot.intAt(row, IntField::Timestamp));
            last = std::max(last, m_snapshot.intAt(row, IntField::Timestamp));
        });
        return Text::tr("Stamped from %1 to %2.")
            .arg(QString::fromStdString(isoTime({first})), QString::fromStdString(isoTime({last})));
    }

    static QString number(std::int64_t value) { return formatCount(value, QLocale()); }

    const Snapshot &m_snapshot;
    const IssueIndex &m_index;
    std::array<Tally, kDataIssueCount> m_tallies;
};

std::array<std::int64_t, kEventKindCount> eventsByKind(const Snapshot &snapshot)
{
    std::array<std::int64_t, kEventKindCount> events{};
    for (const auto &segment : snapshot.segments()) {
        for (int kind = 0; kind < kEventKindCount; ++kind) {
            for (const std::uint64_t word : segment->rowsOfKind(static_cast<EventKind>(kind)))
                events[static_cast<std::size_t>(kind)] += std::popcount(word);
        }
    }
    return events;
}

} // namespace

Filter DataFinding::filter() const
{
    Field field;
    field.id = Field::Id::Issue;
    field.text = "issue";
    return Filter::equals(field, dataIssueCode(issue));
}

Result<std::vector<DataFinding>> findDataIssues(const DataContext &context, FieldCache &cache,
                                                IssueMask wanted)
{
    const auto index = cache.issues(wanted, context);
    if (!index)
        return index.error();
    const Survey survey(*context.snapshot, **index);
    const auto byKind = eventsByKind(*context.snapshot);
    std::vector<DataFinding> findings;
    for (int i = 0; i < kDataIssueCount; ++i) {
        const auto issue = static_cast<DataIssue>(i);
        const Tally &tally = survey.of(issue);
        if (tally.events == 0 || (wanted & issueBit(issue)) == 0)
            continue;
        const IssueRule rule = issueRule(issue);
        DataFinding finding{issue, tally.events,   tally.generations,
                            0,     tally.examples, survey.evidence(issue)};
        for (std::size_t kind = 0; kind < byKind.size(); ++kind)
            finding.checked += rule.kinds.test(kind) ? byKind[kind] : 0;
        if (finding.share() >= rule.leastShare)
            findings.push_back(std::move(finding));
    }
    std::stable_sort(findings.begin(), findings.end(), [](const DataFinding &a, const DataFinding &b) {
        const auto severityA = issueRule(a.issue).severity;
        const auto severityB = issueRule(b.issue).severity;
        return severityA != severityB ? severityA < severityB : a.events > b.events;
    });
    return findings;
}

} // namespace genscope
