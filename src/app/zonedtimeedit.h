// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTimeEdit> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/zone.h"

namespace genscope {

/// An editor of an instant, as the clocks of a zone show it to the minute. An instant that nobody changed
/// keeps its seconds.
class ZonedTimeEdit final : public QDateTimeEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ZonedTimeEdit)
public:
    explicit ZonedTimeEdit(const QString &accessibleName, QWidget *parent = nullptr);

    void setInstant(Timestamp instant, const Zone &zone);
    Timestamp instant(const Zone &zone) const;

private:
    // What it was given, and what it showed of that.
    Timestamp m_given;
    QDateTime m_shown;
};

} // namespace genscope
