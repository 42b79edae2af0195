// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainactions.h"
#include "workspace/savedview.h"

#include <QObject>

#include <optional>

namespace genscope {

class PageStack;
class Workspace;

/// Keeps what pages show and how they are laid out together with the workspace's view: what the hand changes
/// on a page becomes a step to undo, and pages follow undo, redo and saved views.
class ArrangementKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ArrangementKeeper)
public:
    ArrangementKeeper(Workspace *workspace, PageStack *pages, QObject *parent = nullptr);

    /// Another page is looked at, with another scope where one is given: one step. The page of prices is
    /// left out: undo is about prices there.
    void setPage(PageId page, const std::optional<Scope> &scope = {});
    /// All of a saved view, as one step. @param scope  of the view, at the data as they are now
    void show(const SavedView &view, PageId page, const Scope &scope);

Q_SIGNALS:
    void pageRestored(genscope::PageId page);

private:
    void keepAll();
    void keepTable(PageId page);
    void keepDashboard();
    void restore();

    Workspace *m_workspace;
    PageStack *m_pages;
    bool m_restoring = false; ///< what pages say meanwhile is no step
};

} // namespace genscope
