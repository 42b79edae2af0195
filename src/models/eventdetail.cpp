// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventdetail.h"

#include "analytics/searchedtexts.h"
#include "models/costbill.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>
#include <vector>

namespace genscope {

namespace {

std::optional<std::int64_t> known(std::int64_t value)
{
    return value == kMissing ? std::nullopt : std::optional(value);
}

std::optional<double> known(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// Built-in fields only: those open without reading the store.
std::string fieldText(const Selection &selection, Field::Id id, std::size_t row)
{
    const auto reader = openField(Field{id, {}, {}}, selection.context.data);
    if (!reader || (*reader)->type() != FieldReader::Type::Text)
        return {};
    return std::string((*reader)->value((*reader)->codeAt(row)));
}

std::string customerOf(const Selection &selection, std::size_t row)
{
    const auto reader =
        selection.context.cache->open(Field{Field::Id::Customer, {}, {}}, selection.context.data);
    if (!reader || (*reader)->type() != FieldReader::Type::Text)
        return {};
    return std::string((*reader)->value((*reader)->codeAt(row)));
}

std::optional<Money> costOf(const Selection &selection, std::size_t row)
{
    const auto reader = openField(Field{Field::Id::Cost, {}, {}}, selection.context.data);
    if (!reader)
        return std::nullopt;
    const std::int64_t pico = (*reader)->intAt(row);
    return pico == kMissing ? std::nullopt : std::optional(Money{pico});
}

QString costSourceOf(const Selection &selection, std::size_t row)
{
    const Snapshot &snapshot = *selection.snapshot;
    const bool reported = snapshot.intAt(row, IntField::ReportedTotal) != kMissing;
    if (selection.scope.cost == CostMode::Reported || (selection.scope.cost == CostMode::Auto && reported))
        return reported ? QCoreApplication::translate("EventDetail", "reported by the event")
                        : QCoreApplication::translate("EventDetail", "the event reports none");
    const std::string_view model = snapshot.textAt(row, IntField::CostModel);
    if (model.empty())
        return QCoreApplication::translate("EventDetail", "no price known");
    if (snapshot.intAt(row, IntField::InputTokens) == kMissing &&
        snapshot.intAt(row, IntField::OutputTokens) == kMissing)
        return QCoreApplication::translate("EventDetail", "no token counts to price");
    return QCoreApplication::translate("EventDetail", "price book: %1")
        .arg(QString::fromUtf8(model.data(), static_cast<qsizetype>(model.size())));
}

void readColumns(const Selection &selection, EventDetail &detail)
{
    const Snapshot &snapshot = *selection.snapshot;
    const std::size_t row = detail.row;
    const auto text = [&](IntField field) { return std::string(snapshot.textAt(row, field)); };
    const auto number = [&](IntField field) { return known(snapshot.intAt(row, field)); };
    detail.uuid = snapshot.uuidAt(row).toString();
    detail.kind = static_cast<EventKind>(snapshot.intAt(row, IntField::Kind));
    detail.eventName = text(IntField::EventName);
    detail.name = text(IntField::SpanName);
    detail.model = text(IntField::Model);
    detail.provider = text(IntField::Provider);
    detail.trace = text(IntField::Trace);
    detail.session = text(IntField::Session);
    detail.user = fieldText(selection, Field::Id::User, row);
    detail.customer = customerOf(selection, row);
    detail.timestamp = Timestamp{snapshot.intAt(row, IntField::Timestamp)};
    detail.zone = selection.scope.zone;
    detail.failed = (snapshot.intAt(row, IntField::Flags) & IsErrorFlag) != 0;
    detail.httpStatus = number(IntField::HttpStatus);
    detail.latency = known(snapshot.realAt(row, RealField::Latency));
    detail.ttft = known(snapshot.realAt(row, RealField::TimeToFirstToken));
    detail.inputTokens = number(IntField::InputTokens);
    detail.outputTokens = number(IntField::OutputTokens);
    detail.cacheReadTokens = number(IntField::CacheReadTokens);
    detail.cacheWriteTokens = number(IntField::CacheWriteTokens);
    detail.reasoningTokens = number(IntField::ReasoningTokens);
    detail.cost = costOf(selection, row);
    detail.costSource = costSourceOf(selection, row);
}

/// The call before, of the same trace, or else of the same session.
std::optional<std::uint32_t> callBefore(const Snapshot &snapshot, std::uint32_t row)
{
    for (const IntField field : {IntField::Trace, IntField::Session}) {
        const auto code = static_cast<std::uint32_t>(snapshot.intAt(row, field));
        if (code == 0)
            continue;
        const std::int64_t time = snapshot.intAt(row, IntField::Timestamp);
        std::int64_t latest = std::numeric_limits<std::int64_t>::min();
        std::optional<std::uint32_t> found;
        std::vector<std::uint32_t> codes;
        for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
            const Segment &segment = snapshot.segment(i);
            codes.resize(segment.rows());
            segment.ints(field).decodeCodes(codes);
            for (std::size_t at = 0; at < codes.size(); ++at) {
                if (codes[at] != code ||
                    static_cast<EventKind>(segment.ints(IntField::Kind).at(at)) != EventKind::Generation)
                    continue;
                const std::int64_t other = segment.ints(IntField::Timestamp).at(at);
                if (other >= time || other < latest)
                    continue;
                latest = other;
                found = static_cast<std::uint32_t>(i * Segment::kRows + at);
            }
        }
        if (found)
            return found;
    }
    return std::nullopt;
}

constexpr std::size_t kLongestToCompare = 16'000'000; ///< bytes; a second as long is not parsed beside it

/// What of the conversation was there in the turn before. Only a help for reading: no error of its own.
void compareWithCallBefore(const Selection &selection, EventDetail &detail)
{
    if (detail.kind != EventKind::Generation || detail.conversation.messages.size() < 3 ||
        detail.raw->size() > kLongestToCompare)
        return;
    const auto before = callBefore(*selection.snapshot, detail.row);
    if (!before)
        return;
    auto raw = selection.reader->rawEventAt(*before);
    if (!raw || raw->size() > kLongestToCompare)
        return;
    auto tree = JsonTree::parse(std::move(*raw));
    if (!tree)
        return;
    JsonValue properties;
    const auto holder = propertiesTree(std::move(*tree), properties);
    if (holder)
        detail.sharedMessages =
            sharedMessages(detail.conversation, conversationOf(properties, EventKind::Generation));
}

Status readContent(EventDetail &detail)
{
    auto tree = JsonTree::parse(*detail.raw);
    if (!tree)
        return tree.error();
    detail.pretty = prettyJson((*tree)->root());
    auto holder = propertiesTree(std::move(*tree), detail.properties);
    if (!holder)
        return holder.error();
    detail.tree = std::move(*holder);
    detail.conversation = conversationOf(detail.properties, detail.kind);
    const JsonValue error = detail.properties["$ai_error"];
    if (detail.failed && error.hasContent())
        detail.error = error.text().toStdString();
    return Done{};
}

/// Only a help for reading: what cannot be read is left out.
void readKnown(const Selection &selection, EventDetail &detail)
{
    const Snapshot &snapshot = *selection.snapshot;
    const auto add = [&detail](const QString &title, const PropertyPath &scope, Result<std::string> json) {
        if (!json)
            return;
        auto tree = JsonTree::parse(std::move(*json));
        if (tree && (*tree)->root().size() > 0)
            detail.known.push_back({title, scope, std::move(*tree)});
    };
    if ((snapshot.intAt(detail.row, IntField::Flags) & AnonymousFlag) == 0) {
        std::string key(snapshot.textAt(detail.row, IntField::PersonId));
        if (key.empty())
            key = snapshot.textAt(detail.row, IntField::DistinctId);
        PropertyPath scope;
        scope.scope = PropertyPath::Scope::Person;
        add(QCoreApplication::translate("EventDetail", "Person %1").arg(QString::fromStdString(key)), scope,
            selection.reader->personProperties(key));
    }
    const std::vector<std::string> &types = snapshot.groupTypes();
    for (std::size_t i = 0; i < types.size(); ++i) {
        const int slot = static_cast<int>(i);
        const auto code = static_cast<std::uint32_t>(snapshot.intAt(detail.row, groupIntField(slot)));
        if (code == 0)
            continue;
        const std::string key(snapshot.dictionary(groupDictField(slot)).at(code));
        PropertyPath scope;
        scope.scope = PropertyPath::Scope::Group;
        scope.groupType = types[i];
        add(QString::fromStdString(types[i] + ' ' + key), scope,
            selection.reader->groupProperties(types[i], key));
    }
}

} // namespace

Result<std::shared_ptr<const EventDetail>> loadEventDetail(const Selection &selection, std::uint32_t row)
{
    if (!selection.reader || row >= selection.snapshot->rows())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("EventDetail", "This event is not in the open store."));
    auto detail = std::make_shared<EventDetail>();
    detail->row = row;
    readColumns(selection, *detail);
    auto raw = selection.reader->rawEventAt(row);
    if (!raw)
        return raw.error();
    detail->raw = std::make_shared<const std::string>(std::move(*raw));
    if (const Status status = readContent(*detail); !status)
        return status.error();
    compareWithCallBefore(selection, *detail);
    for (const std::string &text : searchedTexts(selection.scope.filter))
        detail->searched += QString::fromStdString(text);
    readKnown(selection, *detail);
    detail->bill = billOf(selection, row, *detail->raw);
    return std::shared_ptr<const EventDetail>(std::move(detail));
}

} // namespace genscope
