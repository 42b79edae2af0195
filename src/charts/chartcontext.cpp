// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartcontext.h"

#include "charts/celltext.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

/// `2025-06-02 00:00`, with seconds only where there are some.
QString isoMinutes(Timestamp instant, const Zone &zone)
{
    QString text = QString::fromStdString(zone.iso(instant)).left(19);
    if (text.endsWith(QStringLiteral(":00")))
        text.chop(3);
    return text.replace(QLatin1Char('T'), QLatin1Char(' '));
}

QString rangeText(const TimeRange &range, const Zone &zone)
{
    if (range.from && range.to)
        return Text::tr("%1 – %2").arg(isoMinutes(*range.from, zone), isoMinutes(*range.to, zone));
    if (range.from)
        return Text::tr("from %1").arg(isoMinutes(*range.from, zone));
    if (range.to)
        return Text::tr("until %1").arg(isoMinutes(*range.to, zone));
    return Text::tr("all times");
}

} // namespace

QString ChartContext::footer(const Zone &zone, Timestamp drawnAt, const QLocale &locale) const
{
    QStringList parts;
    parts << (filterText.isEmpty() ? Text::tr("No filter") : Text::tr("Filter: %1").arg(filterText));
    parts << rangeText(range, zone) + QLatin1Char(' ') + QString::fromUtf8(zone.name());
    parts << Text::tr("%1 of %2 rows").arg(formatCount(matched, locale), formatCount(stored, locale));
    if (earlier)
        parts << Text::tr("dashed: %1").arg(rangeText(earlierRange, zone));
    if (!costText.isEmpty())
        parts << costText;
    parts << (isDated ? Text::tr("drawn %1 by Genscope")
                            .arg(isoMinutes({drawnAt.us - drawnAt.us % (60 * kMicrosPerSecond)}, zone))
                      : Text::tr("drawn by Genscope"));
    return parts.join(QStringLiteral("  ·  "));
}

bool ValueChoice::isFaint(const Cell &value) const
{
    if (isOther(value))
        return !only.empty();
    const std::optional<std::string> key = isMissing(value) ? std::nullopt : std::optional(cellKey(value));
    return without.count(key) > 0 || (!only.empty() && only.count(key) == 0);
}

ChartPick::Intent intentOf(Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::ShiftModifier))
        return ChartPick::Intent::Rows;
    if (modifiers.testFlag(Qt::ControlModifier))
        return ChartPick::Intent::Add;
    return modifiers.testFlag(Qt::AltModifier) ? ChartPick::Intent::Exclude : ChartPick::Intent::Only;
}

void ChartPick::add(const ChartPick &other)
{
    if (!dimension.empty()) {
        also.push_back(other);
        return;
    }
    dimension = other.dimension;
    value = other.value;
    otherThan = other.otherThan;
    atLeast = other.atLeast;
    lessThan = other.lessThan;
}

} // namespace genscope
