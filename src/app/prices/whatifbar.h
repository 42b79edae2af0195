// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace genscope {

class LinkButton;
class Workspace;

/// Says above every page that costs are under assumptions, and which, with the ways to change and to clear
/// them. Hidden otherwise.
class WhatIfBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhatIfBar)
public:
    explicit WhatIfBar(Workspace *workspace, QWidget *parent = nullptr);

    QString text() const;
    LinkButton *editLink() const { return m_edit; }
    LinkButton *clearLink() const { return m_clear; }

Q_SIGNALS:
    void editRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showScope();

    Workspace *m_workspace;
    QLabel *m_text;
    LinkButton *m_edit;
    LinkButton *m_clear;
};

} // namespace genscope
