// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainactions.h"

#include "app/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MainActions)
};

QString pageText(PageId page)
{
    switch (page) {
    case PageId::Dashboard:
        return Text::tr("&Dashboard");
    case PageId::Generations:
        return Text::tr("&Generations");
    case PageId::Traces:
        return Text::tr("&Traces");
    case PageId::Sessions:
        return Text::tr("&Sessions");
    case PageId::Users:
        return Text::tr("&Users");
    case PageId::Customers:
        return Text::tr("&Customers");
    case PageId::Errors:
        return Text::tr("&Errors");
    case PageId::Tools:
        return Text::tr("T&ools");
    case PageId::Embeddings:
        return Text::tr("E&mbeddings");
    case PageId::Feedback:
        return Text::tr("Feed&back");
    case PageId::Latency:
        return Text::tr("Latenc&y");
    case PageId::Spikes:
        return Text::tr("Spi&kes");
    case PageId::Prices:
        return Text::tr("&Prices");
    case PageId::Quality:
        return Text::tr("&Quality");
    case PageId::Listen:
        return Text::tr("&Listen");
    }
    return {};
}

QString pageIcon(PageId page)
{
    switch (page) {
    case PageId::Dashboard:
        return QStringLiteral("dashboard");
    case PageId::Generations:
        return QStringLiteral("generations");
    case PageId::Traces:
        return QStringLiteral("traces");
    case PageId::Sessions:
        return QStringLiteral("sessions");
    case PageId::Users:
        return QStringLiteral("users");
    case PageId::Customers:
        return QStringLiteral("customers");
    case PageId::Errors:
        return QStringLiteral("errors");
    case PageId::Tools:
        return QStringLiteral("tools");
    case PageId::Embeddings:
        return QStringLiteral("embeddings");
    case PageId::Feedback:
        return QStringLiteral("feedback");
    case PageId::Latency:
        return QStringLiteral("latency");
    case PageId::Spikes:
        return QStringLiteral("spikes");
    case PageId::Prices:
        return QStringLiteral("prices");
    case PageId::Quality:
        return QStringLiteral("quality");
    case PageId::Listen:
        return QStringLiteral("listen");
    }
    return {};
}

/// The first ten pages have the digits, in the rail's order; there are no more.
QKeySequence pageKeys(PageId page)
{
    switch (page) {
    case PageId::Latency:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_T;
    case PageId::Spikes:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_K;
    case PageId::Prices:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_P;
    case PageId::Quality:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_Y;
    case PageId::Listen:
        return Qt::CTRL | Qt::SHIFT | Qt::Key_L;
    default:
        break;
    }
    const int digit = (static_cast<int>(page) + 1) % 10;
    return Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit);
}

} // namespace

bool beginsGroup(PageId page)
{
    return page == PageId::Generations || page == PageId::Users || page == PageId::Errors ||
           page == PageId::Latency;
}

MainActions::MainActions(QMainWindow *window) : m_window(window)
{
    makeFile();
    makeEdit();
    makeView();
    makeViews();
    makeHelp();
}

QAction *MainActions::add(const QString &text, const QString &iconName, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, m_window);
    if (!iconName.isEmpty())
        action->setIcon(strokeIcon(iconName));
    action->setShortcuts(keys);
    m_window->addAction(action); // works in full screen, too, where the menu bar may be hidden
    return action;
}

void MainActions::makeFile()
{
    openFiles = add(Text::tr("&Open files…"), QStringLiteral("file"), {QKeySequence(Qt::CTRL | Qt::Key_O)});
    openFolder = add(Text::tr("Open a &folder…"), QStringLiteral("folder"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    importDumps = add(Text::tr("&Import…"), QStringLiteral("import"), {QKeySequence(Qt::CTRL | Qt::Key_I)});
    importNew = add(Text::tr("Import into a &new store…"), QStringLiteral("store"), {});
    connectProject = add(Text::tr("Connect to &PostHog…"), QStringLiteral("connect"), {});
    pullNow = add(Text::tr("Pull no&w"), QStringLiteral("refresh"), {QKeySequence(Qt::SHIFT | Qt::Key_F5)});
    importReport = add(Text::tr("Import &report"), QStringLiteral("info"), {});
    exportReport = add(Text::tr("&Export report…"), QStringLiteral("report"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    closeStore = add(Text::tr("&Close store"), QStringLiteral("close"), {QKeySequence(Qt::CTRL | Qt::Key_W)});
    quit = add(Text::tr("&Quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);

    QMenu *menu = m_window->menuBar()->addMenu(Text::tr("&File"));
    menu->setToolTipsVisible(true); // why something cannot be done
    menu->addActions({openFiles, openFolder});
    menu->addSeparator();
    menu->addActions({importDumps, importNew, importReport});
    menu->addSeparator();
    menu->addActions({connectProject, pullNow});
    menu->addSeparator();
    menu->addActions({exportReport});
    menu->addSeparator();
    menu->addActions({closeStore, quit});
}

void MainActions::makeEdit()
{
    undo = add(Text::tr("&Undo"), QStringLiteral("undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    redo = add(Text::tr("&Redo"), QStringLiteral("redo"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    find = add(Text::tr("&Find with the filter"), QStringLiteral("search"),
               {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::Key_Slash)});
    QMenu *menu = m_window->menuBar()->addMenu(Text::tr("&Edit"));
    menu->addActions({undo, redo});
    menu->addSeparator();
    menu->addActions({find});
}

void MainActions::makeView()
{
    auto *pageGroup = new QActionGroup(m_window);
    for (const PageId id : kPages) {
        QAction *action = add(pageText(id), pageIcon(id), {pageKeys(id)});
        action->setCheckable(true);
        pageGroup->addAction(action);
        pages[static_cast<std::size_t>(id)] = action;
    }
    back = add(Text::tr("&Back"), QStringLiteral("arrow-left"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
    forward =
        add(Text::tr("&Forward"), QStringLiteral("arrow-right"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
    previousPeriod = add(Text::tr("&Previous period"), QStringLiteral("chevron-left"),
                         {QKeySequence(Qt::Key_BracketLeft)});
    nextPeriod =
        add(Text::tr("&Next period"), QStringLiteral("chevron-right"), {QKeySequence(Qt::Key_BracketRight)});
    refresh = add(Text::tr("&Refresh"), QStringLiteral("refresh"), {QKeySequence(Qt::Key_F5)});
    costChange =
        add(Text::tr("&Why the cost changed…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)});
    railNames = add(Text::tr("Page na&mes"), {}, {});
    railNames->setCheckable(true);
    fullScreen = add(Text::tr("F&ull screen"), {}, {QKeySequence(Qt::Key_F11)});
    fullScreen->setCheckable(true);

    auto *appearanceGroup = new QActionGroup(m_window);
    const std::array names = {Text::tr("As the &system"), Text::tr("&Light"), Text::tr("&Dark")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        appearance[i] = add(names[i], {}, {});
        appearance[i]->setCheckable(true);
        appearanceGroup->addAction(appearance[i]);
    }

    QMenu *menu = m_window->menuBar()->addMenu(Text::tr("&View"));
    menu->addActions(QList<QAction *>(pages.begin(), pages.end()));
    menu->addSeparator();
    menu->addActions({back, forward});
    menu->addSeparator();
    menu->addActions({previousPeriod, nextPeriod, refresh});
    menu->addSeparator();
    menu->addActions({costChange});
    menu->addSeparator();
    menu->addMenu(Text::tr("&Appearance"))
        ->addActions(QList<QAction *>(appearance.begin(), appearance.end()));
    menu->addActions({railNames, fullScreen});
}

void MainActions::makeViews()
{
    views = m_window->menuBar()->addMenu(Text::tr("Saved v&iews"));
}

void MainActions::makeHelp()
{
    shortcuts = add(Text::tr("&Keyboard shortcuts"), QStringLiteral("keyboard"),
                    {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    about = add(Text::tr("&About Genscope"), {}, {});
    about->setMenuRole(QAction::AboutRole);
    QMenu *menu = m_window->menuBar()->addMenu(Text::tr("&Help"));
    menu->addActions({shortcuts, about});
}

QVector<ShortcutSheet::Section> MainActions::sections() const
{
    QVector<QAction *> pageActions(pages.begin(), pages.end());
    pageActions += {back, forward};
    return {
        {Text::tr("Files"), {openFiles, openFolder, importDumps, exportReport, closeStore, quit}},
        {Text::tr("Filter and time"), {find, undo, redo, previousPeriod, nextPeriod, refresh, costChange}},
        {Text::tr("Pages"), pageActions},
        {Text::tr("Window"), {fullScreen, shortcuts}}};
}

} // namespace genscope
