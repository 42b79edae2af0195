// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartview.h"

#include "charts/charttooltip.h"
#include "charts/timeseries.h"

namespace genscope {

/// How a total differs from that of the previous period, in words.
struct NumberChange
{
    enum class Direction { None, Up, Down };
    Direction direction = Direction::None;
    QString text;          ///< `▲ 12.3 % from $1,074.20`; empty if there is nothing to compare with
    bool alarming = false; ///< errors that rise. Nothing is "good": cost that falls may be users that left.
};
NumberChange numberChange(const Cell &now, const Cell &before, Unit unit, const std::string &measure,
                          const QLocale &locale);

/// One big number, its change against the previous period, and a sparkline.
class NumberTile final : public ChartView
{
    Q_OBJECT
public:
    explicit NumberTile(QWidget *parent = nullptr);

    void setResult(const ResultTable &table, const ChartContext &context) override;
    /// @param before  of the previous period; missing if there is none
    void setTotals(const Cell &now, const Cell &before);
    void paintPicture(QPainter &painter, const QRect &area) override;
    void setCrosshair(std::optional<Timestamp> instant) override;

    QString numberText() const; ///< the whole number as shown
    const NumberChange &change() const { return m_change; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QRectF sparkArea(const QSizeF &size) const;
    QPointF sparkPoint(const QRectF &area, std::size_t bucket) const;
    QPointF sparkPoint(const QRectF &area, std::size_t bucket, double number) const;
    void paintEarlier(QPainter &painter, const QRectF &area) const;
    void paint(QPainter &painter, const QSizeF &size, bool interactive) const;
    void paintNumber(QPainter &painter, const QRectF &line) const;
    void paintSpark(QPainter &painter, const QRectF &area, bool interactive) const;
    void setBucket(int bucket);
    void updateTexts();
    QColor lineColor() const;

    TimeSeriesData m_data;
    Cell m_now;
    Cell m_before;
    NumberChange m_change;
    double m_largest = 0;
    ChartTooltip *m_tooltip = nullptr;
    int m_bucket = -1;
};

} // namespace genscope
