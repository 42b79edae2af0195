// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpreader.h"

#include "ingest/archive.h"
#include "ingest/bytesource.h"
#include "ingest/dumpformat.h"
#include "ingest/manifest.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QHash>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace genscope {

namespace {

/// What a file found in a folder is, by its first bytes.
struct Sniffed
{
    enum class Kind { Dump, Manifest, Table, Other };
    Kind kind = Kind::Other;
    QString table; ///< what kind of table (`a Parquet file`)
};

Sniffed sniff(const QString &path)
{
    using Kind = Sniffed::Kind;
    constexpr std::size_t kLooked = 4096;
    const std::atomic<bool> stopped = false;
    std::string head;
    auto source = openByteSource(path, stopped);
    if (!source || !readAhead(**source, head, kLooked))
        return {Kind::Dump, {}}; // let reading it say why
    std::string_view bytes = head;
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (bytes.starts_with(kByteOrderMark))
        bytes.remove_prefix(kByteOrderMark.size());
    if (looksLikeManifest(bytes))
        return {Kind::Manifest, {}};
    if (const QString table = foreignTable(bytes); !table.isEmpty())
        return {Kind::Table, table};
    const bool isDump = isArchive(bytes) || looksLikeDump({bytes, head.size() < kLooked});
    return {isDump ? Kind::Dump : Kind::Other, {}};
}

/// The files below one folder, and which of them to import.
class Folder
{
public:
    Folder(const QString &path, DumpFiles &found) : m_path(QDir::cleanPath(path)), m_found(found) {}

    void scan();
    /// Only the files that the manifest at @p path lists.
    void chooseListed(const QString &path);
    /// Everything, or what the manifests in it list.
    void chooseAll();
    /// The chosen files in the order of import.
    QStringList chosen() const;

private:
    struct File
    {
        QString path;
        Sniffed sniffed;
        bool chosen = false;
        bool listed = false;
    };
    bool mayEnter(const QFileInfo &folder);
    void applyManifest(const QString &path);
    File *fileOfKey(const QString &key, const QString &manifestFolder);
    bool isLeftOut(const File &file) const;
    void note(const QString &text) { m_found.notes.push_back(QStringLiteral("%1: %2").arg(m_path, text)); }
    void complain(const QString &path, const QString &text)
    {
        m_found.unreadable.push_back(QStringLiteral("%1: %2").arg(path, text));
    }

    const QString m_path;
    DumpFiles &m_found;
    std::vector<File> m_files;
    QHash<QString, std::vector<std::size_t>> m_byName; ///< comparable base names
    QHash<QString, QSet<QString>> m_intervals;         ///< of the data that the manifests of a folder list
};

void Folder::scan()
{
    if (!mayEnter(QFileInfo(m_path)))
        return;
    // Hidden files and folders are left out; links to folders are not followed.
    for (QDirIterator it(m_path, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
        const QString path = it.next();
        const QFileInfo info = it.fileInfo();
        if (info.isDir()) {
            if (!info.isSymLink())
                mayEnter(info);
        } else if (!path.contains(QLatin1String("/__MACOSX/"))) {
            m_byName[comparableKey(info.fileName())].push_back(m_files.size());
            m_files.push_back({path, sniff(path)});
        }
    }
}

/// Complains of a folder that cannot be searched: what is in it must not pass for nothing.
bool Folder::mayEnter(const QFileInfo &folder)
{
    if (folder.isReadable() && folder.isExecutable())
        return true;
    complain(folder.filePath(),
             QCoreApplication::translate("DumpReader", "the folder cannot be read; check its permissions"));
    return false;
}

/// The file that @p key means. Where a download has kept only a part of the key's path, the file whose path
/// agrees with most of it from the end.
Folder::File *Folder::fileOfKey(const QString &key, const QString &manifestFolder)
{
    const QStringList wanted = comparableKey(key).split(u'/');
    File *best = nullptr;
    qsizetype bestParts = 0;
    for (const std::size_t index : m_byName.value(wanted.last())) {
        File &file = m_files[index];
        const QStringList parts = comparableKey(file.path).split(u'/');
        qsizetype common = 0;
        while (common < std::min(parts.size(), wanted.size()) &&
               parts[parts.size() - 1 - common] == wanted[wanted.size() - 1 - common])
            ++common;
        const bool isBeside = QFileInfo(file.path).path() == manifestFolder;
        const qsizetype agreement = 2 * common + (isBeside ? 1 : 0);
        if (agreement > bestParts) {
            best = &file;
            bestParts = agreement;
        }
    }
    return best;
}

void Folder::applyManifest(const QString &path)
{
    const QString folder = QFileInfo(path).path();
    QSet<QString> &intervals = m_intervals[folder];
    intervals.insert(DumpOrder(path).interval());
    const auto keys = readManifest(path);
    if (!keys) {
        complain(path, keys.error().message);
        return;
    }
    for (const QString &key : *keys) {
        if (leavesFolder(key)) {
            complain(path, QCoreApplication::translate("DumpReader",
                                                       "it lists “%1”, which is outside of the folder")
                               .arg(key));
            continue;
        }
        intervals.insert(DumpOrder(key).interval());
        if (File *file = fileOfKey(key, folder))
            file->listed = true;
        else
            complain(path, QCoreApplication::translate(
                               "DumpReader", "it lists “%1”, which is not in the folder; download it too")
                               .arg(key));
    }
}

void Folder::chooseListed(const QString &path)
{
    applyManifest(path);
    for (File &file : m_files)
        file.chosen = file.listed;
}

/// Manifests speak for their folder, except for files of an interval of data that they know nothing of:
/// exports write a manifest only for an interval that takes several files.
bool Folder::isLeftOut(const File &file) const
{
    if (file.listed || m_intervals.isEmpty())
        return false;
    const QString interval = DumpOrder(file.path).interval();
    bool spokenFor = false;
    bool knownInterval = interval.isEmpty();
    for (QString folder = QFileInfo(file.path).path(); folder.size() >= m_path.size();
         folder = QFileInfo(folder).path()) {
        const auto intervals = m_intervals.find(folder);
        if (intervals != m_intervals.end()) {
            spokenFor = true;
            knownInterval |= intervals->contains(interval);
        }
        if (folder == m_path || !folder.contains(u'/'))
            break;
    }
    return spokenFor && knownInterval;
}

void Folder::chooseAll()
{
    for (const File &file : m_files) {
        if (file.sniffed.kind == Sniffed::Kind::Manifest)
            applyManifest(file.path);
    }
    int others = 0;
    int unlisted = 0;
    int dumps = 0;
    QMap<QString, int> tables;
    for (File &file : m_files) {
        const Sniffed::Kind kind = file.sniffed.kind;
        if (kind == Sniffed::Kind::Table)
            ++tables[file.sniffed.table];
        else if (kind == Sniffed::Kind::Other && !file.listed)
            ++others;
        else if (kind == Sniffed::Kind::Dump && isLeftOut(file))
            ++unlisted;
        else
            file.chosen = kind != Sniffed::Kind::Manifest;
        dumps += file.chosen;
    }
    if (dumps == 0)
        note(QCoreApplication::translate("DumpReader", "no dumps in this folder"));
    if (others > 0)
        note(QCoreApplication::translate("DumpReader", "%n file(s) left out: they hold no events", nullptr,
                                         others));
    if (unlisted > 0)
        note(QCoreApplication::translate("DumpReader", "%n file(s) left out: the manifest does not list them",
                                         nullptr, unlisted));
    for (auto table = tables.begin(); table != tables.end(); ++table)
        complain(m_path,
                 QCoreApplication::translate(
                     "DumpReader",
                     "%n file(s) cannot be read: each is %1; export the events as JSON Lines or as CSV",
                     nullptr, table.value())
                     .arg(table.key()));
}

QStringList Folder::chosen() const
{
    std::vector<std::pair<DumpOrder, QString>> ordered;
    for (const File &file : m_files) {
        if (file.chosen)
            ordered.emplace_back(DumpOrder(file.path), file.path);
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList paths;
    for (const auto &[order, path] : ordered)
        paths.push_back(path);
    return paths;
}

class Finder
{
public:
    DumpFiles take(const QStringList &paths)
    {
        for (const QString &path : paths) {
            const QFileInfo info(path);
            if (path == u"-")
                m_found.files.push_back(path);
            else if (!info.exists())
                m_found.unreadable.push_back(
                    QCoreApplication::translate("DumpReader", "%1: there is no such file").arg(path));
            else if (info.isDir())
                addFolder(path, {});
            else if (path.endsWith(QLatin1String("manifest.json")) &&
                     sniff(path).kind == Sniffed::Kind::Manifest)
                addFolder(info.path(), path);
            else
                addFile(path);
        }
        return std::move(m_found);
    }

private:
    /// @p manifest: the one that was named instead of the folder; empty: everything in it
    void addFolder(const QString &path, const QString &manifest)
    {
        Folder folder(path, m_found);
        folder.scan();
        if (manifest.isEmpty())
            folder.chooseAll();
        else
            folder.chooseListed(manifest);
        const QStringList files = folder.chosen();
        for (const QString &file : files)
            addFile(file);
    }

    void addFile(const QString &path)
    {
        const QFileInfo info(path);
        const QString canonical = info.canonicalFilePath();
        if (m_seen.contains(canonical))
            return;
        m_seen.insert(canonical);
        m_found.files.push_back(path);
        m_found.totalBytes += info.size();
    }

    DumpFiles m_found;
    QSet<QString> m_seen;
};

} // namespace

DumpFiles findDumps(const QStringList &paths)
{
    return Finder().take(paths);
}

} // namespace genscope
