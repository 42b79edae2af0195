// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/qualitycheck.h"

#include "workspace/workspace.h"

#include <algorithm>

namespace genscope {

QualityCheck::QualityCheck(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    connect(workspace, &Workspace::opened, this, &QualityCheck::forget);
    connect(workspace, &Workspace::closed, this, &QualityCheck::forget);
    connect(workspace, &Workspace::importFinished, this,
            [this](const ImportReport &report, const QString &store) {
                const bool brought = report.newEvents > 0 || report.updated > 0;
                m_importDue = m_importDue || (brought && store == m_workspace->storePath());
            });
    // What an import brought last is in the selection once the workspace is at rest.
    connect(workspace, &Workspace::busyChanged, this, [this](bool busy) {
        if (!busy && m_importDue && !m_workspace->isImporting())
            ask(Depth::Columns);
    });
    connect(workspace, &Workspace::selectionChanged, this, [this] {
        if (m_snapshot != nullptr && m_snapshot != m_workspace->selection()->snapshot)
            Q_EMIT changed();
    });
}

QualityCheck::~QualityCheck()
{
    m_stop.requestStop();
}

void QualityCheck::ask(Depth depth)
{
    if (!m_workspace->isOpen() || (isKnown() && m_workspace->isImporting()))
        return;
    const auto snapshot = m_workspace->selection()->snapshot;
    if (snapshot == m_failed)
        return;
    if (snapshot == m_asking) {
        m_wanted = std::max(m_wanted, depth);
        return;
    }
    const bool columnsKnown = snapshot == m_snapshot;
    if (columnsKnown && m_depth >= depth) {
        settleImport();
        return;
    }
    m_stop.requestStop();
    m_asking = snapshot;
    m_wanted = depth;
    start(columnsKnown ? Depth::Everything : Depth::Columns);
}

void QualityCheck::start(Depth depth)
{
    using Found = Result<std::vector<DataFinding>>;
    m_stop = StopToken();
    m_workspace->compute<Found>(
        this, QStringLiteral("quality"),
        [depth, stop = m_stop](const Selection &selection) {
            DataContext context = selection.context.data;
            context.stop = stop;
            return findDataIssues(context, *selection.context.cache,
                                  depth == Depth::Columns ? kColumnIssues : kAllIssues);
        },
        [this, depth, snapshot = m_asking](const Found &found) {
            if (snapshot == m_asking)
                take(found, depth);
        });
}

void QualityCheck::take(const Result<std::vector<DataFinding>> &found, Depth depth)
{
    // compute() works on the newest selection: of other data, it is asked for again when that is shown.
    const bool more = found.ok() && depth < m_wanted && m_workspace->selection()->snapshot == m_asking;
    if (found) {
        m_findings = *found;
        m_events = static_cast<std::int64_t>(m_asking->rows());
        m_snapshot = m_asking;
        m_depth = depth;
    } else {
        m_failed = m_asking;
        Q_EMIT failed(found.error());
    }
    if (!more)
        m_asking = nullptr;
    Q_EMIT changed();
    settleImport();
    if (more && m_asking != nullptr)
        start(Depth::Everything);
}

void QualityCheck::settleImport()
{
    if (m_importDue && m_snapshot == m_workspace->selection()->snapshot) {
        m_importDue = false;
        Q_EMIT importChecked();
    }
}

void QualityCheck::forget()
{
    m_stop.requestStop();
    m_snapshot = nullptr;
    m_asking = nullptr;
    m_failed = nullptr;
    m_findings.clear();
    m_events = 0;
    m_importDue = false;
    Q_EMIT changed();
}

} // namespace genscope
