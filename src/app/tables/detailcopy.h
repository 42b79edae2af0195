// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventdetail.h"
#include "models/tracedetail.h"

#include <QToolButton>

#include <functional>
#include <memory>

namespace genscope {

/// The button that copies the shown event or trace: as JSON, as Markdown, as a call to repeat. What has to be
/// read from the store is read on a worker.
class DetailCopy final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailCopy)
public:
    /// What is shown; either may be null.
    struct Shown
    {
        std::shared_ptr<const EventDetail> event;
        std::shared_ptr<const TraceDetail> trace;
    };
    DetailCopy(Workspace *workspace, std::function<Shown()> shown, QWidget *parent = nullptr);

Q_SIGNALS:
    void message(const QString &text);

private:
    void fillMenu();
    void copy(const QString &text, const QString &what);
    void copyCurl(const EventDetail &event);
    /// Reads and puts together on a worker.
    void copyTrace(const QString &what, std::function<Result<QString>(const Selection &)> make);

    Workspace *m_workspace;
    std::function<Shown()> m_shown;
};

} // namespace genscope
