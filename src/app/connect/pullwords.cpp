// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connect/pullwords.h"

#include "core/format.h"
#include "core/zone.h"
#include "sync/puller.h"
#include "sync/syncwords.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PullWords)
};

/// `5 min`: how long ago a time was, in its largest unit.
QString ageOf(Timestamp time)
{
    const auto minutes = static_cast<int>((currentTime().us - time.us) / (60 * kMicrosPerSecond));
    if (minutes < 1)
        return Text::tr("< 1 min");
    if (minutes < 60)
        return Text::tr("%1 min").arg(minutes);
    const int hours = minutes / 60;
    return hours < 48 ? Text::tr("%1 h").arg(hours) : Text::tr("%1 days").arg(hours / 24);
}

} // namespace

QString pullingWords(const Puller &puller)
{
    const SyncProgress &progress = puller.progress();
    const QLocale locale;
    const double rate = progress.seconds >= 1 ? static_cast<double>(progress.events) / progress.seconds : 0;
    const QString events = rate > 0
                               ? Text::tr("%1 events, %2/s")
                                     .arg(formatCount(progress.events, locale), formatCompact(rate, locale))
                               : Text::tr("%1 events").arg(formatCount(progress.events, locale));
    return Text::tr("Pulling: %1 – %2").arg(events, doingWords(progress));
}

QString pullSummary(const Puller &puller)
{
    const SyncState &state = puller.state();
    if (!puller.project())
        return {};
    if (puller.isSyncing())
        return Text::tr("PostHog: pulling");
    if (!state.lastError.empty())
        return Text::tr("PostHog: the last pull failed");
    if (!state.taken)
        return Text::tr("PostHog: not yet pulled");
    return Text::tr("PostHog: %1 behind").arg(ageOf(state.taken->at));
}

QString pullFacts(const Puller &puller, const Zone &zone)
{
    const auto &project = puller.project();
    if (!project)
        return {};
    const SyncState &state = puller.state();
    const QLocale locale;
    const auto at = [&](Timestamp time) { return formatInstant(time, zone, locale); };
    QStringList lines;
    lines << Text::tr("Project %1 at %2").arg(project->id, project->hostText());
    lines << (state.lastSuccess ? Text::tr("Last success: %1").arg(at(*state.lastSuccess))
                                : Text::tr("Not yet pulled to the end."));
    if (state.taken)
        lines << Text::tr("New events up to %1 (%2 behind)").arg(at(state.taken->at), ageOf(state.taken->at));
    if (state.backfill)
        lines << Text::tr("History up to %1; the rest is still to come").arg(at(state.backfill->taken.at));
    if (puller.isSyncing())
        lines << pullingWords(puller);
    else if (puller.nextRun().isValid())
        lines << Text::tr("Next run: %1").arg(at({puller.nextRun().toMSecsSinceEpoch() * 1000}));
    else
        lines << Text::tr("Next run: when you ask for it");
    const auto budget = puller.budget();
    lines << Text::tr("Requests in the last hour: %1 of %2")
                 .arg(formatCount(static_cast<std::int64_t>(budget.lastHour), locale),
                      formatCount(static_cast<std::int64_t>(budget.perHour), locale));
    if (!state.lastError.empty() && !puller.isSyncing())
        lines << Text::tr("The last attempt ended early: %1").arg(QString::fromStdString(state.lastError));
    if (puller.hasKeyForSessionOnly())
        lines << Text::tr("No key ring can be reached: the key is kept until Genscope ends.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace genscope
