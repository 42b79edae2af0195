// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rollupfilter.h"

#include "analytics/filterpredicate.h"
#include "analytics/query.h"
#include "analytics/rollup.h"
#include "analytics/tracegroups.h"

#include <algorithm>
#include <array>
#include <limits>

namespace genscope {

namespace {

using Measure = RollupField::Measure;

constexpr std::array<std::string_view, 10> kMeasureNames = {
    "cost",          "errors",      "latency", "latency_posthog", "input_tokens",
    "output_tokens", "generations", "events",  "unpriced",        "traces"};

/// Tests the number of one roll-up.
class RollupTest
{
public:
    explicit RollupTest(const Filter::Node &term)
        : m_measure(term.subject.rollup->measure),
          m_ints(intRanges(term, m_measure == Measure::Cost ? 12 : 0).value_or(std::vector<IntRange>())),
          m_reals(realRanges(term).value_or(std::vector<RealRange>()))
    {
    }

    bool accepts(const TraceSummary &summary, std::int64_t traces) const
    {
        switch (m_measure) {
        case Measure::Cost:
            return acceptsInt(summary.costPico);
        case Measure::Errors:
            return acceptsInt(summary.errors);
        case Measure::Latency:
            return acceptsReal(summary.latencyWall);
        case Measure::LatencyPostHog:
            return acceptsReal(summary.latencyPostHog);
        case Measure::InputTokens:
            return acceptsInt(summary.inputTokens);
        case Measure::OutputTokens:
            return acceptsInt(summary.outputTokens);
        case Measure::Generations:
            return acceptsInt(summary.generations);
        case Measure::Events:
            return acceptsInt(summary.events);
        case Measure::Unpriced:
            return acceptsInt(summary.unpriced);
        case Measure::Traces:
            return acceptsInt(traces);
        }
        return false;
    }

private:
    bool acceptsInt(std::int64_t value) const
    {
        return value != kMissing && std::any_of(m_ints.begin(), m_ints.end(),
                                                [value](const IntRange &r) { return r.contains(value); });
    }
    bool acceptsReal(double value) const
    {
        return std::any_of(m_reals.begin(), m_reals.end(),
                           [value](const RealRange &r) { return r.contains(value); });
    }

    Measure m_measure;
    std::vector<IntRange> m_ints;
    std::vector<RealRange> m_reals;
};

/// Which of the groups are accepted, by group.
Result<std::vector<char>> acceptedTraces(const RollupTest &test, const TraceGroups &groups,
                                         const QueryContext &context, const RowSet &candidates)
{
    const auto summaries = summariseTraces(candidates, context);
    if (!summaries)
        return summaries.error();
    std::vector<char> accepted(groups.count);
    for (const TraceSummary &summary : *summaries)
        accepted[groups.ofTrace[summary.trace]] = test.accepts(summary, 1);
    return accepted;
}

Result<std::vector<char>> acceptedSessions(const RollupTest &test, const TraceGroups &groups,
                                           const std::vector<std::uint32_t> &sessionOfGroup,
                                           const QueryContext &context, const RowSet &candidates)
{
    const auto summaries = summariseSessions(candidates, context);
    if (!summaries)
        return summaries.error();
    std::vector<char> bySession(context.data.snapshot->dictionary(DictField::Session).size());
    for (const SessionSummary &summary : *summaries)
        bySession[summary.totals.session] = test.accepts(summary.totals, summary.traces);
    std::vector<char> accepted(groups.count);
    for (std::size_t group = 0; group < accepted.size(); ++group)
        accepted[group] = bySession[sessionOfGroup[group]];
    return accepted;
}

} // namespace

std::optional<RollupField> RollupField::parse(std::string_view text)
{
    const std::size_t dot = text.find('.');
    const std::string_view of = text.substr(0, dot);
    if (dot == text.npos || (of != "trace" && of != "session"))
        return std::nullopt;
    const auto name = std::find(kMeasureNames.begin(), kMeasureNames.end(), text.substr(dot + 1));
    if (name == kMeasureNames.end())
        return std::nullopt;
    RollupField field;
    field.of = of == "trace" ? Of::Trace : Of::Session;
    field.measure = static_cast<Measure>(name - kMeasureNames.begin());
    if (field.of == Of::Trace && field.measure == Measure::Traces)
        return std::nullopt;
    return field;
}

std::vector<std::string> RollupField::names()
{
    std::vector<std::string> names;
    for (const Of of : {Of::Trace, Of::Session}) {
        for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
            const auto measure = static_cast<Measure>(i);
            if (of == Of::Session || measure != Measure::Traces)
                names.push_back(RollupField{of, measure}.text());
        }
    }
    return names;
}

std::string RollupField::text() const
{
    return (of == Of::Trace ? "trace." : "session.") +
           std::string(kMeasureNames[static_cast<std::size_t>(measure)]);
}

Result<RowSet> matchRollup(const Filter::Node &term, const DataContext &data, FieldCache &cache,
                           const RowSet &candidates)
{
    QueryContext context;
    context.data = data;
    context.cache = std::shared_ptr<FieldCache>(std::shared_ptr<FieldCache>(), &cache); // not owned
    const Snapshot &snapshot = *data.snapshot;
    const RollupTest test(term);
    std::vector<std::uint32_t> sessionOfGroup;
    const bool isTrace = term.subject.rollup->of == RollupField::Of::Trace;
    const TraceGroups groups = isTrace ? TraceGroups::byTrace(candidates, snapshot)
                                       : TraceGroups::bySession(candidates, snapshot, sessionOfGroup);
    const auto accepted = isTrace ? acceptedTraces(test, groups, context, candidates)
                                  : acceptedSessions(test, groups, sessionOfGroup, context, candidates);
    if (!accepted)
        return accepted.error();
    RowSet out(candidates.size());
    candidates.forEach([&](std::size_t row) {
        const auto trace = static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Trace));
        const auto session = static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Session));
        const std::uint32_t group = groups.of(trace, session);
        if (group != TraceGroups::kNone && (*accepted)[group] != 0)
            out.set(row);
    });
    return out;
}

} // namespace genscope
