// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/httpserver.h"

#include <QCoreApplication>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace genscope {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

class Session;

std::string reasonOf(const error_code &error)
{
    if (error == http::error::body_limit)
        return "the body is too large";
    if (error == http::error::header_limit)
        return "the headers are too large";
    return "not a valid HTTP/1.1 request: " + error.message();
}

int statusOf(const error_code &error)
{
    if (error == http::error::body_limit)
        return 413;
    return error == http::error::header_limit ? 431 : 400;
}

} // namespace

std::string_view HttpRequest::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (beast::iequals(beast::string_view(key.data(), key.size()),
                           beast::string_view(name.data(), name.size())))
            return value;
    }
    return {};
}

struct HttpServer::Impl : std::enable_shared_from_this<Impl>
{
    Impl(const Options &wanted, Handler takes) : options(wanted), handler(std::move(takes)) {}

    const Options options;
    const Handler handler;
    asio::io_context io{1}; ///< one thread runs it
    tcp::acceptor acceptor{io};
    asio::steady_timer pause{io};
    std::uint16_t port = 0;
    std::thread thread;

    // On the thread only.
    std::set<std::shared_ptr<Session>> sessions;
    std::size_t bodies = 0; ///< bytes being received
    bool draining = false;

    std::atomic<int> connections{0};
    std::mutex mutex;
    std::condition_variable answered;
    int handling = 0; ///< requests without an answer

    void accept();
    void open(tcp::socket socket);
    void closed(const std::shared_ptr<Session> &session);
    void countHandling(int change)
    {
        const std::lock_guard lock(mutex);
        handling += change;
        if (handling == 0)
            answered.notify_all();
    }
};

namespace {

/// One connection. Every operation that it waits for has a deadline.
class Session final : public std::enable_shared_from_this<Session>
{
public:
    Session(HttpServer::Impl *server, tcp::socket socket) : m_server(server), m_stream(std::move(socket)) {}

    void start() { readHead(m_server->options.headTime); }
    void close()
    {
        error_code ignored;
        m_stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
        m_stream.close();
    }
    bool isIdle() const { return m_isIdle; }

private:
    using Clock = std::chrono::steady_clock;
    using Parser = http::request_parser<http::string_body>;

    void readHead(std::chrono::milliseconds patience);
    void tookHead(const error_code &error);
    void readBody();
    void tookBody(const error_code &error);
    void handle();
    void refuse(int status, const std::string &reason) { finish(m_server->handler.refuse(status, reason)); }
    /// Answers, and ends the connection behind it: what is left of the request is not read as another one.
    void finish(HttpAnswer answer)
    {
        m_keepAlive = false;
        write(std::move(answer));
    }
    void write(HttpAnswer answer);
    void wrote(const error_code &error);
    void linger();
    void releaseBody();
    void end();

    HttpServer::Impl *m_server; ///< outlives its sessions
    beast::tcp_stream m_stream;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    HttpRequest m_request;
    std::size_t m_counted = 0; ///< of the body, in Impl::bodies
    Clock::time_point m_bodyDeadline;
    std::optional<http::response<http::string_body>> m_response;
    std::array<char, 16 * 1024> m_scratch{};
    std::size_t m_lingered = 0;
    bool m_keepAlive = false;
    bool m_isIdle = true;
};

} // namespace

// --- Connections

void HttpServer::Impl::accept()
{
    acceptor.async_accept([this](const error_code &error, tcp::socket socket) {
        if (error == asio::error::operation_aborted || !acceptor.is_open())
            return;
        if (!error) {
            open(std::move(socket));
            accept();
            return;
        }
        // No more files, say: a little later there may be.
        pause.expires_after(std::chrono::milliseconds(100));
        pause.async_wait([this](const error_code &ended) {
            if (!ended)
                accept();
        });
    });
}

void HttpServer::Impl::open(tcp::socket socket)
{
    if (static_cast<int>(sessions.size()) >= options.mostConnections) {
        // One that waits for its next request makes room; without any the new one is turned away.
        const auto idle = std::find_if(sessions.begin(), sessions.end(),
                                       [](const auto &session) { return session->isIdle(); });
        if (idle == sessions.end())
            return; // closes the socket
        const auto session = *idle;
        session->close();
        closed(session);
    }
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto session = std::make_shared<Session>(this, std::move(socket));
    sessions.insert(session);
    connections = static_cast<int>(sessions.size());
    session->start();
}

void HttpServer::Impl::closed(const std::shared_ptr<Session> &session)
{
    sessions.erase(session);
    connections = static_cast<int>(sessions.size());
}

namespace {

void Session::readHead(std::chrono::milliseconds patience)
{
    m_isIdle = true;
    m_parser.emplace();
    m_parser->header_limit(m_server->options.mostHead);
    m_parser->body_limit(m_server->options.mostBody);
    m_stream.expires_after(patience);
    http::async_read_header(
        m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](const error_code &error, std::size_t) { self->tookHead(error); });
}

void Session::tookHead(const error_code &error)
{
    m_isIdle = false;
    if (error == http::error::end_of_stream || error == beast::error::timeout ||
        (error && error.category() != make_error_code(http::error::body_limit).category()))
        return end();
    m_request = {};
    const auto &head = m_parser->get();
    m_request.method = std::string(head.method_string());
    m_request.target = std::string(head.target());
    for (const auto &field : head)
        m_request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    if (error)
        return refuse(statusOf(error), reasonOf(error));
    m_keepAlive = m_parser->keep_alive() && !m_server->draining;
    if (auto refusal = m_server->handler.admit(m_request))
        return finish(std::move(*refusal));
    const auto length = m_parser->content_length();
    if (length && *length > m_server->options.mostBody)
        return refuse(413, reasonOf(http::error::body_limit));
    m_bodyDeadline = Clock::now() + m_server->options.bodyTime;
    if (!beast::iequals(head[http::field::expect], "100-continue"))
        return readBody();
    m_response.emplace(http::status::continue_, head.version());
    m_stream.expires_after(m_server->options.answerTime);
    http::async_write(m_stream, *m_response,
                      [self = shared_from_this()](const error_code &failure, std::size_t) {
                          failure ? self->end() : self->readBody();
                      });
}

void Session::readBody()
{
    if (m_parser->is_done())
        return handle();
    m_stream.expires_at(std::min(Clock::now() + m_server->options.bodyPause, m_bodyDeadline));
    http::async_read_some(
        m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](const error_code &error, std::size_t) { self->tookBody(error); });
}

void Session::tookBody(const error_code &error)
{
    if (error == beast::error::timeout) // the socket is closed: nobody can be told
        return end();
    if (error && error.category() != make_error_code(http::error::body_limit).category())
        return end();
    if (error)
        return refuse(statusOf(error), reasonOf(error));
    const std::size_t size = m_parser->get().body().size();
    m_server->bodies += size - m_counted;
    m_counted = size;
    if (m_server->bodies > m_server->options.mostBodies)
        return refuse(503, "too many large requests at once");
    readBody();
}

void Session::handle()
{
    m_request.body = std::move(m_parser->get().body());
    releaseBody();
    m_stream.expires_never();
    m_server->countHandling(1);
    // Whoever answers may outlive the connection and the server.
    const std::weak_ptr<HttpServer::Impl> server = m_server->weak_from_this();
    auto answered = std::make_shared<std::atomic<bool>>(false);
    m_server->handler.handle(
        std::move(m_request), [server, answered, self = weak_from_this()](HttpAnswer answer) {
            const auto alive = server.lock();
            if (!alive || answered->exchange(true))
                return;
            // Not the owner: what the queue holds goes with the server.
            asio::post(alive->io, [self, impl = alive.get(), answer = std::move(answer)]() mutable {
                if (const auto session = self.lock())
                    session->write(std::move(answer));
                impl->countHandling(-1);
            });
        });
}

void Session::write(HttpAnswer answer)
{
    releaseBody();
    m_response.emplace(static_cast<http::status>(answer.status), 11);
    m_response->set(http::field::content_type, answer.contentType);
    for (const auto &[name, value] : answer.headers)
        m_response->set(name, value);
    m_keepAlive = m_keepAlive && !m_server->draining;
    m_response->keep_alive(m_keepAlive);
    m_response->body() = std::move(answer.body);
    m_response->prepare_payload();
    m_stream.expires_after(m_server->options.answerTime);
    http::async_write(
        m_stream, *m_response,
        [self = shared_from_this()](const error_code &error, std::size_t) { self->wrote(error); });
}

void Session::wrote(const error_code &error)
{
    m_response.reset();
    if (error)
        return end();
    if (m_keepAlive)
        return readHead(m_server->options.idleTime);
    // Closing while the client still sends would take the answer from it.
    error_code ignored;
    m_stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    m_stream.expires_after(std::chrono::seconds(3));
    linger();
}

void Session::linger()
{
    m_stream.async_read_some(asio::buffer(m_scratch),
                             [self = shared_from_this()](const error_code &error, std::size_t count) {
                                 self->m_lingered += count;
                                 const bool enough = self->m_lingered > self->m_server->options.mostBody * 2;
                                 error || enough ? self->end() : self->linger();
                             });
}

void Session::releaseBody()
{
    m_server->bodies -= std::exchange(m_counted, 0);
}

void Session::end()
{
    releaseBody();
    close();
    m_server->closed(shared_from_this());
}

/// An address of @p host to listen on.
tcp::endpoint endpointOf(asio::io_context &io, const HttpServer::Options &options, error_code &error)
{
    const auto address = asio::ip::make_address(options.host, error);
    if (!error)
        return {address, options.port};
    tcp::resolver resolver(io);
    const auto found =
        resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive, error);
    return error || found.empty() ? tcp::endpoint() : found.begin()->endpoint();
}

} // namespace

// --- The server

HttpServer::HttpServer(std::shared_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Options &options, Handler handler)
{
    auto impl = std::make_shared<Impl>(options, std::move(handler));
    const QString where = QStringLiteral("%1:%2").arg(QString::fromStdString(options.host)).arg(options.port);
    const auto fault = [&where](const QString &why) {
        return makeError(Error::Kind::Io, QStringLiteral("%1: %2").arg(where, why));
    };
    error_code error;
    const tcp::endpoint endpoint = endpointOf(impl->io, options, error);
    if (!error)
        impl->acceptor.open(endpoint.protocol(), error);
    if (!error)
        impl->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        impl->acceptor.bind(endpoint, error);
    if (!error)
        impl->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
        return fault(QCoreApplication::translate("Capture",
                                                 "another program listens there, perhaps another Genscope. "
                                                 "End it, or choose another port."));
    if (error == asio::error::access_denied)
        return fault(QCoreApplication::translate(
            "Capture", "this port is reserved by the system. Choose one above 1023."));
    if (error)
        return fault(QString::fromStdString(error.message()));
    impl->port = impl->acceptor.local_endpoint(error).port();
    impl->accept();
    impl->thread = std::thread([impl = impl.get()] { impl->io.run(); });
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::~HttpServer()
{
    asio::post(m_impl->io, [impl = m_impl.get()] {
        error_code ignored;
        impl->acceptor.close(ignored);
        for (const auto &session : impl->sessions)
            session->close();
        impl->sessions.clear();
        impl->io.stop();
    });
    m_impl->thread.join();
}

std::uint16_t HttpServer::port() const
{
    return m_impl->port;
}

int HttpServer::connections() const
{
    return m_impl->connections;
}

void HttpServer::drain(std::chrono::milliseconds patience)
{
    std::promise<void> begun;
    asio::post(m_impl->io, [impl = m_impl.get(), &begun] {
        error_code ignored;
        impl->acceptor.close(ignored);
        impl->draining = true;
        for (const auto &session : std::set(impl->sessions)) {
            if (session->isIdle()) {
                session->close();
                impl->closed(session);
            }
        }
        begun.set_value();
    });
    begun.get_future().wait();
    std::unique_lock lock(m_impl->mutex);
    m_impl->answered.wait_for(lock, patience, [impl = m_impl.get()] { return impl->handling == 0; });
}

} // namespace genscope
