// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/binreader.h"
#include "analytics/columnreaders.h"
#include "analytics/costs.h"
#include "analytics/field.h"
#include "analytics/issueindex.h"
#include "analytics/localclock.h"
#include "analytics/propertyreader.h"
#include "pricing/pricing.h"

#include <algorithm>
#include <array>
#include <map>

namespace genscope {

namespace {

using ReaderPtr = std::shared_ptr<const FieldReader>;
using SnapshotPtr = std::shared_ptr<const Snapshot>;
using Type = FieldReader::Type;

constexpr std::uint32_t kCostSourceCount = static_cast<std::uint32_t>(CostSource::User) + 1;
constexpr std::size_t kBlock = 1024;
using Block = std::array<std::int64_t, kBlock>;

/// The column that holds the field as it is, if one does.
std::optional<IntField> plainColumnOf(Field::Id id)
{
    static const std::map<Field::Id, IntField> kColumns = {
        {Field::Id::Model, IntField::Model},
        {Field::Id::Provider, IntField::Provider},
        {Field::Id::DistinctId, IntField::DistinctId},
        {Field::Id::PersonId, IntField::PersonId},
        {Field::Id::Trace, IntField::Trace},
        {Field::Id::Session, IntField::Session},
        {Field::Id::SpanName, IntField::SpanName},
        {Field::Id::HttpStatus, IntField::HttpStatus},
        {Field::Id::Error, IntField::Error},
        {Field::Id::Lib, IntField::Lib},
        {Field::Id::EventName, IntField::EventName},
        {Field::Id::Timestamp, IntField::Timestamp},
        {Field::Id::CostModel, IntField::CostModel},
        {Field::Id::CostProvider, IntField::CostProvider},
        {Field::Id::InputTokens, IntField::InputTokens},
        {Field::Id::OutputTokens, IntField::OutputTokens},
        {Field::Id::CacheReadTokens, IntField::CacheReadTokens},
        {Field::Id::CacheWriteTokens, IntField::CacheWriteTokens},
        {Field::Id::ReasoningTokens, IntField::ReasoningTokens},
    };
    const auto found = kColumns.find(id);
    return found == kColumns.end() ? std::nullopt : std::optional(found->second);
}

std::optional<CostPart> costPartOf(Field::Id id)
{
    static const std::map<Field::Id, CostPart> kParts = {
        {Field::Id::Cost, CostPart::Total},
        {Field::Id::CostInput, CostPart::Input},
        {Field::Id::CostOutput, CostPart::Output},
        {Field::Id::CostCacheRead, CostPart::CacheRead},
        {Field::Id::CostCacheWrite, CostPart::CacheWrite},
        {Field::Id::CostRequest, CostPart::Request},
        {Field::Id::CostWebSearch, CostPart::WebSearch},
    };
    const auto found = kParts.find(id);
    return found == kParts.end() ? std::nullopt : std::optional(found->second);
}

ReaderPtr missingText(const SnapshotPtr &snapshot)
{
    return std::make_shared<CodeReader>(
        snapshot, 1, [](std::uint32_t) { return std::string_view(); },
        [](std::size_t, std::size_t, std::span<std::uint32_t> out) { std::fill(out.begin(), out.end(), 0); });
}

ReaderPtr dictionaryText(const SnapshotPtr &snapshot, IntField field)
{
    const Snapshot *data = snapshot.get();
    const DictionaryView *texts = &snapshot->dictionary(dictFieldOf(field));
    return std::make_shared<CodeReader>(
        snapshot, texts->size(), [texts](std::uint32_t code) { return texts->at(code); },
        [data, field](std::size_t segment, std::size_t first, std::span<std::uint32_t> out) {
            data->segment(segment).ints(field).decodeCodes(out, first);
        });
}

/// Texts that stand for the numbers 0 .. count-1 of a column; code is number + 1.
ReaderPtr enumText(const SnapshotPtr &snapshot, IntField field, std::uint32_t count,
                   std::string_view (*nameOf)(std::int64_t))
{
    const Snapshot *data = snapshot.get();
    return std::make_shared<CodeReader>(
        snapshot, count + 1,
        [nameOf](std::uint32_t code) {
            return code == 0 ? std::string_view() : nameOf(std::int64_t{code} - 1);
        },
        [data, field, count](std::size_t segment, std::size_t first, std::span<std::uint32_t> out) {
            data->segment(segment).ints(field).decodeCodes(out, first);
            for (std::uint32_t &code : out)
                code = code < count ? code + 1 : 0;
        });
}

ReaderPtr groupKeyText(const SnapshotPtr &snapshot, std::string_view groupType)
{
    const auto &types = snapshot->groupTypes();
    const auto slot = std::find(types.begin(), types.end(), groupType) - types.begin();
    if (static_cast<std::size_t>(slot) == types.size() || slot >= kMaxGroupTypes)
        return missingText(snapshot);
    return dictionaryText(snapshot, groupIntField(static_cast<int>(slot)));
}

ReaderPtr userText(const SnapshotPtr &snapshot)
{
    const Snapshot *data = snapshot.get();
    const Snapshot::Users *users = &snapshot->users();
    const DictionaryView *distinctIds = &snapshot->dictionary(DictField::DistinctId);
    return std::make_shared<CodeReader>(
        snapshot, users->keyCount(),
        [users, distinctIds](std::uint32_t key) { return distinctIds->at(users->distinctIdOfKey[key]); },
        [data, users](std::size_t segmentIndex, std::size_t first, std::span<std::uint32_t> out) {
            const Segment &segment = data->segment(segmentIndex);
            std::array<std::uint32_t, kBlock> distinctId;
            std::array<std::uint32_t, kBlock> personId;
            Block flags;
            for (std::size_t done = 0; done < out.size(); done += kBlock) {
                const std::size_t count = std::min(kBlock, out.size() - done);
                segment.ints(IntField::DistinctId)
                    .decodeCodes(std::span(distinctId).first(count), first + done);
                segment.ints(IntField::PersonId).decodeCodes(std::span(personId).first(count), first + done);
                segment.ints(IntField::Flags).decode(std::span(flags).first(count), first + done);
                for (std::size_t i = 0; i < count; ++i)
                    out[done + i] = users->keyOf(distinctId[i], personId[i], flags[i]);
            }
        });
}

template<typename Compute>
ReaderPtr numbers(const SnapshotPtr &snapshot, Type type, Compute compute)
{
    const Snapshot *data = snapshot.get();
    return std::make_shared<IntReader>(
        snapshot, type, [data, compute](std::size_t segment, std::size_t first, std::span<std::int64_t> out) {
            compute(data->segment(segment), first, out);
        });
}

ReaderPtr numberColumn(const SnapshotPtr &snapshot, IntField field)
{
    return numbers(snapshot, field == IntField::Timestamp ? Type::Instant : Type::Integer,
                   [field](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
                       segment.ints(field).decode(out, first);
                   });
}

/// Booleans that the event flags say.
template<typename Decide>
ReaderPtr flagBoolean(const SnapshotPtr &snapshot, Decide decide)
{
    return numbers(snapshot, Type::Boolean,
                   [decide](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
                       segment.ints(IntField::Flags).decode(out, first);
                       for (std::int64_t &value : out)
                           value = decide(value);
                   });
}

ReaderPtr cost(const DataContext &context, CostPart part)
{
    return numbers(
        context.snapshot, Type::Money,
        [part, mode = context.cost](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
            readCosts(segment, part, mode, first, out);
        });
}

ReaderPtr priced(const DataContext &context)
{
    return numbers(
        context.snapshot, Type::Boolean,
        [mode = context.cost](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
            readCosts(segment, CostPart::Total, mode, first, out);
            for (std::int64_t &value : out)
                value = value != kMissing;
        });
}

/// The timestamp, less the latency where the timestamp is the call's end.
ReaderPtr started(const SnapshotPtr &snapshot)
{
    return numbers(
        snapshot, Type::Instant, [](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
            segment.ints(IntField::Timestamp).decode(out, first);
            Block flags;
            std::array<double, kBlock> latency;
            for (std::size_t done = 0; done < out.size(); done += kBlock) {
                const std::size_t count = std::min(kBlock, out.size() - done);
                segment.ints(IntField::Flags).decode(std::span(flags).first(count), first + done);
                segment.reals(RealField::Latency).decode(std::span(latency).first(count), first + done);
                for (std::size_t i = 0; i < count; ++i)
                    out[done + i] = startedUs(out[done + i], flags[i], latency[i]);
            }
        });
}

ReaderPtr totalTokens(const SnapshotPtr &snapshot)
{
    return numbers(snapshot, Type::Integer,
                   [](const Segment &segment, std::size_t first, std::span<std::int64_t> out) {
                       readTotalTokens(segment, first, out);
                   });
}

/// A number that the wall clock of the context's zone says.
template<typename OfHours>
ReaderPtr clockNumber(const DataContext &context, OfHours ofHours)
{
    return numbers(context.snapshot, Type::Integer,
                   [ofHours, zone = context.zone](const Segment &segment, std::size_t first,
                                                  std::span<std::int64_t> out) {
                       LocalClock clock(zone);
                       segment.ints(IntField::Timestamp).decode(out, first);
                       for (std::int64_t &value : out)
                           value = ofHours(clock.localHours(value));
                   });
}

std::int64_t floorMod(std::int64_t value, std::int64_t divisor)
{
    const std::int64_t rest = value % divisor;
    return rest < 0 ? rest + divisor : rest;
}

std::int64_t hourOfDay(std::int64_t localHours)
{
    return floorMod(localHours, 24);
}

std::int64_t dayOfWeek(std::int64_t localHours)
{
    constexpr std::int64_t kMondayHours = -3 * 24; // 1970-01-01 was a Thursday
    return floorMod(localHours - kMondayHours, 7 * 24) / 24 + 1;
}

std::string_view kindText(std::int64_t kind)
{
    return eventKindName(static_cast<EventKind>(kind));
}

std::string_view costSourceText(std::int64_t source)
{
    return costSourceName(static_cast<CostSource>(source));
}

ReaderPtr customer(const DataContext &context)
{
    const auto &types = context.snapshot->groupTypes();
    return types.empty() ? missingText(context.snapshot) : groupKeyText(context.snapshot, types.front());
}

} // namespace

std::int64_t startedUs(std::int64_t timestampUs, std::int64_t flags, double latencySeconds)
{
    if ((flags & StartsAtTimestampFlag) != 0 || !(std::abs(latencySeconds) < kLongestLatencySeconds))
        return timestampUs;
    return timestampUs - std::llround(latencySeconds * static_cast<double>(kMicrosPerSecond));
}

void readTotalTokens(const Segment &segment, std::size_t first, std::span<std::int64_t> out)
{
    segment.ints(IntField::InputTokens).decode(out, first);
    Block output;
    for (std::size_t done = 0; done < out.size(); done += kBlock) {
        const std::size_t count = std::min(kBlock, out.size() - done);
        segment.ints(IntField::OutputTokens).decode(std::span(output).first(count), first + done);
        for (std::size_t i = 0; i < count; ++i) {
            std::int64_t &total = out[done + i];
            if (total == kMissing)
                total = output[i];
            else if (output[i] != kMissing && __builtin_add_overflow(total, output[i], &total))
                total = kMissing;
        }
    }
}

Result<std::shared_ptr<const FieldReader>> openField(const Field &field, const DataContext &context)
{
    const SnapshotPtr &snapshot = context.snapshot;
    if (field.bins) {
        auto numbers = openField(field.unbinned(), context);
        return numbers ? binReader(field, std::move(*numbers), context) : numbers;
    }
    if (const auto plain = plainColumnOf(field.id))
        return isDictionaryField(*plain) ? dictionaryText(snapshot, *plain) : numberColumn(snapshot, *plain);
    if (const auto part = costPartOf(field.id))
        return cost(context, *part);
    switch (field.id) {
    case Field::Id::User:
        return userText(snapshot);
    case Field::Id::Customer:
        if (context.customer && context.customer->id != Field::Id::Customer)
            return openField(*context.customer, context);
        return customer(context);
    case Field::Id::IsError:
        return flagBoolean(snapshot,
                           [](std::int64_t flags) { return std::int64_t{(flags & IsErrorFlag) != 0}; });
    case Field::Id::Stream:
        return flagBoolean(snapshot, [](std::int64_t flags) {
            return (flags & StreamKnownFlag) == 0 ? kMissing : std::int64_t{(flags & StreamFlag) != 0};
        });
    case Field::Id::Kind:
        return enumText(snapshot, IntField::Kind, kEventKindCount, kindText);
    case Field::Id::Tool:
        return ReaderPtr(std::make_shared<ToolReader>(snapshot));
    case Field::Id::HourOfDay:
        return clockNumber(context, hourOfDay);
    case Field::Id::DayOfWeek:
        return clockNumber(context, dayOfWeek);
    case Field::Id::Uuid:
        return ReaderPtr(std::make_shared<UuidReader>(snapshot));
    case Field::Id::Started:
        return started(snapshot);
    case Field::Id::CostSource:
        return enumText(snapshot, IntField::CostSource, kCostSourceCount, costSourceText);
    case Field::Id::Priced:
        return priced(context);
    case Field::Id::Latency:
        return ReaderPtr(std::make_shared<RealReader>(snapshot, RealField::Latency));
    case Field::Id::TimeToFirstToken:
        return ReaderPtr(std::make_shared<RealReader>(snapshot, RealField::TimeToFirstToken));
    case Field::Id::TokensPerSecond:
        return ReaderPtr(std::make_shared<SpeedReader>(snapshot));
    case Field::Id::TotalTokens:
        return totalTokens(snapshot);
    case Field::Id::Issue: {
        auto index = IssueIndex::make(kAllIssues, context);
        if (!index)
            return index.error();
        return issueReader(std::move(*index));
    }
    case Field::Id::GroupKey:
        return groupKeyText(snapshot, field.path.groupType);
    case Field::Id::Property:
        return readPropertyField(field.path, context);
    default: // the plain columns and costs above
        return missingText(snapshot);
    }
}

} // namespace genscope
