// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncdriver.h"

#include "core/zone.h"
#include "ingest/jsondocument.h"
#include "store/writelock.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using Doing = SyncProgress::Doing;
using namespace std::chrono_literals;

ApiClient::Options clientOptions(const SyncOptions &options)
{
    ApiClient::Options client = options.client;
    client.poll =
        std::max(1ms, std::chrono::duration_cast<std::chrono::milliseconds>(client.poll * options.pace));
    return client;
}

Doing doingOf(const SyncStep &step)
{
    if (const auto *page = std::get_if<PullPage>(&step))
        return page->order == PullPage::Order::Arrival ? Doing::NewEvents : Doing::History;
    if (std::holds_alternative<PullContent>(step))
        return Doing::Content;
    if (std::holds_alternative<PullPersons>(step) || std::holds_alternative<PullGroups>(step))
        return Doing::Persons;
    if (std::holds_alternative<CountDays>(step))
        return Doing::Comparing;
    if (std::holds_alternative<AskExport>(step) || std::holds_alternative<TakeExport>(step))
        return Doing::Exporting;
    return Doing::Asking;
}

std::optional<Timestamp> timeIn(const std::string &text)
{
    const auto time = parseIsoTime(text);
    return time ? std::optional(time->instant()) : std::nullopt;
}

bool hasContent(EventKind kind)
{
    return kind == EventKind::Generation || kind == EventKind::Span || kind == EventKind::Trace ||
           kind == EventKind::Embedding;
}

/// What an answer says of its page besides where it ends.
SyncPlan::Page pageOf(const QueryAnswer &answer, double seconds)
{
    SyncPlan::Page page;
    page.rows = static_cast<int>(answer.rowCount());
    page.bytes = static_cast<std::int64_t>(answer.size());
    page.seconds = seconds;
    return page;
}

} // namespace

SyncDriver::SyncDriver(SyncStream &stream, const RemoteProject &project, const QByteArray &key,
                       const SyncOptions &options, const StopToken &stop)
    : m_stream(stream),
      m_project(project),
      m_options(options),
      m_stop(stop),
      m_client(project, key,
               [&] {
                   auto client = clientOptions(options);
                   client.onBudgetWait = [this](std::chrono::milliseconds left) {
                       letOthersWrite();
                       tell(Doing::OwnLimit, left);
                   };
                   return client;
               }()),
      m_plan(stream.state(), options.plan),
      m_requestsBefore(stream.state().requests)
{
}

void SyncDriver::tell(Doing doing, std::chrono::milliseconds wait)
{
    if (!m_options.onProgress)
        return;
    SyncProgress progress;
    progress.doing = doing;
    progress.events = m_stream.report().events;
    progress.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_started).count();
    progress.historyDone = m_plan.historyDone();
    progress.contentWanted = m_contentWanted;
    progress.budget = m_client.budget().use();
    progress.wait = wait;
    m_options.onProgress(progress);
}

bool SyncDriver::pause(std::chrono::milliseconds time)
{
    time = std::chrono::duration_cast<std::chrono::milliseconds>(time * m_options.pace);
    if (time >= 1s) {
        letOthersWrite();
        tell(Doing::Waiting, time);
    }
    return sleepUnlessStopped(time, m_stop);
}

void SyncDriver::letOthersWrite()
{
    (void)m_stream.rest(); // what was committed is safe; the next commit tells what is wrong
}

std::optional<Error> SyncDriver::run()
{
    while (const auto step = m_plan.next()) {
        if (m_stop.stopRequested())
            return finish(errorOf({Kind::Cancelled, 0, {}, {}, {}}, m_project));
        if (m_stream.isInTheWay()) {
            letOthersWrite();
            sleepUnlessStopped(kTurn, m_stop);
        }
        tell(doingOf(*step));
        const Taken trouble = std::visit([this](const auto &what) { return take(what); }, *step);
        if (!trouble)
            continue;
        if (trouble->error)
            return finish(*trouble->error);
        const SyncPlan::Decision decision = m_plan.failed(*trouble->failure);
        if (decision.stop)
            return finish(errorOf(*trouble->failure, m_project));
        if (decision.pause > 0ms && !pause(decision.pause))
            return finish(errorOf({Kind::Cancelled, 0, {}, {}, {}}, m_project));
    }
    return finish(std::nullopt);
}

/// Notes how it ended, if there is a store to note it in.
std::optional<Error> SyncDriver::finish(std::optional<Error> error)
{
    const bool storeFailed =
        error && (error->kind == Error::Kind::Io || error->kind == Error::Kind::Database);
    const bool isWorthAStore = !error || m_stream.state().id != 0;
    if (!storeFailed && isWorthAStore) {
        SyncState state = error ? m_stream.state() : m_plan.state();
        state.requests = m_requestsBefore + m_client.requests();
        state.lastAttempt = currentTime();
        if (error) {
            state.lastError =
                error->kind == Error::Kind::Cancelled ? std::string() : error->message.toStdString();
        } else {
            state.lastError.clear();
            state.lastSuccess = state.lastAttempt;
        }
        const Status noted = m_stream.commit({}, state);
        const Status rested = noted ? m_stream.rest() : noted;
        if (!error && !rested)
            return rested.error();
    }
    return error;
}

SyncDriver::Taken SyncDriver::ask(const HogQl &question, std::optional<QueryAnswer> &answer, double &seconds)
{
    ApiClient::Outcome outcome = m_client.query(question.body(), m_stop);
    if (outcome.failure)
        return Trouble{std::move(outcome.failure), {}};
    auto read = QueryAnswer::read(std::move(outcome.body));
    if (!read)
        return Trouble{damagedAnswer(read.error().message), {}};
    if (!read->pendingId().empty())
        return Trouble{damagedAnswer(QString()), {}};
    if (read->isCached()) {
        ApiFailure stale;
        stale.kind = Kind::Stale;
        return Trouble{stale, {}};
    }
    answer.emplace(std::move(*read));
    seconds = outcome.seconds;
    return {};
}

SyncDriver::Taken SyncDriver::commit(SyncStream::Batch &&batch)
{
    for (Wanted &fetched : m_plan.takeFetched())
        batch.fetched.push_back(std::move(fetched));
    batch.compared = m_plan.takeCompared();
    SyncState state = m_plan.state();
    state.requests = m_requestsBefore + m_client.requests();
    state.lastAttempt = m_stream.state().lastAttempt;
    if (const Status done = m_stream.commit(batch, state); !done)
        return Trouble{{}, done.error()};
    if (!batch.wanted.empty() || !batch.fetched.empty()) {
        const auto wanted = m_stream.wanted(Wanted::Kind::Content);
        if (!wanted)
            return Trouble{{}, wanted.error()};
        m_contentWanted = wanted->count;
        m_plan.noteWanted(*wanted);
    }
    return {};
}

/// What the rows of an answer mean. @param columns  that many count
SyncStream::Batch SyncDriver::batchOf(const QueryAnswer &answer, std::size_t columns)
{
    ParsedChunk records = answer.records(m_parser, columns);
    SyncStream::Batch batch;
    batch.events = std::move(records.events);
    batch.rejects = std::move(records.rejects);
    for (Reject &reject : batch.rejects)
        reject.file = m_project.hostText();
    batch.bytes = static_cast<std::int64_t>(answer.size());
    return batch;
}

/// What the events of a page make us want to fetch later.
void SyncDriver::noteWanted(const std::vector<Event> &events, std::vector<Wanted> &wanted)
{
    QHash<QByteArray, std::size_t> traces;
    for (const Event &event : events) {
        if (event.record != RecordKind::Event)
            continue;
        if (hasContent(event.kind) && event.heavy.empty() && m_plan.contentIsKept(event.timestamp)) {
            const auto key = QByteArray::fromStdString(event.traceId);
            const auto known = traces.constFind(key);
            if (known == traces.constEnd()) {
                traces.insert(key, wanted.size());
                wanted.push_back({Wanted::Kind::Content, event.traceId, event.timestamp, event.timestamp});
            } else {
                Wanted &trace = wanted[*known];
                trace.from = std::min(trace.from, event.timestamp);
                trace.to = std::max(trace.to, event.timestamp);
            }
        }
        if (!event.personId.empty() && m_persons.insert(event.personId).second)
            wanted.push_back({Wanted::Kind::Person, event.personId, event.timestamp, event.timestamp});
    }
}

// --- Steps

SyncDriver::Taken SyncDriver::take(const AskClock &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    const auto now = answer->rowCount() == 1 ? timeIn(answer->text(0, 0)) : std::nullopt;
    if (!now)
        return Trouble{damagedAnswer(QCoreApplication::translate("SyncDriver", "it does not tell the time")),
                       {}};
    m_plan.tookClock(*now);
    const auto wanted = m_stream.wanted(Wanted::Kind::Content);
    if (!wanted)
        return Trouble{{}, wanted.error()};
    m_contentWanted = wanted->count;
    m_plan.noteWanted(*wanted);
    return {};
}

SyncDriver::Taken SyncDriver::take(const ProbeContent &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    m_plan.foundContentTable(answer->rowCount() > 0 ? std::atoll(answer->text(0, 0).c_str()) : 0);
    return {};
}

SyncDriver::Taken SyncDriver::take(const AskNames &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    std::vector<std::string> names;
    for (std::size_t row = 0; row < answer->rowCount(); ++row)
        names.push_back(answer->text(row, 0));
    m_plan.tookNames(names);
    return {};
}

SyncDriver::Taken SyncDriver::take(const PullPage &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    SyncPlan::Page page = pageOf(*answer, seconds);
    if (page.rows > 0) {
        const std::size_t last = answer->rowCount() - 1;
        const auto at = timeIn(answer->text(last, step.order == PullPage::Order::Arrival ? 3 : 2));
        page.last.uuid = answer->text(last, 0);
        if (!at || page.last.uuid.empty() || *at < step.after.at || *at >= step.end)
            return Trouble{
                damagedAnswer(QCoreApplication::translate("SyncDriver", "rows that were not asked for")), {}};
        page.last.at = *at;
    }
    SyncStream::Batch batch = batchOf(*answer, answer->columns().size());
    noteWanted(batch.events, batch.wanted);
    m_plan.tookPage(page);
    return commit(std::move(batch));
}

SyncDriver::Taken SyncDriver::take(const PickWanted &step)
{
    auto wanted = m_stream.oldestWanted(step.kind, step.most);
    if (!wanted)
        return Trouble{{}, wanted.error()};
    m_plan.picked(step.kind, std::move(*wanted));
    return {};
}

SyncDriver::Taken SyncDriver::take(const ForgetWanted &step)
{
    m_plan.forgot();
    SyncStream::Batch batch;
    batch.fetched = step.wanted;
    return commit(std::move(batch));
}

SyncDriver::Taken SyncDriver::take(const PullContent &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    SyncPlan::Page page = pageOf(*answer, seconds);
    if (answer->columns().size() < 3)
        return Trouble{damagedAnswer({}), {}};
    const std::size_t contentColumns = answer->columns().size() - 2; // the others are the place
    std::string lastTrace;
    if (page.rows > 0) {
        const std::size_t last = answer->rowCount() - 1;
        lastTrace = answer->text(last, contentColumns);
        const auto at = timeIn(answer->text(last, contentColumns + 1));
        if (!at)
            return Trouble{damagedAnswer(QCoreApplication::translate("SyncDriver", "a row without a time")),
                           {}};
        page.last = {*at, answer->text(last, 0)};
    }
    SyncStream::Batch batch;
    if (!step.placeOnly)
        batch = batchOf(*answer, contentColumns);
    m_plan.tookContent(page, lastTrace);
    return commit(std::move(batch));
}

SyncDriver::Taken SyncDriver::take(const PullPersons &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    m_plan.tookPersons();
    return commit(batchOf(*answer, answer->columns().size()));
}

SyncDriver::Taken SyncDriver::take(const CountDays &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    SyncPlan::Counts remote;
    for (std::size_t row = 0; row < answer->rowCount(); ++row) {
        const auto day = timeIn(answer->text(row, 0));
        if (day)
            remote.push_back(
                {day->us / kMicrosPerDay, answer->text(row, 1), std::atoll(answer->text(row, 2).c_str())});
    }
    const auto local = m_stream.countDays(step.from, step.to);
    if (!local)
        return Trouble{{}, local.error()};
    const auto known = m_stream.compared();
    if (!known)
        return Trouble{{}, known.error()};
    m_plan.tookCounts(remote, *local, *known);
    return {};
}

} // namespace genscope
