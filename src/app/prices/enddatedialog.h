// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/timestamp.h"

class QDateEdit;

namespace genscope {

/// From which day on a price no longer holds. Does not block.
class EndDateDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndDateDialog)
public:
    EndDateDialog(const QString &model, Timestamp proposed, const TimeRange &valid,
                  QWidget *parent = nullptr);

    Timestamp end() const;

private:
    QDateEdit *m_date;
};

} // namespace genscope
