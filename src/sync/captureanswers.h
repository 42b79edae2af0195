// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/capturerequest.h"
#include "sync/httpserver.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// What a capture endpoint says, in the words that SDKs know from PostHog. Nothing here reads a store: no
// answer holds anything of it.

/// Who may send.
struct CapturePolicy
{
    bool loopback = true;             ///< reachable from this machine only
    std::string token;                ///< the only project token that is taken; empty: any
    std::vector<std::string> origins; ///< web pages that may send besides those of this machine; `*`: all
};

/// Why a request is refused by its head alone: a method that no SDK uses, a host name that is not ours (DNS
/// rebinding), a web page that was not allowed. Nothing if it is not.
std::optional<HttpAnswer> refusalByHead(const HttpRequest &head, const CapturePolicy &policy);
/// Lets the web page that sent @p request read @p answer, if it may send.
void allowPage(HttpAnswer &answer, const HttpRequest &request, const CapturePolicy &policy);
/// The answer to what carries no events: flags, remote config, health, preflights, recordings; 404 for the
/// rest.
HttpAnswer answerWithoutEvents(const HttpRequest &request);

/// An error as the route's SDKs expect it: text, or JSON on the v1 routes.
HttpAnswer errorAnswer(CaptureRoute route, int status, std::string_view v1Code, const std::string &reason);
/// `{"status":"Ok"}`, or `{}` for OpenTelemetry.
HttpAnswer storedAnswer(CaptureRoute route);
HttpAnswer multipartAnswer(const std::vector<MultipartPart> &parts);

/// The result of each event of a v1 request, by the uuid as it was sent.
struct V1Result
{
    std::string uuid;
    std::string details; ///< why it was dropped; empty: it is stored
};
HttpAnswer v1Answer(const std::vector<V1Result> &results);

/// Whether two secrets are equal, in a time that does not tell where they differ.
bool sameSecret(std::string_view a, std::string_view b);

} // namespace genscope
