// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/openrouterclient.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <memory>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::OpenRouterClient)
};

constexpr auto kStopPoll = std::chrono::milliseconds(50);

bool isAllowed(const QUrl &address)
{
    const QString host = address.host();
    const bool isHere = host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost") ||
                        host == QLatin1String("::1");
    return !host.isEmpty() && address.userInfo().isEmpty() &&
           (address.scheme() == QLatin1String("https") ||
            (isHere && address.scheme() == QLatin1String("http")));
}

QNetworkRequest requestFor(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Genscope"));
    request.setRawHeader("Accept", "application/json");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    return request;
}

/// One answer on its way. Ends by itself when it is there, too large, too slow, or not wanted any more.
class Download
{
public:
    Download(QNetworkReply *reply, qint64 maxBytes, std::chrono::milliseconds timeout, const StopToken &stop)
        : m_reply(reply)
    {
        QObject::connect(reply, &QNetworkReply::finished, &m_loop, &QEventLoop::quit);
        QObject::connect(reply, &QNetworkReply::readyRead, &m_loop, [this, maxBytes] {
            m_bytes += m_reply->readAll();
            if (m_bytes.size() > maxBytes)
                end(Text::tr("the answer is too large"));
        });
        m_limit.setSingleShot(true);
        QObject::connect(&m_limit, &QTimer::timeout, &m_loop,
                         [this] { end(Text::tr("no whole answer in time")); });
        QObject::connect(&m_poll, &QTimer::timeout, &m_loop, [this, stop] {
            m_stopped = m_stopped || stop.stopRequested();
            if (m_stopped)
                m_reply->abort();
        });
        m_limit.start(timeout);
        m_poll.start(kStopPoll);
    }

    Result<QByteArray> wait()
    {
        if (!m_reply->isFinished())
            m_loop.exec(QEventLoop::ExcludeUserInputEvents);
        if (m_reply->isOpen())
            m_bytes += m_reply->readAll();
        const QString where = m_reply->url().toDisplayString();
        if (m_stopped)
            return makeError(Error::Kind::Cancelled, Text::tr("Cancelled."));
        if (!m_problem.isEmpty())
            return problem(where, m_problem);
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (m_reply->error() != QNetworkReply::NoError || status != 200) {
            return problem(where, status != 0 && status != 200
                                      ? Text::tr("the server answers %1").arg(QString::number(status))
                                      : m_reply->errorString());
        }
        return m_bytes;
    }

private:
    static Error problem(const QString &where, const QString &what)
    {
        return makeError(Error::Kind::Network,
                         Text::tr("%1: %2. Prices are as they were; try again later.").arg(where, what));
    }

    void end(const QString &problem)
    {
        m_problem = problem;
        m_reply->abort();
    }

    std::unique_ptr<QNetworkReply> m_reply;
    QEventLoop m_loop;
    QTimer m_limit;
    QTimer m_poll;
    QByteArray m_bytes;
    QString m_problem;
    bool m_stopped = false;
};

} // namespace

Result<QByteArray> OpenRouterClient::get(const QString &path, const StopToken &stop) const
{
    if (stop.stopRequested())
        return makeError(Error::Kind::Cancelled, Text::tr("Cancelled."));
    QUrl url = m_options.address;
    url.setPath(url.path() + path);
    QNetworkAccessManager network;
    network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
    return Download(network.get(requestFor(url)), m_options.maxBytes, m_options.timeout, stop).wait();
}

Result<OpenRouterPrices> OpenRouterClient::fetchPrices(const QStringList &modelsWithProviders,
                                                       const StopToken &stop) const
{
    if (!isAllowed(m_options.address)) {
        return makeError(Error::Kind::Usage,
                         Text::tr("%1 is not an https address").arg(m_options.address.toDisplayString()));
    }
    const auto total = static_cast<int>(modelsWithProviders.size()) + 1;
    const auto tell = [this, total](int done) {
        if (m_options.onProgress)
            m_options.onProgress(done, total);
    };
    tell(0);
    const auto list = get(QStringLiteral("/api/v1/models"), stop);
    if (!list)
        return list.error();
    auto prices = parseOpenRouterModels(*list);
    for (qsizetype i = 0; prices && i < modelsWithProviders.size(); ++i) {
        tell(static_cast<int>(i) + 1);
        const auto answer =
            get(QStringLiteral("/api/v1/models/%1/endpoints").arg(modelsWithProviders[i]), stop);
        if (!answer)
            return answer.error();
        auto providers = parseOpenRouterEndpoints(*answer);
        if (!providers)
            return providers.error();
        std::move(providers->rows.begin(), providers->rows.end(), std::back_inserter(prices->rows));
        prices->notes += providers->notes;
    }
    return prices;
}

} // namespace genscope
