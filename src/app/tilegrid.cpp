// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tilegrid.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace genscope {

namespace {

constexpr int kColumns = 12;
constexpr int kGap = 12;
constexpr int kMargin = 16;
constexpr int kNumberHeight = 112;
constexpr int kChartHeight = 216;

/// One stretch of rows of equal height.
class Packer
{
public:
    /// The first place, in reading order, where @p columns x @p rows cells are free.
    QPoint place(int columns, int rows)
    {
        for (int y = 0;; ++y) {
            for (int x = 0; x + columns <= kColumns; ++x) {
                if (isFree(x, y, columns, rows)) {
                    take(x, y, columns, rows);
                    return {x, y};
                }
            }
        }
    }

    int rows() const { return static_cast<int>(m_taken.size()); }

private:
    bool isFree(int x, int y, int columns, int rows) const
    {
        for (int row = y; row < std::min(y + rows, static_cast<int>(m_taken.size())); ++row) {
            for (int column = x; column < x + columns; ++column) {
                if (m_taken[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)])
                    return false;
            }
        }
        return true;
    }

    void take(int x, int y, int columns, int rows)
    {
        if (static_cast<int>(m_taken.size()) < y + rows)
            m_taken.resize(static_cast<std::size_t>(y + rows));
        for (int row = y; row < y + rows; ++row) {
            for (int column = x; column < x + columns; ++column)
                m_taken[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = true;
        }
    }

    std::vector<std::array<bool, kColumns>> m_taken;
};

int columnsAt(const TileSpan &span, int width)
{
    if (width < 560)
        return span.number ? kColumns / 2 : kColumns;
    return std::min(kColumns, width < 900 ? 2 * span.columns : span.columns);
}

} // namespace

std::vector<QRect> arrangeTiles(const std::vector<TileSpan> &spans, int width)
{
    const double unit = static_cast<double>(width - 2 * kMargin + kGap) / kColumns;
    const auto columnX = [unit](int column) { return kMargin + static_cast<int>(unit * column + 0.5); };
    std::vector<QRect> rects;
    rects.reserve(spans.size());
    int top = kMargin;
    for (std::size_t begin = 0; begin < spans.size();) {
        std::size_t end = begin;
        while (end < spans.size() && spans[end].number == spans[begin].number)
            ++end;
        const int rowHeight = spans[begin].number ? kNumberHeight : kChartHeight;
        Packer packer;
        for (std::size_t i = begin; i < end; ++i) {
            const int columns = columnsAt(spans[i], width);
            const QPoint at = packer.place(columns, spans[i].rows);
            const int left = columnX(at.x());
            rects.emplace_back(left, top + at.y() * (rowHeight + kGap),
                               columnX(at.x() + columns) - kGap - left,
                               spans[i].rows * (rowHeight + kGap) - kGap);
        }
        top += packer.rows() * (rowHeight + kGap);
        begin = end;
    }
    return rects;
}

TileGrid::TileGrid(QWidget *parent) : QWidget(parent) {}

void TileGrid::setTiles(const QVector<QWidget *> &tiles, const std::vector<TileSpan> &spans)
{
    for (QWidget *old : std::as_const(m_tiles))
        old->deleteLater();
    m_tiles = tiles;
    m_spans = spans;
    for (QWidget *tile : std::as_const(m_tiles)) {
        tile->setParent(this);
        tile->show();
    }
    arrange();
}

void TileGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void TileGrid::arrange()
{
    const std::vector<QRect> rects = arrangeTiles(m_spans, width());
    int bottom = 0;
    for (std::size_t i = 0; i < rects.size(); ++i) {
        m_tiles[static_cast<qsizetype>(i)]->setGeometry(rects[i]);
        bottom = std::max(bottom, rects[i].bottom());
    }
    setMinimumHeight(bottom + 1 + kMargin);
}

} // namespace genscope
