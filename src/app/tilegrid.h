// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QVector>
#include <QWidget>

#include <vector>

namespace genscope {

class TileHandle;

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

    /// Takes the tiles over; earlier ones that are not among them are deleted.
    void setTiles(const QVector<QWidget *> &tiles, const std::vector<TileSpan> &spans);
    /// While on, each tile is under a handle that moves, resizes, changes and removes it.
    void setEditing(bool editing);
    bool isEditing() const { return m_editing; }
    const std::vector<TileHandle *> &handles() const { return m_handles; }
    const QVector<QWidget *> &tiles() const { return m_tiles; }

Q_SIGNALS:
    void moveRequested(int tile, int to);
    void resizeRequested(int tile, int columns, int rows);
    void editRequested(int tile);
    void removeRequested(int tile);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void makeHandles();
    TileHandle *makeHandle();
    int tileOf(const TileHandle *handle) const;
    void moveTile(int tile, int to);
    void dragTo(int tile, const QPoint &at);
    void resizeTo(int tile, const QSize &size);

    QVector<QWidget *> m_tiles;
    std::vector<TileSpan> m_spans;
    bool m_editing = false;
    std::vector<TileHandle *> m_handles; ///< one for each tile while editing
};

} // namespace genscope
