// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace genscope {

/// Shows @p popup (a Qt::Popup frame) under @p anchor, kept on the anchor's screen, and gives it the focus.
void showBelow(QWidget *popup, const QWidget *anchor);

/// A frame that floats over the window until a click elsewhere or Escape.
class Popup : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Popup)
public:
    explicit Popup(QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace genscope
