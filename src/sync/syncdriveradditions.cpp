// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncdriver.h"

#include "core/zone.h"
#include "ingest/dumpreader.h"
#include "ingest/jsondocument.h"
#include "ingest/objecttext.h"
#include "ingest/rowmapping.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <utility>

// Steps of a SyncDriver that do not go through `/query/`: kinds of groups, and files with the history.

namespace genscope {

namespace {

using Kind = ApiFailure::Kind;
using namespace std::chrono_literals;

constexpr auto kExportPoll = 10s;
constexpr qint64 kLargestPart = qint64{8} << 30;

ApiFailure damaged(const QString &detail)
{
    ApiFailure failure;
    failure.kind = Kind::Damaged;
    failure.detail = withoutKeys(detail);
    return failure;
}

QString exportsOf(const RemoteProject &project, const QString &behind = {})
{
    return QStringLiteral("/api/environments/%1/file_download_batch_exports/%2").arg(project.id, behind);
}

/// The `$groupidentify` that says what a group is now.
std::string identifyOf(const GroupKind &kind, const std::string &key, json::Value properties,
                       const std::string &time)
{
    ObjectText inner;
    inner.addText("$group_type", kind.type);
    inner.addText("$group_key", key);
    const std::string object = properties.isString() ? innerJson(properties) : std::string(properties.raw());
    inner.add("$group_set", object);
    ObjectText event;
    event.addText("event", "$groupidentify");
    event.addText("timestamp", time);
    event.addText("distinct_id", kind.type + "_" + key);
    event.add("properties", inner.take());
    return event.take();
}

} // namespace

SyncDriver::Taken SyncDriver::take(const AskGroupTypes &)
{
    const auto outcome =
        m_client.get(QStringLiteral("/api/projects/%1/groups_types/").arg(m_project.id), m_stop);
    if (outcome.failure)
        return Trouble{outcome.failure, {}};
    const QJsonDocument document = QJsonDocument::fromJson(outcome.body);
    if (!document.isArray())
        return Trouble{damaged(QString()), {}};
    std::vector<GroupKind> kinds;
    for (const auto &kind : document.array())
        kinds.push_back({kind[QLatin1String("group_type_index")].toInt(),
                         kind[QLatin1String("group_type")].toString().toStdString()});
    m_plan.tookGroupTypes(std::move(kinds));
    return {};
}

SyncDriver::Taken SyncDriver::take(const PullGroups &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    SyncStream::Batch batch;
    std::string lastKey;
    for (std::size_t row = 0; row < answer->rowCount(); ++row) {
        const auto cells = answer->row(row);
        lastKey = answer->text(row, 0);
        auto group = m_parser.parse(identifyOf(step.kind, lastKey, cells[1], answer->text(row, 2)));
        if (group)
            batch.events.push_back(std::move(*group));
    }
    batch.bytes = static_cast<std::int64_t>(answer->size());
    m_plan.tookGroups(static_cast<int>(answer->rowCount()), lastKey);
    return commit(std::move(batch));
}

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
        return Trouble{damaged(QString()), {}};
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
                                              : damaged(read ? QString() : read.error().message),
                       {}};
    if (!batch.events.empty() && !flush())
        return trouble;
    return {};
}

} // namespace genscope
