// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spikewords.h"

#include "core/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Spikes)
};

/// Below this a factor is taken for one.
constexpr double kNoticeable = 1.15;

QString cellText(const Cell &cell)
{
    return std::holds_alternative<std::monostate>(cell) ? Text::tr("(none)")
                                                        : QString::fromStdString(spikeValue(cell));
}

QString times(double factor, const QLocale &locale)
{
    return Text::tr("%1×").arg(locale.toString(factor, 'f', factor < 10 ? 1 : 0));
}

QString percent(double share, const QLocale &locale)
{
    return formatRatio(share, locale);
}

/// Slow models and long answers, told apart.
QString causeSentence(const Spike &spike, const QLocale &locale)
{
    if (!spike.speedFactor)
        return {};
    const bool slower = *spike.speedFactor >= kNoticeable;
    const bool longer = spike.lengthFactor && *spike.lengthFactor >= kNoticeable;
    const bool isLatency = spike.measure != SpikeMeasure::TtftP95;
    if (slower && longer)
        return Text::
            tr("Two causes: calls of the same model and answer length took %1 as long, and longer answers "
               "or slower models took another %2 (medians).")
                .arg(times(*spike.speedFactor, locale), times(*spike.lengthFactor, locale));
    if (slower && isLatency)
        return Text::tr("The model got slower: the same answers took %1 as long (median); they did not get "
                        "longer.")
            .arg(times(*spike.speedFactor, locale));
    if (slower)
        return Text::tr("First tokens of the same models took %1 as long (median).")
            .arg(times(*spike.speedFactor, locale));
    if (longer)
        return Text::tr("Answers got longer or went to slower models, which alone takes %1 as long (median); "
                        "the models kept their speed.")
            .arg(times(*spike.lengthFactor, locale));
    return Text::tr("Most calls were as fast as ever: the slowest ones got slower.");
}

QString driversSentence(const Spike &spike, const QLocale &locale)
{
    if (spike.drivers.empty())
        return Text::tr(
            "Nothing else sets these calls apart: customers, steps, versions and other properties "
            "are about as usual.");
    const SpikeDriver &first = spike.drivers.front();
    QString text = Text::tr("%1 accounts for %2 of the excess (%3 of the calls inside, %4 before).")
                       .arg(driverText(first), percent(std::min(first.contribution, 1.0), locale),
                            percent(first.shareInSpike, locale), percent(first.shareBefore, locale));
    return text;
}

QString evidenceSentence(const Spike &spike, const QLocale &locale)
{
    const QString calls = Text::tr(
        "%n call(s)", "",
        static_cast<int>(std::min<std::int64_t>(spike.generations, std::numeric_limits<int>::max())));
    const QString cost = spike.cost ? Text::tr(", %1").arg(formatMoney(*spike.cost, locale)) : QString();
    if (spike.pValue < 1e-9)
        return Text::tr(
                   "%1 inside%2; by chance alone, fewer than one in a billion such series would show it.")
            .arg(calls, cost);
    // Read as odds: people know one in a thousand better than 0.001.
    return Text::tr("%1 inside%2; by chance alone, fewer than one in %3 such series would show it.")
        .arg(calls, cost, locale.toString(std::round(1 / spike.pValue), 'f', 0));
}

} // namespace

std::string spikeValue(const Cell &value)
{
    if (const auto *text = std::get_if<std::string>(&value))
        return *text;
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *money = std::get_if<Money>(&value))
        return money->toString();
    if (const auto *time = std::get_if<Timestamp>(&value))
        return isoTime(*time);
    if (const auto *real = std::get_if<double>(&value)) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr;
        return {digits.data(), end};
    }
    return {};
}

QString spikeMeasureTitle(SpikeMeasure measure)
{
    switch (measure) {
    case SpikeMeasure::LatencyP95:
        return Text::tr("p95 latency");
    case SpikeMeasure::LatencyP50:
        return Text::tr("Median latency");
    case SpikeMeasure::TtftP95:
        return Text::tr("p95 time to first token");
    case SpikeMeasure::ErrorRate:
        return Text::tr("Error rate");
    case SpikeMeasure::Cost:
        return Text::tr("Cost");
    }
    return {};
}

QString spikeWho(const Spike &spike, const SpikeQuery &query)
{
    return query.by ? cellText(spike.value) : Text::tr("All calls");
}

QString spikeMinute(Timestamp time, const Zone &zone, const QLocale &locale)
{
    QString text = formatInstant(time, zone, locale);
    if (text.endsWith(QStringLiteral(":00")))
        text.chop(3);
    return text;
}

QString spikeWhen(const Spike &spike, const Zone &zone, const QLocale &locale)
{
    const QString from = spikeMinute(spike.from, zone, locale);
    QString to = spikeMinute(spike.to, zone, locale);
    const auto space = from.lastIndexOf(QLatin1Char(' '));
    if (to.startsWith(from.left(space + 1)))
        to = to.mid(space + 1); // of the same day
    return Text::tr("%1 – %2").arg(from, to);
}

QString spikeAmount(const Spike &spike, double value, const QLocale &locale)
{
    if (spike.measure == SpikeMeasure::ErrorRate)
        return formatRatio(value, locale);
    if (spike.measure == SpikeMeasure::Cost)
        return formatMoney(Money{static_cast<Int128>(std::llround(value * 1e12))}, locale);
    return formatSeconds(value, locale);
}

QString spikeFactor(const Spike &spike, const QLocale &locale)
{
    return times(spike.factor, locale);
}

QString driverText(const SpikeDriver &driver)
{
    return QStringLiteral("%1 = %2").arg(QString::fromStdString(driver.dimension), cellText(driver.value));
}

QStringList spikeSentences(const Spike &spike, const SpikeQuery &query, const Zone &zone,
                           const QLocale &locale)
{
    QStringList sentences = {
        Text::tr("%1 of %2 was %3 instead of the usual %4 (%5), %6.")
            .arg(spikeMeasureTitle(spike.measure), spikeWho(spike, query),
                 spikeAmount(spike, spike.observed, locale), spikeAmount(spike, spike.baseline, locale),
                 spikeFactor(spike, locale), spikeWhen(spike, zone, locale)),
        causeSentence(spike, locale), driversSentence(spike, locale), evidenceSentence(spike, locale)};
    sentences.removeAll(QString());
    return sentences;
}

} // namespace genscope
