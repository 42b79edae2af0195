// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace genscope {

/// Writes several files into a folder so that all of them appear or none: they are written beside the folder
/// first, and moved in by commit().
class FolderWriter
{
public:
    /// @error Io if the folder, or one beside it, cannot be made
    static Result<FolderWriter> open(const QString &folder);

    Status write(const QString &name, const QByteArray &bytes);
    /// Moves the files into the folder in the order they were written, replacing those of the same name.
    Status commit();

private:
    FolderWriter(QString folder, std::unique_ptr<QTemporaryDir> scratch);

    QString m_folder;
    std::unique_ptr<QTemporaryDir> m_scratch;
    QStringList m_names;
};

} // namespace genscope
