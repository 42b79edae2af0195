// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documentcontroller.h"

#include "app/importreportdialog.h"
#include "workspace/timepresets.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>

#include <algorithm>

namespace genscope {

namespace {

const QString kFolderKey = QStringLiteral("folders/open");
const QString kStoreSuffix = QStringLiteral(".genscope");
const QString kSampleDump = QStringLiteral("sample.jsonl.gz");
const QString kSampleStore = QStringLiteral("sample.genscope");
const QString kListenStore = QStringLiteral("SDK events.genscope");

bool isStore(const QString &path)
{
    // By its name as well, so that a broken or newer store is refused as a store.
    return path.endsWith(kStoreSuffix, Qt::CaseInsensitive) ||
           (QFileInfo(path).isFile() && looksLikeStore(path));
}

// Only what is offered first: what a file is, is told from its content.
const QString kDumpNames = QStringLiteral(
    "*.jsonl *.ndjson *.json *.csv *.tsv *.gz *.zst *.br *.zip *.tar *.tgz"); // all that docs/formats.md
                                                                              // lists

QStringList dumpFilters()
{
    return {DocumentController::tr("Event dumps (%1)").arg(kDumpNames),
            DocumentController::tr("All files (%1)").arg(QStringLiteral("*"))};
}

QStringList openFilters()
{
    return {
        DocumentController::tr("Event dumps and stores (%1)").arg(QStringLiteral("*.genscope ") + kDumpNames),
        DocumentController::tr("Stores (%1)").arg(QStringLiteral("*.genscope")),
        DocumentController::tr("All files (%1)").arg(QStringLiteral("*"))};
}

QStringList storeFilters()
{
    return {DocumentController::tr("Stores (%1)").arg(QStringLiteral("*.genscope"))};
}

QString detailsOf(const ImportReport &report)
{
    constexpr std::size_t kShown = 20; // the report dialog has the rest
    QStringList lines(report.unreadable.begin(), report.unreadable.end());
    lines += QStringList(report.notes.begin(), report.notes.end());
    for (std::size_t i = 0; i < std::min(report.rejects.size(), kShown); ++i) {
        const Reject &reject = report.rejects[i];
        lines.push_back(reject.line > 0 ? DocumentController::tr("%1, line %2: %3")
                                              .arg(reject.file)
                                              .arg(reject.line)
                                              .arg(reject.reason)
                                        : DocumentController::tr("%1: %2").arg(reject.file, reject.reason));
    }
    return lines.join(QLatin1Char('\n'));
}

/// What to say about an import. @param store  that was made for it and is kept, or empty
Message importMessage(const ImportReport &report, const QString &what, const QString &store)
{
    using Severity = Message::Severity;
    const QString summary = importSummary(report, QLocale());
    Message message;
    message.details = detailsOf(report);
    if (!report.unreadable.empty()) {
        message.severity = Severity::Error;
        message.text = report.events > 0
                           ? DocumentController::tr("%1 (%2)").arg(report.unreadable.front(), summary)
                           : report.unreadable.front();
    } else if (report.cancelled) {
        message.text =
            DocumentController::tr("The import of %1 was stopped: %2 so far. Importing again completes it.")
                .arg(what, summary);
    } else if (report.events == 0 || report.events == report.ignored) {
        message.severity = Severity::Error;
        const QString why = !report.rejects.empty() ? report.rejects.front().reason
                            : report.events > 0 ? DocumentController::tr("none of its events is an AI event")
                                                : DocumentController::tr("there are no events in it");
        message.text = DocumentController::tr("Nothing was imported from %1: %2.").arg(what, why);
    } else {
        message.severity = report.rejected > 0 ? Severity::Warning : Severity::Notice;
        message.text = DocumentController::tr("Imported %1: %2.").arg(what, summary);
        if (!store.isEmpty())
            message.text +=
                QLatin1Char(' ') +
                DocumentController::tr("The store is kept as %1.").arg(QDir::toNativeSeparators(store));
    }
    return message;
}

void removeStoreFiles(const QString &path)
{
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(path + suffix);
}

} // namespace

QString proposedStorePath(const QString &folder, const QString &dump)
{
    QString name = QFileInfo(QDir::cleanPath(dump)).fileName();
    for (bool cut = true; cut;) {
        cut = false;
        for (const char *suffix : {".gz", ".zst", ".br", ".zip", ".tar", ".tgz", ".jsonl", ".ndjson", ".json",
                                   ".csv", ".tsv", ".txt", ".log"}) {
            if (name.size() > static_cast<qsizetype>(qstrlen(suffix)) &&
                name.endsWith(QLatin1String(suffix), Qt::CaseInsensitive)) {
                name.chop(static_cast<qsizetype>(qstrlen(suffix)));
                cut = true;
            }
        }
    }
    if (name.isEmpty())
        name = QStringLiteral("events");
    const QDir dir(folder);
    QString path = dir.filePath(name + kStoreSuffix);
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = dir.filePath(QStringLiteral("%1 %2%3").arg(name).arg(number).arg(kStoreSuffix));
    return path;
}

DocumentController::DocumentController(Workspace *workspace, const Services &services, QWidget *window)
    : QObject(window),
      m_workspace(workspace),
      m_services(services),
      m_window(window),
      m_recent(services.settings)
{
    connect(workspace, &Workspace::opened, this, &DocumentController::onOpened);
    connect(workspace, &Workspace::openFailed, this, &DocumentController::onOpenFailed);
    connect(workspace, &Workspace::failed, this,
            [this](const Error &error) { raiseStoreError(error, m_workspace->storePath()); });
    connect(workspace, &Workspace::accessChanged, this, &DocumentController::onAccessChanged);
    connectRebuild();
    connect(workspace, &Workspace::importStarted, this, [this](const QStringList &paths) {
        m_importing = paths.size() == 1 ? QFileInfo(paths.front()).fileName()
                                        : tr("%n file(s)", nullptr, static_cast<int>(paths.size()));
    });
    connect(workspace, &Workspace::importFinished, this, &DocumentController::onImportFinished);
    connect(workspace, &Workspace::importFailed, this,
            [this](const Error &, const QString &store) { forgetTemporaries(store); });
    connect(workspace, &Workspace::notice, this, [this](const QString &text) {
        Q_EMIT messageRaised({Message::Severity::Notice, text, {}, {}, {}});
    });
}

// --- What is named

void DocumentController::openPaths(const QStringList &paths)
{
    QStringList stores;
    QStringList dumps;
    for (const QString &path : paths)
        (isStore(path) ? stores : dumps).push_back(QFileInfo(path).absoluteFilePath());
    if (stores.size() > 1)
        Q_EMIT messageRaised({Message::Severity::Notice,
                              tr("One store is shown at a time: opening %1, leaving out %n other(s).",
                                 nullptr, static_cast<int>(stores.size()) - 1)
                                  .arg(QFileInfo(stores.front()).fileName()),
                              stores.mid(1).join(QLatin1Char('\n')),
                              {},
                              {}});
    if (!stores.isEmpty())
        openAndImport(stores.front(), dumps);
    else if (isOpening())
        m_toImport += dumps;
    else if (m_workspace->isOpen())
        m_workspace->importFiles(dumps);
    else if (!dumps.isEmpty())
        createAndImport(dumps);
}

void DocumentController::openStore(const QString &path)
{
    openAndImport(QFileInfo(path).absoluteFilePath(), {});
}

void DocumentController::openAndImport(const QString &store, const QStringList &dumps)
{
    m_opening = store;
    m_toImport = dumps;
    m_freshStore.clear();
    Q_EMIT openingStarted(QFileInfo(store).fileName());
    m_workspace->open(store);
}

void DocumentController::createAndImport(const QStringList &dumps)
{
    if (!QDir().mkpath(m_services.documentsFolder)) {
        raiseError(tr("The folder %1 for new stores could not be made. Choose a place with File > Import "
                      "into a new store.")
                       .arg(m_services.documentsFolder));
        return;
    }
    m_freshStore = proposedStorePath(m_services.documentsFolder, dumps.front());
    m_opening = m_freshStore;
    m_toImport = dumps;
    Q_EMIT openingStarted(QFileInfo(m_freshStore).fileName());
    m_workspace->open(m_freshStore, Workspace::OpenMode::CreateIfMissing);
}

void DocumentController::openSample()
{
    QDir().mkpath(m_services.dataFolder);
    // The importer reads files; the sample may be inside the program.
    const QString dump = samplePath(kSampleDump);
    QFile::remove(dump);
    if (!QFile::copy(m_services.samplePath, dump)) {
        raiseError(tr("The sample could not be unpacked to %1.").arg(dump));
        return;
    }
    QFile::setPermissions(dump, QFile::ReadOwner | QFile::WriteOwner);
    m_opening = samplePath(kSampleStore);
    m_toImport = {dump}; // importing again changes nothing
    m_freshStore.clear();
    Q_EMIT openingStarted(tr("the sample"));
    m_workspace->open(m_opening, Workspace::OpenMode::CreateIfMissing);
}

void DocumentController::openForListening()
{
    openOwnStore(kListenStore, &DocumentController::listeningRequested);
}

void DocumentController::openForConnecting(const QString &project)
{
    openOwnStore(QStringLiteral("PostHog %1").arg(project).trimmed() + kStoreSuffix,
                 &DocumentController::connectingRequested);
}

/// Opens a store in the documents folder, made if it does not exist.
void DocumentController::openOwnStore(const QString &name, OnceOpen onceOpen)
{
    m_onceOpen = onceOpen;
    QDir().mkpath(m_services.documentsFolder);
    m_opening = QDir(m_services.documentsFolder).filePath(name);
    m_toImport.clear();
    m_freshStore.clear();
    Q_EMIT openingStarted(QFileInfo(m_opening).completeBaseName());
    m_workspace->open(m_opening, Workspace::OpenMode::CreateIfMissing);
}

void DocumentController::closeStore()
{
    m_workspace->close();
}

// --- What is asked for

QString DocumentController::startFolder() const
{
    return m_services.settings->value(kFolderKey, QDir::homePath()).toString();
}

void DocumentController::rememberFolder(const QString &path)
{
    m_services.settings->setValue(kFolderKey, QFileInfo(path).absolutePath());
}

void DocumentController::chooseFiles()
{
    m_services.dialogs->openFiles(m_window, tr("Open"), startFolder(), openFilters(),
                                  [this](const QStringList &paths) {
                                      rememberFolder(paths.value(0));
                                      openPaths(paths);
                                  });
}

void DocumentController::chooseFolder()
{
    m_services.dialogs->openFolder(m_window, tr("Open a folder of event dumps"), startFolder(),
                                   [this](const QString &path) {
                                       rememberFolder(path);
                                       openPaths({path});
                                   });
}

void DocumentController::chooseDumps()
{
    m_services.dialogs->openFiles(m_window, tr("Import"), startFolder(), dumpFilters(),
                                  [this](const QStringList &paths) {
                                      rememberFolder(paths.value(0));
                                      openPaths(paths);
                                  });
}

void DocumentController::chooseDumpsForNewStore()
{
    const auto chooseStore = [this](const QStringList &dumps) {
        rememberFolder(dumps.value(0));
        const QString proposed = proposedStorePath(m_services.documentsFolder, dumps.value(0));
        QDir().mkpath(m_services.documentsFolder);
        m_services.dialogs->saveFile(m_window, tr("Import into"), proposed, storeFilters(),
                                     [this, dumps](const QString &store) {
                                         m_opening = store;
                                         m_toImport = dumps;
                                         m_freshStore.clear();
                                         Q_EMIT openingStarted(QFileInfo(store).fileName());
                                         m_workspace->open(store, Workspace::OpenMode::CreateIfMissing);
                                     });
    };
    m_services.dialogs->openFiles(m_window, tr("Import into a new store"), startFolder(), dumpFilters(),
                                  chooseStore);
}

void DocumentController::forgetRecent(const QString &path)
{
    m_recent.remove(path);
    Q_EMIT recentChanged();
}

// --- What came of it

void DocumentController::onOpened()
{
    m_opening.clear();
    Q_EMIT openingEnded();
    m_recent.add(m_workspace->storePath());
    Q_EMIT recentChanged();
    const QStringList dumps = std::exchange(m_toImport, {});
    // Another window has the sample, and it holds all of it.
    const bool sampleIsThere =
        m_workspace->isReadOnly() && m_workspace->storePath() == samplePath(kSampleStore);
    if (!dumps.isEmpty() && !sampleIsThere)
        m_workspace->importFiles(dumps);
    if (const auto onceOpen = std::exchange(m_onceOpen, nullptr)) // once everybody has seen the store
        QMetaObject::invokeMethod(this, onceOpen, Qt::QueuedConnection);
}

void DocumentController::onOpenFailed(const Error &error)
{
    const QString store = std::exchange(m_opening, {});
    m_toImport.clear();
    m_freshStore.clear();
    m_onceOpen = nullptr;
    Q_EMIT openingEnded();
    Q_EMIT recentChanged(); // it may have gone missing
    if (error.kind != Error::Kind::Cancelled)
        raiseStoreError(error, store);
}

void DocumentController::onAccessChanged()
{
    if (!m_readOnlyNote.isEmpty())
        Q_EMIT messageWithdrawn(m_readOnlyNote);
    const bool couldNot = !std::exchange(m_readOnlyNote, {}).isEmpty();
    if (m_workspace->isReadOnly()) {
        m_readOnlyNote = tr("Opened read-only. %1").arg(m_workspace->readOnlyReason());
        Q_EMIT messageRaised({Message::Severity::Notice, m_readOnlyNote, {}, {}, {}});
    } else if (couldNot && m_workspace->isOpen()) {
        Q_EMIT statusRaised(tr("The store can be changed now."));
    }
}

// --- Rebuilding

void DocumentController::connectRebuild()
{
    connect(&m_rebuild, &RebuildJob::started, this,
            [this](const QString &path) { Q_EMIT rebuildStarted(QFileInfo(path).fileName()); });
    connect(&m_rebuild, &RebuildJob::progressed, this, &DocumentController::rebuildProgressed);
    connect(&m_rebuild, &RebuildJob::waiting, this, [this](const QString &text) {
        Q_EMIT messageRaised({Message::Severity::Notice, text, {}, {}, {}});
    });
    connect(&m_rebuild, &RebuildJob::finished, this, &DocumentController::onRebuilt);
    connect(&m_rebuild, &RebuildJob::failed, this, [this](const QString &, const Error &error) {
        Q_EMIT rebuildEnded();
        if (error.kind != Error::Kind::Cancelled)
            raiseError(error.message);
    });
}

void DocumentController::rebuildStore(const QString &path)
{
    m_rebuild.start(path);
}

void DocumentController::onRebuilt(const QString &path, const RebuildReport &report)
{
    Q_EMIT rebuildEnded();
    Message message;
    message.text = tr("Rebuilt %1 from %n event(s).", nullptr, static_cast<int>(report.events))
                       .arg(QFileInfo(path).fileName());
    if (report.lost > 0) {
        message.severity = Message::Severity::Warning;
        message.text += QLatin1Char(' ') +
                        tr("%n damaged original(s) could not be kept; the store as it was is kept as %1.",
                           nullptr, static_cast<int>(report.lost))
                            .arg(QDir::toNativeSeparators(report.damagedStoreKept));
        message.details = QString::fromStdString(report.firstLoss);
    }
    Q_EMIT messageWithdrawn(path); // that it is damaged
    Q_EMIT messageRaised(message);
    if (path == m_workspace->storePath())
        m_workspace->reload();
    else if (!m_workspace->isOpen() && !isOpening())
        openStore(path);
}

void DocumentController::onImportFinished(const ImportReport &report, const QString &store)
{
    m_lastReport = report;
    m_lastReportStore = store;
    Q_EMIT reportChanged();
    const QString fresh = store == m_freshStore ? m_freshStore : QString();
    const bool emptied = dropEmptyStore(report, store);
    forgetTemporaries(store);

    Message message = importMessage(report, m_importing, emptied ? QString() : fresh);
    if (message.severity == Message::Severity::Notice && message.details.isEmpty() && fresh.isEmpty() &&
        !report.cancelled) {
        Q_EMIT statusRaised(message.text); // nothing to act on: a passing word is enough
        return;
    }
    message.actionText = tr("Report");
    message.action = [this] { Q_EMIT reportRequested(); };
    Q_EMIT messageRaised(message);
}

bool DocumentController::dropEmptyStore(const ImportReport &report, const QString &store)
{
    // Only a store that was made for this very import, and into which nothing at all has come.
    const bool empty = report.newEvents == 0 && report.duplicates == 0 && report.updated == 0;
    if (store != m_freshStore || store != m_workspace->storePath() || !empty || report.cancelled ||
        m_workspace->selection()->storedEvents > 0)
        return false;
    m_workspace->close();
    m_recent.remove(store);
    removeStoreFiles(store);
    Q_EMIT recentChanged();
    return true;
}

void DocumentController::forgetTemporaries(const QString &store)
{
    if (store == m_freshStore)
        m_freshStore.clear();
    if (store == samplePath(kSampleStore))
        QFile::remove(samplePath(kSampleDump));
}

QString DocumentController::samplePath(const QString &name) const
{
    return QDir(m_services.dataFolder).filePath(name);
}

void DocumentController::raiseStoreError(const Error &error, const QString &store)
{
    Message message{Message::Severity::Error, error.message, {}, {}, {}};
    if (error.kind == Error::Kind::Database && !store.isEmpty()) {
        message.actionText = tr("Rebuild");
        message.action = [this, store] { rebuildStore(store); };
        message.subject = store;
    }
    Q_EMIT messageRaised(message);
}

void DocumentController::raiseError(const QString &text, const QString &details)
{
    Q_EMIT messageRaised({Message::Severity::Error, text, details, {}, {}});
}

} // namespace genscope
