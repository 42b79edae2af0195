// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apiclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonValue>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QScopeGuard>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using namespace std::chrono_literals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::ApiClient)
};

constexpr auto kStopPoll = 50ms;
constexpr auto kLongestPoll = 10s;
constexpr auto kMostPolling = 10min;
constexpr qint64 kReadAhead = 1 << 20;

class SystemProxies final : public QNetworkProxyFactory
{
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return systemProxyForQuery(query);
    }
};

ApiClient::Outcome failed(Kind kind, const QString &detail = {})
{
    ApiClient::Outcome outcome;
    outcome.failure.emplace();
    outcome.failure->kind = kind;
    outcome.failure->detail = withoutKeys(detail);
    return outcome;
}

bool isRedirect(int status)
{
    return status >= 300 && status < 400 && status != 304;
}

QString queryIdOf(const QByteArray &body)
{
    return QJsonDocument::fromJson(body)[QLatin1String("query_status")][QLatin1String("id")].toString();
}

} // namespace

/// A request on its way, and where its answer goes.
struct ApiClient::Exchange
{
    QNetworkRequest request;
    QByteArray method = "GET";
    QByteArray body;
    QIODevice *to = nullptr; ///< takes the body of a success; null: memory
    qint64 mostBytes = 0;

    int status = 0; ///< of the answer
    QUrl redirect = {};
};

bool sleepUnlessStopped(std::chrono::milliseconds time, const StopToken &stop)
{
    const auto end = std::chrono::steady_clock::now() + time;
    while (!stop.stopRequested()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left <= 0ms)
            return true;
        QThread::msleep(static_cast<unsigned long>(std::min<std::int64_t>(left.count(), kStopPoll.count())));
    }
    return false;
}

ApiClient::ApiClient(RemoteProject project, QByteArray key, Options options)
    : m_project(std::move(project)), m_key(std::move(key)), m_options(std::move(options))
{
    if (!m_options.budget)
        m_options.budget = RequestBudget::of(m_project.hostText(), m_project.id);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setProxyFactory(new SystemProxies); // the manager's
}

ApiClient::~ApiClient() = default;

QNetworkRequest ApiClient::requestFor(const QUrl &url, bool withKey) const
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Genscope"));
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setDecompressedSafetyCheckThreshold(-1); // answers are bounded by their size here
    if (withKey) {
        request.setRawHeader("Accept", "application/json");
        request.setRawHeader("Authorization", "Bearer " + m_key);
    }
    return request;
}

bool ApiClient::waitForBudget(const StopToken &stop) const
{
    for (;;) {
        const auto wait = m_options.budget->begin();
        if (wait == 0ms)
            return true;
        if (wait >= 1s && m_options.onBudgetWait)
            m_options.onBudgetWait(wait);
        if (!sleepUnlessStopped(std::min<std::chrono::milliseconds>(wait, 1s), stop))
            return false;
    }
}

ApiClient::Outcome ApiClient::send(Exchange &exchange, const StopToken &stop)
{
    if (stop.stopRequested() || !waitForBudget(stop))
        return failed(Kind::Cancelled);
    const auto handBack = qScopeGuard([this] { m_options.budget->end(); });
    ++m_requests;
    QElapsedTimer timer;
    timer.start();
    const std::unique_ptr<QNetworkReply> reply(
        m_network.sendCustomRequest(exchange.request, exchange.method, exchange.body));
    reply->setReadBufferSize(kReadAhead);

    Outcome outcome;
    QEventLoop loop;
    std::optional<ApiFailure> ended; // by us
    const auto end = [&](Kind kind, const QString &detail) {
        ended = failed(kind, detail).failure;
        reply->abort();
    };
    qint64 taken = 0;
    const auto take = [&] {
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray piece = reply->isOpen() ? reply->readAll() : QByteArray();
        taken += piece.size();
        if (ended)
            return;
        if (taken > exchange.mostBytes)
            return end(Kind::TooLarge, {});
        if (!exchange.to || status != 200)
            outcome.body += piece;
        else if (exchange.to->write(piece) != piece.size())
            end(Kind::Damaged, exchange.to->errorString());
    };
    QTimer silence;
    silence.setSingleShot(true);
    QTimer poll;
    QObject::connect(&silence, &QTimer::timeout, &loop,
                     [&] { end(Kind::Unreachable, Text::tr("no answer in time")); });
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (stop.stopRequested())
            end(Kind::Cancelled, {});
    });
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        silence.start();
        take();
    });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    silence.start(m_options.silence);
    poll.start(kStopPoll);
    if (!reply->isFinished())
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    take();
    outcome.seconds = static_cast<double>(timer.elapsed()) / 1000;
    outcome.warning = reply->rawHeader("X-PostHog-Warn");
    if (ended) {
        outcome.failure = std::move(ended);
        return outcome;
    }
    exchange.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (exchange.status == 0) {
        outcome.failure = failureOf(reply->error(), reply->errorString());
        return outcome;
    }
    if (isRedirect(exchange.status)) {
        exchange.redirect = exchange.request.url().resolved(
            QUrl::fromEncoded(reply->rawHeader("Location"), QUrl::StrictMode));
        outcome.failure = failed(Kind::Redirected, exchange.redirect.host()).failure;
        return outcome;
    }
    const QByteArray contentType = reply->rawHeader("Content-Type");
    if (exchange.status >= 400) {
        outcome.failure =
            failureOf(exchange.status, reply->rawHeader("Retry-After"), contentType, outcome.body);
        outcome.failure->detail = withoutKeys(outcome.failure->detail, m_key);
    } else if (reply->error() != QNetworkReply::NoError) { // it ended early
        outcome.failure = failed(Kind::Damaged, reply->errorString()).failure;
    } else if (!exchange.to && contentType.contains("html")) {
        outcome.failure = failed(Kind::NotAnApi).failure;
        outcome.failure->status = exchange.status;
    }
    return outcome;
}

ApiClient::Outcome ApiClient::get(const QString &path, const StopToken &stop)
{
    QUrl url = m_project.host;
    url.setPath(path);
    Exchange exchange{requestFor(url, true), "GET", {}, nullptr, m_options.mostBytes};
    return send(exchange, stop);
}

ApiClient::Outcome ApiClient::post(const QString &path, const QByteArray &body, const StopToken &stop)
{
    QUrl url = m_project.host;
    url.setPath(path);
    Exchange exchange{requestFor(url, true), "POST", body, nullptr, m_options.mostBytes};
    exchange.request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    return send(exchange, stop);
}

ApiClient::Outcome ApiClient::query(const QByteArray &body, const StopToken &stop)
{
    QUrl url = m_project.host;
    url.setPath(QStringLiteral("/api/projects/%1/query/").arg(m_project.id));
    Exchange exchange{requestFor(url, true), "POST", body, nullptr, m_options.mostBytes};
    exchange.request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const Outcome outcome = send(exchange, stop);
    constexpr int kAccepted = 202;
    if (outcome.failure || exchange.status != kAccepted)
        return outcome;
    const auto pending = queryIdOf(outcome.body);
    if (pending.isEmpty())
        return failed(Kind::Damaged, Text::tr("a question without an id"));
    return await(pending, stop);
}

/// Asks for a question that runs by itself until it is answered.
ApiClient::Outcome ApiClient::await(const QString &queryId, const StopToken &stop)
{
    QUrl url = m_project.host;
    url.setPath(QStringLiteral("/api/projects/%1/query/%2/").arg(m_project.id, queryId));
    QElapsedTimer timer;
    timer.start();
    for (auto pause = m_options.poll; std::chrono::milliseconds(timer.elapsed()) < kMostPolling;
         pause = std::min<std::chrono::milliseconds>(pause * 2, kLongestPoll)) {
        if (!sleepUnlessStopped(pause, stop))
            return failed(Kind::Cancelled);
        Exchange exchange{requestFor(url, true), "GET", {}, nullptr, m_options.mostBytes};
        Outcome outcome = send(exchange, stop);
        if (outcome.failure || exchange.status == 200) {
            outcome.seconds = static_cast<double>(timer.elapsed()) / 1000;
            return outcome;
        }
    }
    return failed(Kind::TooHeavy);
}

ApiClient::Outcome ApiClient::download(const QString &path, QIODevice &to, qint64 mostBytes,
                                       const StopToken &stop)
{
    QUrl url = m_project.host;
    url.setPath(path);
    Exchange exchange{requestFor(url, true), "GET", {}, &to, mostBytes};
    Outcome outcome = send(exchange, stop);
    if (exchange.redirect.isEmpty())
        return outcome;
    // The place is signed, for whoever knows it: our key would be none of its business, and break the
    // signature.
    const bool isSafe = exchange.redirect.scheme() == QLatin1String("https") ||
                        (exchange.redirect.scheme() == m_project.host.scheme() &&
                         exchange.redirect.host() == m_project.host.host());
    if (!isSafe)
        return outcome;
    Exchange second{requestFor(exchange.redirect, false), "GET", {}, &to, mostBytes};
    return send(second, stop);
}

} // namespace genscope
