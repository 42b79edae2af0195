// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace genscope {

/// A text that leads somewhere: as quiet as a label, underlined under the mouse and with the keyboard focus.
/// Drawn in its palette's foreground role. The text is plain.
class LinkButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LinkButton)
public:
    explicit LinkButton(QWidget *parent = nullptr);

    void setLink(const QString &text, const QString &toolTip);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace genscope
