// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sync/remoteproject.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QString>

#include <chrono>
#include <optional>

namespace genscope {

/// Why a request to PostHog's API came to nothing, told apart by what to do about it.
struct ApiFailure
{
    enum class Kind {
        KeyRefused,   ///< 401
        ScopeMissing, ///< 403 that names a scope
        Forbidden,    ///< 403: the key may not see this project
        NotFound,     ///< 404: no such project here, or no such route
        Payment,      ///< 402
        BadQuery,     ///< 400: the server does not accept the question
        Throttled,    ///< 429
        TooHeavy,     ///< 504, 512 and the like: the same question will fail again
        TooLarge,     ///< the answer is longer than we take
        Busy,         ///< 409, 5xx, a page of a proxy: try again later
        Stale,        ///< an answer out of the server's cache
        Damaged,      ///< an answer that ends early, or is not what it should be
        NotAnApi,     ///< a web page
        Redirected,   ///< to another place: a key is not sent there
        Tls,
        Proxy,
        Unreachable, ///< no connection, or no answer in time
        Cancelled,
    };
    Kind kind = Kind::Unreachable;
    int status = 0; ///< of HTTP; 0 without an answer
    QString detail; ///< what the server or the network says, without keys
    QString scope;  ///< ScopeMissing
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const ApiFailure &) const = default;
};

/// What an answer other than success means. @param body  its beginning is enough
ApiFailure failureOf(int status, const QByteArray &retryAfter, const QByteArray &contentType,
                     const QByteArray &body);
/// What an error of the network means.
ApiFailure failureOf(QNetworkReply::NetworkError error, const QString &words);

/// An answer that is not what it should be. @param detail  how it shows; may be empty
ApiFailure damagedAnswer(const QString &detail);

/// What is wrong and what to do, as sentences for a person. @error Network; Cancelled
Error errorOf(const ApiFailure &failure, const RemoteProject &project);

} // namespace genscope
