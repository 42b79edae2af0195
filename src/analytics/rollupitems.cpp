// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of traces and of sessions, over the roll-ups.
#include "analytics/eventmatch.h"
#include "analytics/fieldunit.h"
#include "analytics/listcells.h"
#include "analytics/listitems.h"
#include "analytics/listmeasures.h"
#include "analytics/listmembers.h"
#include "analytics/rollup.h"
#include "analytics/tracegroups.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Role = ResultTable::Role;
using Read = Cell (*)(const TraceSummary &);

/// A column that a summary has as a number.
struct SummaryColumn
{
    std::string_view name;
    Unit unit = Unit::None;
    Read read = nullptr;
};

Cell totalTokens(const TraceSummary &trace)
{
    if (trace.inputTokens == kMissing || trace.outputTokens == kMissing)
        return countCell(std::max(trace.inputTokens, trace.outputTokens));
    std::int64_t total = 0;
    return __builtin_add_overflow(trace.inputTokens, trace.outputTokens, &total) ? Cell() : Cell(total);
}

constexpr std::array kSummaryColumns{
    SummaryColumn{"started", Unit::None,
                  [](const TraceSummary &t) -> Cell { return Timestamp{t.startedUs}; }},
    SummaryColumn{"timestamp", Unit::None,
                  [](const TraceSummary &t) -> Cell { return Timestamp{t.firstSeenUs}; }},
    SummaryColumn{"first_seen", Unit::None,
                  [](const TraceSummary &t) -> Cell { return Timestamp{t.firstSeenUs}; }},
    SummaryColumn{"ended", Unit::None, [](const TraceSummary &t) -> Cell { return Timestamp{t.endedUs}; }},
    SummaryColumn{"last_seen", Unit::None,
                  [](const TraceSummary &t) -> Cell { return Timestamp{t.lastSeenUs}; }},
    SummaryColumn{"events", Unit::Number, [](const TraceSummary &t) { return countCell(t.events); }},
    SummaryColumn{"generations", Unit::Number,
                  [](const TraceSummary &t) { return countCell(t.generations); }},
    SummaryColumn{"embeddings", Unit::Number, [](const TraceSummary &t) { return countCell(t.embeddings); }},
    SummaryColumn{"spans", Unit::Number, [](const TraceSummary &t) { return countCell(t.spans); }},
    SummaryColumn{"errors", Unit::Number, [](const TraceSummary &t) { return countCell(t.errors); }},
    SummaryColumn{"is_error", Unit::None, [](const TraceSummary &t) -> Cell { return t.errors > 0; }},
    SummaryColumn{"input_tokens", Unit::Tokens,
                  [](const TraceSummary &t) { return countCell(t.inputTokens); }},
    SummaryColumn{"output_tokens", Unit::Tokens,
                  [](const TraceSummary &t) { return countCell(t.outputTokens); }},
    SummaryColumn{"total_tokens", Unit::Tokens, totalTokens},
    SummaryColumn{"cost", Unit::Usd, [](const TraceSummary &t) { return moneyCell(t.costPico); }},
    SummaryColumn{"unpriced", Unit::Number, [](const TraceSummary &t) { return countCell(t.unpriced); }},
    SummaryColumn{"latency", Unit::Seconds, [](const TraceSummary &t) { return secondsCell(t.latencyWall); }},
    SummaryColumn{"latency_posthog", Unit::Seconds,
                  [](const TraceSummary &t) { return secondsCell(t.latencyPostHog); }},
};

const SummaryColumn *summaryColumn(std::string_view name)
{
    const auto found = std::find_if(kSummaryColumns.begin(), kSummaryColumns.end(),
                                    [name](const SummaryColumn &column) { return column.name == name; });
    return found == kSummaryColumns.end() ? nullptr : &*found;
}

/// Money and tokens of a trace are those of its generations and embeddings, whichever measure tells them.
KindSet kindsOf(Measure measure)
{
    const Unit unit = measureUnit(measure);
    if (unit == Unit::Usd || unit == Unit::Tokens)
        return kindSet({EventKind::Generation, EventKind::Embedding});
    return kindSet({EventKind::Generation});
}

class RollupItems final : public ListItems
{
public:
    /// @param rows  of the source, without those of items that do not match
    RollupItems(const ListSource &source, RowSet rows, std::vector<TraceSummary> items,
                std::vector<std::int64_t> traceCounts)
        : m_rows(std::move(rows)),
          m_source{source.kind, source.scope, m_rows, source.context},
          m_items(std::move(items)),
          m_traceCounts(std::move(traceCounts)),
          m_key(*listField(isTraces() ? "trace" : "session"))
    {
    }

    Result<std::vector<ListColumn>> columns(const std::vector<std::string> &names) override
    {
        if (Status measured = runMeasures(names); !measured)
            return measured.error();
        std::vector<ListColumn> columns;
        for (const std::string &name : names) {
            Result<ListColumn> column = open(name);
            if (!column)
                return column.error();
            columns.push_back(std::move(*column));
        }
        return columns;
    }

    Result<std::vector<std::uint32_t>> ordered(const std::vector<ListOrder> &by) const override
    {
        return orderedByCells(m_items.size(), by);
    }

private:
    bool isTraces() const { return m_source.kind == ListKind::Traces; }
    const Snapshot &snapshot() const { return *m_source.context.data.snapshot; }

    Cell keyCell(std::uint32_t item) const
    {
        const TraceSummary &summary = m_items[item];
        return isTraces() ? textCell(snapshot().dictionary(DictField::Trace).at(summary.trace))
                          : textCell(snapshot().dictionary(DictField::Session).at(summary.session));
    }

    Result<ListColumn> open(const std::string &name)
    {
        ListColumn column;
        if (const SummaryColumn *summary = summaryColumn(name)) {
            column.info = {name, summary->unit == Unit::None ? Role::Field : Role::Measure, summary->unit};
            column.cell = [this, read = summary->read](std::uint32_t item) { return read(m_items[item]); };
            return column;
        }
        if (name == "traces" && !isTraces()) {
            column.info = {name, Role::Measure, Unit::Number};
            column.cell = [this](std::uint32_t item) { return Cell(m_traceCounts[item]); };
            return column;
        }
        if (const std::optional<Field> field = listField(name); field && !measureFromName(name))
            return openField(name, *field);
        if (name == "days_seen") {
            if (Status loaded = loadMembers(); !loaded)
                return loaded.error();
            column.info = {name, Role::Measure, Unit::Number};
            column.cell = [days = m_members->daysSeen(m_source.scope.zone)](std::uint32_t item) {
                return Cell(days[item]);
            };
            return column;
        }
        if (const std::optional<Measure> measure = measureFromName(name))
            return measureColumn(name, *measure);
        return unknownListColumn(m_source.kind, name);
    }

    Result<ListColumn> openField(const std::string &name, const Field &field)
    {
        ListColumn column;
        column.info = {name, field == m_key ? Role::Dimension : Role::Field, Unit::None};
        const auto textOf = [this](DictField dictionary, std::uint32_t TraceSummary::*code) {
            return [this, dictionary, code](std::uint32_t item) {
                return textCell(snapshot().dictionary(dictionary).at(m_items[item].*code));
            };
        };
        if (field == m_key) {
            column.cell = [this](std::uint32_t item) { return keyCell(item); };
        } else if (field.id == Field::Id::Session) {
            column.cell = textOf(DictField::Session, &TraceSummary::session);
        } else if (field.id == Field::Id::SpanName && isTraces()) {
            column.cell = textOf(DictField::SpanName, &TraceSummary::name);
        } else if (field.id == Field::Id::User) {
            column.cell = [this](std::uint32_t item) {
                const std::uint32_t distinctId = snapshot().users().distinctIdOfKey[m_items[item].user];
                return m_items[item].user == 0
                           ? Cell()
                           : textCell(snapshot().dictionary(DictField::DistinctId).at(distinctId));
            };
        } else if (field.id == Field::Id::Tool) {
            return openTools(std::move(column));
        } else if (field.id == Field::Id::Customer) {
            return openCustomer(std::move(column), field);
        } else if (unitOf(field) == Unit::None) {
            return openDescribing(std::move(column), field);
        } else {
            return unknownListColumn(m_source.kind, name);
        }
        return column;
    }

    Result<ListColumn> openTools(ListColumn column) const
    {
        const auto reader = m_source.context.cache->open(*listField("tool"), m_source.context.data);
        if (!reader)
            return reader.error();
        column.cell = [this, reader = *reader](std::uint32_t item) {
            std::string names;
            for (const std::uint32_t tool : m_items[item].tools) {
                if (!names.empty())
                    names += ',';
                names += reader->member(tool);
            }
            return textCell(names);
        };
        return column;
    }

    Result<ListColumn> openCustomer(ListColumn column, const Field &field)
    {
        const auto reader = m_source.context.cache->open(field, m_source.context.data);
        if (!reader)
            return reader.error();
        if ((*reader)->type() != FieldReader::Type::Text || (*reader)->manyValued())
            return openDescribing(std::move(column), field);
        column.cell = [this, reader = *reader](std::uint32_t item) {
            const std::uint32_t code = m_items[item].customer;
            return code == 0 ? Cell() : Cell(std::string(reader->value(code)));
        };
        return column;
    }

    Result<ListColumn> openDescribing(ListColumn column, const Field &field)
    {
        if (Status loaded = loadMembers(); !loaded)
            return loaded.error();
        const auto reader = m_source.context.cache->open(field, m_source.context.data);
        if (!reader)
            return reader.error();
        column.cell = [reader = *reader, rows = m_members->newestRows(**reader)](std::uint32_t item) {
            return rows[item] == ListMembers::kNoRow ? Cell() : cellAt(*reader, rows[item]);
        };
        return column;
    }

    /// Runs the measures that the roll-up does not have, those over the same kinds together.
    Status runMeasures(const std::vector<std::string> &names)
    {
        for (const std::string &name : names) {
            const std::optional<Measure> measure = measureFromName(name);
            if (!measure || summaryColumn(name) || (name == "traces" && !isTraces()))
                continue;
            const auto same = [&](const MeasureRun &run) { return run.kinds == kindsOf(*measure); };
            auto run = std::find_if(m_runs.begin(), m_runs.end(), same);
            if (run == m_runs.end())
                run = m_runs.insert(m_runs.end(), MeasureRun{kindsOf(*measure), {}, {}});
            run->measures.push_back(*measure);
        }
        if (m_runs.empty())
            return Done{};
        const auto rows = isTraces() ? rowsOfTraces(m_source.rows, m_source.context)
                                     : rowsOfSessions(m_source.rows, m_source.context);
        if (!rows)
            return rows.error();
        for (MeasureRun &run : m_runs) {
            auto values =
                ListMeasures::run(run.measures, {m_key}, run.kinds, m_source.scope, *rows, m_source.context);
            if (!values)
                return values.error();
            run.values = std::move(*values);
        }
        return Done{};
    }

    ListColumn measureColumn(const std::string &name, Measure measure) const
    {
        ListColumn column;
        column.info = {name, Role::Measure, measureUnit(measure)};
        for (const MeasureRun &run : m_runs) {
            const auto found = std::find(run.measures.begin(), run.measures.end(), measure);
            if (found == run.measures.end())
                continue;
            const auto index = static_cast<std::size_t>(found - run.measures.begin());
            column.cell = [this, &run, index](std::uint32_t item) {
                return run.values.value(keyCell(item), index);
            };
        }
        return column;
    }

    /// Finds all events of the items, once.
    Status loadMembers()
    {
        if (m_members)
            return Done{};
        std::vector<std::uint32_t> sessionOfGroup;
        const TraceGroups groups = isTraces()
                                       ? TraceGroups::byTrace(m_source.rows, snapshot())
                                       : TraceGroups::bySession(m_source.rows, snapshot(), sessionOfGroup);
        std::vector<std::uint32_t> itemOfGroup(groups.count);
        for (std::uint32_t item = 0; item < m_items.size(); ++item) {
            itemOfGroup[isTraces() ? groups.ofTrace[m_items[item].trace]
                                   : groups.ofSession[m_items[item].session]] = item;
        }
        const auto rows = groups.rows(snapshot(), m_source.context.data.stop);
        if (!rows)
            return rows.error();
        std::vector<ListMembers::Member> members;
        rows->forEach([&](std::size_t row) {
            const auto code = [&](IntField field) {
                return static_cast<std::uint32_t>(snapshot().intAt(row, field));
            };
            const std::uint32_t group = groups.of(code(IntField::Trace), code(IntField::Session));
            members.push_back({itemOfGroup[group], static_cast<std::uint32_t>(row)});
        });
        m_members = std::make_unique<ListMembers>(snapshot(), m_items.size(), std::move(members));
        return Done{};
    }

    struct MeasureRun
    {
        KindSet kinds;
        std::vector<Measure> measures;
        ListMeasures values;
    };

    RowSet m_rows;
    ListSource m_source;
    std::vector<MeasureRun> m_runs;
    std::vector<TraceSummary> m_items;       ///< newest first
    std::vector<std::int64_t> m_traceCounts; ///< sessions only
    Field m_key;
    std::unique_ptr<ListMembers> m_members;
};

} // namespace

Result<std::unique_ptr<ListItems>> rollupItems(const ListSource &source)
{
    auto rows = source.scope.match == EventMatch::All
                    ? rowsOfFullMatches(source.kind, source.scope, source.rows, source.context)
                    : Result<RowSet>(source.rows);
    if (!rows)
        return rows.error();
    if (source.kind == ListKind::Traces) {
        auto traces = summariseTraces(*rows, source.context);
        if (!traces)
            return traces.error();
        return std::unique_ptr<ListItems>(std::make_unique<RollupItems>(
            source, std::move(*rows), std::move(*traces), std::vector<std::int64_t>()));
    }
    auto sessions = summariseSessions(*rows, source.context);
    if (!sessions)
        return sessions.error();
    std::vector<TraceSummary> totals;
    std::vector<std::int64_t> traceCounts;
    for (SessionSummary &session : *sessions) {
        totals.push_back(std::move(session.totals));
        traceCounts.push_back(session.traces);
    }
    return std::unique_ptr<ListItems>(
        std::make_unique<RollupItems>(source, std::move(*rows), std::move(totals), std::move(traceCounts)));
}

} // namespace genscope
