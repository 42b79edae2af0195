// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/syncsteps.h"

#include <QJsonObject>
#include <QString>

namespace genscope {

/// A question in PostHog's SQL. Values are never put into the text.
struct HogQl
{
    QString text;
    QJsonObject values; ///< for `{name}`
    QString name;       ///< what the customer's query log calls it

    /// The body of `POST /query/`, which asks for an answer that is not out of the server's cache.
    QByteArray body() const;
};

/// `2026-11-23 10:01:07.120000`, as literals are written.
QString sqlTime(Timestamp time);

HogQl questionOf(const AskClock &step);
HogQl questionOf(const ProbeContent &step);
HogQl questionOf(const AskNames &step);
HogQl questionOf(const PullPage &step);
HogQl questionOf(const PullContent &step);
HogQl questionOf(const PullPersons &step);
HogQl questionOf(const PullGroups &step);
HogQl questionOf(const CountDays &step);

} // namespace genscope
