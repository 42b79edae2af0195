// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventcheck.h"

#include "ingest/json.h"
#include "store/eventcopies.h"
#include "store/facts.h"
#include "store/storewriter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace genscope {

namespace {

bool sameReal(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

std::string realText(double value)
{
    if (std::isnan(value))
        return "nothing";
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return std::string(digits, end);
}

std::string difference(const std::string &event, const std::string &stored, const std::string &expected)
{
    return event + ": " + stored + " instead of " + expected;
}

} // namespace

void CheckCounts::add(const CheckCounts &other)
{
    events += other.events;
    for (const auto &[block, records] : other.recordsOfBlock)
        recordsOfBlock[block] += records;
    for (const auto &[source, count] : other.newOfSource)
        newOfSource[source] += count;
    problems.add(other.problems);
}

EventCheck::EventCheck(const CheckContext &context) : m_context(context) {}

Status EventCheck::open()
{
    Result<std::unique_ptr<Connection>> connection =
        Connection::open(m_context.storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    m_connection = std::move(*connection);
    Result<std::unique_ptr<ProfileCheck>> profiles = ProfileCheck::open(*m_connection);
    if (!profiles)
        return profiles.error();
    m_profiles = std::move(*profiles);
    return Done{};
}

Result<CheckCounts> EventCheck::check(const EventChunk &chunk)
{
    m_counts = {};
    auto copy = chunk.copies.begin();
    for (const StoredEvent &stored : chunk.events) {
        ++m_counts.events;
        compareColumns(stored, chunk);
        const auto first = copy;
        while (copy != chunk.copies.end() && copy->first == stored.row)
            ++copy;
        if (const Status checked = checkEvent(stored, {first, copy}); !checked)
            return checked.error();
    }
    m_names.settle();
    return std::move(m_counts);
}

void EventCheck::compareColumns(const StoredEvent &stored, const EventChunk &chunk)
{
    const auto row = static_cast<std::size_t>(stored.row) % Segment::kRows;
    if (!chunk.segment || row >= chunk.segment->rows())
        return; // told once for the segment
    const FactRow facts = chunk.segment->row(row);
    const auto differs = [&](std::string_view column) {
        m_counts.problems.add(Damage::ColumnDiffers, "segment." + std::string(column), words(stored));
    };
    if (facts.uuid != stored.facts.uuid)
        differs("uuid");
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (facts[field] != stored.facts[field])
            differs(eventColumnName(field));
    }
    for (int i = 0; i < kRealFieldCount; ++i) {
        const auto field = static_cast<RealField>(i);
        if (!sameReal(facts[field], stored.facts[field]))
            differs(eventColumnName(field));
    }
}

Status EventCheck::checkEvent(const StoredEvent &stored,
                              std::span<const std::pair<std::int64_t, EventOrigin>> copies)
{
    const std::optional<KeptEvent> current = read(stored, stored.origin);
    if (current) {
        if (const std::optional<Event> event = parse(stored, *current)) {
            compareFacts(stored, *event);
            m_names.addEvent(*event);
            if (const Status checked = m_profiles->check(*event, m_counts.problems, m_names); !checked)
                return checked;
        }
    }
    // Places are given in the order of arrival.
    std::optional<std::pair<BlockPlace, std::int64_t>> first;
    std::vector<std::pair<std::int64_t, std::string>> captured;
    const auto isCaptured = [&](const EventOrigin &origin) {
        if (!first || origin.place < first->first)
            first = {origin.place, origin.source};
    };
    if (!stored.origin.united) {
        isCaptured(stored.origin);
        if (current)
            captured.emplace_back(stored.origin.rawHash, current->raw);
    }
    for (const auto &[row, origin] : copies) {
        std::optional<KeptEvent> copy = read(stored, origin);
        if (!origin.united)
            isCaptured(origin);
        if (!copy)
            continue;
        // Content says nothing but what the united event says.
        if (const std::optional<Event> event = parse(stored, *copy);
            event && event->record == RecordKind::Event) {
            if (const Status checked = m_profiles->check(*event, m_counts.problems, m_names); !checked)
                return checked;
        }
        if (!origin.united)
            captured.emplace_back(origin.rawHash, std::move(copy->raw));
    }
    if (first)
        ++m_counts.newOfSource[first->second];
    if (current && (!copies.empty() || stored.origin.united))
        checkUnion(stored, current->raw, captured);
    return Done{};
}

/// What the store keeps at a place that belongs to @p stored.
std::optional<KeptEvent> EventCheck::read(const StoredEvent &stored, const EventOrigin &origin)
{
    ++m_counts.recordsOfBlock[origin.place.block];
    Result<KeptEvent> kept = readKeptEvent(
        origin.place,
        [this](std::int64_t id, std::size_t size) { return m_cache.fetch(*m_connection, id, size); },
        m_context.storePath);
    if (!kept || kept->row != stored.row) {
        m_counts.problems.add(Damage::RecordUnreadable, "block",
                              words(stored) + " in block " + std::to_string(origin.place.block) + " at " +
                                  std::to_string(origin.place.offset));
        return std::nullopt;
    }
    if (static_cast<std::int64_t>(hashOfRaw(kept->raw)) != origin.rawHash)
        m_counts.problems.add(Damage::BytesDiffer, "block", words(stored));
    return std::move(*kept);
}

std::optional<Event> EventCheck::parse(const StoredEvent &stored, const KeptEvent &kept)
{
    Result<Event> event = parseKept(m_parser, kept);
    if (!event) {
        m_counts.problems.add(Damage::EventUnreadable, "block",
                              words(stored) + ": " + event.error().message.toStdString());
        return std::nullopt;
    }
    if (event->uuid != stored.facts.uuid) {
        m_counts.problems.add(Damage::ValueDiffers, "event.uuid",
                              difference("row " + std::to_string(stored.row), stored.facts.uuid.toString(),
                                         event->uuid.toString()));
    }
    return std::move(*event);
}

void EventCheck::compareFacts(const StoredEvent &stored, const Event &event)
{
    if (!m_context.dictionaries || !m_context.groupTypes)
        return;
    const FactRow expected = knownFactsOf(event, costsOf(event, *m_context.prices), *m_context.dictionaries,
                                          *m_context.groupTypes);
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (stored.facts[field] != expected[field] && (m_context.comparePrices || !isPriceFact(field)))
            compareValue(stored, field, expected[field]);
    }
    for (int i = 0; i < kRealFieldCount; ++i) {
        const auto field = static_cast<RealField>(i);
        if (!sameReal(stored.facts[field], expected[field])) {
            m_counts.problems.add(
                Damage::ValueDiffers, "event." + std::string(eventColumnName(field)),
                difference(words(stored), realText(stored.facts[field]), realText(expected[field])));
        }
    }
}

void EventCheck::compareValue(const StoredEvent &stored, IntField field, std::int64_t expected)
{
    m_counts.problems.add(
        Damage::ValueDiffers, "event." + std::string(eventColumnName(field)),
        difference(words(stored), valueWords(field, stored.facts[field]), valueWords(field, expected)));
}

void EventCheck::checkUnion(const StoredEvent &stored, const std::string &current,
                            const std::vector<std::pair<std::int64_t, std::string>> &captured)
{
    std::vector<CapturedCopy> copies;
    for (const auto &[hash, raw] : captured)
        copies.push_back({hash, raw});
    const Result<std::string> united =
        copies.empty() ? Result<std::string>(std::string()) : uniteCopies(std::move(copies));
    if (!united || *united != current)
        m_counts.problems.add(Damage::UnionDiffers, "event", words(stored));
}

std::string EventCheck::words(const StoredEvent &stored) const
{
    return "event " + stored.facts.uuid.toString();
}

std::string EventCheck::valueWords(IntField field, std::int64_t value) const
{
    if (!isDictionaryField(field))
        return value == kMissing ? "nothing" : std::to_string(value);
    if (value == 0)
        return "nothing";
    if (value == kUnknownCode)
        return "a text that the dictionary lacks";
    const Dictionary &dictionary = m_context.dictionaries->at(dictFieldOf(field));
    if (value < 0 || value >= dictionary.size())
        return "code " + std::to_string(value);
    return json::quoted(dictionary.at(static_cast<std::uint32_t>(value)));
}

} // namespace genscope
