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
    for (const auto &questions : std::as_const(m_questions)) {
        for (const StopToken &stop : questions)
            stop.requestStop();
    }
    m_pool.clear();
    m_pool.waitForDone();
}

void AnswerSlots::ask(QObject *context, const QString &slot, std::function<void(const StopToken &)> work,
                      std::function<void()> done)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_questions.contains(context)) {
        connect(context, &QObject::destroyed, this, [this](QObject *gone) {
            for (const StopToken &stop : m_questions.take(gone))
                stop.requestStop();
        });
    }
    StopToken &newest = m_questions[context][slot];
    newest.requestStop();
    newest = StopToken();
    m_pool.start([this, stop = newest, work = std::move(work), done = std::move(done)] {
        if (stop.stopRequested())
            return;
        work(stop);
        if (stop.stopRequested())
            return;
        // Delivered through this object: the destructor joins this worker, and Qt drops what is still queued
        // for it.
        QMetaObject::invokeMethod(
            this,
            [stop, done] {
                if (!stop.stopRequested())
                    done();
            },
            Qt::QueuedConnection);
    });
}

} // namespace genscope
