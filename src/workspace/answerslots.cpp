// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/answerslots.h"

#include <QThread>

#include <algorithm>

namespace genscope {

AnswerSlots::AnswerSlots(QObject *parent) : QObject(parent)
{
    // One core stays free for painting where there is more than one.
    m_pool.setMaxThreadCount(std::max(2, QThread::idealThreadCount() - 1));
}

AnswerSlots::~AnswerSlots()
{
    for (const auto &tickets : std::as_const(m_tickets)) {
        for (const Ticket &ticket : tickets)
            ticket->fetch_add(1);
    }
    m_pool.clear();
    m_pool.waitForDone();
}

AnswerSlots::Ticket AnswerSlots::ticketOf(QObject *context, const QString &slot)
{
    if (!m_tickets.contains(context)) {
        connect(context, &QObject::destroyed, this, [this](QObject *gone) {
            const auto tickets = m_tickets.take(gone);
            for (const Ticket &ticket : tickets)
                ticket->fetch_add(1);
        });
    }
    Ticket &ticket = m_tickets[context][slot];
    if (!ticket)
        ticket = std::make_shared<std::atomic<quint64>>(0);
    return ticket;
}

void AnswerSlots::ask(QObject *context, const QString &slot, std::function<void()> work,
                      std::function<void()> done)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const Ticket ticket = ticketOf(context, slot);
    const quint64 number = ticket->fetch_add(1) + 1;
    m_pool.start([this, ticket, number, work = std::move(work), done = std::move(done)] {
        if (ticket->load() != number)
            return;
        work();
        if (ticket->load() != number)
            return;
        // Delivered through this object: the destructor joins this worker, and Qt drops what is still queued
        // for it.
        QMetaObject::invokeMethod(
            this,
            [ticket, number, done] {
                if (ticket->load() == number)
                    done();
            },
            Qt::QueuedConnection);
    });
}

} // namespace genscope
