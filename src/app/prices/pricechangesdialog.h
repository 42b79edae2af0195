// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "models/pricechangesmodel.h"

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace genscope {

/// Shows what an update or a file would change, and lets the user choose. Nothing is changed before
/// accepted(). Does not block.
class PriceChangesDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceChangesDialog)
public:
    struct What
    {
        QString title;
        QString summary;   ///< a line above the table: how many are new, changed, unchanged
        QStringList notes; ///< what was left out, and why
        std::vector<PriceChangeLine> lines;
    };
    explicit PriceChangesDialog(const What &what, QWidget *parent = nullptr);

    PriceChangesModel *model() const { return m_model; }
    QPushButton *applyButton() const { return m_apply; }

private:
    void showChosen();

    PriceChangesModel *m_model;
    QPushButton *m_apply;
};

} // namespace genscope
