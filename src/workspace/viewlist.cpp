// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/viewlist.h"

#include "workspace/workspace.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace genscope {

namespace {

constexpr std::size_t kMostUndone = 50;

Result<std::vector<SavedView>> readAll(const QString &store)
{
    const auto rows = readViews(store);
    if (!rows)
        return rows.error();
    std::vector<SavedView> views;
    for (const ViewRow &row : *rows) {
        Result<SavedView> view = viewFromRow(row);
        if (!view)
            return view.error();
        views.push_back(std::move(*view));
    }
    return views;
}

} // namespace

ViewList::ViewList(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_pool.setMaxThreadCount(1);
    connect(workspace, &Workspace::opened, this, &ViewList::load);
    connect(workspace, &Workspace::closed, this, [this] {
        ++m_edits;
        m_loaded = false;
        m_views.clear();
        m_undone.clear();
        Q_EMIT changed();
    });
}

ViewList::~ViewList()
{
    constexpr int kPatienceMs = 2000;
    if (!m_pool.waitForDone(kPatienceMs))
        m_stop.requestStop();
    m_pool.waitForDone();
}

void ViewList::load()
{
    m_loaded = false;
    m_views.clear();
    m_undone.clear();
    Q_EMIT changed();
    m_pool.start([this, store = m_workspace->storePath(), edits = ++m_edits] {
        auto read = std::make_shared<Result<std::vector<SavedView>>>(readAll(store));
        QMetaObject::invokeMethod(
            this,
            [this, read, edits] {
                if (edits != m_edits)
                    return;
                if (!*read) {
                    Q_EMIT failed(read->error());
                    return;
                }
                m_loaded = true;
                m_views = **read;
                m_written = m_views;
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

int ViewList::indexOf(const QString &name) const
{
    const auto view =
        std::find_if(m_views.begin(), m_views.end(), [&name](const SavedView &v) { return v.name == name; });
    return view == m_views.end() ? -1 : static_cast<int>(view - m_views.begin());
}

void ViewList::save(const SavedView &view)
{
    std::vector<SavedView> views = m_views;
    if (const int index = indexOf(view.name); index >= 0)
        views[static_cast<std::size_t>(index)] = view;
    else
        views.push_back(view);
    edit(std::move(views));
}

void ViewList::rename(int index, const QString &name)
{
    const QString wanted = name.trimmed();
    std::vector<SavedView> views = m_views;
    SavedView &view = views[static_cast<std::size_t>(index)];
    if (wanted.isEmpty() || wanted == view.name)
        return;
    view.name = unusedViewName(wanted, m_views);
    edit(std::move(views));
}

void ViewList::setIcon(int index, const std::string &icon)
{
    std::vector<SavedView> views = m_views;
    if (std::exchange(views[static_cast<std::size_t>(index)].icon, icon) != icon)
        edit(std::move(views));
}

void ViewList::move(int from, int to)
{
    if (from == to)
        return;
    std::vector<SavedView> views = m_views;
    SavedView moved = std::move(views[static_cast<std::size_t>(from)]);
    views.erase(views.begin() + from);
    views.insert(views.begin() + to, std::move(moved));
    edit(std::move(views));
}

void ViewList::remove(int index)
{
    std::vector<SavedView> views = m_views;
    views.erase(views.begin() + index);
    edit(std::move(views));
}

void ViewList::add(const std::vector<SavedView> &added)
{
    std::vector<SavedView> views = m_views;
    for (SavedView view : added) {
        view.name = unusedViewName(view.name, views);
        views.push_back(std::move(view));
    }
    edit(std::move(views));
}

void ViewList::undo()
{
    if (!canUndo())
        return;
    m_views = std::move(m_undone.back());
    m_undone.pop_back();
    write();
}

void ViewList::edit(std::vector<SavedView> views)
{
    if (!m_loaded) {
        Q_EMIT failed(
            makeError(Error::Kind::Io, tr("The saved views of this store could not be read: nothing was "
                                          "changed.")));
        return;
    }
    m_undone.push_back(std::exchange(m_views, std::move(views)));
    if (m_undone.size() > kMostUndone)
        m_undone.erase(m_undone.begin());
    write();
}

void ViewList::write()
{
    Q_EMIT changed();
    std::vector<ViewRow> rows;
    for (const SavedView &view : m_views)
        rows.push_back(viewToRow(view));
    m_pool.start(
        [this, store = m_workspace->storePath(), rows, views = m_views, edits = ++m_edits, stop = m_stop] {
            auto done = std::make_shared<Result<std::vector<ViewRow>>>(editViews(
                store, [&rows](const auto &) { return rows; }, {}, stop));
            QMetaObject::invokeMethod(
                this,
                [this, done, views, edits] {
                    if (done->ok())
                        m_written = views;
                    if (edits != m_edits || done->ok())
                        return;
                    m_views = m_written;
                    m_undone.clear();
                    Q_EMIT changed();
                    Q_EMIT failed(done->error());
                },
                Qt::QueuedConnection);
        });
}

} // namespace genscope
