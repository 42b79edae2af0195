// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tilegrid.h"

#include "app/tilehandle.h"

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
    for (QWidget *old : std::as_const(m_tiles)) {
        if (tiles.contains(old))
            continue;
        old->hide();
        old->deleteLater();
    }
    m_tiles = tiles;
    m_spans = spans;
    for (QWidget *tile : std::as_const(m_tiles)) {
        tile->setParent(this);
        tile->show();
    }
    makeHandles();
    arrange();
}

void TileGrid::setEditing(bool editing)
{
    if (m_editing == editing)
        return;
    m_editing = editing;
    makeHandles();
    arrange();
    if (editing && !m_handles.empty())
        m_handles.front()->setFocus();
}

void TileGrid::makeHandles()
{
    const std::size_t count = m_editing ? static_cast<std::size_t>(m_tiles.size()) : 0;
    while (m_handles.size() > count) {
        m_handles.back()->hide();
        m_handles.back()->deleteLater(); // it may be the one that asked
        m_handles.pop_back();
    }
    while (m_handles.size() < count)
        m_handles.push_back(makeHandle());
    for (std::size_t i = 0; i < count; ++i) {
        m_handles[i]->setTitle(m_tiles[static_cast<qsizetype>(i)]->accessibleName());
        m_handles[i]->raise();
    }
}

TileHandle *TileGrid::makeHandle()
{
    auto *handle = new TileHandle({}, this);
    handle->show();
    connect(handle, &TileHandle::draggedTo, this,
            [this, handle](const QPoint &at) { dragTo(tileOf(handle), at); });
    connect(handle, &TileHandle::resizedTo, this,
            [this, handle](const QSize &size) { resizeTo(tileOf(handle), size); });
    connect(handle, &TileHandle::moveRequested, this,
            [this, handle](int by) { moveTile(tileOf(handle), tileOf(handle) + by); });
    connect(handle, &TileHandle::resizeRequested, this, [this, handle](int columns, int rows) {
        const int tile = tileOf(handle);
        const TileSpan &span = m_spans[static_cast<std::size_t>(tile)];
        Q_EMIT resizeRequested(tile, span.columns + columns, span.rows + rows);
    });
    connect(handle, &TileHandle::editRequested, this,
            [this, handle] { Q_EMIT editRequested(tileOf(handle)); });
    connect(handle, &TileHandle::removeRequested, this,
            [this, handle] { Q_EMIT removeRequested(tileOf(handle)); });
    return handle;
}

int TileGrid::tileOf(const TileHandle *handle) const
{
    return static_cast<int>(std::find(m_handles.begin(), m_handles.end(), handle) - m_handles.begin());
}

/// The handle goes with its tile, so that a hand or the keyboard keeps hold of it.
void TileGrid::moveTile(int tile, int to)
{
    if (to < 0 || to >= static_cast<int>(m_handles.size()) || to == tile)
        return;
    const auto begin = m_handles.begin();
    if (to > tile)
        std::rotate(begin + tile, begin + tile + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + tile, begin + tile + 1);
    Q_EMIT moveRequested(tile, to);
}

/// The tile goes where the hand is as soon as that is over another one.
void TileGrid::dragTo(int tile, const QPoint &at)
{
    for (int other = 0; other < static_cast<int>(m_tiles.size()); ++other) {
        if (other != tile && m_tiles[other]->geometry().contains(at)) {
            moveTile(tile, other);
            return;
        }
    }
}

void TileGrid::resizeTo(int tile, const QSize &size)
{
    const double unit = static_cast<double>(width() - 2 * kMargin + kGap) / kColumns;
    const TileSpan &span = m_spans[static_cast<std::size_t>(tile)];
    // Narrow windows give tiles more columns than they ask for.
    const double stretch = static_cast<double>(columnsAt(span, width())) / span.columns;
    const int rowHeight = (span.number ? kNumberHeight : kChartHeight) + kGap;
    const int columns = static_cast<int>((size.width() + kGap) / unit / stretch + 0.5);
    const int rows = static_cast<int>(static_cast<double>(size.height() + kGap) / rowHeight + 0.5);
    if (columns != span.columns || rows != span.rows)
        Q_EMIT resizeRequested(tile, columns, rows);
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
        if (i < m_handles.size())
            m_handles[i]->setGeometry(rects[i]);
        bottom = std::max(bottom, rects[i].bottom());
    }
    setMinimumHeight(bottom + 1 + kMargin);
}

} // namespace genscope
