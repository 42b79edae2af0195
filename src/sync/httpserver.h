// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request, or its head while the body is on its way.
struct HttpRequest
{
    std::string method; ///< as sent
    std::string target; ///< path and query, as sent
    HttpHeaders headers;
    std::string body;

    /// The first header of that name, in whatever case; empty if there is none.
    std::string_view header(std::string_view name) const;
};

struct HttpAnswer
{
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    HttpHeaders headers = {};
};

/// Serves HTTP/1.1 to untrusted clients: everything that one can take up is bounded, and no client can keep
/// others waiting.
class HttpServer
{
public:
    struct Options
    {
        std::string host = "127.0.0.1"; ///< an address, or a name of this machine
        std::uint16_t port = 0;         ///< 0: any that is free
        std::size_t mostBody = std::size_t{64} << 20;
        std::size_t mostBodies = std::size_t{256} << 20; ///< of all requests that are being received
        std::uint32_t mostHead = 32 << 10;
        int mostConnections = 512;
        std::chrono::milliseconds headTime{10'000};   ///< for a whole head
        std::chrono::milliseconds bodyPause{10'000};  ///< in which some of a body has to come
        std::chrono::milliseconds bodyTime{120'000};  ///< for a whole body
        std::chrono::milliseconds idleTime{75'000};   ///< between requests; SDKs keep connections for 60 s
        std::chrono::milliseconds answerTime{30'000}; ///< for taking an answer
    };
    /// Answers a request once, from any thread, now or later.
    using Answer = std::function<void(HttpAnswer)>;
    struct Handler
    {
        /// Looks at a head before the body is taken: an answer refuses the request. @thread the server's
        std::function<std::optional<HttpAnswer>(const HttpRequest &head)> admit;
        /// @thread the server's: must not block
        std::function<void(HttpRequest request, Answer answer)> handle;
        /// What a request without admission is told: too large, too slow, not HTTP. @thread the server's
        std::function<HttpAnswer(int status, const std::string &reason)> refuse;
    };

    /// Listens. @error Io: the address cannot be had, with the reason
    static Result<std::unique_ptr<HttpServer>> listen(const Options &options, Handler handler);
    /// Ends all connections and joins the thread. Answers that come later are dropped.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    std::uint16_t port() const;
    int connections() const;
    /// Takes no more requests, and waits until those that are being handled are answered, at most that long.
    void drain(std::chrono::milliseconds patience);

    struct Impl; ///< for httpserver.cpp

private:
    explicit HttpServer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> m_impl;
};

} // namespace genscope
