// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apifailure.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::ApiFailure)
};

constexpr qsizetype kLongestDetail = 400;

/// Codes and words of answers that come again for the same question: the server remembers such failures.
bool saysTooHeavy(const QString &code, const QString &detail)
{
    static constexpr std::array<QLatin1String, 6> kSigns = {
        QLatin1String("memory_limit"),   QLatin1String("max_query_size"), QLatin1String("query_size"),
        QLatin1String("too_many_bytes"), QLatin1String("too_slow"),       QLatin1String("execution time")};
    return std::any_of(kSigns.begin(), kSigns.end(), [&](QLatin1String sign) {
        return code.contains(sign) || detail.contains(sign, Qt::CaseInsensitive);
    });
}

Kind kindOf(int status, const QString &code, const QString &detail, bool isPage)
{
    constexpr int kEstimatedTooSlow = 512;
    switch (status) {
    case 400:
        return saysTooHeavy(code, detail) ? Kind::TooHeavy : Kind::BadQuery;
    case 401:
        return Kind::KeyRefused;
    case 402:
        return Kind::Payment;
    case 403:
        return isPage ? Kind::NotAnApi : Kind::Forbidden;
    case 404:
        return isPage ? Kind::NotAnApi : Kind::NotFound;
    case 413:
    case kEstimatedTooSlow:
        return Kind::TooHeavy;
    case 429:
        return Kind::Throttled;
    case 504: // a proxy's own page says nothing about the question
        return isPage ? Kind::Busy : Kind::TooHeavy;
    default:
        break;
    }
    if (status >= 500)
        return saysTooHeavy(code, detail) ? Kind::TooHeavy : Kind::Busy;
    if (status == 409)
        return Kind::Busy;
    return isPage ? Kind::NotAnApi : Kind::BadQuery;
}

std::optional<std::chrono::milliseconds> waitIn(const QByteArray &header, const QString &detail)
{
    bool isNumber = false;
    double seconds = header.trimmed().toDouble(&isNumber);
    if (!isNumber) {
        static const QRegularExpression kWords(QStringLiteral(R"(available in (\d+) second)"));
        const auto match = kWords.match(detail);
        if (!match.hasMatch())
            return std::nullopt;
        seconds = match.captured(1).toDouble();
    }
    constexpr double kLongest = 3600; // the longest of the limits
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, kLongest) * 1000));
}

QString scopeIn(const QString &detail)
{
    static const QRegularExpression kScope(QStringLiteral(R"(scope\s+['"`]([a-z_]+:[a-z]+)['"`])"));
    return kScope.match(detail).captured(1);
}

QString withDetail(const QString &words, const QString &detail)
{
    return detail.isEmpty() ? words : Text::tr("%1 It says: %2").arg(words, detail);
}

} // namespace

ApiFailure failureOf(int status, const QByteArray &retryAfter, const QByteArray &contentType,
                     const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const bool isPage =
        !document.isObject() && (contentType.contains("html") || body.trimmed().left(1) == "<");
    const QJsonObject object = document.object();
    QString detail = object[QLatin1String("detail")].toString();
    if (detail.isEmpty()) // of a question that ran by itself
        detail = object[QLatin1String("query_status")].toObject()[QLatin1String("error_message")].toString();
    ApiFailure failure;
    failure.status = status;
    failure.detail = withoutKeys(detail.left(kLongestDetail));
    failure.kind = kindOf(status, object[QLatin1String("code")].toString(), detail, isPage);
    if (failure.kind == Kind::Forbidden) {
        failure.scope = scopeIn(detail);
        if (!failure.scope.isEmpty())
            failure.kind = Kind::ScopeMissing;
    }
    if (failure.kind == Kind::Throttled || failure.kind == Kind::Busy)
        failure.retryAfter = waitIn(retryAfter, detail);
    return failure;
}

ApiFailure failureOf(QNetworkReply::NetworkError error, const QString &words)
{
    ApiFailure failure;
    failure.detail = withoutKeys(words);
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        failure.kind = Kind::Tls;
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        failure.kind = Kind::Proxy;
        break;
    default:
        failure.kind = Kind::Unreachable;
        break;
    }
    return failure;
}

ApiFailure damagedAnswer(const QString &detail)
{
    ApiFailure failure;
    failure.kind = Kind::Damaged;
    failure.detail = withoutKeys(detail);
    return failure;
}

Error errorOf(const ApiFailure &failure, const RemoteProject &project)
{
    const QString host = project.hostText();
    const auto network = [&](const QString &words) {
        return makeError(Error::Kind::Network, withDetail(words, failure.detail));
    };
    switch (failure.kind) {
    case Kind::KeyRefused:
        return network(
            Text::tr("%1 does not accept the key. Was it deleted, or is it of another region (US, EU) "
                     "or server?")
                .arg(host));
    case Kind::ScopeMissing:
        return makeError(Error::Kind::Network,
                         Text::tr("The key lacks the scope %1. Add it to the key in PostHog's settings.")
                             .arg(failure.scope));
    case Kind::Forbidden:
        return network(Text::tr("The key may not read project %1 at %2. Does its owner have access to it?")
                           .arg(project.id, host));
    case Kind::NotFound:
        return network(Text::tr("There is no project %1 at %2. Is it in another region (US, EU), or its id "
                                "another one? The id is the number in PostHog's address: /project/12345.")
                           .arg(project.id, host));
    case Kind::Payment:
        return network(Text::tr("%1 gives no data until the organization's bill is settled.").arg(host));
    case Kind::BadQuery:
        return network(Text::tr("%1 does not accept the question (status %2).")
                           .arg(host, QString::number(failure.status)));
    case Kind::Throttled:
        return network(Text::tr("%1 lets no more questions through for now. Try again later.").arg(host));
    case Kind::TooHeavy:
        return network(Text::tr("%1 takes too long over even the smallest part of the data.").arg(host));
    case Kind::TooLarge:
        return network(Text::tr("%1 answers with more than fits, even for a single event.").arg(host));
    case Kind::Busy:
        return network(
            Text::tr("%1 fails (status %2). Try again later.").arg(host, QString::number(failure.status)));
    case Kind::Stale:
        return network(Text::tr("%1 answers out of its cache, however it is asked.").arg(host));
    case Kind::Damaged:
        return network(Text::tr("The answer of %1 is damaged.").arg(host));
    case Kind::NotAnApi:
        return network(
            Text::tr("%1 answers with a web page. Is that the address at which you open PostHog, and "
                     "does no login page or proxy stand before it?")
                .arg(host));
    case Kind::Redirected:
        return network(Text::tr("%1 sends us to another address; the key is not sent there.").arg(host));
    case Kind::Tls:
        return network(Text::tr("No secure connection to %1: its certificate is not accepted.").arg(host));
    case Kind::Proxy:
        return network(Text::tr("The proxy on the way to %1 refuses or fails.").arg(host));
    case Kind::Unreachable:
        return network(Text::tr("%1 cannot be reached.").arg(host));
    case Kind::Cancelled:
        break;
    }
    return makeError(Error::Kind::Cancelled, Text::tr("Cancelled."));
}

} // namespace genscope
