// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/timestamp.h"
#include "core/zone.h"

class QLabel;
class QPushButton;

namespace genscope {

class ZonedTimeEdit;

/// Asks for a range of time to compare with, as readings of a zone's clock.
class ComparisonRangeDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonRangeDialog)
public:
    /// @param range  what it begins with @param covered  by the data, for a hint
    ComparisonRangeDialog(const TimeRange &range, const TimeRange &covered, const Zone &zone,
                          QWidget *parent = nullptr);

    TimeRange range() const;
    void accept() override;

Q_SIGNALS:
    void chosen(const genscope::TimeRange &range);

private:
    void check();

    Zone m_zone;
    TimeRange m_covered;
    ZonedTimeEdit *m_from;
    ZonedTimeEdit *m_to;
    QLabel *m_hint;
    QPushButton *m_ok;
};

} // namespace genscope
