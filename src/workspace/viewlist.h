// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/stoptoken.h"
#include "workspace/savedview.h"

#include <QThreadPool>

#include <vector>

namespace genscope {

class Workspace;

/// The saved views of the open store. Edits are shown at once, written by a worker, and can be undone; what
/// cannot be written is taken back and said.
/// @thread GUI
class ViewList final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewList)
public:
    explicit ViewList(Workspace *workspace, QObject *parent = nullptr);
    ~ViewList() override; ///< waits for what is being written, but not long for another program

    const std::vector<SavedView> &views() const { return m_views; }
    bool isLoaded() const { return m_loaded; } ///< edits are refused before
    int indexOf(const QString &name) const;    ///< -1 if there is none
    /// Replaces the view of that name, or adds it at the end.
    void save(const SavedView &view);
    void rename(int index, const QString &name); ///< taken names get a number
    void setIcon(int index, const std::string &icon);
    void move(int from, int to);
    void remove(int index);
    /// Adds views of a file; taken names get a number.
    void add(const std::vector<SavedView> &views);
    bool canUndo() const { return !m_undone.empty(); }
    void undo();

Q_SIGNALS:
    void changed();
    void failed(const genscope::Error &error);

private:
    void load();
    void edit(std::vector<SavedView> views);
    void write();

    Workspace *m_workspace;
    std::vector<SavedView> m_views;
    std::vector<SavedView> m_written; ///< what the store has
    std::vector<std::vector<SavedView>> m_undone;
    bool m_loaded = false; ///< before, an edit would lose what the store has
    int m_edits = 0;       ///< answers to older reads and writes do not count
    StopToken m_stop;
    QThreadPool m_pool; ///< destroyed first
};

} // namespace genscope
