// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/messagebar.h"
#include "app/recentstores.h"
#include "app/services.h"
#include "core/result.h"
#include "ingest/importreport.h"
#include "workspace/rebuildjob.h"

#include <optional>

namespace genscope {

class Workspace;

/// Opens, imports and closes: decides what becomes of paths that a user names, drops, or gives on the command
/// line, asks for places where that is needed, and reports what came of it as messages.
class DocumentController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DocumentController)
public:
    /// @param window  parent of file dialogs
    DocumentController(Workspace *workspace, const Services &services, QWidget *window);

    /// Opens a store among @p paths; imports dumps and folders into it, else into the open store, else into a
    /// new store in the documents folder.
    void openPaths(const QStringList &paths);
    void openStore(const QString &path);
    void openSample();
    /// Opens the store that SDKs send to when none was chosen, made if it does not exist; then
    /// listeningRequested().
    void openForListening();
    /// The same for a project that is to be pulled; then connectingRequested().
    void openForConnecting(const QString &project);
    void closeStore();
    /// Makes what is derived anew in a damaged store, and shows it then.
    void rebuildStore(const QString &path);
    void cancelRebuild() { m_rebuild.cancel(); }

    // These ask with a file dialog first.
    void chooseFiles();
    void chooseFolder();
    void chooseDumps();
    void chooseDumpsForNewStore();

    RecentStores &recent() { return m_recent; }
    void forgetRecent(const QString &path);
    const std::optional<ImportReport> &lastReport() const { return m_lastReport; }
    const QString &lastReportStore() const { return m_lastReportStore; } ///< that it was about
    bool isOpening() const { return !m_opening.isEmpty(); }

Q_SIGNALS:
    void listeningRequested();
    void connectingRequested();
    void openingStarted(const QString &name);
    void openingEnded();
    void messageRaised(const genscope::Message &message);
    void messageWithdrawn(const QString &subject);
    void rebuildStarted(const QString &name);
    void rebuildProgressed(std::int64_t eventsDone, std::int64_t eventsTotal);
    void rebuildEnded();
    void statusRaised(const QString &text); ///< passing: for the status bar
    void recentChanged();
    void reportChanged();
    void reportRequested(); ///< the user wants to see lastReport()

private:
    using OnceOpen = void (DocumentController::*)(); ///< a signal, once the store is open
    void openOwnStore(const QString &name, OnceOpen onceOpen);
    void openAndImport(const QString &store, const QStringList &dumps);
    void createAndImport(const QStringList &dumps);
    void onOpened();
    void onOpenFailed(const Error &error);
    void onAccessChanged();
    void connectRebuild();
    void onRebuilt(const QString &path, const RebuildReport &report);
    void onImportFinished(const ImportReport &report, const QString &store);
    bool dropEmptyStore(const ImportReport &report, const QString &store);
    /// What was made for an import into @p store, and is of no use after it.
    void forgetTemporaries(const QString &store);
    QString samplePath(const QString &name) const;
    void raiseError(const QString &text, const QString &details = {});
    /// The same with a way out, where the store is damaged.
    void raiseStoreError(const Error &error, const QString &store);
    void rememberFolder(const QString &path);
    QString startFolder() const;

    Workspace *m_workspace;
    Services m_services;
    QWidget *m_window;
    RecentStores m_recent;
    QString m_opening;      ///< store being opened
    QStringList m_toImport; ///< once it is open
    QString m_freshStore;   ///< made by us without being told where: removed again if nothing comes into it
    OnceOpen m_onceOpen = nullptr;
    QString m_importing; ///< what the running import reads, in words
    std::optional<ImportReport> m_lastReport;
    RebuildJob m_rebuild;
    QString m_readOnlyNote; ///< the message that is shown while the store can only be read
    QString m_lastReportStore;
};

/// The store that a dump without a store goes to: `FOLDER/events.genscope` for `events.jsonl.gz`, with a
/// number where that exists already.
QString proposedStorePath(const QString &folder, const QString &dump);

} // namespace genscope
