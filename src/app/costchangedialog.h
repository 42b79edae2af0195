// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/result.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace genscope {

class CostDriversModel;
struct CostDriversAnswer;
class WaterfallChart;
class Workspace;

/// Why the cost of what is shown differs from that of the period before, or of the one the view is compared
/// with. Follows the workspace's scope while it is open. Does not block.
class CostChangeDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostChangeDialog)
public:
    explicit CostChangeDialog(Workspace *workspace, QWidget *parent = nullptr);

    QString answerText() const;
    QString sentenceText() const;
    void copy() const;
    CostDriversModel *model() const { return m_model; }
    WaterfallChart *chart() const { return m_chart; }
    QComboBox *by() const { return m_by; }

private:
    QWidget *makeTable();
    QString sentence(const CostDriversAnswer &answer) const;
    void ask();
    void showAnswer(const Result<CostDriversAnswer> &answer);
    void showNothing(const QString &why);

    Workspace *m_workspace;
    QLabel *m_answer;
    QLabel *m_sentence;
    QLabel *m_periods;
    QLabel *m_unpriced;
    QPushButton *m_copy = nullptr;
    QComboBox *m_by;
    WaterfallChart *m_chart;
    CostDriversModel *m_model;
};

} // namespace genscope
