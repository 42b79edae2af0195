// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturerequest.h"

#include "ingest/inflate.h"
#include "ingest/multipart.h"
#include "ingest/scalars.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

constexpr std::size_t kMostInflated = 256 << 20;

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

bool isMultipart(std::string_view text)
{
    constexpr std::size_t kLooked = 2048;
    const std::string_view head = text.substr(0, kLooked);
    return head.starts_with("--") && head.find("name=\"event\"") != std::string_view::npos;
}

/// What the field `data` of a form holds: BASE64 of JSON or of gzip, or JSON itself.
Result<std::string> formText(std::string_view form)
{
    QByteArray encoded(form.data(), static_cast<qsizetype>(form.size()));
    // Spaces are written as +, which BASE64 needs itself: browsers escape it.
    const QUrlQuery query(QString::fromLatin1(encoded.replace('+', "%20")));
    const QByteArray data = query.queryItemValue(QStringLiteral("data"), QUrl::FullyDecoded).toUtf8();
    if (isJson({data.constData(), static_cast<std::size_t>(data.size())}))
        return data.toStdString();
    QByteArray base64 = data;
    base64.replace(' ', '+');
    const auto decoded = QByteArray::fromBase64Encoding(base64);
    const std::string bytes = decoded.decoded.toStdString();
    if (isGzip(bytes))
        return bodyText({bytes, {}, {}});
    if (!decoded || !isJson(bytes))
        return fault(QCoreApplication::translate("EventParser",
                                                 "a form whose data is neither JSON nor BASE64 "
                                                 "of JSON; LZ-String is not read"));
    return bytes;
}

/// Routes that events are sent to, without the slash at their end.
constexpr std::array<std::string_view, 9> kRoutes = {"/batch",
                                                     "/capture",
                                                     "/e",
                                                     "/track",
                                                     "/engage",
                                                     "/i/v0/ai",
                                                     "/i/v1/analytics/events",
                                                     "/i/v1/general/events",
                                                     "/i/v1/ai/events"};

bool isCaptureRoute(std::string_view path)
{
    path = path.substr(0, path.find('?'));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return std::any_of(kRoutes.begin(), kRoutes.end(),
                       [path](std::string_view route) { return path.ends_with(route); });
}

/// `?sent_at=` and `?_=`: when the client sent the request.
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

Result<std::string> bodyText(const RequestBody &body)
{
    if (isGzip(body.bytes)) {
        auto plain = inflated(body.bytes, kMostInflated);
        if (!plain)
            return fault(QCoreApplication::translate("EventParser", "a body that cannot be decompressed"));
        if (isGzip(*plain))
            return fault(QCoreApplication::translate("EventParser", "a body compressed twice"));
        return bodyText({std::move(*plain), body.contentType, body.envelope});
    }
    if (isMultipart(body.bytes))
        return eventOfMultipart(body.bytes);
    if (isForm(body.bytes))
        return formText(body.bytes);
    return body.bytes;
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
    request.isCapture = isCaptureRoute(path);
    request.body.contentType = headerOf(json::member(object, "headers"), "content-type");
    request.body.envelope = {sentAtOf(path), timeOf(json::member(object, "received_at"))};
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
