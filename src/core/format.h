// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money.h"
#include "core/timestamp.h"
#include "core/zone.h"

#include <QLocale>
#include <QString>

#include <cstdint>

namespace genscope {

// How numbers read on screen: by locale, money never in exponent form. Exports and the command line's machine
// formats do not use these.

/// `$1,204.50`, `$0.0123`, `$0.00000042`: two decimals from a dollar on, below that three significant digits.
QString formatMoney(Money money, const QLocale &locale);
/// `1,204,567`
QString formatCount(std::int64_t count, const QLocale &locale);
/// `999`, `12.3 k`, `4.56 M`, `1.2 G`: three significant digits, for axes and number tiles.
QString formatCompact(double number, const QLocale &locale);
/// `$12.3 k`: compact money for axes.
QString formatCompactMoney(double usd, const QLocale &locale);
/// `240 ms`, `1.50 s`, `4 m 30 s`, `2 h 15 m`
QString formatSeconds(double seconds, const QLocale &locale);
/// 0..1 as `1.2 %`
QString formatRatio(double ratio, const QLocale &locale);
/// `12.3 MB`
QString formatBytes(std::int64_t bytes, const QLocale &locale);
/// Date and time in @p zone, to the second, in the locale's short date form.
QString formatInstant(Timestamp instant, const Zone &zone, const QLocale &locale);
/// `8f339ea7…3304`: long ids shortened in the middle to at most @p limit characters.
QString shortenId(const QString &id, int limit = 13);

} // namespace genscope
