// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace genscope::test {

namespace {

std::int64_t orMissing(std::optional<std::int64_t> number)
{
    return number.value_or(kMissing);
}

std::int64_t picoOf(std::optional<double> usd)
{
    return usd ? static_cast<std::int64_t>(std::llround(*usd * 1e12)) : kMissing;
}

std::string textOf(const PropertyPath &path)
{
    switch (path.scope) {
    case PropertyPath::Scope::Event:
        return "event." + path.name;
    case PropertyPath::Scope::Person:
        return "person." + path.name;
    case PropertyPath::Scope::Group:
        return "group." + path.groupType + "." + path.name;
    }
    return {};
}

std::int64_t flagsOf(const TestEvent &event)
{
    std::int64_t flags = 0;
    const auto setIf = [&flags](bool on, EventFlag flag) {
        if (on)
            flags |= flag;
    };
    setIf(event.isError || !event.error.empty(), IsErrorFlag);
    setIf(event.stream.has_value(), StreamKnownFlag);
    setIf(event.stream.value_or(false), StreamFlag);
    setIf(event.cacheExclusive, CacheExclusiveFlag);
    setIf(event.reportedFinal, ReportedFinalFlag);
    setIf(event.root, RootFlag);
    setIf(event.aheadOfServer, AheadOfServerFlag);
    setIf(event.farBehindServer, FarBehindServerFlag);
    setIf(event.cacheStated, CacheStatedFlag);
    setIf(event.startsAtTimestamp, StartsAtTimestampFlag);
    setIf(!event.trace.empty() && event.user == event.trace, AnonymousFlag);
    return flags;
}

void setNumbers(FactRow &row, const TestEvent &event)
{
    row[IntField::HttpStatus] = orMissing(event.status);
    row[IntField::InputTokens] = orMissing(event.input);
    row[IntField::OutputTokens] = orMissing(event.output);
    row[IntField::CacheReadTokens] = orMissing(event.cacheRead);
    row[IntField::CacheWriteTokens] = orMissing(event.cacheWrite);
    row[IntField::ReasoningTokens] = orMissing(event.reasoning);
    row[IntField::ReportedTotal] = picoOf(event.reportedCost);
    row[IntField::ReportedInput] = picoOf(event.reportedInput);
    row[IntField::ReportedOutput] = picoOf(event.reportedOutput);
    row[IntField::ReportedRequest] = picoOf(event.reportedRequest);
    row[IntField::ReportedWebSearch] = picoOf(event.reportedWebSearch);
    row[IntField::BookInput] = picoOf(event.bookInput);
    row[IntField::BookOutput] = picoOf(event.bookOutput);
    row[IntField::BookCacheRead] = picoOf(event.bookCacheRead);
    row[IntField::BookCacheWrite] = picoOf(event.bookCacheWrite);
    row[IntField::BookRequest] = picoOf(event.bookRequest);
    row[IntField::BookWebSearch] = picoOf(event.bookWebSearch);
    row[IntField::CostSource] = event.costSource;
    row[RealField::Latency] = event.latency.value_or(std::nan(""));
    row[RealField::TimeToFirstToken] = event.ttft.value_or(std::nan(""));
}

} // namespace

Status FakeEventSource::readProperty(const PropertyPath &path, std::size_t rows,
                                     const std::function<void(std::size_t, std::string_view)> &visit,
                                     const StopToken &stop) const
{
    ++propertyReads;
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QStringLiteral("stopped"));
    const auto values = m_properties.find(textOf(path));
    if (values == m_properties.end())
        return Done{};
    for (const auto &[row, text] : values->second) {
        if (row < rows)
            visit(row, text);
    }
    return Done{};
}

Status FakeEventSource::readSpanIds(const RowSet &rows,
                                    const std::function<void(std::size_t, std::string_view)> &visit,
                                    const StopToken &) const
{
    ++spanIdReads;
    for (std::size_t row = 0; row < m_spanIds.size(); ++row) {
        if (rows.test(row) && !m_spanIds[row].empty())
            visit(row, m_spanIds[row]);
    }
    return Done{};
}

Status FakeEventSource::readContent(Content content, const RowSet &rows,
                                    const std::function<void(std::size_t, std::string_view)> &visit,
                                    const StopToken &stop) const
{
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, QStringLiteral("stopped"));
    const auto &texts = content == Content::Input ? m_inputs : m_outputs;
    rows.forEach([&](std::size_t row) {
        if (row < texts.size() && texts[row])
            visit(row, *texts[row]);
    });
    return Done{};
}

SnapshotBuilder::SnapshotBuilder(const std::vector<TestEvent> &events)
{
    for (const TestEvent &event : events)
        add(event);
}

SnapshotBuilder &SnapshotBuilder::add(const TestEvent &event)
{
    if (m_rows.full()) {
        m_segments.push_back(m_rows.freeze());
        m_rows.clear();
    }
    m_rows.append(factsOf(event));
    for (const auto &[path, text] : event.properties)
        m_source->m_properties[path].emplace_back(m_count, text);
    m_source->m_spanIds.push_back(event.spanId);
    m_source->m_inputs.push_back(event.inputText);
    m_source->m_outputs.push_back(event.outputText);
    ++m_count;
    return *this;
}

SnapshotBuilder &SnapshotBuilder::person(const std::string &distinctId, const std::string &person)
{
    m_distinctToPerson.emplace_back(code(DictField::DistinctId, distinctId),
                                    code(DictField::PersonId, person));
    return *this;
}

std::shared_ptr<const Snapshot> SnapshotBuilder::build()
{
    auto segments = m_segments;
    if (m_rows.rows() > 0)
        segments.push_back(m_rows.freeze());
    std::array<DictionaryView, kDictFieldCount> views;
    for (std::size_t field = 0; field < views.size(); ++field)
        views[field] = m_dictionaries[field].view();
    return std::make_shared<const Snapshot>(std::move(segments), std::move(views), m_groupTypes,
                                            m_distinctToPerson);
}

FactRow SnapshotBuilder::factsOf(const TestEvent &event)
{
    FactRow row;
    const std::uint64_t number = m_count + 1;
    for (std::size_t i = 0; i < 8; ++i)
        row.uuid.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    const auto time = parseIsoTime(event.time);
    EXPECT_TRUE(time.has_value()) << "not a time: " << event.time;
    row[IntField::Timestamp] = time ? time->instant().us : 0;
    row[IntField::Kind] = static_cast<std::int64_t>(event.kind);
    row[IntField::Flags] = flagsOf(event);
    setNumbers(row, event);

    const std::string name = "$ai_" + std::string(eventKindName(event.kind));
    row[IntField::EventName] = code(DictField::EventName, event.name.empty() ? name : event.name);
    row[IntField::Model] = code(DictField::Model, event.model);
    row[IntField::Provider] = code(DictField::Provider, event.provider);
    row[IntField::ServiceTier] = code(DictField::ServiceTier, event.serviceTier);
    row[IntField::DistinctId] = code(DictField::DistinctId, event.user);
    row[IntField::PersonId] = code(DictField::PersonId, event.person);
    row[IntField::Trace] = code(DictField::Trace, event.trace);
    row[IntField::Session] = code(DictField::Session, event.session);
    row[IntField::SpanName] = code(DictField::SpanName, event.spanName);
    row[IntField::Error] = code(DictField::Error, event.error);
    row[IntField::Lib] = code(DictField::Lib, event.lib);
    row[IntField::Tools] = code(DictField::Tools, event.tools);
    row[IntField::CostModel] = code(DictField::CostModel, event.costModel);
    row[IntField::CostProvider] = code(DictField::CostProvider, event.costProvider);
    for (const auto &[type, key] : event.groups) {
        const int slot = groupSlot(type);
        row[groupIntField(slot)] = code(groupDictField(slot), key);
    }
    return row;
}

std::int64_t SnapshotBuilder::code(DictField field, const std::string &text)
{
    return m_dictionaries[static_cast<std::size_t>(field)].intern(text);
}

int SnapshotBuilder::groupSlot(const std::string &type)
{
    const auto known = std::find(m_groupTypes.begin(), m_groupTypes.end(), type);
    const auto slot = static_cast<int>(known - m_groupTypes.begin());
    if (known == m_groupTypes.end())
        m_groupTypes.push_back(type);
    return slot;
}

} // namespace genscope::test
