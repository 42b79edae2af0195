// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "app/services.h"
#include "workspace/savedview.h"

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace genscope {

class ViewList;

/// The menu of saved views: opens, saves, updates and keeps them in order. It knows views as values; the
/// window says what is shown now, and shows what is opened.
class SavedViewsMenu final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SavedViewsMenu)
public:
    SavedViewsMenu(ViewList *views, QMenu *menu, FileDialogs *dialogs, QWidget *window);

    /// Asked when a view is saved: what the window shows, without a name.
    void setCurrent(std::function<SavedView()> current) { m_current = std::move(current); }
    void setEnabled(bool canOpen, bool canChange);
    QList<QAction *> actions() const; ///< for the shortcut sheet
    /// The view that was opened or saved last, if it is still there.
    QString openName() const { return m_open; }
    void open(int index);

Q_SIGNALS:
    void opened(const genscope::SavedView &view);
    void failed(const QString &text);
    void done(const QString &text); ///< for the status line

private:
    void fill();
    void saveAs();
    void update();
    void manage();
    void importFile();
    void exportFile();

    ViewList *m_views;
    QMenu *m_menu;
    FileDialogs *m_dialogs;
    QWidget *m_window;
    std::function<SavedView()> m_current;
    QString m_open;
    bool m_canOpen = false;
    bool m_canChange = false;
    QAction *m_save;
    QAction *m_update;
    QAction *m_manage;
    QAction *m_import;
    QAction *m_export;
    QList<QAction *> m_listed;
};

/// `bookmark` ...: names of icons for people.
QString viewIconText(std::string_view icon);

} // namespace genscope
