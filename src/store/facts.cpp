// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/facts.h"

#include "store/grouptypes.h"
#include "store/storeddictionaries.h"

#include <algorithm>

namespace genscope {

namespace {

std::int64_t flagsOf(const Event &event, const EventCosts &costs)
{
    std::int64_t flags = 0;
    const auto set = [&flags](bool condition, EventFlag flag) {
        if (condition)
            flags |= flag;
    };
    set(event.isError, IsErrorFlag);
    set(event.stream.has_value(), StreamKnownFlag);
    set(event.stream.value_or(false), StreamFlag);
    set(costs.cacheExclusive, CacheExclusiveFlag);
    set(costs.reportedFinal, ReportedFinalFlag);
    set(event.parentId.empty() || event.parentId == event.traceId, RootFlag);
    set(event.startsAtTimestamp, StartsAtTimestampFlag);
    set(event.isAnonymous(), AnonymousFlag);
    set(event.usage.cacheReportingExclusive.has_value(), CacheStatedFlag);
    if (event.recordedAt) {
        const std::int64_t aheadUs = event.timestamp.us - event.recordedAt->us;
        set(aheadUs > kMostAheadOfServerUs, AheadOfServerFlag);
        set(-aheadUs > kMostBehindServerUs, FarBehindServerFlag);
    }
    return flags;
}

/// One text for a set of tools, whatever the order they were called in.
std::string toolSet(const Event &event)
{
    std::vector<std::string> tools = event.tools;
    std::sort(tools.begin(), tools.end());
    std::string joined;
    for (const std::string &tool : tools) {
        if (!joined.empty())
            joined += ',';
        joined += tool;
    }
    return joined;
}

/// @param codeOf  the code of a text in a dictionary
template<typename CodeOf>
void setTexts(FactRow &row, const Event &event, const EventCosts &costs, const CodeOf &codeOf)
{
    const auto set = [&](IntField field, std::string_view text) {
        row[field] = codeOf(dictFieldOf(field), text);
    };
    set(IntField::EventName, event.name);
    set(IntField::Model, event.model);
    set(IntField::Provider, event.provider);
    set(IntField::DistinctId, event.distinctId);
    set(IntField::PersonId, event.personId);
    set(IntField::Trace, event.traceId);
    set(IntField::Session, event.sessionId);
    set(IntField::SpanName, event.spanName);
    set(IntField::Error, event.errorNormalized);
    set(IntField::Lib, event.lib);
    if (!event.tools.empty())
        set(IntField::Tools, toolSet(event));
    set(IntField::CostModel, costs.model);
    set(IntField::CostProvider, costs.provider);
    set(IntField::ServiceTier, event.usage.serviceTier);
}

void setNumbers(FactRow &row, const Event &event, const EventCosts &costs)
{
    const auto set = [&row](IntField field, const auto &value) { row[field] = value.value_or(kMissing); };
    if (event.httpStatus)
        row[IntField::HttpStatus] = *event.httpStatus;
    set(IntField::InputTokens, event.usage.inputTokens);
    set(IntField::OutputTokens, event.usage.outputTokens);
    set(IntField::CacheReadTokens, event.usage.cacheReadTokens);
    set(IntField::CacheWriteTokens, event.usage.cacheWriteTokens);
    set(IntField::ReasoningTokens, event.usage.reasoningTokens);
    set(IntField::ReportedInput, costs.reportedInput);
    set(IntField::ReportedOutput, costs.reportedOutput);
    set(IntField::ReportedRequest, costs.reportedRequest);
    set(IntField::ReportedWebSearch, costs.reportedWebSearch);
    set(IntField::ReportedTotal, costs.reportedTotal);
    set(IntField::BookInput, costs.bookInput);
    set(IntField::BookOutput, costs.bookOutput);
    set(IntField::BookCacheRead, costs.bookCacheRead);
    set(IntField::BookCacheWrite, costs.bookCacheWrite);
    set(IntField::BookRequest, costs.bookRequest);
    set(IntField::BookWebSearch, costs.bookWebSearch);
    row[IntField::CostSource] = static_cast<std::int64_t>(costs.source);
    if (event.latencySeconds)
        row[RealField::Latency] = *event.latencySeconds;
    if (event.timeToFirstTokenSeconds)
        row[RealField::TimeToFirstToken] = *event.timeToFirstTokenSeconds;
}

/// @param slotOf  the slot of a group's type, if it has one
template<typename CodeOf, typename SlotOf>
FactRow makeFacts(const Event &event, const EventCosts &costs, const CodeOf &codeOf, const SlotOf &slotOf)
{
    FactRow row;
    row.uuid = event.uuid;
    row[IntField::Timestamp] = event.timestamp.us;
    row[IntField::Kind] = static_cast<std::int64_t>(event.kind);
    row[IntField::Flags] = flagsOf(event, costs);
    setTexts(row, event, costs, codeOf);
    setNumbers(row, event, costs);
    setRareUsage(row, event.usage);
    for (const GroupKey &group : event.groups) {
        if (const std::optional<int> slot = slotOf(group))
            row[groupIntField(*slot)] = codeOf(groupDictField(*slot), group.key);
    }
    return row;
}

} // namespace

void setRareUsage(FactRow &row, const Usage &usage)
{
    const auto set = [&row](IntField field, const Count &count) { row[field] = count.value_or(kMissing); };
    set(IntField::CacheWrite5mTokens, usage.cacheWrite5mTokens);
    set(IntField::CacheWrite1hTokens, usage.cacheWrite1hTokens);
    set(IntField::CacheReadAudioTokens, usage.cacheReadAudioTokens);
    set(IntField::AudioInputTokens, usage.audioInputTokens);
    set(IntField::ImageInputTokens, usage.imageInputTokens);
    set(IntField::AudioOutputTokens, usage.audioOutputTokens);
    set(IntField::ImageOutputTokens, usage.imageOutputTokens);
    set(IntField::TextOutputTokens, usage.textOutputTokens);
    set(IntField::RequestCount, usage.requestCount);
    set(IntField::WebSearchCount, usage.webSearchCount);
    if (hasCustomPrices(usage))
        row[IntField::Flags] |= CustomPricesFlag;
}

bool isPriceFact(IntField field)
{
    return (field >= IntField::CostModel && field <= IntField::CostSource) ||
           (field >= IntField::BookInput && field <= IntField::BookWebSearch);
}

FactRow factsOf(const Event &event, const EventCosts &costs, StoredDictionaries &dictionaries,
                GroupTypes &groupTypes)
{
    return makeFacts(
        event, costs,
        [&](DictField field, std::string_view text) { return dictionaries.intern(field, text); },
        [&](const GroupKey &group) { return groupTypes.slotOf(group); });
}

FactRow knownFactsOf(const Event &event, const EventCosts &costs, const StoredDictionaries &dictionaries,
                     const GroupTypes &groupTypes)
{
    return makeFacts(
        event, costs,
        [&](DictField field, std::string_view text) -> std::uint32_t {
            const std::uint32_t code = dictionaries.at(field).findIndexed(text);
            return code != 0 || text.empty() ? code : kUnknownCode;
        },
        [&](const GroupKey &group) { return groupTypes.knownSlotOf(group); });
}

} // namespace genscope
