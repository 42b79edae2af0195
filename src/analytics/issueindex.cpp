// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/issueindex.h"

#include "analytics/neighbourissues.h"
#include "analytics/rowissues.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace genscope {

namespace {

/// One cause is one finding: a first token that is late because of its unit is not late.
IssueMask joined(std::uint16_t own, std::uint8_t rest)
{
    const IssueMask mask = own | IssueMask{rest} << kFirstRestIssue;
    return (mask & issueBit(DataIssue::TtftInMs)) != 0 ? mask & ~issueBit(DataIssue::TtftAfterEnd) : mask;
}

/// Codes are of sets of issues, members are single ones.
class IssueReader final : public FieldReader
{
public:
    explicit IssueReader(std::shared_ptr<const IssueIndex> index) : m_index(std::move(index))
    {
        addSet(0);
        std::vector<IssueMask> masks;
        for (std::size_t segment = 0; segment < m_index->snapshot()->segmentCount(); ++segment) {
            m_index->read(segment, masks);
            for (const IssueMask mask : masks) {
                if (mask != 0 && !m_codes.contains(mask))
                    addSet(mask);
            }
        }
        m_begins.push_back(static_cast<std::uint32_t>(m_members.size()));
    }

    Type type() const override { return Type::Text; }
    std::uint32_t valueCount() const override { return static_cast<std::uint32_t>(m_texts.size()); }
    std::string_view value(std::uint32_t code) const override { return m_texts[code]; }
    bool manyValued() const override { return true; }
    std::uint32_t memberCount() const override { return kDataIssueCount + 1; }
    std::string_view member(std::uint32_t member) const override
    {
        return member == 0 ? std::string_view() : dataIssueCode(static_cast<DataIssue>(member - 1));
    }
    std::span<const std::uint32_t> membersOf(std::uint32_t code) const override
    {
        return std::span(m_members).subspan(m_begins[code], m_begins[code + 1] - m_begins[code]);
    }
    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const override
    {
        m_index->read(segment, scratch);
        IssueMask lastMask = 0;
        std::uint32_t lastCode = 0;
        for (std::uint32_t &value : scratch) {
            if (value != lastMask) {
                lastMask = value;
                lastCode = m_codes.at(value);
            }
            value = lastCode;
        }
        return scratch;
    }
    std::uint32_t codeAt(std::size_t row) const override { return m_codes.at(m_index->at(row)); }

private:
    void addSet(IssueMask mask)
    {
        m_codes.emplace(mask, static_cast<std::uint32_t>(m_texts.size()));
        m_begins.push_back(static_cast<std::uint32_t>(m_members.size()));
        std::string text;
        for (int issue = 0; issue < kDataIssueCount; ++issue) {
            if ((mask & issueBit(static_cast<DataIssue>(issue))) == 0)
                continue;
            m_members.push_back(static_cast<std::uint32_t>(issue) + 1);
            if (!text.empty())
                text += ',';
            text += dataIssueCode(static_cast<DataIssue>(issue));
        }
        m_texts.push_back(std::move(text));
    }

    std::shared_ptr<const IssueIndex> m_index;
    std::unordered_map<IssueMask, std::uint32_t> m_codes; ///< code 0: no issue
    std::vector<std::string> m_texts;                     ///< by code
    std::vector<std::uint32_t> m_members;
    std::vector<std::uint32_t> m_begins;
};

} // namespace

Result<std::shared_ptr<const IssueIndex>> IssueIndex::make(IssueMask wanted, const DataContext &context,
                                                           std::shared_ptr<const IssueIndex> known)
{
    const Snapshot &snapshot = *context.snapshot;
    auto index = std::shared_ptr<IssueIndex>(new IssueIndex(context.snapshot));
    if (known) {
        index->m_rest = known->m_rest;
    } else {
        index->addColumnIssues();
        if (const Status done = findUnitIssues(snapshot, index->m_rest, context.stop); !done)
            return done.error();
        if (const Status done = findLoneCalls(snapshot, index->m_rest, context.stop); !done)
            return done.error();
    }
    if ((wanted & issueBit(DataIssue::DuplicateSpan)) != 0) {
        if (const Status done = findDuplicateSpans(context, index->m_rest); !done)
            return done.error();
        index->m_searched = kAllIssues;
    }
    index->countFound();
    return std::shared_ptr<const IssueIndex>(std::move(index));
}

void IssueIndex::addColumnIssues()
{
    for (const auto &segment : m_snapshot->segments()) {
        segment->rowIssues(*m_snapshot); // made here, on the worker, and kept
        m_rest.push_back(findCostIssues(*segment));
    }
}

void IssueIndex::countFound()
{
    std::vector<IssueMask> masks;
    for (std::size_t segment = 0; segment < m_snapshot->segmentCount(); ++segment) {
        read(segment, masks);
        for (const IssueMask mask : masks)
            m_found |= mask;
    }
}

void IssueIndex::read(std::size_t segment, std::vector<IssueMask> &out) const
{
    const Segment &data = m_snapshot->segment(segment);
    const RowIssues &own = data.rowIssues(*m_snapshot);
    const std::vector<std::uint8_t> &rest = m_rest[segment];
    out.assign(data.rows(), 0);
    if (own.empty() && rest.empty())
        return;
    for (std::size_t row = 0; row < out.size(); ++row)
        out[row] = joined(own.empty() ? 0 : own[row], rest.empty() ? 0 : rest[row]);
}

IssueMask IssueIndex::at(std::size_t row) const
{
    const std::size_t segment = row / Segment::kRows;
    const RowIssues &own = m_snapshot->segment(segment).rowIssues(*m_snapshot);
    const std::vector<std::uint8_t> &rest = m_rest[segment];
    return joined(own.empty() ? 0 : own[row % Segment::kRows], rest.empty() ? 0 : rest[row % Segment::kRows]);
}

std::size_t IssueIndex::memoryBytes() const
{
    std::size_t bytes = 0;
    for (std::size_t segment = 0; segment < m_rest.size(); ++segment)
        bytes += m_rest[segment].size() +
                 m_snapshot->segment(segment).rowIssues(*m_snapshot).size() * sizeof(std::uint16_t);
    return bytes;
}

std::shared_ptr<const FieldReader> issueReader(std::shared_ptr<const IssueIndex> index)
{
    return std::make_shared<IssueReader>(std::move(index));
}

} // namespace genscope
