// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"

#include <QFileDialog>
#include <QFileInfo>

namespace genscope {

namespace {

/// Shows @p dialog beside the running event loop; it deletes itself.
void present(QFileDialog *dialog, std::function<void(const QStringList &)> chosen)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, std::move(chosen));
    dialog->open();
}

class NativeFileDialogs final : public FileDialogs
{
public:
    void openFiles(QWidget *parent, const QString &title, const QString &folder, const QStringList &filters,
                   FilesChosen chosen) override
    {
        auto *dialog = new QFileDialog(parent, title, folder);
        dialog->setFileMode(QFileDialog::ExistingFiles);
        dialog->setNameFilters(filters);
        present(dialog, std::move(chosen));
    }

    void openFolder(QWidget *parent, const QString &title, const QString &folder, PathChosen chosen) override
    {
        auto *dialog = new QFileDialog(parent, title, folder);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        present(dialog, [chosen = std::move(chosen)](const QStringList &paths) { chosen(paths.value(0)); });
    }

    void saveFile(QWidget *parent, const QString &title, const QString &proposed, const QStringList &filters,
                  PathChosen chosen) override
    {
        auto *dialog = new QFileDialog(parent, title, QFileInfo(proposed).absolutePath());
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilters(filters);
        dialog->setDefaultSuffix(QFileInfo(proposed).suffix());
        dialog->selectFile(QFileInfo(proposed).fileName());
        present(dialog, [chosen = std::move(chosen)](const QStringList &paths) { chosen(paths.value(0)); });
    }
};

} // namespace

std::unique_ptr<FileDialogs> makeNativeFileDialogs()
{
    return std::make_unique<NativeFileDialogs>();
}

} // namespace genscope
