// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace genscope {

/// Runs questions of views on workers and hands the answers back on the GUI thread. A view that asks again
/// under the same name, or dies, never sees the older answer; a question that grew stale while queued is not
/// even computed.
/// @thread GUI, but for the work itself
class AnswerSlots final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerSlots)
public:
    explicit AnswerSlots(QObject *parent = nullptr);
    ~AnswerSlots() override; ///< joins the workers

    void ask(QObject *context, const QString &slot, std::function<void()> work, std::function<void()> done);

private:
    using Ticket = std::shared_ptr<std::atomic<quint64>>;
    Ticket ticketOf(QObject *context, const QString &slot);

    QHash<QObject *, QHash<QString, Ticket>> m_tickets;
    QThreadPool m_pool;
};

} // namespace genscope
