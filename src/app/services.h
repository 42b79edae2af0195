// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

class QSettings;
class QWidget;

namespace genscope {

class KeyRing;

/// The file dialogs of the desktop. They never block: the answer comes later, or never if the user cancels.
class FileDialogs
{
public:
    virtual ~FileDialogs() = default;

    using FilesChosen = std::function<void(const QStringList &paths)>;
    using PathChosen = std::function<void(const QString &path)>;
    /// @param filters  as QFileDialog's name filters
    virtual void openFiles(QWidget *parent, const QString &title, const QString &folder,
                           const QStringList &filters, FilesChosen chosen) = 0;
    virtual void openFolder(QWidget *parent, const QString &title, const QString &folder,
                            PathChosen chosen) = 0;
    /// @param proposed  the path to start from; its suffix is added to names without one
    virtual void saveFile(QWidget *parent, const QString &title, const QString &proposed,
                          const QStringList &filters, PathChosen chosen) = 0;
};
std::unique_ptr<FileDialogs> makeNativeFileDialogs();

/// What the window takes from outside and tests replace.
struct Services
{
    QSettings *settings = nullptr; ///< outlives the window
    FileDialogs *dialogs = nullptr;
    std::function<Timestamp()> now;
    /// Folder for stores that the program makes without being told where (dumps opened with no store open).
    QString documentsFolder;
    QString dataFolder;         ///< the application's own: the sample's store
    QString samplePath;         ///< the bundled sample dump, which may be a Qt resource; empty: none
    QString reportProgram;      ///< the executable whose `report` sub-command writes reports; empty: none
    KeyRing *keyRing = nullptr; ///< null: the one of the session
    std::function<void(const QUrl &)> openLink;                ///< in the browser; absent: the desktop's way
    QUrl priceServer{QStringLiteral("https://openrouter.ai")}; ///< asked for prices when the user says so
};

} // namespace genscope
