// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncdriver.h"

#include "core/zone.h"
#include "ingest/dumpreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <utility>

// Steps of a SyncDriver: the history as files that the server writes.

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using namespace std::chrono_literals;

constexpr auto kExportPoll = 10s;
constexpr qint64 kLargestPart = qint64{8} << 30;

QString exportsOf(const RemoteProject &project, const QString &behind = {})
{
    return QStringLiteral("/api/environments/%1/file_download_batch_exports/%2").arg(project.id, behind);
}

} // namespace

SyncDriver::Taken SyncDriver::take(const StartExport &step)
{
    QJsonArray names;
    for (const std::string &name : step.names)
        names.append(QString::fromStdString(name));
    const QJsonObject body{
        {QStringLiteral("model"), QStringLiteral("events")},
        {QStringLiteral("file"), QJsonObject{{QStringLiteral("format"), QStringLiteral("JSONLines")},
                                             {QStringLiteral("compression"), QStringLiteral("gzip")},
                                             {QStringLiteral("max_size_mb"), 100}}},
        {QStringLiteral("data_interval_start"), QString::fromStdString(isoTime(step.from))},
        {QStringLiteral("data_interval_end"), QString::fromStdString(isoTime(step.to))},
        {QStringLiteral("include"), names}};
    const auto outcome =
        m_client.post(exportsOf(m_project), QJsonDocument(body).toJson(QJsonDocument::Compact), m_stop);
    if (outcome.failure)
        return Trouble{outcome.failure, {}};
    const QString run = QJsonDocument::fromJson(outcome.body)[QLatin1String("id")].toString();
    if (run.isEmpty())
        return Trouble{damagedAnswer(QString()), {}};
    m_plan.startedExport(run.toStdString());
    return commit({});
}

SyncDriver::Taken SyncDriver::take(const AskExport &step)
{
    const auto outcome =
        m_client.get(exportsOf(m_project, QString::fromStdString(step.run) + QLatin1Char('/')), m_stop);
    if (outcome.failure)
        return Trouble{outcome.failure, {}};
    const QJsonDocument document = QJsonDocument::fromJson(outcome.body);
    const QString status = document[QLatin1String("status")].toString();
    using State = SyncPlan::ExportState;
    if (status == QLatin1String("Completed")) {
        const auto parts = document[QLatin1String("files")].toArray().size();
        m_plan.tookExportState(State::Completed, static_cast<int>(parts));
        return {};
    }
    const bool isRunning = status == QLatin1String("Starting") || status == QLatin1String("Running");
    m_plan.tookExportState(isRunning ? State::Running : State::Failed, 0);
    if (isRunning && !pause(kExportPoll)) {
        ApiFailure cancelled;
        cancelled.kind = Kind::Cancelled;
        return Trouble{cancelled, {}};
    }
    return {};
}

SyncDriver::Taken SyncDriver::take(const TakeExport &step)
{
    for (int part = 0; part < step.parts; ++part) {
        QTemporaryFile file(QDir::tempPath() + QStringLiteral("/genscope-XXXXXX.jsonl.gz"));
        if (!file.open())
            return Trouble{{}, makeError(Error::Kind::Io, file.errorString())};
        const auto outcome = m_client.download(
            exportsOf(m_project,
                      QStringLiteral("%1/download/%2/").arg(QString::fromStdString(step.run)).arg(part)),
            file, kLargestPart, m_stop);
        if (outcome.failure)
            return Trouble{outcome.failure, {}};
        file.close();
        if (auto trouble = readExport(file.fileName()))
            return trouble;
    }
    m_plan.tookExport();
    return commit({});
}

/// Commits the events of a file in pieces; where the history is does not move before all parts are there.
SyncDriver::Taken SyncDriver::readExport(const QString &file)
{
    constexpr std::size_t kPiece = 20'000;
    SyncStream::Batch batch;
    Taken trouble;
    const auto flush = [&] {
        noteWanted(batch.events, batch.wanted);
        trouble = commit(std::exchange(batch, {}));
        return !trouble;
    };
    bool isDamaged = false;
    const auto read = readDumps(
        {file}, {},
        [&](EventBatch &&piece) -> Status {
            batch.bytes += piece.bytesRead;
            for (Reject &reject : piece.rejects) {
                isDamaged |= reject.line == 0; // the file ends early
                reject.file = m_project.hostText();
                batch.rejects.push_back(std::move(reject));
            }
            std::move(piece.events.begin(), piece.events.end(), std::back_inserter(batch.events));
            const bool isFull = batch.events.size() >= kPiece;
            return !isFull || flush() ? Status(Done{}) : Status(makeError(Error::Kind::Cancelled, {}));
        },
        m_stop);
    if (trouble)
        return trouble;
    if (!read || isDamaged)
        return Trouble{m_stop.stopRequested() ? ApiFailure{Kind::Cancelled, 0, {}, {}, {}}
                                              : damagedAnswer(read ? QString() : read.error().message),
                       {}};
    if (!batch.events.empty() && !flush())
        return trouble;
    return {};
}

} // namespace genscope
