// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/multipart.h"

#include "ingest/capturedobject.h"
#include "ingest/decompress.h"
#include "ingest/jsondocument.h"
#include "ingest/objecttext.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <vector>

namespace genscope {

namespace {

constexpr std::string_view kBlobPrefix = "event.properties.";

struct Part
{
    std::string name;
    std::string contentType; ///< lower case
    std::string bytes;
    MultipartPart sent;
};

Error fault(const QString &what)
{
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate("EventParser", "not a multipart AI event: %1").arg(what));
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// The `name="..."` of a Content-Disposition.
std::string nameIn(std::string_view disposition)
{
    constexpr std::string_view kName = " name=\"";
    const std::size_t at = disposition.find(kName);
    if (at == std::string_view::npos)
        return {};
    const std::size_t begin = at + kName.size();
    const std::size_t end = disposition.find('"', begin);
    return end == std::string_view::npos ? std::string()
                                         : std::string(disposition.substr(begin, end - begin));
}

/// A part: lines of head, an empty line, bytes. Nothing if a compressed part is damaged.
std::optional<Part> partOf(std::string_view text, std::size_t most)
{
    Part part;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty())
            break;
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string field = lower(line.substr(0, colon));
        const std::string_view value = line.substr(std::min(colon + 1, line.size()));
        if (field == "content-disposition")
            part.name = nameIn(value);
        else if (field == "content-type")
            part.sent.contentType = trimmed(value);
        else if (field == "content-encoding")
            part.sent.contentEncoding = trimmed(value);
    }
    part.contentType = lower(part.sent.contentType);
    part.bytes = text;
    part.sent.name = part.name;
    part.sent.length = text.size();
    const std::string encoding = lower(part.sent.contentEncoding);
    if (!encoding.empty() && encoding != "identity") {
        auto plain = decompressedText(part.bytes, most);
        if (!plain)
            return std::nullopt;
        part.bytes = std::move(*plain);
    }
    return part;
}

/// The texts between the boundaries; nothing if the last boundary is missing.
std::optional<std::vector<std::string_view>> partTexts(std::string_view body)
{
    const std::string_view boundary = trimmed(body.substr(0, body.find('\n')));
    const std::string separator = std::string(1, '\n').append(boundary);
    std::vector<std::string_view> texts;
    std::size_t at = body.find('\n');
    while (at != std::string_view::npos) {
        const std::size_t begin = at + 1;
        // An empty part ends where it begins.
        const std::size_t end = body.find(separator, at);
        if (end == std::string_view::npos)
            return std::nullopt;
        std::string_view text = body.substr(begin, std::max(end, begin) - begin);
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        texts.push_back(text);
        const std::size_t behind = end + separator.size();
        if (body.substr(behind).starts_with("--"))
            return texts;
        at = body.find('\n', behind);
    }
    return std::nullopt;
}

/// The property that a blob is.
std::string blobJson(const Part &part)
{
    json::Document document;
    if (part.contentType.starts_with("application/json") && document.read(part.bytes))
        return std::string(document.root().raw());
    const std::string quoted = json::quoted(part.bytes);
    if (!part.contentType.starts_with("application/octet-stream") && document.read(quoted)) // valid UTF-8
        return quoted;
    const QByteArray url =
        QByteArrayLiteral("data:application/octet-stream;base64,") +
        QByteArray(part.bytes.data(), static_cast<qsizetype>(part.bytes.size())).toBase64();
    return json::quoted(url.toStdString());
}

} // namespace

Result<MultipartEvent> eventOfMultipart(std::string_view body, std::size_t most)
{
    const auto texts = partTexts(body);
    if (!texts)
        return fault(QCoreApplication::translate("EventParser", "it ends early"));
    std::string captured;
    std::string inner;
    ObjectText blobs;
    MultipartEvent multipart;
    for (const std::string_view text : *texts) {
        const auto part = partOf(text, most);
        if (!part)
            return fault(QCoreApplication::translate("EventParser", "a part cannot be decompressed"));
        multipart.parts.push_back(part->sent);
        if (part->name == "event")
            captured = part->bytes;
        else if (part->name == "event.properties")
            inner = part->bytes;
        else if (part->name.size() > kBlobPrefix.size() && part->name.starts_with(kBlobPrefix))
            blobs.add(std::string_view(part->name).substr(kBlobPrefix.size()), blobJson(*part));
    }
    json::Document document;
    json::Document properties;
    if (!document.read(captured) || !document.root().isObject())
        return fault(QCoreApplication::translate("EventParser", "part “event” is not a JSON object"));
    if (!inner.empty() && (!properties.read(inner) || !properties.root().isObject()))
        return fault(
            QCoreApplication::translate("EventParser", "part “event.properties” is not a JSON object"));

    ObjectText event;
    ObjectText all;
    for (json::MemberReader reader(document.root()); reader.next();) {
        if (reader.key() != "properties")
            event.add(reader.key(), reader.value());
        for (json::MemberReader own(reader.key() == "properties" ? reader.value() : json::Value());
             own.next();)
            all.add(own.key(), own.value());
    }
    for (json::MemberReader reader(properties.root()); reader.next();)
        all.add(reader.key(), reader.value());
    const std::string blobText = blobs.take();
    for (json::MemberReader reader{json::Value(std::string_view(blobText))}; reader.next();)
        all.add(reader.key(), reader.value());
    event.add("properties", all.take());
    multipart.json = event.take();
    return multipart;
}

} // namespace genscope
