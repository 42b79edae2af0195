// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stoptoken.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace genscope {

/// Runs questions of views on workers and hands the answers back on the GUI thread. A view that asks again
/// under the same name, or dies, never sees the older answer: its work is asked to stop, or not even begun.
/// @thread GUI, but for the work itself
class AnswerSlots final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerSlots)
public:
    explicit AnswerSlots(QObject *parent = nullptr);
    ~AnswerSlots() override; ///< joins the workers

    void ask(QObject *context, const QString &slot, std::function<void(const StopToken &)> work,
             std::function<void()> done);

private:
    /// The newest question of every view and name; an older one is stopped.
    QHash<QObject *, QHash<QString, StopToken>> m_questions;
    QThreadPool m_pool;
};

} // namespace genscope
