// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace genscope {

/// A flat button with icon, text and a small chevron that says that it opens something.
class DropButton : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DropButton)
public:
    DropButton(const QString &name, const QString &iconName, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace genscope
