// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "ingest/importreport.h"
#include "store/connection.h"
#include "store/synctable.h"
#include "sync/apiclient.h"
#include "sync/remoteproject.h"
#include "sync/syncplan.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace genscope {

/// How far a sync has come.
struct SyncProgress
{
    enum class Doing {
        Asking,
        NewEvents,
        History,
        Content,
        Persons,
        Comparing,
        Exporting,
        Waiting,
        OwnLimit
    };
    Doing doing = Doing::Asking;
    std::int64_t events = 0; ///< pulled by this sync, new or not
    double seconds = 0;
    double historyDone = 1;            ///< 0 to 1
    std::int64_t contentWanted = 0;    ///< traces whose prompts and answers are still to come
    RequestBudget::Use budget;         ///< requests of this process to the project
    std::chrono::milliseconds wait{0}; ///< Waiting (for the server), OwnLimit: for so long
};

struct SyncOptions
{
    SyncPlan::Options plan;
    ApiClient::Options client;
    WriterWait wait; ///< for the store
    double pace = 1; ///< factor of all pauses; tests are in a hurry
    std::function<void(const SyncProgress &)> onProgress;
    /// As SyncStream::Options::onCommit.
    std::function<void(const SnapshotUpdate &, const ImportReport &)> onCommit;
};

/// What a sync did, also if it ended early: everything in it is durable.
struct SyncReport
{
    ImportReport events;
    SyncState state;
    std::int64_t requests = 0;
    std::int64_t contentWanted = 0;
    double historyDone = 1;
    std::optional<Error> error; ///< why it ended early; Cancelled: it was stopped
};

/// Pulls what is new in a project into a store, which is made once something is to be written. Stopped,
/// killed or cut off at any moment, the next one goes on where the last commit left it.
/// @thread blocks; any but the GUI's
SyncReport syncProject(const QString &storePath, const RemoteProject &project, const QByteArray &key,
                       const SyncOptions &options, const StopToken &stop);

} // namespace genscope
