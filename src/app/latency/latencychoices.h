// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "workspace/latencylab.h"

class QSettings;

namespace genscope {

class ChoiceButton;
class Workspace;

/// The bar that says how latency is looked at: which number, by what, which calls.
class LatencyChoices final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LatencyChoices)
public:
    LatencyChoices(Workspace *workspace, QSettings *settings, QWidget *parent = nullptr);

    const LatencyLens &lens() const { return m_lens; }
    void setLens(const LatencyLens &lens);

Q_SIGNALS:
    void changed();

private:
    void makeNumber();
    void makeCalls();
    void makeOutcome();
    void listFields();
    void showLens();
    void restore();
    void save() const;

    Workspace *m_workspace;
    QSettings *m_settings;
    LatencyLens m_lens;
    ChoiceButton *m_number;
    ChoiceButton *m_by;
    ChoiceButton *m_calls;
    ChoiceButton *m_outcome;
};

} // namespace genscope
