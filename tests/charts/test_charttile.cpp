// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/csv.h"
#include "charts/charttile.h"
#include "charts/samples.h"
#include "charts/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

using namespace genscope;
namespace data = genscope::samples;

namespace {

using Shape = TileSpec::Display;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return file.readAll();
}

/// All text of an XML document; fails the test if it is not well-formed.
QString textOf(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    QString text;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text();
    }
    EXPECT_FALSE(reader.hasError()) << qPrintable(reader.errorString());
    return text;
}

class TileTest : public testing::Test
{
protected:
    std::unique_ptr<ChartTile> shown(const TileSpec &spec, const ResultTable &table)
    {
        std::unique_ptr<ChartTile> tile(makeTile(spec, nullptr));
        tile->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom));
        tile->resize(480, 280);
        tile->show();
        tile->setResult(table, data::context(Interval::Day, 30));
        QApplication::processEvents();
        tile->setFileNameProvider([this](QWidget *, const QString &suggested, const QString &) {
            return directory.filePath(suggested);
        });
        return tile;
    }
    static void choose(ChartTile &tile, const QString &text)
    {
        const std::unique_ptr<QMenu> menu(tile.createMenu(nullptr));
        for (QAction *action : menu->actions()) {
            if (action->text() == text) {
                action->trigger();
                return;
            }
        }
        ADD_FAILURE() << "no menu entry " << qPrintable(text);
    }

    QTemporaryDir directory;
};

} // namespace

TEST_F(TileTest, StartsAsASkeletonAndBecomesReady)
{
    const std::unique_ptr<ChartTile> tile(makeTile(data::spec("cost", "Total cost", Shape::Lines), nullptr));
    EXPECT_EQ(tile->state(), ChartTile::State::Loading);
    tile->setResult(data::overTime("cost", Unit::Usd, Interval::Day, 30, Zone(), 90), {});
    EXPECT_EQ(tile->state(), ChartTile::State::Ready);
    tile->setLoading();
    EXPECT_EQ(tile->state(), ChartTile::State::Ready) << "the chart stays until its successor comes";
}

TEST_F(TileTest, SaysThatNothingMatches)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Lines), {});
    EXPECT_EQ(tile->state(), ChartTile::State::Empty);
    EXPECT_TRUE(tile->stateText().startsWith(QStringLiteral("No data for this filter")));

    TileSpec errors = data::spec("errors", "AI errors", Shape::Lines);
    errors.query.measures = {Measure::Errors};
    EXPECT_TRUE(shown(errors, {})->stateText().startsWith(QStringLiteral("No errors")));
}

TEST_F(TileTest, SaysThatNothingIsPriced)
{
    const auto tile = shown(data::spec("cost", "Cost by model", Shape::Bars), data::unpricedOnly());
    EXPECT_EQ(tile->state(), ChartTile::State::AllUnpriced);
    EXPECT_TRUE(tile->stateText().startsWith(QStringLiteral("18,231 unpriced")));
}

TEST_F(TileTest, SaysThatNoRowHasTheNumber)
{
    ResultTable table = data::overTime("ttft_p50", Unit::Seconds, Interval::Day, 3, Zone(), 1, 1);
    const auto tile = shown(data::spec("ttft", "Time to first token", Shape::Lines), table);
    EXPECT_EQ(tile->state(), ChartTile::State::Empty);
    EXPECT_TRUE(tile->stateText().startsWith(QStringLiteral("Nothing recorded")));
}

TEST_F(TileTest, ShowsErrorsAndRecovers)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Lines), {});
    tile->setError(makeError(Error::Kind::Usage, QStringLiteral("more than 100,000 buckets")));
    EXPECT_EQ(tile->state(), ChartTile::State::Failed);
    EXPECT_TRUE(tile->stateText().contains(QStringLiteral("more than 100,000 buckets")));
    tile->setLoading();
    EXPECT_EQ(tile->state(), ChartTile::State::Loading);
}

TEST_F(TileTest, ExportsPicturesAndData)
{
    const ResultTable table = data::byCustomer();
    const auto tile = shown(data::spec("cost_by_customer", "Cost by <customer>", Shape::Bars), table);
    QString failure;
    QObject::connect(tile.get(), &ChartTile::failed, [&](const Error &error) { failure = error.message; });
    choose(*tile, QStringLiteral("Export picture (PNG)…"));
    choose(*tile, QStringLiteral("Export picture (SVG)…"));
    choose(*tile, QStringLiteral("Export data (CSV)…"));
    EXPECT_EQ(failure, QString());

    const QImage png(directory.filePath(QStringLiteral("cost_by_customer.png")));
    EXPECT_EQ(png.width(), 2 * 560) << "two pixels to one";
    EXPECT_EQ(contentOf(directory.filePath(QStringLiteral("cost_by_customer.csv"))).toStdString(),
              toCsv(table));

    const QByteArray svg = contentOf(directory.filePath(QStringLiteral("cost_by_customer.svg")));
    const QString text = textOf(svg);
    EXPECT_TRUE(text.contains(QStringLiteral("Cost by <customer>")));
    EXPECT_TRUE(text.contains(QStringLiteral("acme-corporation")));
    EXPECT_TRUE(text.contains(QStringLiteral("<script>alert(1)</script>")));
    EXPECT_TRUE(text.contains(QStringLiteral("provider = \"openai\""))) << "the footer names the filter";
    EXPECT_FALSE(svg.contains("<script"));
}

TEST_F(TileTest, EveryKindOfChartBecomesAVectorPicture)
{
    const std::pair<Shape, ResultTable> kinds[] = {
        {Shape::Lines, data::overTime("cost", Unit::Usd, Interval::Day, 30, Zone(), 90)},
        {Shape::StackedBars, data::byModelOverTime("cost", Unit::Usd, Interval::Day, 30, Zone())},
        {Shape::Percentiles, data::percentilesOverTime(48, Zone())},
        {Shape::Bars, data::byModel()},
        {Shape::Number, data::overTime("cost", Unit::Usd, Interval::Day, 30, Zone(), 90)},
    };
    for (const auto &[display, table] : kinds) {
        const auto tile = shown(data::spec("tile", "A tile", display), table);
        const QByteArray svg = tile->svg({600, 320});
        EXPECT_TRUE(textOf(svg).contains(QStringLiteral("A tile")));
        EXPECT_FALSE(svg.contains("<image"))
            << "pixels in a vector picture of display " << static_cast<int>(display);
        EXPECT_EQ(tile->picture({600, 320}, 2).size(), QSize(1200, 640));
    }
}

TEST_F(TileTest, ExportLeavesTheTileAsItWas)
{
    const auto tile = shown(data::spec("stack", "A stack", Shape::StackedBars),
                            data::byModelOverTime("cost", Unit::Usd, Interval::Day, 30, Zone()));
    const QImage before = tile->grab().toImage();
    tile->svg({900, 500});
    tile->picture({900, 500}, 2);
    QApplication::processEvents();
    EXPECT_EQ(tile->grab().toImage(), before);
}

TEST_F(TileTest, ReportsAnExportThatCannotBeWritten)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Bars), data::byModel());
    tile->setFileNameProvider([this](QWidget *, const QString &suggested, const QString &) {
        return directory.filePath(QStringLiteral("missing/") + suggested);
    });
    QString failure;
    QObject::connect(tile.get(), &ChartTile::failed, [&](const Error &error) { failure = error.message; });
    choose(*tile, QStringLiteral("Export data (CSV)…"));
    EXPECT_TRUE(failure.contains(QStringLiteral("cost.csv"))) << qPrintable(failure);
}

TEST_F(TileTest, CancelledExportWritesNothing)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Bars), data::byModel());
    tile->setFileNameProvider([](QWidget *, const QString &, const QString &) { return QString(); });
    choose(*tile, QStringLiteral("Export data (CSV)…"));
    EXPECT_TRUE(QDir(directory.path()).isEmpty());
}

TEST_F(TileTest, CopiesTheDataAndThePicture)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Bars), data::byModel());
    choose(*tile, QStringLiteral("Copy data as CSV"));
    EXPECT_EQ(QApplication::clipboard()->text().toStdString(), toCsv(data::byModel()));
    choose(*tile, QStringLiteral("Copy picture"));
    EXPECT_FALSE(QApplication::clipboard()->image().isNull());
}

TEST_F(TileTest, MenuOpensTheTableBehind)
{
    const auto tile = shown(data::spec("cost", "Total cost", Shape::Bars), data::byModel());
    std::vector<ChartPick> picks;
    QObject::connect(tile.get(), &ChartTile::activated,
                     [&](const ChartPick &pick) { picks.push_back(pick); });
    choose(*tile, QStringLiteral("Open the table behind it"));
    ASSERT_EQ(picks.size(), 1U);
    EXPECT_FALSE(picks[0].from);
    EXPECT_FALSE(picks[0].value);
}
