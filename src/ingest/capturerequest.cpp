// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturerequest.h"

#include "ingest/decompress.h"
#include "ingest/lzstring.h"
#include "ingest/otlp.h"
#include "ingest/scalars.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

Error fault(const QString &what)
{
    return makeError(Error::Kind::Parse, what);
}

std::string_view withoutSpace(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

bool isJson(std::string_view text)
{
    const std::string_view begin = withoutSpace(text);
    return begin.starts_with('{') || begin.starts_with('[');
}

bool isForm(std::string_view text)
{
    constexpr std::size_t kLooked = 200; // `compression=base64&data=`
    return text.starts_with("data=") ||
           (!isJson(text) && text.substr(0, kLooked).find("&data=") != std::string_view::npos);
}

/// Whether a body needs no decompression. Protobuf is not tried as brotli, which has no mark of its own.
bool isPlain(const RequestBody &body)
{
    constexpr char kFirstField = '\n'; // of an export of traces
    const bool isProtobuf = body.bytes.empty() || body.bytes.front() == kFirstField;
    return isJson(body.bytes) || (body.route == CaptureRoute::Otlp && isProtobuf);
}

bool isMultipart(std::string_view text)
{
    constexpr std::size_t kLooked = 2048;
    const std::string_view head = text.substr(0, kLooked);
    return head.starts_with("--") && head.find("name=\"event\"") != std::string_view::npos;
}

/// What the field `data` of a form holds: JSON itself, or BASE64 of JSON, of compressed JSON or of LZ-String.
Result<DecodedBody> decodedForm(std::string_view form, std::size_t most)
{
    QByteArray encoded(form.data(), static_cast<qsizetype>(form.size()));
    // Spaces are written as +, which BASE64 needs itself: browsers escape it.
    const QUrlQuery query(QString::fromLatin1(encoded.replace('+', "%20")));
    const QByteArray data = query.queryItemValue(QStringLiteral("data"), QUrl::FullyDecoded).toUtf8();
    if (isJson({data.constData(), static_cast<std::size_t>(data.size())}))
        return DecodedBody{data.toStdString(), {}};
    QByteArray base64 = data;
    base64.replace(' ', '+');
    const auto decoded = QByteArray::fromBase64Encoding(base64);
    std::string bytes = decoded.decoded.toStdString();
    if (decoded && isJson(bytes))
        return DecodedBody{std::move(bytes), {}};
    if (decoded) {
        if (auto plain = decompressedText(bytes, most); plain && isJson(*plain))
            return DecodedBody{std::move(*plain), {}};
    }
    auto text = textOfLz64({base64.constData(), static_cast<std::size_t>(base64.size())}, most);
    if (text && isJson(*text))
        return DecodedBody{std::move(*text), {}};
    return fault(QCoreApplication::translate(
        "EventParser", "a form whose data is neither JSON nor BASE64 or LZ-String of JSON"));
}

struct Route
{
    std::string_view end;
    CaptureRoute route;
};
/// Routes that events are sent to, without the slash at their end; longer ones before those they end with.
constexpr std::array<Route, 13> kRoutes = {{{"/i/v0/ai/batch", CaptureRoute::AiEvents},
                                            {"/batch", CaptureRoute::Events},
                                            {"/capture", CaptureRoute::Events},
                                            {"/e", CaptureRoute::Events},
                                            {"/track", CaptureRoute::Events},
                                            {"/engage", CaptureRoute::Events},
                                            {"/i/v0/ai/otel", CaptureRoute::Otlp},
                                            {"/i/v0/llma_otel", CaptureRoute::Otlp},
                                            {"/i/v0/ai/otel/v1/traces", CaptureRoute::Otlp},
                                            {"/i/v0/ai", CaptureRoute::Multipart},
                                            {"/i/v1/analytics/events", CaptureRoute::V1},
                                            {"/i/v1/general/events", CaptureRoute::V1},
                                            {"/i/v1/ai/events", CaptureRoute::V1}}};

/// The value of a header, whatever the case of its name.
std::string headerOf(json::Value headers, std::string_view name)
{
    for (json::MemberReader reader(headers); reader.next();) {
        const std::string_view key = reader.key();
        const bool same = key.size() == name.size() &&
                          std::equal(key.begin(), key.end(), name.begin(),
                                     [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
        if (same)
            return reader.value().text();
    }
    return {};
}

} // namespace

CaptureRoute captureRouteOf(std::string_view target)
{
    target = target.substr(0, target.find('?'));
    while (target.ends_with('/'))
        target.remove_suffix(1);
    const auto route = std::find_if(kRoutes.begin(), kRoutes.end(),
                                    [target](const Route &known) { return target.ends_with(known.end); });
    return route == kRoutes.end() ? CaptureRoute::None : route->route;
}

std::optional<Timestamp> sentAtOf(std::string_view path)
{
    const std::size_t begin = path.find('?');
    if (begin == std::string_view::npos)
        return std::nullopt;
    const QUrlQuery query(
        QString::fromUtf8(path.data() + begin + 1, static_cast<qsizetype>(path.size() - begin - 1)));
    for (const char *name : {"sent_at", "_"}) {
        const std::string value = query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded).toStdString();
        if (value.empty())
            continue;
        if (const auto time = timeOf(json::Value(std::string_view(json::quoted(value)))))
            return time;
    }
    return std::nullopt;
}

Result<DecodedBody> decodedBody(const RequestBody &body, std::size_t most)
{
    Result<std::string> plain =
        isPlain(body) ? Result<std::string>(body.bytes) : decompressedText(body.bytes, most);
    if (!plain) {
        // What a file keeps of damaged data is not kept of a request: its sender tries again.
        const QString what = QCoreApplication::translate("EventParser", "a body that cannot be decompressed");
        const QString why = plain.error().kind == Error::Kind::Parse
                                ? QCoreApplication::translate(
                                      "EventParser", "it is damaged or ends early; nothing of it was taken")
                                : plain.error().message;
        return makeError(plain.error().kind, QStringLiteral("%1: %2").arg(what, why));
    }
    if (plain->size() < body.bytes.size() && isGzip(*plain))
        return fault(QCoreApplication::translate("EventParser", "a body compressed twice"));
    if (body.route == CaptureRoute::Otlp && !isJson(*plain)) {
        auto json = otlpJsonOf(*plain);
        if (!json)
            return json.error();
        return DecodedBody{std::move(*json), {}};
    }
    if (isMultipart(*plain)) {
        auto event = eventOfMultipart(*plain, most);
        if (!event)
            return event.error();
        return DecodedBody{std::move(event->json), std::move(event->parts)};
    }
    if (isForm(*plain))
        return decodedForm(*plain, most);
    return DecodedBody{std::move(*plain), {}};
}

bool isRecordedRequest(json::Value object)
{
    if (!json::member(object, "method").isString() || !json::member(object, "path").isString())
        return false;
    constexpr std::array<std::string_view, 3> kBodies = {"body_base64", "json", "body"};
    return std::any_of(kBodies.begin(), kBodies.end(),
                       [object](std::string_view name) { return !json::member(object, name).raw().empty(); });
}

RecordedRequest recordedRequestOf(json::Value object)
{
    RecordedRequest request;
    const std::string path = json::member(object, "path").text();
    request.route = captureRouteOf(path);
    request.body.route = request.route;
    request.body.envelope = {sentAtOf(path), timeOf(json::member(object, "received_at")), {}};
    if (request.route == CaptureRoute::V1)
        request.body.envelope.sdk = headerOf(json::member(object, "headers"), "posthog-sdk-info");
    const json::Value base64 = json::member(object, "body_base64");
    if (base64.isString() && !base64.isEmptyString()) {
        const std::string text = base64.text();
        request.body.bytes =
            QByteArray::fromBase64(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())))
                .toStdString();
        return request;
    }
    json::Value body = json::member(object, "json");
    if (!body.isPresent())
        body = json::member(object, "body");
    request.body.bytes = body.isString() ? body.text() : std::string(body.raw());
    return request;
}

bool looksLikeSavedRequest(std::string_view head)
{
    return isMultipart(head) || isForm(head) || head.starts_with("POST /") || head.starts_with("GET /");
}

RequestBody savedRequestBody(std::string_view file)
{
    RequestBody body;
    if (!file.starts_with("POST /") && !file.starts_with("GET /")) {
        body.bytes = file;
        return body;
    }
    const std::string_view line = file.substr(0, file.find('\n'));
    const std::size_t begin = line.find(' ') + 1;
    const std::string_view path = line.substr(begin, line.find_first_of(" \r", begin) - begin);
    body.route = captureRouteOf(path);
    body.envelope.sentAt = sentAtOf(path);
    const std::size_t lines = file.find("\r\n\r\n");
    const std::size_t plain = file.find("\n\n");
    const std::size_t end = std::min(lines == std::string_view::npos ? lines : lines + 4,
                                     plain == std::string_view::npos ? plain : plain + 2);
    body.bytes = end == std::string_view::npos ? std::string_view() : file.substr(end);
    // A GET carries its event in the address.
    const std::size_t question = path.find('?');
    if (withoutSpace(body.bytes).empty() && question != std::string_view::npos)
        body.bytes = path.substr(question + 1);
    return body;
}

} // namespace genscope
