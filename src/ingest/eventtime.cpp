// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtime.h"

#include "ingest/objecttext.h"
#include "ingest/scalars.h"

#include <QCoreApplication>

namespace genscope {

namespace {

QString shownText(json::Value value)
{
    constexpr std::size_t kShown = 60;
    const std::string text = textOf(value);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), kShown)));
}

/// PostHog: an event more than 23 hours ahead of the server is stamped with the server's time.
constexpr std::int64_t kFutureLimit = 23 * 3600 * kMicrosPerSecond;

Timestamp withoutSkew(Timestamp timestamp, const CapturedObject &object, const CaptureEnvelope &envelope)
{
    if (!envelope.receivedAt)
        return timestamp;
    std::int64_t us = timestamp.us;
    const bool ignored =
        booleanOf(object.property(Property::IgnoreSentAt)).value_or(false) ||
        booleanOf(json::member(object.field(EventKey::Options), "disable_skew_correction")).value_or(false);
    if (envelope.sentAt && !ignored)
        us = envelope.receivedAt->us - (envelope.sentAt->us - us);
    return us > envelope.receivedAt->us + kFutureLimit ? *envelope.receivedAt : Timestamp{us};
}

Result<Timestamp> withinRange(Timestamp timestamp)
{
    if (timestamp >= kEarliestTimestamp && timestamp <= kLatestTimestamp)
        return timestamp;
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate("EventParser", "the timestamp %1 is outside of 1970 to 2200")
                         .arg(QString::fromStdString(isoTime(timestamp))));
}

} // namespace

std::optional<Timestamp> timeOf(json::Value value)
{
    if (value.isString()) {
        std::string text = value.text();
        constexpr std::string_view kUtc = " UTC"; // as warehouses print it
        if (text.ends_with(kUtc))
            text.resize(text.size() - kUtc.size());
        if (const auto parsed = parseIsoTime(text))
            return parsed->instant();
    }
    constexpr std::size_t kDigitsOfNanoseconds = 18; // more than a double holds
    const auto digits = numberText(value);
    if (digits && digits->size() >= kDigitsOfNanoseconds) {
        if (const auto nanoseconds = wholeNumber(*digits); nanoseconds && *nanoseconds > 0)
            return Timestamp{*nanoseconds / 1000};
    }
    const auto number = numberOf(value);
    return number ? timestampFromEpoch(*number) : std::nullopt;
}

Result<Timestamp> eventTime(const CapturedObject &object, const CaptureEnvelope &envelope)
{
    const json::Value value = object.field(EventKey::Timestamp);
    if (value.isPresent() && !value.isEmptyString()) {
        if (const auto timestamp = timeOf(value))
            return withinRange(withoutSkew(*timestamp, object, envelope));
        return makeError(Error::Kind::Parse,
                         QCoreApplication::translate("EventParser", "the timestamp “%1” cannot be read")
                             .arg(shownText(value)));
    }
    const auto base = envelope.receivedAt ? envelope.receivedAt : envelope.sentAt;
    if (!base)
        return makeError(Error::Kind::Parse, QCoreApplication::translate("EventParser", "no timestamp"));
    const auto offsetMs = numberText(object.field(EventKey::Offset));
    const auto offset = offsetMs ? wholeNumber(*offsetMs) : std::nullopt;
    constexpr std::int64_t kMostMs = kLatestTimestamp.us / 1000;
    if (offset && *offset >= 0 && *offset < kMostMs)
        return withinRange({base->us - *offset * 1000});
    return withinRange(*base);
}

std::optional<Timestamp> recordedTime(const CapturedObject &object)
{
    const auto created = timeOf(object.field(EventKey::CreatedAt));
    return created ? created : timeOf(object.field(EventKey::InsertedAt));
}

std::string envelopeToJson(const CaptureEnvelope &envelope)
{
    ObjectText json;
    if (envelope.sentAt)
        json.addText("sent_at", isoTime(*envelope.sentAt));
    if (envelope.receivedAt)
        json.addText("received_at", isoTime(*envelope.receivedAt));
    if (!envelope.sdk.empty())
        json.addText("sdk", envelope.sdk);
    return json.empty() ? std::string() : json.take();
}

CaptureEnvelope envelopeFromJson(std::string_view json)
{
    CapturedObject object;
    if (json.empty() || !object.read(json))
        return {};
    return {timeOf(object.field(EventKey::SentAt)), timeOf(object.field(EventKey::ReceivedAt)),
            json::member(object.root(), "sdk").text()};
}

CaptureEnvelope envelopeOf(const CapturedObject &body, const CaptureEnvelope &around)
{
    auto sentAt = timeOf(body.field(EventKey::SentAt));
    if (!sentAt)
        sentAt = timeOf(body.field(EventKey::CreatedAt)); // v1 bodies
    return {sentAt ? sentAt : around.sentAt, around.receivedAt, around.sdk};
}

} // namespace genscope
