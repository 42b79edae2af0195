// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The rules of docs/architecture.md that a compiler does not check.

#include "support/testpaths.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

const QString kSource = genscope::test::sourceRoot();

/// What each folder of src/ may include besides itself.
const std::map<std::string, std::set<std::string>> kMayInclude = [] {
    std::map<std::string, std::set<std::string>> may;
    const std::vector<std::string> order = {"core", "pricing", "ingest", "analytics", "store", "workspace",
                                            "sync", "models",  "charts", "report",    "app"};
    std::set<std::string> before;
    for (const std::string &folder : order) {
        may[folder] = before;
        before.insert(folder);
    }
    may["cli"] = may["models"]; // the command line knows no widgets
    may["app"].insert("cli");   // main only: it decides between the two
    return may;
}();

struct SourceFile
{
    QString path;   ///< relative to the checkout
    QString folder; ///< first folder below src/ or tests/
    QStringList lines;
};

std::vector<SourceFile> sourcesBelow(const QString &top)
{
    std::vector<SourceFile> files;
    QDirIterator walk(kSource + QLatin1Char('/') + top,
                      {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt")},
                      QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(file.fileName());
        SourceFile source;
        source.path = file.fileName().mid(kSource.size() + 1);
        source.folder = source.path.section(QLatin1Char('/'), 1, 1);
        source.lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        files.push_back(std::move(source));
    }
    std::sort(files.begin(), files.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
    return files;
}

TEST(House, IncludesPointOnlyToTheLeft)
{
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include \"([a-z]+)/"));
    const auto files = sourcesBelow(QStringLiteral("src"));
    ASSERT_GT(files.size(), 50u);
    for (const SourceFile &file : files) {
        const auto may = kMayInclude.find(file.folder.toStdString());
        if (file.path.count(QLatin1Char('/')) < 2)
            continue;
        ASSERT_NE(may, kMayInclude.end())
            << qPrintable(file.path) << " is in a folder the house does not know";
        for (qsizetype i = 0; i < file.lines.size(); ++i) {
            const auto match = include.match(file.lines[i]);
            if (!match.hasMatch())
                continue;
            const std::string included = match.captured(1).toStdString();
            EXPECT_TRUE(included == may->first || may->second.contains(included))
                << qPrintable(file.path) << ":" << i + 1 << " includes from " << included << ", which "
                << may->first << " must not know";
        }
    }
}

TEST(House, NothingBeforeChartsKnowsWidgets)
{
    static const QRegularExpression widgets(QStringLiteral(
        "include <(QtWidgets|QtCharts|QWidget|QApplication|QMainWindow|QDialog|QLabel|qcustomplot)"));
    for (const SourceFile &file : sourcesBelow(QStringLiteral("src"))) {
        static const std::set<QString> kMay = {QStringLiteral("charts"), QStringLiteral("report"),
                                               QStringLiteral("app")};
        if (kMay.contains(file.folder))
            continue;
        for (const QString &line : file.lines)
            EXPECT_FALSE(widgets.match(line).hasMatch()) << qPrintable(file.path) << ": " << qPrintable(line);
    }
}

TEST(House, EveryFileStatesItsLicence)
{
    for (const QString &top : {QStringLiteral("src"), QStringLiteral("tests")}) {
        for (const SourceFile &file : sourcesBelow(top)) {
            const QString head = file.lines.mid(0, 3).join(QLatin1Char('\n'));
            EXPECT_TRUE(head.contains(QLatin1String("SPDX-FileCopyrightText:")) &&
                        head.contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
                << qPrintable(file.path);
        }
    }
}

TEST(House, FilesStaySmall)
{
    constexpr qsizetype kMostLines = 600;
    for (const SourceFile &file : sourcesBelow(QStringLiteral("src")))
        EXPECT_LE(file.lines.size(), kMostLines) << qPrintable(file.path);
}

} // namespace
