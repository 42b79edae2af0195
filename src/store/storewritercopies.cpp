// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storewriter.h"

#include "store/eventcopies.h"
#include "store/facts.h"

// What a StoreWriter does with the copies of an event, and with content that comes without its event.

namespace genscope {

Result<StoreWriter::Outcome> StoreWriter::addContent(const PreparedEvent &prepared)
{
    const Event &content = prepared.event;
    if (const Status settled = settle(); !settled)
        return settled.error();
    const Result<std::optional<EventTable::Known>> known = m_events.find(content.uuid);
    if (!known)
        return known.error();
    m_source.addEvents(1, 0);
    if (*known)
        return unite(**known, prepared);
    if (const Status added = m_pending.add(content.uuid, prepared.rawHash, content.raw); !added)
        return added.error();
    return Outcome::Waiting;
}

/// Unites an event that is new with the content that came before it.
Status StoreWriter::addPendingContent(const Uuid &uuid)
{
    const Result<std::vector<std::string>> waiting = m_pending.take(uuid);
    if (!waiting)
        return waiting.error();
    for (const std::string &raw : *waiting) {
        const Result<std::optional<EventTable::Known>> known = m_events.find(uuid);
        if (!known)
            return known.error();
        const Result<Event> content = m_parser.parseRecord(RecordKind::Content, raw);
        if (!content)
            return content.error();
        const Result<Outcome> united = unite(**known, {*content, hashOfRaw(raw), nullptr});
        if (!united)
            return united.error();
    }
    return Done{};
}

Result<StoreWriter::Outcome> StoreWriter::unite(const EventTable::Known &known, const PreparedEvent &prepared)
{
    EventCopies copies(*m_connection, *m_blocks, known);
    const Result<bool> seen = copies.contains(static_cast<std::int64_t>(prepared.rawHash));
    if (!seen)
        return seen.error();
    if (*seen)
        return Outcome::Duplicate;
    Result<UnitedEvent> united = copies.unite(prepared.event, prepared.rawHash, m_sourceId, m_parser);
    if (!united)
        return united.error();
    if (!united->event)
        return Outcome::Duplicate;
    if (const Status recounted = recountNames(known, *united->event); !recounted)
        return recounted.error();
    if (const Status replaced = replace(known, *united->event, united->origin); !replaced)
        return replaced.error();
    return Outcome::Updated;
}

Status StoreWriter::recountNames(const EventTable::Known &known, const Event &united)
{
    const Result<KeptEvent> kept = m_blocks->read(known.origin.place);
    if (!kept)
        return kept.error();
    const Result<Event> before = m_parser.parseStored(kept->raw, kept->context);
    if (!before)
        return before.error();
    m_names.removeEvent(*before);
    m_names.addEvent(united);
    return Done{};
}

Status StoreWriter::replace(const EventTable::Known &known, const Event &event, const EventOrigin &origin)
{
    const FactRow facts = factsOf(event, costsOf(event, *m_options.prices), m_dictionaries, m_groupTypes);
    m_columns->set(known.row, facts);
    if (const Status applied = m_profiles->apply(event, true); !applied)
        return applied;
    return m_events.replace(known.row, facts, origin);
}

} // namespace genscope
