// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventcopies.h"

#include "ingest/json.h"
#include "ingest/unite.h"
#include "store/rows.h"
#include "store/storewriter.h"

#include <algorithm>

namespace genscope {

namespace {

std::string_view timestampOf(std::string_view raw)
{
    return json::member(json::Value(raw), "timestamp").raw();
}

} // namespace

Result<Event> parseKept(EventParser &parser, const KeptEvent &kept)
{
    Result<Event> event = parser.parseStored(kept.raw, kept.context);
    if (event)
        return event;
    Result<Event> content = parser.parseRecord(RecordKind::Content, kept.raw);
    return content ? content : event;
}

Result<std::string> uniteCopies(std::vector<CapturedCopy> copies)
{
    std::sort(copies.begin(), copies.end(), [](const CapturedCopy &a, const CapturedCopy &b) {
        return a.rawHash < b.rawHash; // any order that does not depend on the arrival
    });
    std::vector<std::string_view> texts;
    for (const CapturedCopy &copy : copies)
        texts.push_back(copy.raw);
    return uniteCopies(texts);
}

Result<bool> EventCopies::contains(std::int64_t rawHash) const
{
    Result<Statement> select =
        m_connection.prepare("SELECT 1 FROM event_copy WHERE event = ?1 AND raw_hash = ?2 AND captured = 1");
    if (!select)
        return select.error();
    select->bind(1, m_known.row + 1);
    select->bind(2, rawHash);
    return select->step();
}

/// Every copy as it was captured, the kept event among them unless it was made here.
Result<std::vector<EventCopies::Copy>> EventCopies::captured() const
{
    std::vector<Copy> copies;
    if (!m_known.origin.united)
        copies.push_back({m_known.origin, {}});
    Result<Statement> select = m_connection.prepare(
        "SELECT raw_hash, source, block, block_offset FROM event_copy WHERE event = ?1 AND captured = 1");
    if (!select)
        return select.error();
    select->bind(1, m_known.row + 1);
    const Status read = forEachRow(*select, [&copies](const Statement &row) {
        const EventOrigin origin{row.integer(1), row.integer(0), false, {row.integer(2), row.integer(3)}};
        copies.push_back({origin, {}});
    });
    if (!read)
        return read.error();
    for (Copy &copy : copies) {
        Result<KeptEvent> kept = m_blocks.read(copy.origin.place);
        if (!kept)
            return kept.error();
        copy.kept = std::move(*kept);
    }
    return copies;
}

Status EventCopies::keepAside(const EventOrigin &origin)
{
    Result<Statement> insert =
        m_connection.prepare("INSERT INTO event_copy (event, raw_hash, captured, source, block, block_offset)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert)
        return insert.error();
    insert->bind(1, m_known.row + 1);
    insert->bind(2, origin.rawHash);
    insert->bind(3, std::int64_t{origin.united ? 0 : 1});
    insert->bind(4, origin.source);
    insert->bind(5, origin.place.block);
    insert->bind(6, origin.place.offset);
    return insert->run();
}

Status EventCopies::takeBack(std::int64_t rawHash)
{
    Result<Statement> remove =
        m_connection.prepare("DELETE FROM event_copy WHERE event = ?1 AND raw_hash = ?2 AND captured = 1");
    if (!remove)
        return remove.error();
    remove->bind(1, m_known.row + 1);
    remove->bind(2, rawHash);
    return remove->run();
}

Result<UnitedEvent> EventCopies::unite(const Event &copy, std::uint64_t rawHash, std::int64_t source,
                                       EventParser &parser)
{
    Result<std::vector<Copy>> found = captured();
    if (!found)
        return found.error();
    std::vector<Copy> &copies = *found;
    copies.push_back({{source, static_cast<std::int64_t>(rawHash), false, {}}, {0, copy.raw, copy.context}});
    std::vector<CapturedCopy> raws;
    for (const Copy &each : copies)
        raws.push_back({each.origin.rawHash, each.kept.raw});
    const Result<std::string> made = uniteCopies(std::move(raws));
    if (!made)
        return made.error();
    const std::string &united = *made;

    const auto same = std::find_if(copies.begin(), copies.end(),
                                   [&](const Copy &candidate) { return candidate.kept.raw == united; });
    const auto keepNew = [&]() -> Status {
        const BlockPlace place = m_blocks.append(copy, m_known.row);
        return keepAside({source, static_cast<std::int64_t>(rawHash), false, place});
    };
    const std::int64_t unitedHash = static_cast<std::int64_t>(hashOfRaw(united));
    if (unitedHash == m_known.origin.rawHash) {
        if (const Status kept = keepNew(); !kept)
            return kept.error();
        return UnitedEvent{};
    }

    if (const Status kept = keepAside(m_known.origin); !kept)
        return kept.error();
    UnitedEvent answer;
    answer.origin = {source, unitedHash, same == copies.end(), {}};
    // A united event is read in the envelope of the copy that gave it its time.
    std::string context;
    for (const Copy &candidate : copies) {
        if (same == copies.end() && timestampOf(candidate.kept.raw) == timestampOf(united))
            context = std::max(context, candidate.kept.context);
    }
    if (same != copies.end())
        context = same->kept.context;
    Result<Event> event = parser.parseStored(united, context);
    if (!event)
        return event.error();
    const bool isNew = same != copies.end() && same->origin.place.block == 0;
    if (same != copies.end() && !isNew) {
        answer.origin = same->origin;
        if (const Status taken = takeBack(same->origin.rawHash); !taken)
            return taken.error();
    } else {
        answer.origin.place = m_blocks.append(*event, m_known.row);
    }
    if (!isNew) {
        if (const Status kept = keepNew(); !kept)
            return kept.error();
    }
    answer.event = std::move(*event);
    answer.event->uuid = copy.uuid;
    return answer;
}

} // namespace genscope
