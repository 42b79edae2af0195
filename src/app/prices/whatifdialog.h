// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "models/whatif.h"

#include <array>
#include <functional>
#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTimer;

namespace genscope {

class Workspace;

/// Asks what some traffic would cost under another model or at other rates, and shows the answer while it is
/// put together. Changes nothing before applied(). Does not block.
class WhatIfDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhatIfDialog)
public:
    /// @param current  the view to start from; its first substitution is edited
    WhatIfDialog(Workspace *workspace, const PricingView &current, std::function<Timestamp()> now,
                 QWidget *parent = nullptr);

    /// The view as it is put together; nothing while something is missing.
    std::optional<PricingView> view() const;
    QString answerText() const;
    QPushButton *applyButton() const { return m_apply; }
    QComboBox *traffic() const { return m_traffic; }
    QComboBox *model() const { return m_model; }
    WhatIfModel *change(WhatIf::By by) const { return m_changes[by]; }

Q_SIGNALS:
    void applied(const genscope::PricingView &view);

private:
    QWidget *makeQuestion();
    QWidget *makeAnswer();
    void listModels();
    void take(const PricingView &current);
    std::optional<Substitution> substitution() const;
    void askSoon();
    void ask();
    void showAnswer(const Result<WhatIf> &answer);

    Workspace *m_workspace;
    std::function<Timestamp()> m_now;
    PricingView m_base;
    QComboBox *m_traffic = nullptr;
    QRadioButton *m_asModel = nullptr;
    QComboBox *m_model = nullptr;
    QRadioButton *m_atRates = nullptr;
    std::array<QLineEdit *, 4> m_rates{}; ///< input, output, cache read, cache write
    QRadioButton *m_atFactor = nullptr;
    QLineEdit *m_factor = nullptr;
    QLabel *m_answer = nullptr;
    std::array<WhatIfModel *, WhatIf::kByCount> m_changes{};
    QPushButton *m_apply = nullptr;
    QTimer *m_timer = nullptr;
};

/// `gpt-4o as gpt-4o-mini`: a substitution for people.
QString substitutionText(const Substitution &substitution);

} // namespace genscope
