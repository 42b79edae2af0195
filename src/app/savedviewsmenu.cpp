// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/savedviewsmenu.h"

#include "app/icons.h"
#include "app/saveviewdialog.h"
#include "app/viewsdialog.h"
#include "workspace/viewlist.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QSaveFile>

namespace genscope {

namespace {

constexpr int kWithKeys = 9;

QString iconName(const SavedView &view)
{
    return QString::fromStdString(view.icon);
}

} // namespace

SavedViewsMenu::SavedViewsMenu(ViewList *views, QMenu *menu, FileDialogs *dialogs, QWidget *window)
    : QObject(window), m_views(views), m_menu(menu), m_dialogs(dialogs), m_window(window)
{
    const auto add = [this](const QString &text, const QString &icon, const QKeySequence &keys,
                            void (SavedViewsMenu::*function)()) {
        auto *action = new QAction(strokeIcon(icon), text, this);
        action->setShortcut(keys);
        m_window->addAction(action);
        connect(action, &QAction::triggered, this, function);
        return action;
    };
    m_save = add(tr("&Save this view…"), QStringLiteral("bookmark"), Qt::CTRL | Qt::SHIFT | Qt::Key_S,
                 &SavedViewsMenu::saveAs);
    m_update =
        add(tr("&Update the view"), QStringLiteral("refresh"), Qt::CTRL | Qt::Key_S, &SavedViewsMenu::update);
    m_manage = add(tr("&Manage views…"), QStringLiteral("edit"), {}, &SavedViewsMenu::manage);
    m_import = add(tr("&Import views…"), QStringLiteral("import"), {}, &SavedViewsMenu::importFile);
    m_export = add(tr("&Export views…"), QStringLiteral("file"), {}, &SavedViewsMenu::exportFile);
    connect(views, &ViewList::changed, this, &SavedViewsMenu::fill);
    connect(views, &ViewList::failed, this, [this](const Error &error) { Q_EMIT failed(error.message); });
    fill();
}

QList<QAction *> SavedViewsMenu::actions() const
{
    return {m_save, m_update};
}

void SavedViewsMenu::setEnabled(bool canOpen, bool canChange)
{
    m_canOpen = canOpen;
    m_canChange = canChange;
    fill();
}

void SavedViewsMenu::fill()
{
    m_menu->clear();
    qDeleteAll(m_listed);
    m_listed.clear();
    if (m_views->indexOf(m_open) < 0)
        m_open.clear();
    const std::vector<SavedView> &views = m_views->views();
    for (std::size_t i = 0; i < views.size(); ++i) {
        const int index = static_cast<int>(i);
        auto *action =
            new QAction(strokeIcon(iconName(views[i])),
                        QString(views[i].name).replace(QLatin1Char('&'), QLatin1String("&&")), this);
        if (index < kWithKeys)
            action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + index)));
        action->setEnabled(m_canOpen);
        connect(action, &QAction::triggered, this, [this, index] { open(index); });
        m_window->addAction(action);
        m_listed.push_back(action);
    }
    m_menu->addActions(m_listed);
    m_menu->addSeparator();
    m_menu->addActions({m_save, m_update});
    m_menu->addSeparator();
    m_menu->addActions({m_manage, m_import, m_export});
    m_save->setEnabled(m_canChange);
    m_update->setEnabled(m_canChange && !m_open.isEmpty());
    m_update->setText(
        m_open.isEmpty()
            ? tr("&Update the view")
            : tr("&Update “%1”").arg(QString(m_open).replace(QLatin1Char('&'), QLatin1String("&&"))));
    m_manage->setEnabled(m_canChange && !views.empty());
    m_import->setEnabled(m_canChange);
    m_export->setEnabled(m_canOpen && !views.empty());
}

void SavedViewsMenu::open(int index)
{
    const SavedView view = m_views->views()[static_cast<std::size_t>(index)];
    m_open = view.name;
    Q_EMIT opened(view);
    fill();
}

void SavedViewsMenu::saveAs()
{
    const SavedView current = m_current();
    auto *dialog = new SaveViewDialog(current, m_views->views(), m_window);
    connect(dialog, &SaveViewDialog::saved, this, [this](const SavedView &view) {
        m_open = view.name;
        m_views->save(view);
        Q_EMIT done(tr("The view “%1” is saved.").arg(view.name));
    });
    dialog->show();
}

void SavedViewsMenu::update()
{
    const int index = m_views->indexOf(m_open);
    if (index < 0)
        return;
    SavedView view = m_current();
    view.name = m_open;
    view.icon = m_views->views()[static_cast<std::size_t>(index)].icon;
    m_views->save(view);
    Q_EMIT done(tr("The view “%1” is updated.").arg(view.name));
}

void SavedViewsMenu::manage()
{
    (new ViewsDialog(m_views, m_window))->show();
}

void SavedViewsMenu::importFile()
{
    m_dialogs->openFiles(m_window, tr("Import views"), QDir::homePath(), {tr("Views of Genscope (*.json)")},
                         [this](const QStringList &paths) {
                             for (const QString &path : paths) {
                                 QFile file(path);
                                 if (!file.open(QIODevice::ReadOnly)) {
                                     Q_EMIT failed(tr("%1 cannot be read: %2").arg(path, file.errorString()));
                                     continue;
                                 }
                                 if (const auto views = viewsFromFile(file.readAll()))
                                     m_views->add(*views);
                                 else
                                     Q_EMIT failed(tr("%1: %2").arg(path, views.error().message));
                             }
                         });
}

void SavedViewsMenu::exportFile()
{
    m_dialogs->saveFile(
        m_window, tr("Export views"), QDir::home().filePath(QStringLiteral("genscope-views.json")),
        {tr("Views of Genscope (*.json)")}, [this](const QString &path) {
            QSaveFile file(path);
            const QByteArray bytes = viewsToFile(m_views->views());
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
                Q_EMIT failed(tr("%1 cannot be written: %2").arg(path, file.errorString()));
            else
                Q_EMIT done(tr("The views are in %1.").arg(QDir::toNativeSeparators(path)));
        });
}

} // namespace genscope
