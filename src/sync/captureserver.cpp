// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/captureserver.h"

#include "core/zone.h"
#include "sync/capturedecoder.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QThreadPool>

#include <array>
#include <atomic>
#include <mutex>

namespace genscope {

namespace {

constexpr auto kDrainTime = std::chrono::seconds(4);

/// Events by second, for a rate that follows.
class RateMeter
{
public:
    void add(std::int64_t events, Timestamp at)
    {
        const std::int64_t second = at.us / kMicrosPerSecond;
        Slot &slot = m_slots[static_cast<std::size_t>(second) % m_slots.size()];
        if (slot.second != second)
            slot = {second, 0};
        slot.events += events;
    }
    double perSecond(Timestamp at) const
    {
        std::int64_t events = 0;
        const std::int64_t second = at.us / kMicrosPerSecond;
        for (const Slot &slot : m_slots)
            events += slot.second > second - kSeconds && slot.second <= second ? slot.events : 0;
        return static_cast<double>(events) / kSeconds;
    }

private:
    static constexpr int kSeconds = 5;
    struct Slot
    {
        std::int64_t second = 0;
        std::int64_t events = 0;
    };
    std::array<Slot, kSeconds + 1> m_slots;
};

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

CapturedEvent shownEvent(const Event &event, Timestamp receivedAt)
{
    const auto number = [](const Count &count) {
        return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
    };
    return {receivedAt,
            event.timestamp,
            event.name,
            event.model,
            event.distinctId,
            event.traceId,
            event.spanName,
            number(event.usage.inputTokens),
            number(event.usage.outputTokens),
            event.latencySeconds,
            event.isError};
}

} // namespace

struct CaptureServer::Impl : std::enable_shared_from_this<Impl>
{
    explicit Impl(const Options &wanted) : options(wanted)
    {
        constexpr int kReaders = 2;
        readers.setMaxThreadCount(kReaders);
        policy.loopback = isLoopback(options.host);
        policy.token = options.token.toStdString();
        for (const QString &origin : options.origins)
            policy.origins.push_back(origin.toStdString());
    }

    Timestamp now() const { return options.now ? options.now() : currentTime(); }

    Result<std::unique_ptr<LiveWriter>> openWriter(const QString &storePath, const StopToken &stop);
    HttpServer::Handler handler();
    void handle(HttpRequest request, HttpServer::Answer answer);
    void read(HttpRequest request, Timestamp receivedAt, const HttpServer::Answer &answer);
    void store(DecodedCapture decoded, std::int64_t bytes, Timestamp receivedAt, HttpAnswer stored,
               const HttpServer::Answer &answer, CaptureRoute route);
    HttpServer::Answer counted(const HttpRequest &request, HttpServer::Answer answer);
    void addTrouble(int status, const QString &what, const QString &reason);
    void addLatest(std::vector<CapturedEvent> events);

    const Options options;
    CapturePolicy policy;
    std::unique_ptr<LiveWriter> writer;
    std::unique_ptr<HttpServer> http;
    QThreadPool readers;
    std::atomic<std::size_t> reading{0}; ///< bytes of bodies that wait for a reader

    mutable std::mutex mutex; ///< of what follows
    CaptureStatus status;
    RateMeter rate;
};

Result<std::unique_ptr<LiveWriter>> CaptureServer::Impl::openWriter(const QString &storePath,
                                                                    const StopToken &stop)
{
    LiveWriter::Options live = options.writer;
    live.allEvents = options.allEvents;
    live.source = QStringLiteral("http://%1:%2").arg(options.host).arg(options.port);
    live.onTrouble = [this](const Error &error) { addTrouble(0, QStringLiteral("store"), error.message); };
    live.onWaiting = [this, told = options.writer.onWaiting](const QString &message) {
        addTrouble(0, QStringLiteral("store"), message);
        if (told)
            told(message);
    };
    live.onStored = [this](const ImportReport &report) {
        const std::lock_guard lock(mutex);
        status.report = report;
    };
    return LiveWriter::open(storePath, std::move(live), options.wait, stop);
}

HttpServer::Handler CaptureServer::Impl::handler()
{
    // The server goes before this.
    HttpServer::Handler handler;
    handler.admit = [this](const HttpRequest &head) -> std::optional<HttpAnswer> {
        auto refusal = refusalByHead(head, policy);
        if (refusal) {
            const std::lock_guard lock(mutex);
            ++status.requests;
            ++status.refused;
        }
        if (refusal)
            addTrouble(refusal->status, QString::fromStdString(head.target.substr(0, head.target.find('?'))),
                       QString::fromStdString(refusal->body));
        return refusal;
    };
    handler.refuse = [this](int code, const std::string &reason) {
        {
            const std::lock_guard lock(mutex);
            ++status.requests;
            ++status.refused;
        }
        addTrouble(code, QStringLiteral("HTTP"), QString::fromStdString(reason));
        return errorAnswer(CaptureRoute::Events, code, {}, reason);
    };
    handler.handle = [this](HttpRequest request, HttpServer::Answer answer) {
        handle(std::move(request), std::move(answer));
    };
    return handler;
}

/// The same answer, with what pages need, and counted.
HttpServer::Answer CaptureServer::Impl::counted(const HttpRequest &request, HttpServer::Answer answer)
{
    HttpRequest head{request.method, request.target, request.headers, {}};
    return [self = weak_from_this(), head = std::move(head), answer = std::move(answer)](HttpAnswer given) {
        if (const auto impl = self.lock()) {
            allowPage(given, head, impl->policy);
            const std::lock_guard lock(impl->mutex);
            ++impl->status.requests;
            const bool isForEvents = captureRouteOf(head.target) != CaptureRoute::None;
            impl->status.refused += isForEvents && given.status >= 300 ? 1 : 0;
        }
        answer(std::move(given));
    };
}

void CaptureServer::Impl::handle(HttpRequest request, HttpServer::Answer answer)
{
    const Timestamp receivedAt = now();
    answer = counted(request, std::move(answer));
    const CaptureRoute route = captureRouteOf(request.target);
    if (route == CaptureRoute::None || request.method == "OPTIONS")
        return answer(answerWithoutEvents(request));
    const std::size_t size = request.body.size();
    if (reading.fetch_add(size) + size > options.mostReading) {
        reading -= size;
        addTrouble(503, QString::fromStdString(request.target), QStringLiteral("too much at once"));
        return answer(errorAnswer(route, 503, "service_unavailable", "too much at once; try again"));
    }
    readers.start([self = shared_from_this(), request = std::move(request), receivedAt, answer, size] {
        self->read(request, receivedAt, answer);
        self->reading -= size;
    });
}

void CaptureServer::Impl::read(HttpRequest request, Timestamp receivedAt, const HttpServer::Answer &answer)
{
    const CaptureRoute route = captureRouteOf(request.target);
    const auto bytes = static_cast<std::int64_t>(request.body.size());
    DecodedCapture decoded = decodeCapture(std::move(request), receivedAt, policy, options.mostDecoded);
    for (const Reject &reject : decoded.rejects)
        addTrouble(decoded.answer.status >= 300 ? decoded.answer.status : 0, reject.file, reject.reason);
    HttpAnswer stored = std::move(decoded.answer);
    if (decoded.events.empty() && (decoded.rejects.empty() || stored.status >= 300))
        return answer(std::move(stored)); // nothing to keep: a request that is refused is no event
    store(std::move(decoded), bytes, receivedAt, std::move(stored), answer, route);
}

void CaptureServer::Impl::store(DecodedCapture decoded, std::int64_t bytes, Timestamp receivedAt,
                                HttpAnswer stored, const HttpServer::Answer &answer, CaptureRoute route)
{
    std::vector<CapturedEvent> shown;
    for (const Event &event : decoded.events) {
        if (options.allEvents || event.isAiEvent())
            shown.push_back(shownEvent(event, receivedAt));
    }
    LiveBatch batch;
    batch.events = std::move(decoded.events);
    batch.rejects = std::move(decoded.rejects);
    batch.bytes = bytes;
    batch.done = [self = shared_from_this(), shown = std::move(shown), stored = std::move(stored), answer,
                  route](const Status &done) {
        if (!done) {
            answer(errorAnswer(route, 503, "service_unavailable", done.error().message.toStdString()));
            return;
        }
        self->addLatest(shown);
        answer(stored);
    };
    if (!writer->add(std::move(batch))) {
        addTrouble(503, QStringLiteral("store"), QStringLiteral("too much at once"));
        answer(errorAnswer(route, 503, "service_unavailable", "too much at once; try again"));
    }
}

void CaptureServer::Impl::addTrouble(int code, const QString &what, const QString &reason)
{
    const std::lock_guard lock(mutex);
    status.troubles.push_back({now(), code, what, reason});
    ++status.troublesEnd;
    if (status.troubles.size() > CaptureStatus::kTroubles)
        status.troubles.pop_front();
}

void CaptureServer::Impl::addLatest(std::vector<CapturedEvent> events)
{
    const std::lock_guard lock(mutex);
    rate.add(static_cast<std::int64_t>(events.size()), now());
    status.latestEnd += static_cast<std::int64_t>(events.size());
    for (CapturedEvent &event : events)
        status.latest.push_back(std::move(event));
    while (status.latest.size() > CaptureStatus::kLatest)
        status.latest.pop_front();
}

// --- The endpoint

CaptureServer::CaptureServer(std::shared_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Result<std::unique_ptr<CaptureServer>> CaptureServer::start(const QString &storePath, const Options &options,
                                                            const StopToken &stop)
{
    if (!isLoopback(options.host) && options.token.isEmpty())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("Capture",
                                                     "Others can reach %1: set a token, and give it to "
                                                     "your SDKs as their project token.")
                             .arg(options.host));
    auto impl = std::make_shared<Impl>(options);
    auto writer = impl->openWriter(storePath, stop);
    if (!writer)
        return writer.error();
    impl->writer = std::move(*writer);
    HttpServer::Options http = options.http;
    http.host = options.host.toStdString();
    http.port = options.port;
    auto server = HttpServer::listen(http, impl->handler());
    if (!server)
        return server.error();
    impl->http = std::move(*server);
    return std::unique_ptr<CaptureServer>(new CaptureServer(std::move(impl)));
}

CaptureServer::~CaptureServer()
{
    stop();
}

QString CaptureServer::address() const
{
    const bool isV6 = m_impl->options.host.contains(QLatin1Char(':'));
    return QStringLiteral("http://%1:%2")
        .arg(isV6 ? QStringLiteral("[%1]").arg(m_impl->options.host) : m_impl->options.host)
        .arg(m_impl->http ? m_impl->http->port() : m_impl->options.port);
}

CaptureStatus CaptureServer::status() const
{
    const std::lock_guard lock(m_impl->mutex);
    CaptureStatus status = m_impl->status;
    status.eventsPerSecond = m_impl->rate.perSecond(m_impl->now());
    status.connections = m_impl->http ? m_impl->http->connections() : 0;
    return status;
}

CaptureStatus CaptureServer::stop()
{
    if (m_impl->http) {
        m_impl->http->drain(kDrainTime);
        m_impl->readers.waitForDone();
        const ImportReport report = m_impl->writer->finish();
        m_impl->http.reset();
        const std::lock_guard lock(m_impl->mutex);
        m_impl->status.report = report;
    }
    return status();
}

} // namespace genscope
