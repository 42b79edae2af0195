// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/captureanswers.h"

#include "ingest/json.h"

#include <QUuid>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace genscope {

namespace {

constexpr const char *kText = "text/plain; charset=utf-8";

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// The host in `host:port` or `[::1]:port`.
std::string_view hostIn(std::string_view authority)
{
    if (authority.starts_with('['))
        return authority.substr(0, std::min(authority.find(']'), authority.size() - 1) + 1);
    return authority.substr(0, authority.find(':'));
}

bool isThisMachine(std::string_view authority)
{
    const std::string host = lower(hostIn(authority));
    return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || host == "127.0.0.1";
}

bool mayPageSend(std::string_view origin, const CapturePolicy &policy)
{
    const auto isListed = [origin](const std::string &listed) { return listed == "*" || listed == origin; };
    if (std::any_of(policy.origins.begin(), policy.origins.end(), isListed))
        return true;
    constexpr std::string_view kBehindScheme = "://";
    const std::size_t scheme = origin.find(kBehindScheme);
    return scheme != std::string_view::npos && isThisMachine(origin.substr(scheme + kBehindScheme.size()));
}

HttpAnswer textAnswer(int status, std::string text)
{
    return {status, std::move(text), kText, {}};
}

std::string_view pathOf(std::string_view target)
{
    std::string_view path = target.substr(0, target.find('?'));
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

bool isOneOf(std::string_view path, std::initializer_list<std::string_view> paths)
{
    return std::find(paths.begin(), paths.end(), path) != paths.end();
}

std::string newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

/// Without flags, so that SDKs go on without an error.
std::string flagsJson(std::string_view target)
{
    const std::string id = json::quoted(newId());
    const bool isOld =
        target.find("v=2") == std::string_view::npos && target.find("v=4") == std::string_view::npos;
    if (isOld)
        return R"({"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,)"
               R"("sessionRecording":false,"supportedCompression":["gzip","gzip-js"],"siteApps":[],)"
               R"("isAuthenticated":false,"toolbarParams":{},"requestId":)" +
               id + "}";
    return R"({"flags":{},"errorsWhileComputingFlags":false,"quotaLimited":null,"requestId":)" + id + "}";
}

/// Everything that posthog-js would start by itself is off.
std::string remoteConfig(std::string_view token)
{
    return R"({"token":)" + json::quoted(token) +
           R"(,"supportedCompression":["gzip","gzip-js"],"hasFeatureFlags":false,"captureDeadClicks":false,)"
           R"("capturePerformance":false,"autocapture_opt_out":true,"autocaptureExceptions":false,)"
           R"("analytics":{"endpoint":"/e/"},"elementsChainAsString":true,"errorTracking":)"
           R"({"autocaptureExceptions":false,"suppressionRules":[]},"logs":{"captureConsoleLogs":false},)"
           R"("sessionRecording":false,"heatmaps":false,"surveys":false,"productTours":false,)"
           R"("conversations":false,"defaultIdentifiedOnly":true,"siteApps":[],"isAuthenticated":false,)"
           R"("toolbarParams":{},"toolbarVersion":"toolbar"})";
}

/// `/array/TOKEN/config` and `/array/TOKEN/config.js`.
std::optional<HttpAnswer> configAnswer(std::string_view path)
{
    constexpr std::string_view kBegin = "/array/";
    if (!path.starts_with(kBegin))
        return std::nullopt;
    const std::string_view rest = path.substr(kBegin.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const std::string_view token = rest.substr(0, slash);
    // It becomes part of a script: nothing but what tokens are made of.
    constexpr std::string_view kOfTokens = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    if (token.find_first_not_of(kOfTokens) != std::string_view::npos)
        return std::nullopt;
    const std::string config = remoteConfig(token);
    if (rest.substr(slash) == "/config")
        return HttpAnswer{200, config};
    if (rest.substr(slash) != "/config.js")
        return std::nullopt;
    return HttpAnswer{200,
                      "(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};"
                      "window._POSTHOG_REMOTE_CONFIG[" +
                          json::quoted(token) + "]={config:" + config + ",siteApps:[]}})();",
                      "application/javascript"};
}

} // namespace

std::optional<HttpAnswer> refusalByHead(const HttpRequest &head, const CapturePolicy &policy)
{
    if (!isOneOf(head.method, {"GET", "POST", "OPTIONS"})) {
        HttpAnswer refusal = textAnswer(405, "method not allowed");
        refusal.headers.emplace_back("Allow", "GET, POST, OPTIONS");
        return refusal;
    }
    const std::string_view host = head.header("Host");
    if (policy.loopback && !isThisMachine(host))
        return textAnswer(403, "the host “" + std::string(host) +
                                   "” is not this machine; use http://127.0.0.1 or http://localhost");
    const std::string_view origin = head.header("Origin");
    if (!origin.empty() && !mayPageSend(origin, policy))
        return textAnswer(403, "pages of “" + std::string(origin) +
                                   "” may not send; allow them with --allow-origin");
    // A picture or a script of another site's page comes without its origin.
    const bool isForeign = origin.empty() && head.header("Sec-Fetch-Site") == "cross-site";
    if (isForeign && captureRouteOf(head.target) != CaptureRoute::None)
        return textAnswer(403, "a page of another site may not send without saying which one it is");
    return std::nullopt;
}

void allowPage(HttpAnswer &answer, const HttpRequest &request, const CapturePolicy &policy)
{
    const std::string_view origin = request.header("Origin");
    if (origin.empty() || !mayPageSend(origin, policy))
        return;
    answer.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
    answer.headers.emplace_back("Access-Control-Allow-Credentials", "true");
    answer.headers.emplace_back("Vary", "Origin");
    if (request.method != "OPTIONS")
        return;
    answer.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    answer.headers.emplace_back("Access-Control-Max-Age", "600");
    if (const auto wanted = request.header("Access-Control-Request-Headers"); !wanted.empty())
        answer.headers.emplace_back("Access-Control-Allow-Headers", std::string(wanted));
    if (request.header("Access-Control-Request-Private-Network") == "true")
        answer.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
}

HttpAnswer answerWithoutEvents(const HttpRequest &request)
{
    const std::string_view path = pathOf(request.target);
    if (request.method == "OPTIONS")
        return textAnswer(200, "");
    if (isOneOf(path, {"/", "/_readiness", "/_liveness"}))
        return textAnswer(200, "Genscope takes what PostHog SDKs send here.\n");
    if (isOneOf(path, {"/flags/definitions", "/api/feature_flag/local_evaluation"}))
        return {200, R"({"flags":[],"group_type_mapping":{},"cohorts":{}})"};
    if (isOneOf(path, {"/flags", "/decide"}))
        return {200, flagsJson(request.target)};
    if (isOneOf(path, {"/s", "/i/v1/logs", "/i/v1/metrics", "/i/v1/traces"}))
        return storedAnswer(CaptureRoute::Events); // recordings, logs: taken and thrown away
    if (auto config = configAnswer(path))
        return std::move(*config);
    return textAnswer(404, "not found");
}

HttpAnswer errorAnswer(CaptureRoute route, int status, std::string_view v1Code, const std::string &reason)
{
    HttpAnswer answer = textAnswer(status, reason);
    if (route == CaptureRoute::V1) {
        answer.contentType = "application/json";
        answer.body = R"({"error":)" + json::quoted(v1Code) + R"(,"error_description":)" +
                      json::quoted(reason) + R"(,"error_uri":"https://posthog.com/docs/api"})";
    }
    if (status == 503 || status == 429)
        answer.headers.emplace_back("Retry-After", "1");
    return answer;
}

HttpAnswer storedAnswer(CaptureRoute route)
{
    return {200, route == CaptureRoute::Otlp ? "{}" : R"({"status":"Ok"})"};
}

HttpAnswer multipartAnswer(const std::vector<MultipartPart> &parts)
{
    const auto orNull = [](const std::string &text) { return text.empty() ? "null" : json::quoted(text); };
    std::string list;
    for (const MultipartPart &part : parts) {
        list += list.empty() ? "" : ",";
        list += R"({"name":)" + json::quoted(part.name) + R"(,"length":)" + std::to_string(part.length) +
                R"(,"content-type":)" + orNull(part.contentType) + R"(,"content-encoding":)" +
                orNull(part.contentEncoding) + "}";
    }
    return {200, R"({"accepted_parts":[)" + list + "]}"};
}

HttpAnswer v1Answer(const std::vector<V1Result> &results)
{
    std::string list;
    for (const V1Result &result : results) {
        list += list.empty() ? "" : ",";
        list += json::quoted(result.uuid) + (result.details.empty() ? std::string(R"(:{"result":"ok"})")
                                                                    : R"(:{"result":"drop","details":)" +
                                                                          json::quoted(result.details) + "}");
    }
    return {200, R"({"results":{)" + list + "}}"};
}

bool sameSecret(std::string_view a, std::string_view b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size() && !b.empty(); ++i)
        difference |= static_cast<unsigned char>(a[i] ^ b[i % b.size()]);
    return difference == 0;
}

} // namespace genscope
