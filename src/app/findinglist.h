// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/dataissues.h"

#include <QLocale>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace genscope {

class QualityCheck;

/// What looks wrong in the open store, a card for each finding, or that nothing does. Follows a check.
class FindingList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FindingList)
public:
    explicit FindingList(QualityCheck *check, QWidget *parent = nullptr);

    QString summary() const; ///< the line above the cards
    int cardCount() const;

Q_SIGNALS:
    void eventsRequested(const genscope::DataFinding &finding);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void update();

    QualityCheck *m_check;
    QLabel *m_summary;
    QLabel *m_calm; ///< what else there is to say when nothing is wrong
    QVBoxLayout *m_cards;
    std::vector<DataFinding> m_shown;
};

/// `3 warnings and 1 note in 18,123 events`, or that nothing looks wrong.
QString qualitySummary(const std::vector<DataFinding> &findings, std::int64_t events, const QLocale &locale);

} // namespace genscope
