// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/comparison.h"

#include <QDialog>

class QLabel;
class QTableView;

namespace genscope {

/// Two events or traces beside each other: their numbers with the differences, then their texts line by line.
class CompareDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompareDialog)
public:
    explicit CompareDialog(const Comparison &comparison, QWidget *parent = nullptr);

    DiffModel *model() const { return m_model; }
    QTableView *view() const { return m_view; }

private:
    QWidget *makeFacts(const Comparison &comparison);
    QWidget *makeBar();
    void goTo(int direction);
    void fitRows();

    DiffModel *m_model;
    QTableView *m_view;
};

} // namespace genscope
