// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace genscope {

struct Theme;

/// Draws the cells of lists and trace trees from models' roles: a colour swatch in front of models, a mark in
/// front of errors, units in a lighter tone, hairlines below rows.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellDelegate)
public:
    explicit CellDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintMark(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme,
                   const QModelIndex &index) const;
};

/// What is behind every cell: the tint of a selected row, the line below, and a frame where the keyboard is.
void paintCellBackground(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme,
                         int column);

/// A view whose branch area is drawn by the style gets the delegate's tint for selected rows.
void softenSelection(QWidget *view, const Theme &theme);

/// A failed call's mark: a cross in a circle, so that it is not told by colour alone.
void drawErrorMark(QPainter *painter, const QRect &rect, const QColor &color);
/// A model's colour.
void drawSwatch(QPainter *painter, const QRect &rect, const QColor &color);

} // namespace genscope
