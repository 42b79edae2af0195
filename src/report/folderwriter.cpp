// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/folderwriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

Error notWritten(const QString &path, const QString &reason)
{
    return makeError(Error::Kind::Io, Text::tr("%1 could not be written: %2").arg(path, reason));
}

} // namespace

FolderWriter::FolderWriter(QString folder, std::unique_ptr<QTemporaryDir> scratch)
    : m_folder(std::move(folder)), m_scratch(std::move(scratch))
{
}

Result<FolderWriter> FolderWriter::open(const QString &folder)
{
    const QFileInfo info(QDir::cleanPath(folder));
    if (info.exists() && !info.isDir())
        return makeError(Error::Kind::Io, Text::tr("%1 is a file; name a folder").arg(folder));
    if (info.exists() && !info.isWritable())
        return notWritten(folder, Text::tr("the folder is write-protected"));
    const QString parent = info.absolutePath();
    if (!QDir().mkpath(parent))
        return notWritten(folder, Text::tr("%1 cannot be made").arg(parent));
    // Inside an existing folder, whose parent may be write-protected; else beside it. Moving stays on one
    // disk.
    const QString place = info.exists() ? info.absoluteFilePath() : parent;
    auto scratch = std::make_unique<QTemporaryDir>(place + QStringLiteral("/.genscope-report-XXXXXX"));
    if (!scratch->isValid())
        return notWritten(folder, scratch->errorString());
    return FolderWriter(info.absoluteFilePath(), std::move(scratch));
}

Status FolderWriter::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_scratch->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        return notWritten(QDir(m_folder).filePath(name), file.errorString());
    m_names << name;
    return Done{};
}

Status FolderWriter::commit()
{
    if (!QDir().mkpath(m_folder))
        return notWritten(m_folder, Text::tr("the folder cannot be made"));
    for (const QString &name : m_names) {
        const QString target = QDir(m_folder).filePath(name);
        if (QFileInfo(target).isDir())
            return notWritten(target, Text::tr("there is a folder of that name"));
    }
    for (const QString &name : m_names) {
        const QString target = QDir(m_folder).filePath(name);
        std::error_code failure; // unlike QFile::rename(), this replaces, and in one step
        std::filesystem::rename(std::filesystem::path(m_scratch->filePath(name).toStdU16String()),
                                std::filesystem::path(target.toStdU16String()), failure);
        if (failure)
            return notWritten(target, QString::fromStdString(failure.message()));
    }
    return Done{};
}

} // namespace genscope
