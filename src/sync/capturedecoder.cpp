// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/capturedecoder.h"

#include "ingest/jsondocument.h"
#include "ingest/normalise.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace genscope {

namespace {

constexpr std::string_view kBearer = "Bearer ";

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Reads one request.
class Decoding
{
public:
    Decoding(HttpRequest request, Timestamp receivedAt, const CapturePolicy &policy, std::size_t most)
        : m_request(std::move(request)),
          m_route(captureRouteOf(m_request.target)),
          m_receivedAt(receivedAt),
          m_policy(policy),
          m_most(most)
    {
    }

    DecodedCapture run();

private:
    bool refuse(int status, std::string_view v1Code, const QString &reason);
    bool hasHeaders();
    bool readBody();
    bool mayWrite();
    std::set<std::string> tokens() const;
    bool readEvents();
    bool isInOrder();
    void answer();

    HttpRequest m_request;
    const CaptureRoute m_route;
    const Timestamp m_receivedAt;
    const CapturePolicy &m_policy;
    const std::size_t m_most;
    CaptureEnvelope m_envelope;
    DecodedBody m_body;
    json::Document m_document;
    std::vector<V1Result> m_results; ///< of a v1 request, by element
    DecodedCapture m_decoded;
};

DecodedCapture Decoding::run()
{
    if (hasHeaders() && readBody() && mayWrite() && readEvents() && isInOrder())
        answer();
    return std::move(m_decoded);
}

/// The whole request is refused, and counts as one reject.
bool Decoding::refuse(int status, std::string_view v1Code, const QString &reason)
{
    m_decoded.events.clear();
    m_decoded.rejects.clear();
    m_decoded.rejects.push_back({shown(m_request.target.substr(0, m_request.target.find('?'))), 0, reason});
    m_decoded.answer = errorAnswer(m_route, status, v1Code, reason.toStdString());
    return false;
}

bool Decoding::hasHeaders()
{
    if (m_route != CaptureRoute::V1)
        return true;
    QStringList missing;
    for (const char *name : {"Authorization", "PostHog-Sdk-Info", "PostHog-Attempt", "PostHog-Request-Id",
                             "PostHog-Request-Timestamp"}) {
        if (m_request.header(name).empty())
            missing.push_back(QStringLiteral("\"%1\"").arg(QLatin1String(name)));
    }
    if (missing.isEmpty())
        return true;
    return refuse(
        400, "missing_required_headers",
        QStringLiteral("request is missing required headers: [%1]").arg(missing.join(QStringLiteral(", "))));
}

bool Decoding::readBody()
{
    RequestBody body;
    body.route = m_route;
    body.bytes = std::move(m_request.body);
    const std::size_t question = m_request.target.find('?');
    if (body.bytes.empty() && m_request.method == "GET" && question != std::string::npos)
        body.bytes = m_request.target.substr(question + 1); // `?data=`
    if (body.bytes.empty() && m_route != CaptureRoute::Otlp)
        return refuse(400, "empty_body", QCoreApplication::translate("Capture", "the request has no body"));
    auto decoded = decodedBody(body, m_most);
    if (!decoded) {
        const bool tooLarge = decoded.error().kind == Error::Kind::Io;
        return refuse(tooLarge ? 413 : 400, tooLarge ? "payload_too_large" : "invalid_body",
                      decoded.error().message);
    }
    m_body = std::move(*decoded);
    if (!m_document.read(m_body.json))
        return refuse(400, "invalid_body",
                      QCoreApplication::translate("Capture", "failed to parse the request: %1")
                          .arg(m_document.fault().describe(m_body.json)));
    m_envelope = {sentAtOf(m_request.target), m_receivedAt, {}};
    if (m_route == CaptureRoute::V1)
        m_envelope.sdk = m_request.header("PostHog-Sdk-Info");
    return true;
}

/// The project tokens that a request names: around its events, or else in them.
std::set<std::string> Decoding::tokens() const
{
    std::set<std::string> found;
    const auto take = [&found](json::Value object) {
        for (const std::string_view name : {"api_key", "token", "$token"}) {
            if (const json::Value token = json::member(object, name); token.isString())
                found.insert(token.text());
        }
    };
    const std::string_view bearer = m_request.header("Authorization");
    if (bearer.starts_with(kBearer))
        found.insert(std::string(bearer.substr(kBearer.size())));
    const json::Value root = m_document.root();
    take(root);
    if (!found.empty())
        return found;
    const json::Value list = root.isArray() ? root : json::member(root, "batch");
    take(json::member(root, "properties"));
    for (json::ElementReader reader(list); reader.next();) {
        take(reader.value());
        take(json::member(reader.value(), "properties"));
    }
    return found;
}

bool Decoding::mayWrite()
{
    const std::set<std::string> named = tokens();
    const bool personal = std::any_of(named.begin(), named.end(),
                                      [](const std::string &token) { return token.starts_with("phx_"); });
    if (personal) // PostHog refuses it too: better told here than after the release
        return refuse(401, "invalid_token",
                      QCoreApplication::translate("Capture",
                                                  "API key is not valid: a personal API key (phx_) cannot "
                                                  "send events; use the project's (phc_)"));
    if (m_policy.token.empty())
        return true;
    const bool known =
        !named.empty() && std::all_of(named.begin(), named.end(), [this](const std::string &token) {
            return sameSecret(token, m_policy.token);
        });
    return known || refuse(401, "invalid_token",
                           QCoreApplication::translate(
                               "Capture", "API key is not valid: this endpoint takes one token only"));
}

bool Decoding::readEvents()
{
    if (m_route == CaptureRoute::V1) {
        for (json::ElementReader reader(json::member(m_document.root(), "batch")); reader.next();)
            m_results.push_back({json::member(reader.value(), "uuid").text(), {}});
        if (m_results.empty())
            return refuse(400, "empty_batch", QCoreApplication::translate("Capture", "the batch is empty"));
    }
    EventParser parser;
    parser.parseAll(m_body.json, m_envelope, [this](std::int64_t element, Result<Event> &&event) {
        if (event) {
            m_decoded.events.push_back(std::move(event).value());
            return;
        }
        m_decoded.rejects.push_back(
            {shown(m_request.target.substr(0, m_request.target.find('?'))), element, event.error().message});
        const auto index = static_cast<std::size_t>(element - 1);
        if (element > 0 && index < m_results.size())
            m_results[index].details = event.error().message.toStdString();
    });
    return true;
}

/// What PostHog refuses as a whole.
bool Decoding::isInOrder()
{
    std::vector<Event> &events = m_decoded.events;
    if (events.empty() && !m_decoded.rejects.empty() && m_route != CaptureRoute::V1) {
        const QString reason = m_decoded.rejects.front().reason;
        return refuse(400, "invalid_body", reason);
    }
    if (m_route == CaptureRoute::AiEvents || m_route == CaptureRoute::Multipart) {
        const auto other = std::find_if(events.begin(), events.end(),
                                        [](const Event &event) { return !isAiEventName(event.name); });
        if (other != events.end())
            return refuse(400, "invalid_body",
                          QCoreApplication::translate("Capture", "not an AI event: “%1”. This route takes "
                                                                 "events whose names begin with $ai_ only.")
                              .arg(shown(other->name)));
    }
    return true;
}

void Decoding::answer()
{
    if (m_route == CaptureRoute::Multipart)
        m_decoded.answer = multipartAnswer(m_body.parts);
    else if (m_route == CaptureRoute::V1)
        m_decoded.answer = v1Answer(m_results);
    else
        m_decoded.answer = storedAnswer(m_route);
}

} // namespace

DecodedCapture decodeCapture(HttpRequest request, Timestamp receivedAt, const CapturePolicy &policy,
                             std::size_t most)
{
    return Decoding(std::move(request), receivedAt, policy, most).run();
}

} // namespace genscope
