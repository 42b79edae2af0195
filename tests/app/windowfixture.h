// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir> // before <compare>, which moc of Qt 6.4 cannot read first

#include "app/appearance.h"
#include "app/dashboardpage.h"
#include "app/documentcontroller.h"
#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/services.h"
#include "app/statusline.h"
#include "charts/charttile.h"
#include "charts/numbertile.h"
#include "support/testpaths.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>

namespace genscope {

/// Answers file dialogs with what the test put in.
class ScriptedDialogs final : public FileDialogs
{
public:
    QStringList files;
    QString folder;
    QString saved;    ///< empty: takes what is proposed
    QString proposed; ///< of the last save

    void openFiles(QWidget *, const QString &, const QString &, const QStringList &,
                   FilesChosen chosen) override
    {
        if (!files.isEmpty())
            chosen(files);
    }
    void openFolder(QWidget *, const QString &, const QString &, PathChosen chosen) override
    {
        if (!folder.isEmpty())
            chosen(folder);
    }
    void saveFile(QWidget *, const QString &, const QString &path, const QStringList &,
                  PathChosen chosen) override
    {
        proposed = path;
        chosen(saved.isEmpty() ? path : saved);
    }
};

/// @p count generations a minute apart from 2025-06-02T00:00Z: every third one on `o3`, the others on
/// `gpt-4o`; every tenth fails; $0.01 each; five users of the companies `acme` and `globex`.
inline QByteArray generations(int count)
{
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        const Timestamp at{1'748'822'400 * kMicrosPerSecond + i * 60 * kMicrosPerSecond};
        lines += QStringLiteral(
                     R"({"uuid":"00000000-0000-4000-8000-%1","event":"$ai_generation","timestamp":"%2",)"
                     R"("distinct_id":"user%3","properties":{"$ai_trace_id":"t%4","$ai_model":"%5",)"
                     R"("$ai_provider":"openai","$ai_total_cost_usd":0.01,"$ai_latency":1.5,)"
                     R"("$ai_is_error":%6,"$groups":{"company":"%7"}}})")
                     .arg(i, 12, 16, QLatin1Char('0'))
                     .arg(QString::fromStdString(isoTime(at)))
                     .arg(i % 5)
                     .arg(i)
                     .arg(i % 3 == 0 ? QStringLiteral("o3") : QStringLiteral("gpt-4o"))
                     .arg(i % 10 == 9 ? QStringLiteral("true") : QStringLiteral("false"))
                     .arg(i % 2 == 0 ? QStringLiteral("acme") : QStringLiteral("globex"))
                     .toUtf8() +
                 '\n';
    }
    return lines;
}

/// A window of its own settings and folders, shown and with the focus.
class WindowTest : public ::testing::Test
{
protected:
    void SetUp() override
    {
        m_settings = std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat);
        m_settings->setValue(QStringLiteral("scope/zone"), QByteArray("UTC"));
        makeWindow();
    }

    void makeWindow()
    {
        m_window.reset();
        m_appearance.reset();
        Services services;
        services.settings = m_settings.get();
        services.dialogs = &m_dialogs;
        services.now = [] { return parseIsoTime("2025-12-01T00:00:00Z")->instant(); };
        services.documentsFolder = path("documents");
        services.dataFolder = path("data");
        services.samplePath = path("sample.jsonl");
        services.reportProgram = test::programPath();
        services.priceServer = m_priceServer;
        services.keyRing = m_keyRing;
        services.openLink = [this](const QUrl &link) { m_openedLinks.push_back(link); };
        m_appearance = std::make_unique<Appearance>(m_settings.get());
        m_window = std::make_unique<MainWindow>(services, m_appearance.get());
        m_window->resize(1280, 800);
        m_window->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }

    Workspace &workspace() { return *m_window->workspace(); }
    /// Imports @p count generations into a store and waits until the dashboard shows them.
    void openStoreWith(int count)
    {
        m_window->openPaths({write("events.jsonl", generations(count))});
        waitForEvents(count);
    }
    void waitForEvents(std::int64_t matched)
    {
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return isSettled() && workspace().selection()->matchedEvents == matched; }, 20'000))
            << "matched " << workspace().selection()->matchedEvents << " of "
            << workspace().selection()->storedEvents << "; messages:\n"
            << messages().toStdString();
    }
    bool isSettled()
    {
        const bool shown = m_window->page() != PageId::Dashboard || !m_window->dashboard()->isPending();
        return !workspace().isBusy() && !workspace().isImporting() && shown;
    }
    QString messages() const { return m_window->messages()->texts().join(QLatin1Char('\n')); }
    void waitForMessage(const char *part)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return messages().contains(QLatin1String(part)); }, 10'000))
            << "messages:\n"
            << messages().toStdString();
    }
    QString number(const char *tile) const
    {
        const auto *found = m_window->dashboard()->tile(QLatin1String(tile));
        return found ? qobject_cast<NumberTile *>(found->chart())->numberText()
                     : QStringLiteral("no such tile");
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), modifiers);
    }

    QTemporaryDir m_folder;
    ScriptedDialogs m_dialogs;
    QUrl m_priceServer{QStringLiteral("http://127.0.0.1:9")}; ///< of makeWindow(); nothing listens there
    QList<QUrl> m_openedLinks;                                ///< in the browser, it would be
    KeyRing *m_keyRing = nullptr;                             ///< likewise; null: that of the session
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace genscope
