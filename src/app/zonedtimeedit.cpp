// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/zonedtimeedit.h"

namespace genscope {

ZonedTimeEdit::ZonedTimeEdit(const QString &accessibleName, QWidget *parent) : QDateTimeEdit(parent)
{
    setTimeSpec(Qt::UTC); // wall-clock readings; the zone is applied here
    setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    setCalendarPopup(true);
    setAccessibleName(accessibleName);
}

void ZonedTimeEdit::setInstant(Timestamp instant, const Zone &zone)
{
    m_given = instant;
    setDateTime(QDateTime::fromMSecsSinceEpoch(zone.localMicros(instant) / 1000, Qt::UTC));
    m_shown = dateTime();
}

Timestamp ZonedTimeEdit::instant(const Zone &zone) const
{
    return dateTime() == m_shown ? m_given : zone.instantFromLocal(dateTime().toMSecsSinceEpoch() * 1000);
}

} // namespace genscope
