// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace genscope {

/// The small table beside the crosshair. All texts are plain, whatever they contain.
class ChartTooltip final : public QWidget
{
    Q_OBJECT
public:
    struct Row
    {
        QColor color; ///< invalid: no swatch
        QString label;
        QString value;
        QString share;
        bool strong = false;
    };
    struct Content
    {
        QString heading;
        QString note; ///< `so far`, below the heading
        std::vector<Row> rows;
        Row total; ///< below a line; with an empty label there is none
    };

    explicit ChartTooltip(QWidget *parent);

    void setContent(const Content &content);
    const Content &content() const { return m_content; }
    /// Shows it beside @p anchor (global), on the side where the screen has room.
    void showBeside(const QPoint &anchor);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Widths
    {
        int label = 0;
        int value = 0;
        int share = 0;
        int line = 0; ///< height of a line
    };
    Widths measure() const;
    void paintRow(QPainter &painter, const Row &row, const Widths &widths, int y) const;

    Content m_content;
};

} // namespace genscope
