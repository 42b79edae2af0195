// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/grouporder.h"
#include "analytics/query.h"
#include "analytics/rowscan.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace genscope {

/// Sets the rows of a segment whose time is in [fromUs, toUs). @param times  a buffer
void selectTimes(const Segment &segment, std::size_t segmentIndex, std::int64_t fromUs, std::int64_t toUs,
                 std::vector<std::int64_t> &times, RowSet &rows);

/// One execution of a query.
class QueryRun
{
public:
    QueryRun(const Query &query, const Scope &scope, const RowSet &rows, const QueryContext &context)
        : m_query(query), m_scope(scope), m_rows(rows), m_context(context)
    {
    }

    /// Opens what the query needs and cuts its time. Before job().
    Status prepare()
    {
        std::vector<Measure> measures = m_query.measures;
        if (m_query.top && m_query.rankedBy)
            measures.push_back(*m_query.rankedBy);
        auto plan = MeasurePlan::make(std::move(measures), m_context, m_rows);
        if (!plan)
            return plan.error();
        m_plan = std::move(*plan);
        m_groupKinds = kindsOf(*m_plan, m_query.kinds);
        if (const auto status = openDimensions(); !status)
            return status;
        return cutTime();
    }

    /// Takes the buckets of another query over where they are the same: both then share the search for them.
    void shareBuckets(const QueryRun &other)
    {
        if (m_buckets && other.m_buckets && *m_buckets == *other.m_buckets) {
            m_buckets = other.m_buckets;
            m_parts.buckets = m_buckets.get();
        }
    }

    /// Before answer(), where others go on asking the same prepared question: what this one leaves out of the
    /// breakdown is its own.
    void detach()
    {
        if (!m_topDimension)
            return;
        m_topDimension = std::make_shared<Dimension>(*m_topDimension);
        m_parts.dimensions.front() = m_topDimension;
    }
    /// True if values of the breakdown are chosen before the scan, by all rows.
    bool choosesBefore() const { return m_topDimension && m_topDimension->manyValued(); }

    ScanJob job() const { return {&*m_plan, m_parts, m_query.kinds, m_groupKinds, &m_rows}; }

    /// @param scanned  what job() led to
    ResultTable answer(Scanned scanned)
    {
        if (m_topDimension && !m_topDimension->manyValued())
            foldOthers(*m_plan, scanned);
        scanned.finish();

        ResultTable table = emptyTable();
        table.matched = scanned.matched;
        table.unpriced = scanned.unpriced;
        addTotal(table, scanned);
        if (m_parts.count() == 0)
            table.rows.push_back(table.total);
        else if (m_query.by.empty())
            addEveryBucket(table, scanned);
        else
            addGroups(table, scanned);
        return table;
    }

private:
    Status openDimensions()
    {
        if (m_query.top && *m_query.top < 1) {
            return makeError(Error::Kind::Usage,
                             QCoreApplication::translate("Query", "the number of largest values to keep is "
                                                                  "%1; it must be at least 1")
                                 .arg(*m_query.top));
        }
        for (const Field &field : m_query.by) {
            const auto reader = m_context.cache->open(field, m_context.data);
            if (!reader)
                return reader.error();
            const auto dimension = std::make_shared<Dimension>(*reader, *m_context.data.snapshot, m_rows);
            if (m_query.top && m_parts.dimensions.empty())
                m_topDimension = dimension;
            m_parts.dimensions.push_back(dimension);
        }
        return m_topDimension && m_topDimension->manyValued() ? keepTopBefore() : Status(Done{});
    }

    std::optional<Measure> firstMeasure() const
    {
        return m_query.measures.empty() ? std::nullopt : std::optional(m_query.measures.front());
    }

    std::optional<Measure> rankMeasure() const
    {
        return m_query.rankedBy ? m_query.rankedBy : firstMeasure();
    }

    /// The codes of the first dimension that stay, where groups are its values.
    std::vector<std::uint32_t> largest(const Grouping &grouping, const GroupingParts &parts,
                                       const Figures &figures) const
    {
        const GroupOrder groups(grouping, parts, figures, rankMeasure());
        std::vector<std::uint32_t> kept;
        for (const std::uint32_t group : groups.sorted()) {
            const std::uint32_t code = groups.partsOf(group).front();
            if (!m_topDimension->isOther(code) && kept.size() < static_cast<std::size_t>(*m_query.top))
                kept.push_back(code);
        }
        return kept;
    }

    /// Ranks the values of a many-valued first dimension before the scan: an event with two of the other
    /// values must count once in `Other`.
    Status keepTopBefore()
    {
        const auto rank = rankMeasure();
        const auto plan =
            MeasurePlan::make(rank ? std::vector{*rank} : std::vector<Measure>(), m_context, m_rows);
        if (!plan)
            return plan.error();
        GroupingParts parts;
        parts.dimensions = {m_topDimension};
        const ScanJob ranking{&*plan, parts, m_query.kinds, m_groupKinds, &m_rows};
        auto scanned = scanRows({&ranking, 1}, m_context);
        if (!scanned)
            return scanned.error();
        Scanned &values = scanned->front();
        values.finish();
        m_topDimension->keepOnly(largest(*values.grouping, parts, *values.groups));
        return Done{};
    }

    /// Ranks the values of the first dimension by the first measure over everything, and brings the groups
    /// of all but the first N together.
    void foldOthers(const MeasurePlan &plan, Scanned &scanned)
    {
        GroupingParts valueParts;
        valueParts.dimensions = {m_topDimension};
        const std::size_t count = m_parts.count();
        const std::size_t part = m_parts.buckets != nullptr ? 1 : 0;
        std::vector<std::uint32_t> codes = scanned.grouping->allParts();

        Grouping values(valueParts);
        std::vector<std::uint32_t> groupOf(scanned.groupCount());
        for (std::size_t group = 0; group < groupOf.size(); ++group)
            groupOf[group] = values.idOf(std::span(codes).subspan(group * count + part, 1));
        Figures valueFigures(plan, valueParts.mostGroups(), rankMeasure());
        valueFigures.resize(values.size());
        valueFigures.merge(*scanned.groups, groupOf);
        valueFigures.finish();
        m_topDimension->keepOnly(largest(values, valueParts, valueFigures));

        auto grouping = std::make_unique<Grouping>(m_parts);
        for (std::size_t group = 0; group < groupOf.size(); ++group) {
            const auto parts = std::span(codes).subspan(group * count, count);
            parts[part] = m_topDimension->keptCode(parts[part]);
            groupOf[group] = grouping->idOf(parts);
        }
        auto figures = std::make_unique<Figures>(plan, m_parts.mostGroups());
        figures->resize(grouping->size());
        figures->merge(*scanned.groups, groupOf);
        scanned.grouping = std::move(grouping);
        scanned.groups = std::move(figures);
    }

    /// Makes the buckets. Without breakdown they cover the whole range that was asked for.
    Status cutTime()
    {
        if (!m_query.interval)
            return Done{};
        const auto seen = timesOf(*m_context.data.snapshot, m_rows, m_query.kinds | m_groupKinds);
        std::optional<std::int64_t> first;
        std::optional<std::int64_t> last;
        if (seen) {
            first = seen->first;
            last = seen->second;
        }
        if (m_query.by.empty()) {
            if (m_scope.range.from)
                first = std::min(m_scope.range.fromUs(), first.value_or(m_scope.range.fromUs()));
            if (m_scope.range.to)
                last = std::max(m_scope.range.toUs() - 1, last.value_or(m_scope.range.toUs() - 1));
        }
        m_anyBucket = first && last && *first <= *last;
        // Without any bucket the grouping still needs one, which stays empty.
        const std::int64_t anywhere = first.value_or(last.value_or(0));
        auto buckets = m_anyBucket ? Buckets::covering(*first, *last, *m_query.interval, m_scope.zone)
                                   : Buckets::covering(anywhere, anywhere, *m_query.interval, m_scope.zone);
        if (!buckets)
            return buckets.error();
        m_buckets = std::make_shared<const Buckets>(std::move(*buckets));
        m_parts.buckets = m_buckets.get();
        return Done{};
    }

    ResultTable emptyTable() const
    {
        ResultTable table;
        table.zone = m_scope.zone;
        table.interval = m_query.interval;
        if (m_query.interval)
            table.columns.push_back({"bucket", ResultTable::Role::Bucket, Unit::None});
        for (const Field &field : m_query.by)
            table.columns.push_back({field.text, ResultTable::Role::Dimension, Unit::None});
        for (const Measure measure : m_query.measures) {
            table.columns.push_back(
                {std::string(measureName(measure)), ResultTable::Role::Measure, measureUnit(measure)});
        }
        return table;
    }

    void addMeasures(std::vector<Cell> &row, const Figures &figures, std::optional<std::size_t> group) const
    {
        for (const Measure measure : m_query.measures)
            row.push_back(figures.value(measure, group));
    }

    void addTotal(ResultTable &table, const Scanned &scanned) const
    {
        table.total.resize(m_parts.count());
        addMeasures(table.total, *scanned.total, 0);
    }

    void addEveryBucket(ResultTable &table, const Scanned &scanned) const
    {
        if (!m_anyBucket)
            return;
        std::vector<std::optional<std::size_t>> groupOf(m_buckets->size());
        const std::vector<std::uint32_t> bucketOf = scanned.grouping->allParts();
        for (std::size_t group = 0; group < bucketOf.size(); ++group)
            groupOf[bucketOf[group]] = group;
        table.rows.reserve(groupOf.size());
        for (std::size_t bucket = 0; bucket < groupOf.size(); ++bucket) {
            std::vector<Cell> row{m_buckets->start(bucket)};
            addMeasures(row, *scanned.groups, groupOf[bucket]);
            table.rows.push_back(std::move(row));
        }
    }

    void addGroups(ResultTable &table, const Scanned &scanned) const
    {
        const GroupOrder groups(*scanned.grouping, m_parts, *scanned.groups, firstMeasure());
        table.rows.reserve(scanned.groupCount());
        for (const std::uint32_t group : groups.sorted()) {
            std::vector<Cell> row;
            row.reserve(table.columns.size());
            auto codes = groups.partsOf(group);
            if (m_buckets) {
                row.emplace_back(m_buckets->start(codes.front()));
                codes = codes.subspan(1);
            }
            for (std::size_t i = 0; i < codes.size(); ++i)
                row.push_back(m_parts.dimensions[i]->cell(codes[i]));
            addMeasures(row, *scanned.groups, group);
            table.rows.push_back(std::move(row));
        }
    }

    const Query &m_query;
    const Scope &m_scope;
    const RowSet &m_rows;
    const QueryContext &m_context;
    std::optional<MeasurePlan> m_plan;
    std::shared_ptr<const Buckets> m_buckets;
    bool m_anyBucket = false;
    std::shared_ptr<Dimension> m_topDimension; ///< the first of the parts, where `top` asks for it
    GroupingParts m_parts;
    KindSet m_groupKinds; ///< kinds that some measure looks at: their events make groups
};

} // namespace genscope
