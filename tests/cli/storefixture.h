// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace genscope::test {

/// A temporary folder with a store in it.
class StoreTest : public ::testing::Test
{
protected:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString store() const { return path("test.genscope"); }

    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }
    QByteArray bytesOf(const QString &file) const
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    /// Imports lines given on the spot.
    Finished import(const QByteArray &lines) const
    {
        write("lines.jsonl", lines);
        return runGenscope(
            {QStringLiteral("import"), store(), path("lines.jsonl"), QStringLiteral("--json")});
    }
    QByteArray query(const QStringList &options) const
    {
        const Finished run = runGenscope(QStringList{QStringLiteral("query"), store()} + options);
        EXPECT_EQ(run.status, 0) << run.err.constData();
        return run.out;
    }

private:
    QTemporaryDir m_folder;
};

inline QJsonObject jsonObject(const QByteArray &text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    EXPECT_EQ(problem.error, QJsonParseError::NoError) << qPrintable(problem.errorString()) << "\n"
                                                       << text.constData();
    return document.object();
}

} // namespace genscope::test
