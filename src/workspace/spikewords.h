// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/spike.h"

#include <QLocale>
#include <QString>
#include <QStringList>

#include <string>

namespace genscope {

// Spikes in words, for window and report. All texts are plain.

/// A value that is there, as filters write it.
std::string spikeValue(const Cell &value);
QString spikeMeasureTitle(SpikeMeasure measure);
/// Whose it is: the value, `(none)` where it is missing, `All calls` without a dimension.
QString spikeWho(const Spike &spike, const SpikeQuery &query);
/// `2 Jun 2025 11:26`; with seconds only where there are some.
QString spikeMinute(Timestamp time, const Zone &zone, const QLocale &locale);
/// `2 Jun 2025 11:26 – 12:11`
QString spikeWhen(const Spike &spike, const Zone &zone, const QLocale &locale);
/// A value of the measure: seconds, percent or dollars.
QString spikeAmount(const Spike &spike, double value, const QLocale &locale);
/// `7.0×`
QString spikeFactor(const Spike &spike, const QLocale &locale);
/// `event.feature = agent`
QString driverText(const SpikeDriver &driver);
/// What it is, why, and how sure it is: a sentence each.
QStringList spikeSentences(const Spike &spike, const SpikeQuery &query, const Zone &zone,
                           const QLocale &locale);

} // namespace genscope
