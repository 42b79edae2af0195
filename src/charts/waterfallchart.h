// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/money.h"

#include <QString>

#include <vector>

namespace genscope {

/// From one amount to another in steps: a bar that stands, steps that hang between, a bar that stands.
class WaterfallChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WaterfallChart)
public:
    struct Step
    {
        QString title;
        QString hint; ///< tooltip; may be empty
        Money amount;
        bool isTotal = false; ///< stands on the base line instead of hanging at the step before
    };

    explicit WaterfallChart(QWidget *parent = nullptr);

    /// @param steps  what hangs adds up to the totals
    void setSteps(std::vector<Step> steps);
    const std::vector<Step> &steps() const { return m_steps; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Span
    {
        double from = 0; ///< USD
        double to = 0;
    };
    std::vector<Span> spans() const;
    /// Where the drawing of totals begins [USD]: 0, or higher where steps are small beside them.
    double baseOf(const std::vector<Span> &spans) const;
    QRectF slot(std::size_t step) const; ///< the step's part of the widget
    int stepAt(const QPointF &position) const;

    std::vector<Step> m_steps;
};

} // namespace genscope
