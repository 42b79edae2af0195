// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stoptoken.h"
#include "sync/apifailure.h"
#include "sync/remoteproject.h"
#include "sync/requestbudget.h"

#include <QByteArray>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace genscope {

/// Asks a project's private API. The key goes to the project's host and nowhere else: redirects are not
/// followed, and nothing of it is in an error's words.
/// @thread the one it was made on; calls block, one at a time
class ApiClient
{
public:
    struct Options
    {
        qint64 mostBytes = 64 << 20;                ///< of an answer, decompressed
        std::chrono::milliseconds silence{120'000}; ///< without a byte a request has failed
        std::chrono::milliseconds poll{1'000};      ///< first pause while a question runs by itself
        std::shared_ptr<RequestBudget> budget;      ///< null: the one of the project
        /// Told while the budget lets nothing through. @thread the client's
        std::function<void(std::chrono::milliseconds left)> onBudgetWait;
    };
    ApiClient(RemoteProject project, QByteArray key, Options options);
    ~ApiClient();

    struct Outcome
    {
        std::optional<ApiFailure> failure;
        QByteArray body; ///< of a success
        double seconds = 0;
        QByteArray warning; ///< what the server announces in headers; may be there with a failure, too
    };
    /// `POST /query/` with @p body; waits for the answer of a question that runs by itself.
    Outcome query(const QByteArray &body, const StopToken &stop);
    /// @param path  behind the host, with its slash at the end
    Outcome get(const QString &path, const StopToken &stop);
    Outcome post(const QString &path, const QByteArray &body, const StopToken &stop);
    /// Writes what a redirect of @p path leads to, without the key, or what is there itself.
    Outcome download(const QString &path, QIODevice &to, qint64 mostBytes, const StopToken &stop);

    const RemoteProject &project() const { return m_project; }
    std::int64_t requests() const { return m_requests; } ///< sent so far
    RequestBudget &budget() const { return *m_options.budget; }

private:
    struct Exchange;
    QNetworkRequest requestFor(const QUrl &url, bool withKey) const;
    bool waitForBudget(const StopToken &stop) const;
    Outcome send(Exchange &exchange, const StopToken &stop);
    Outcome await(const QString &queryId, const StopToken &stop);

    const RemoteProject m_project;
    const QByteArray m_key;
    Options m_options;
    QNetworkAccessManager m_network;
    std::int64_t m_requests = 0;
};

/// Sleeps, but not longer than until stop. @return false if it was requested
bool sleepUnlessStopped(std::chrono::milliseconds time, const StopToken &stop);

} // namespace genscope
