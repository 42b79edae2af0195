// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpreader.h"

#include "ingest/bytesource.h"
#include "ingest/jsondocument.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace genscope {

namespace {

/// Whether a file found in a folder is worth reading: JSON by its first bytes, and not the list of files that
/// an export writes next to them.
bool looksLikeDump(const QString &path)
{
    constexpr std::size_t kLooked = 4096;
    const std::atomic<bool> stopped = false;
    auto source = openByteSource(path, stopped);
    if (!source)
        return true; // let reading it say why
    std::string head(kLooked, '\0');
    const auto count = (*source)->read(head.data(), head.size());
    if (!count)
        return true;
    head.resize(*count);
    const std::size_t begin = head.find_first_not_of("\xef\xbb\xbf \t\r\n");
    if (begin == std::string::npos || (head[begin] != '{' && head[begin] != '['))
        return false;
    return head.find("\"files\"", begin) != head.find('"', begin);
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
                addFolder(path);
            else
                addFile(path);
        }
        return std::move(m_found);
    }

private:
    void addFolder(const QString &path)
    {
        QStringList inside;
        int others = 0;
        if (!mayEnter(QFileInfo(path)))
            return;
        for (QDirIterator it(path, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
             it.hasNext();) {
            const QString file = it.next();
            const QFileInfo info = it.fileInfo();
            if (info.isDir()) {
                if (!info.isSymLink())
                    mayEnter(info);
            } else if (looksLikeDump(file))
                inside.push_back(file);
            else
                ++others;
        }
        std::sort(inside.begin(), inside.end());
        for (const QString &file : inside)
            addFile(file);
        if (inside.isEmpty()) {
            m_found.notes.push_back(
                QCoreApplication::translate("DumpReader", "%1: no dumps in this folder").arg(path));
        }
        if (others > 0) {
            m_found.notes.push_back(
                QCoreApplication::translate("DumpReader", "%1: %n file(s) left out: they hold no events",
                                            nullptr, others)
                    .arg(path));
        }
    }

    /// Notes a folder that cannot be searched: what is in it must not pass for nothing.
    bool mayEnter(const QFileInfo &folder)
    {
        if (folder.isReadable() && folder.isExecutable())
            return true;
        m_found.unreadable.push_back(
            QCoreApplication::translate("DumpReader", "%1: the folder cannot be read; check its permissions")
                .arg(folder.filePath()));
        return false;
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
