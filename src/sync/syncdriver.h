// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/normalise.h"
#include "store/syncstream.h"
#include "sync/apiclient.h"
#include "sync/hogql.h"
#include "sync/queryanswer.h"
#include "sync/syncplan.h"
#include "sync/syncrun.h"

#include <QHash>
#include <QSet>

#include <optional>
#include <string>
#include <unordered_set>

namespace genscope {

/// Takes the steps of a SyncPlan: asks the server, reads the answers as files are read, and commits what they
/// bring together with the plan's state.
/// @thread one
class SyncDriver
{
public:
    SyncDriver(SyncStream &stream, const RemoteProject &project, const QByteArray &key,
               const SyncOptions &options, const StopToken &stop);

    /// To the end. @return why it ended early
    std::optional<Error> run();
    const SyncPlan &plan() const { return m_plan; }
    std::int64_t requests() const { return m_client.requests(); }

private:
    /// What a step came to: a failure that the plan decides about, or an error of ours.
    struct Trouble
    {
        std::optional<ApiFailure> failure;
        std::optional<Error> error;
    };
    using Taken = std::optional<Trouble>; ///< nothing: it went well

    Taken take(const AskClock &step);
    Taken take(const ProbeContent &step);
    Taken take(const AskNames &step);
    Taken take(const PullPage &step);
    Taken take(const PickWanted &step);
    Taken take(const ForgetWanted &step);
    Taken take(const PullContent &step);
    Taken take(const PullPersons &step);
    Taken take(const AskGroupTypes &step);
    Taken take(const PullGroups &step);
    Taken take(const CountDays &step);
    Taken take(const StartExport &step);
    Taken take(const AskExport &step);
    Taken take(const TakeExport &step);

    Taken ask(const HogQl &question, std::optional<QueryAnswer> &answer, double &seconds);
    SyncStream::Batch batchOf(const QueryAnswer &answer, std::size_t columns);
    Taken commit(SyncStream::Batch &&batch);
    Taken readExport(const QString &file);
    void noteWanted(const std::vector<Event> &events, std::vector<Wanted> &wanted);
    std::optional<Error> finish(std::optional<Error> error);
    bool pause(std::chrono::milliseconds time);
    void tell(SyncProgress::Doing doing, std::chrono::milliseconds wait = {});
    void tellStep(const SyncStep &step);
    void letOthersWrite();

    SyncStream &m_stream;
    const RemoteProject m_project;
    const SyncOptions &m_options;
    const StopToken m_stop;
    ApiClient m_client;
    SyncPlan m_plan;
    EventParser m_parser;
    std::unordered_set<std::string> m_persons; ///< asked for in this sync
    std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_held; ///< since when the store may be held
    std::int64_t m_contentWanted = 0;
    std::int64_t m_requestsBefore = 0;
};

} // namespace genscope
