// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QVector>
#include <QWidget>

#include <vector>

namespace genscope {

/// How much of the 12-column grid a tile takes.
struct TileSpan
{
    int columns = 4;
    int rows = 1;
    bool number = false; ///< number tiles are low; rows of them stay apart from rows of charts
};

/// Rectangles of tiles in reading order, packed into the first gap that fits, at @p width pixels. Below 900
/// pixels tiles take twice the columns, below 560 they take all.
std::vector<QRect> arrangeTiles(const std::vector<TileSpan> &spans, int width);

/// A widget that keeps its children on the 12-column grid and is as high as they need.
class TileGrid final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TileGrid)
public:
    explicit TileGrid(QWidget *parent = nullptr);

    /// Takes the tiles over; earlier ones are deleted.
    void setTiles(const QVector<QWidget *> &tiles, const std::vector<TileSpan> &spans);
    const QVector<QWidget *> &tiles() const { return m_tiles; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QVector<QWidget *> m_tiles;
    std::vector<TileSpan> m_spans;
};

} // namespace genscope
