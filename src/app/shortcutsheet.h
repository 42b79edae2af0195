// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QVector>

class QAction;

namespace genscope {

/// Every shortcut of the window by what it does. Non-modal.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShortcutSheet)
public:
    struct Section
    {
        QString title;
        QVector<QAction *> actions;
    };
    ShortcutSheet(const QVector<Section> &sections, QWidget *parent);
};

} // namespace genscope
