// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiondetail.h"

#include "analytics/searchedtexts.h"
#include "analytics/tracegroups.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace genscope {

namespace {

constexpr std::size_t kMostBytes = 64'000'000; ///< of captured events that are parsed at once

struct Member
{
    std::uint32_t row = 0;
    std::uint32_t trace = 0;
    std::int64_t timeUs = 0;
    EventKind kind = EventKind::Other;
};

/// All events of the session, in any order. @error Cancelled
Result<std::vector<Member>> eventsOf(const Selection &selection, std::uint32_t session)
{
    const Snapshot &snapshot = *selection.snapshot;
    RowSet named(snapshot.rows());
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        codes.resize(segment.rows());
        segment.ints(IntField::Session).decodeCodes(codes);
        for (std::size_t at = 0; at < codes.size(); ++at)
            if (codes[at] == session)
                named.set(i * Segment::kRows + at);
    }
    // Events that name no session belong to that of their trace.
    std::vector<std::uint32_t> sessionOfGroup;
    const TraceGroups groups = TraceGroups::bySession(named, snapshot, sessionOfGroup);
    const auto rows = groups.rows(snapshot, selection.context.data.stop);
    if (!rows)
        return rows.error();
    std::vector<Member> events;
    rows->forEach([&](std::size_t row) {
        const auto trace = static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Trace));
        const auto own = static_cast<std::uint32_t>(snapshot.intAt(row, IntField::Session));
        const std::uint32_t group = groups.of(trace, own);
        if (group != TraceGroups::kNone && sessionOfGroup[group] == session)
            events.push_back({static_cast<std::uint32_t>(row), trace,
                              snapshot.intAt(row, IntField::Timestamp),
                              static_cast<EventKind>(snapshot.intAt(row, IntField::Kind))});
    });
    return events;
}

/// The calls, trace after trace in the order in which these began; of a trace without any its own event.
std::vector<Member> turnsOf(std::vector<Member> events)
{
    std::map<std::uint32_t, std::int64_t> begins;
    std::map<std::uint32_t, bool> hasCalls;
    for (const Member &event : events) {
        const auto begin = begins.emplace(event.trace, event.timeUs).first;
        begin->second = std::min(begin->second, event.timeUs);
        hasCalls[event.trace] |= event.kind == EventKind::Generation;
    }
    std::erase_if(events, [&hasCalls](const Member &event) {
        return event.kind != EventKind::Generation &&
               (event.kind != EventKind::Trace || hasCalls[event.trace]);
    });
    std::sort(events.begin(), events.end(), [&begins](const Member &a, const Member &b) {
        const auto key = [&begins](const Member &event) {
            return std::tuple(begins[event.trace], event.trace, event.timeUs, event.row);
        };
        return key(a) < key(b);
    });
    return events;
}

std::optional<Money> costOf(const FieldReader *cost, std::uint32_t row)
{
    const std::int64_t pico = cost == nullptr ? kMissing : cost->intAt(row);
    return pico == kMissing ? std::nullopt : std::optional(Money{pico});
}

SessionTurn describedTurn(const Snapshot &snapshot, const Member &event, const FieldReader *cost)
{
    SessionTurn turn;
    turn.row = event.row;
    turn.trace = snapshot.textAt(event.row, IntField::Trace);
    turn.model = snapshot.textAt(event.row, IntField::Model);
    turn.timestamp = Timestamp{event.timeUs};
    const double latency = snapshot.realAt(event.row, RealField::Latency);
    if (!std::isnan(latency))
        turn.latency = latency;
    turn.cost = costOf(cost, event.row);
    turn.failed = (snapshot.intAt(event.row, IntField::Flags) & IsErrorFlag) != 0;
    return turn;
}

/// @error Database, Parse
Status readConversation(SessionTurn &turn, EventKind kind, std::string raw)
{
    const auto tree = JsonTree::parse(std::move(raw));
    if (!tree)
        return tree.error();
    JsonValue properties;
    const auto holder = propertiesTree(*tree, properties);
    if (!holder)
        return holder.error();
    turn.conversation = conversationOf(properties, kind);
    if (const JsonValue error = properties["$ai_error"]; turn.failed && error.hasContent())
        turn.error = error.text().toStdString();
    return Done{};
}

} // namespace

Result<std::shared_ptr<const SessionDetail>> loadSessionDetail(const Selection &selection,
                                                               const std::string &session, std::size_t most)
{
    const Snapshot &snapshot = *selection.snapshot;
    const std::uint32_t code = snapshot.dictionary(DictField::Session).codeOf(session);
    if (code == 0 || !selection.reader)
        return makeError(Error::Kind::Usage, QCoreApplication::translate(
                                                 "SessionDetail", "There is no session %1 in the open store.")
                                                 .arg(QString::fromStdString(session)));
    auto events = eventsOf(selection, code);
    if (!events)
        return events.error();
    const std::vector<Member> all = turnsOf(std::move(*events));
    auto detail = std::make_shared<SessionDetail>();
    detail->id = session;
    detail->zone = selection.scope.zone;
    for (const std::string &text : searchedTexts(selection.scope.filter))
        detail->searched += QString::fromStdString(text);

    const auto cost = openField(Field{Field::Id::Cost, {}, {}}, selection.context.data);
    std::vector<int> numbers;
    for (std::size_t i = 0; i < all.size(); ++i) {
        detail->traces += i == 0 || all[i].trace != all[i - 1].trace;
        numbers.push_back(detail->traces);
    }
    std::size_t bytes = 0;
    std::size_t first = all.size();
    while (first > 0 && all.size() - first < most && bytes < kMostBytes) {
        if (selection.context.data.stop.stopRequested())
            return makeError(Error::Kind::Cancelled,
                             QCoreApplication::translate("SessionDetail", "Stopped."));
        const std::size_t at = --first;
        auto raw = selection.reader->rawEventAt(all[at].row);
        if (!raw)
            return raw.error();
        bytes += raw->size();
        SessionTurn turn = describedTurn(snapshot, all[at], cost ? cost->get() : nullptr);
        if (const Status read = readConversation(turn, all[at].kind, std::move(*raw)); !read)
            return read.error();
        turn.traceNumber = numbers[at];
        turn.beginsTrace = at == 0 || numbers[at] != numbers[at - 1];
        detail->turns.push_back(std::move(turn));
    }
    std::reverse(detail->turns.begin(), detail->turns.end());
    detail->earlier = first;
    for (std::size_t i = 1; i < detail->turns.size(); ++i)
        detail->turns[i].shared =
            sharedMessages(detail->turns[i].conversation, detail->turns[i - 1].conversation);
    return std::shared_ptr<const SessionDetail>(std::move(detail));
}

} // namespace genscope
