// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costbreakdown.h"

#include "analytics/costs.h"

#include <QCoreApplication>

namespace genscope {

Result<CostBreakdown> costBreakdownOf(std::string_view name)
{
    CostBreakdown by;
    by.interval = intervalFromName(name);
    if (by.interval)
        return by;
    auto field = Field::parse(name);
    if (!field)
        return field.error();
    by.field = std::move(*field);
    return by;
}

Result<CostGroups> CostGroups::open(const CostBreakdown &by, const Scope &scope, const RowSet &rows,
                                    const QueryContext &context)
{
    CostGroups groups;
    groups.m_interval = by.interval.value_or(Interval::Day);
    groups.m_zone = scope.zone;
    if (!by.field)
        return groups;
    const auto reader = context.cache->open(*by.field, context.data);
    if (!reader)
        return reader.error();
    groups.m_dimension = std::make_shared<const Dimension>(*reader, *context.data.snapshot, rows);
    return groups;
}

void CostGroups::read(const Segment &segment, std::size_t index, const std::vector<std::uint32_t> &rows)
{
    m_codes.resize(rows.size());
    if (m_dimension) {
        m_dimension->read(index, rows, m_codes, m_scratch);
        return;
    }
    const IntColumn &times = segment.ints(IntField::Timestamp);
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_codes[i] = codeOfTime({times.at(rows[i])});
}

std::uint32_t CostGroups::codeOfTime(Timestamp instant)
{
    if (!m_starts.empty() && m_starts[m_bucket] <= instant && instant < m_bucketEnd)
        return m_bucket;
    const Timestamp start = m_zone.bucketStart(instant, m_interval);
    m_bucketEnd = m_zone.nextBucket(start, m_interval);
    m_bucket = m_codeOfStart.try_emplace(start.us, static_cast<std::uint32_t>(m_starts.size())).first->second;
    if (m_bucket == m_starts.size())
        m_starts.push_back(start);
    return m_bucket;
}

Error costsStopped()
{
    return makeError(Error::Kind::Cancelled,
                     QCoreApplication::translate("genscope::CostBreakdown", "Stopped."));
}

std::vector<std::int64_t> totalCosts(const Segment &segment, CostMode mode)
{
    std::vector<std::int64_t> costs(segment.rows());
    readCosts(segment, CostPart::Total, mode, 0, costs);
    return costs;
}

} // namespace genscope
