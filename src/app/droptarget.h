// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace genscope {

/// Makes a window accept files and folders anywhere, and shows while they are dragged over it what will
/// happen.
class DropTarget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DropTarget)
public:
    explicit DropTarget(QWidget *window);

    void setHint(const QString &hint) { m_hint = hint; }

Q_SIGNALS:
    void dropped(const QStringList &paths);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_hint;
};

} // namespace genscope
