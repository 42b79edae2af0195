// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/recentstores.h"

#include <QWidget>

class QVBoxLayout;

namespace genscope {

class SnippetBox;

/// What is seen while no store is open: open something, go on with a store, or look at the sample.
class StartPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartPage)
public:
    StartPage(bool hasSample, QWidget *parent = nullptr);

    SnippetBox *snippets() const { return m_snippets; }
    void setRecent(const QVector<RecentStores::Entry> &entries);

Q_SIGNALS:
    void openFilesRequested();
    void openFolderRequested();
    void sampleRequested();
    void listenRequested();
    void connectRequested();
    void storeRequested(const QString &path);
    void forgetRequested(const QString &path);

private:
    QWidget *makeChoices(bool hasSample);

    QWidget *m_recentBox = nullptr;
    QVBoxLayout *m_recentRows = nullptr;
    SnippetBox *m_snippets = nullptr;
};

} // namespace genscope
