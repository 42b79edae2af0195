// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listfacts.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

std::int64_t countOf(const Cell &cell)
{
    const auto *count = std::get_if<std::int64_t>(&cell);
    return count == nullptr ? 0 : *count;
}

Result<ListFacts> eventFacts(ListKind kind, const ListRows &rows, const RowSet &chosen)
{
    const Selection &selection = *rows.selection();
    Query query;
    query.measures = {Measure::Cost, Measure::Unpriced, Measure::Errors, Measure::LatencyP95};
    query.kinds = eventKindsOf(kind);
    const auto table = runQuery(query, selection.scope, chosen, selection.context);
    if (!table)
        return table.error();
    ListFacts facts;
    if (const auto *cost = std::get_if<Money>(&table->total[0]))
        facts.cost = *cost;
    if (kind != ListKind::Feedback) // opinions and scores have no price
        facts.unpriced = countOf(table->total[1]);
    facts.errors = countOf(table->total[2]);
    if (const auto *latency = std::get_if<double>(&table->total[3]))
        facts.latencyP95 = *latency;
    return facts;
}

/// Linear interpolation between closest ranks, as the engine's percentiles.
std::optional<double> p95(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    const double rank = 0.95 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), values.begin() + below, values.end());
    const double low = values[static_cast<std::size_t>(below)];
    if (static_cast<std::size_t>(below) + 1 == values.size())
        return low;
    const double high = *std::min_element(values.begin() + below + 1, values.end());
    return low + (high - low) * (rank - static_cast<double>(below));
}

/// A trace's own latency; other summaries have none that could be taken together.
std::string latencyColumn(ListKind kind)
{
    return kind == ListKind::Traces ? "latency" : std::string();
}

ListFacts summaryFacts(ListKind kind, const ListRows &rows, const std::optional<RowRanges> &positions)
{
    ListFacts facts;
    std::vector<double> latencies;
    const std::string latency = latencyColumn(kind);
    forEachPosition(positions.value_or(rows.everything()), [&](std::size_t position) {
        const Cell cost = rows.value(position, "cost");
        if (const auto *money = std::get_if<Money>(&cost))
            facts.cost = facts.cost.value_or(Money{}) + *money;
        facts.errors += countOf(rows.value(position, "errors"));
        if (latency.empty())
            return true;
        const Cell seconds = rows.value(position, latency);
        if (const auto *value = std::get_if<double>(&seconds); value != nullptr && !std::isnan(*value))
            latencies.push_back(*value);
        return true;
    });
    facts.latencyP95 = p95(std::move(latencies));
    return facts;
}

std::int64_t eventsOfKinds(const Snapshot &snapshot, KindSet kinds)
{
    std::int64_t count = 0;
    std::vector<std::int64_t> values(Segment::kRows);
    for (const auto &segment : snapshot.segments()) {
        const IntColumn &column = segment->ints(IntField::Kind);
        const std::span<std::int64_t> out(values.data(), segment->rows());
        column.decode(out);
        count += std::count_if(out.begin(), out.end(), [&kinds](std::int64_t kind) {
            return kind >= 0 && kind < kEventKindCount && kinds.test(static_cast<std::size_t>(kind));
        });
    }
    return count;
}

} // namespace

Result<ListFacts> listFacts(ListKind kind, const ListRows &rows, const std::optional<RowRanges> &positions)
{
    const auto count = static_cast<std::int64_t>(positions ? rowCount(*positions) : rows.size());
    if (!isEventList(kind)) {
        ListFacts facts = summaryFacts(kind, rows, positions);
        facts.rows = count;
        return facts;
    }
    RowSet chosen = rows.selection()->rows;
    if (positions) {
        chosen = RowSet(chosen.size());
        forEachPosition(*positions, [&](std::size_t position) {
            chosen.set(rows.rowId(position));
            return true;
        });
    }
    auto facts = eventFacts(kind, rows, chosen);
    if (facts)
        facts->rows = count;
    return facts;
}

std::optional<std::int64_t> storedRows(ListKind kind, const Snapshot &snapshot)
{
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        return eventsOfKinds(snapshot, eventKindsOf(kind));
    case ListKind::Traces:
        return static_cast<std::int64_t>(snapshot.dictionary(DictField::Trace).size()) - 1;
    case ListKind::Sessions:
        return static_cast<std::int64_t>(snapshot.dictionary(DictField::Session).size()) - 1;
    case ListKind::Users:
    case ListKind::Customers:
    case ListKind::Errors:
    case ListKind::Tools:
        break;
    }
    return std::nullopt;
}

} // namespace genscope
