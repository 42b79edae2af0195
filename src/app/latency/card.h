// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace genscope {

class ElidedLabel;

/// A titled surface that holds any widget, beside tiles with charts.
class Card final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Card)
public:
    /// Takes @p content over.
    Card(const QString &title, QWidget *content, QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &hint);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    ElidedLabel *m_title;
};

} // namespace genscope
