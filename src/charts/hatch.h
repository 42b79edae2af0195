// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace genscope {

/// Fills @p area with thin rising lines on a faint ground: buckets that are not complete, costs that are not
/// known. Drawn as lines, so that it stays sharp in vector pictures and on dense screens.
void paintHatch(QPainter &painter, const QRectF &area, const QColor &color);

} // namespace genscope
