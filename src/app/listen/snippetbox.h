// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/sdksnippets.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QTabBar;
class QToolButton;

namespace genscope {

/// Lines of code to paste into a program, a tab a language, with a button that copies them.
class SnippetBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SnippetBox)
public:
    explicit SnippetBox(QWidget *parent = nullptr);

    void setSnippets(const QVector<SdkSnippet> &snippets);
    QTabBar *tabs() const { return m_tabs; }
    QToolButton *copyButton() const { return m_copy; }
    QString code() const; ///< that is shown

private:
    void show(int index);

    QVector<SdkSnippet> m_snippets;
    QTabBar *m_tabs;
    QLabel *m_code;
    QToolButton *m_copy;
};

} // namespace genscope
