// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/appearance.h"
#include "app/shortcutsheet.h"

#include <QVector>

#include <array>

class QAction;
class QActionGroup;
class QMenu;
class QMainWindow;

namespace genscope {

/// In the order of the rail.
enum class PageId {
    Dashboard,
    Generations,
    Traces,
    Sessions,
    Users,
    Customers,
    Errors,
    Tools,
    Embeddings,
    Feedback,
    Latency,
    Spikes,
    Prices,
    Quality,
    Listen,
};
inline constexpr std::array kPages = {
    PageId::Dashboard, PageId::Generations, PageId::Traces, PageId::Sessions,   PageId::Users,
    PageId::Customers, PageId::Errors,      PageId::Tools,  PageId::Embeddings, PageId::Feedback,
    PageId::Latency,   PageId::Spikes,      PageId::Prices, PageId::Quality,    PageId::Listen};
/// True for pages before which the rail leaves a gap: calls, people, what went on in them, and the rest.
bool beginsGroup(PageId page);

/// Every action of the window with its words, keys and place in the menus. What they do is wired by the
/// window.
class MainActions
{
public:
    explicit MainActions(QMainWindow *window);

    // File
    QAction *openFiles = nullptr;
    QAction *openFolder = nullptr;
    QAction *importDumps = nullptr;
    QAction *importNew = nullptr;
    QAction *connectProject = nullptr;
    QAction *pullNow = nullptr;
    QAction *importReport = nullptr;
    QAction *exportReport = nullptr;
    QAction *closeStore = nullptr;
    QAction *quit = nullptr;
    // Edit
    QAction *undo = nullptr;
    QAction *redo = nullptr;
    QAction *find = nullptr;
    // View
    std::array<QAction *, kPages.size()> pages{};
    QAction *previousPeriod = nullptr;
    QAction *nextPeriod = nullptr;
    QAction *refresh = nullptr;
    QAction *costChange = nullptr;
    QAction *railNames = nullptr;
    QAction *fullScreen = nullptr;
    std::array<QAction *, 3> appearance{}; ///< by AppearanceMode
    QMenu *views = nullptr;                ///< of saved views, filled by SavedViewsMenu
    // Go
    QAction *back = nullptr;
    QAction *forward = nullptr;
    // Help
    QAction *shortcuts = nullptr;
    QAction *about = nullptr;

    QAction *page(PageId id) const { return pages[static_cast<std::size_t>(id)]; }
    /// For the shortcut sheet.
    QVector<ShortcutSheet::Section> sections() const;

private:
    QAction *add(const QString &text, const QString &iconName, const QList<QKeySequence> &keys);
    void makeFile();
    void makeEdit();
    void makeView();
    void makeViews();
    void makeHelp();

    QMainWindow *m_window;
};

} // namespace genscope
