// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "store/livewriter.h"
#include "sync/captureanswers.h"
#include "sync/capturestatus.h"
#include "sync/httpserver.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <functional>
#include <memory>

namespace genscope {

/// A capture endpoint like PostHog's on this machine: SDKs send events to it, and are answered with success
/// once the events are in the store.
/// @thread any; it has threads of its own for the network, for reading requests, and for writing
class CaptureServer
{
public:
    static constexpr std::uint16_t kUsualPort = 8765;

    struct Options
    {
        QString host = QStringLiteral("127.0.0.1");
        std::uint16_t port = kUsualPort; ///< 0: any that is free
        QString token;       ///< the only project token that is taken; empty: any, on this machine only
        QStringList origins; ///< web pages that may send besides those of this machine
        bool allEvents = false;
        std::size_t mostDecoded = std::size_t{256} << 20; ///< bytes that a body may decompress to
        std::size_t mostReading = std::size_t{256} << 20; ///< bytes of bodies that wait to be read
        HttpServer::Options http;                         ///< limits; host and port are set from above
        LiveWriter::Options writer;                       ///< likewise, besides what is set from above
        WriterWait wait;                                  ///< for the store, at the start
        std::function<Timestamp()> now;                   ///< null: the system's clock
    };

    /// Opens the store, made if there is none, and listens.
    /// @error Io: the store or the address cannot be had; Usage: an address that others can reach needs a
    /// token
    static Result<std::unique_ptr<CaptureServer>> start(const QString &storePath, const Options &options,
                                                        const StopToken &stop);
    ~CaptureServer(); ///< stop()
    CaptureServer(const CaptureServer &) = delete;
    CaptureServer &operator=(const CaptureServer &) = delete;

    /// Where SDKs send to: `http://127.0.0.1:8765`.
    QString address() const;
    CaptureStatus status() const;
    /// Answers the requests that are there, commits, and lets go of port and store: within seconds.
    CaptureStatus stop();

private:
    struct Impl;
    explicit CaptureServer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> m_impl;
};

} // namespace genscope
