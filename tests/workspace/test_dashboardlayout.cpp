// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboardlayout.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

OwnTile errorsByModel()
{
    OwnTile own;
    own.title = QStringLiteral("Errors");
    own.display = TileSpec::Display::Bars;
    own.measures = {Measure::Errors};
    own.by = *Field::parse("event.feature");
    own.top = 5;
    own.filter = *Filter::parse("latency > 2s");
    return own;
}

QString problemOf(const char *json)
{
    const auto layout = layoutFromJson(QJsonDocument::fromJson(json).object());
    return layout ? QStringLiteral("none") : layout.error().message;
}

TEST(DashboardLayout, TheStandardOneIsTheStandardTiles)
{
    const auto specs = dashboardTiles({}, {});
    const auto tiles = tilesOf(standardLayout(), Interval::Day);
    ASSERT_EQ(tiles.size(), specs.size());
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        EXPECT_EQ(tiles[i].id, specs[i].id);
        EXPECT_EQ(tiles[i].columnSpan, specs[i].columnSpan);
        EXPECT_EQ(tiles[i].rowSpan, specs[i].rowSpan);
        EXPECT_EQ(tiles[i].query.interval, specs[i].query.interval);
    }
}

TEST(DashboardLayout, ComesBackFromJsonAsItWas)
{
    DashboardLayout layout = standardLayout();
    std::swap(layout.tiles[0], layout.tiles[5]);
    layout.tiles[3].columns = 7;
    layout.tiles[4].log = true;
    layout.tiles.push_back({freeTileId(layout), 6, 2, false, errorsByModel()});
    EXPECT_EQ(layout.tiles.back().id, QStringLiteral("own-1"));
    EXPECT_EQ(freeTileId(layout), QStringLiteral("own-2"));
    const auto read =
        layoutFromJson(QJsonDocument::fromJson(QJsonDocument(layoutToJson(layout)).toJson()).object());
    ASSERT_TRUE(read) << qPrintable(read.error().message);
    EXPECT_TRUE(*read == layout);
}

TEST(DashboardLayout, ATileOfOnesOwnAsksWhatWasChosen)
{
    const TileSpec spec = specOf(errorsByModel(), QStringLiteral("own-1"), Interval::Hour);
    EXPECT_EQ(spec.title, QStringLiteral("Errors"));
    EXPECT_EQ(spec.query.measures, std::vector{Measure::Errors});
    ASSERT_EQ(spec.query.by.size(), 1U);
    EXPECT_EQ(spec.query.by.front().text, "event.feature");
    EXPECT_EQ(spec.query.top, 5);
    EXPECT_FALSE(spec.query.interval) << "bars have no time";
    EXPECT_EQ(spec.filter.toString(), "latency > 2s");
    OwnTile number = errorsByModel();
    number.display = TileSpec::Display::Number;
    const TileSpec total = specOf(number, QStringLiteral("own-2"), Interval::Hour);
    EXPECT_TRUE(total.query.by.empty());
    ASSERT_TRUE(total.totalQuery);
    EXPECT_FALSE(total.totalQuery->interval);
    EXPECT_EQ(ownTileOf(spec).by, errorsByModel().by) << "what is changed begins as it is";
}

OwnTile cellTile(TileSpec::Display display, const char *by, const char *second)
{
    OwnTile own;
    own.display = display;
    own.measures = {Measure::Generations};
    if (*by != 0)
        own.by = *Field::parse(by);
    if (*second != 0)
        own.second = *Field::parse(second);
    return own;
}

std::vector<std::string> askedBy(const OwnTile &tile)
{
    std::vector<std::string> fields;
    for (const Field &field : specOf(tile, QStringLiteral("own-1"), Interval::Day).query.by)
        fields.push_back(field.text);
    return fields;
}

TEST(DashboardLayout, HistogramsHeatMapsAndScattersPutNumbersIntoBins)
{
    using Display = TileSpec::Display;
    using Fields = std::vector<std::string>;
    const OwnTile histogram = cellTile(Display::Histogram, "latency", "model");
    EXPECT_EQ(askedBy(histogram), (Fields{"model", "bin(latency 20)"}));
    const Query query = specOf(histogram, QStringLiteral("own-1"), Interval::Day).query;
    EXPECT_EQ(query.top, 8) << "more parts cannot be told apart";
    EXPECT_EQ(query.measures.size(), 5U) << "p50, p90, p95 and p99 are marked";
    EXPECT_EQ(askedBy(cellTile(Display::Histogram, "event.score", "")), (Fields{"bin(event.score 20)"}));

    const OwnTile week = cellTile(Display::Heatmap, "day_of_week", "hour_of_day");
    EXPECT_EQ(askedBy(week), (Fields{"day_of_week", "hour_of_day"}));
    EXPECT_FALSE(specOf(week, QStringLiteral("own-1"), Interval::Day).query.interval);
    const OwnTile overTime = cellTile(Display::Heatmap, "cost", "");
    EXPECT_EQ(askedBy(overTime), (Fields{"bin(cost 10)"}));
    EXPECT_EQ(specOf(overTime, QStringLiteral("own-1"), Interval::Day).query.interval, Interval::Day);
    EXPECT_EQ(askedBy(cellTile(Display::Scatter, "output_tokens", "latency")),
              (Fields{"bin(output_tokens 40)", "bin(latency 40)"}));

    DashboardLayout layout = standardLayout();
    layout.tiles.push_back({freeTileId(layout), 6, 1, false, histogram});
    layout.tiles.push_back({freeTileId(layout), 6, 1, false, week});
    const auto read = layoutFromJson(layoutToJson(layout));
    ASSERT_TRUE(read) << qPrintable(read.error().message);
    EXPECT_TRUE(*read == layout);
}

TEST(DashboardLayout, ChartsOfNumbersWantNumbers)
{
    using Display = TileSpec::Display;
    EXPECT_TRUE(problemOf(cellTile(Display::Histogram, "model", "")).contains(QStringLiteral("numbers")));
    EXPECT_TRUE(problemOf(cellTile(Display::Heatmap, "model", "")).contains(QStringLiteral("numbers")));
    EXPECT_TRUE(problemOf(cellTile(Display::Scatter, "latency", "")).contains(QStringLiteral("two fields")));
    EXPECT_EQ(problemOf(cellTile(Display::Heatmap, "latency", "output_tokens")), QString());
    EXPECT_TRUE(problemOf(R"({"version":1,"tiles":[{"tile":"own-1","as":"scatter","measures":["generations"],
                              "by":"latency"}]})")
                    .contains(QStringLiteral("two fields")));
}

TEST(DashboardLayout, JsonOfStrangersIsRefusedWithAReason)
{
    EXPECT_EQ(problemOf(R"({"version":1,"tiles":[{"tile":"cost"}]})"), QStringLiteral("none"));
    EXPECT_EQ(problemOf("[]"), QStringLiteral("This dashboard was made by a newer version of Genscope."));
    EXPECT_EQ(problemOf(R"({"version":2,"tiles":[{"tile":"cost"}]})"),
              QStringLiteral("This dashboard was made by a newer version of Genscope."));
    EXPECT_NE(problemOf(R"({"version":1,"tiles":[]})"), QStringLiteral("none"));
    EXPECT_EQ(problemOf(R"({"version":1,"tiles":[{"tile":"cost"},{"tile":"nonsense"}]})"),
              QStringLiteral("Tile 2 of the dashboard: there is no tile “nonsense”"));
    EXPECT_EQ(problemOf(R"({"version":1,"tiles":[{"tile":"cost"},{"tile":"cost"}]})"),
              QStringLiteral("Tile 2 of the dashboard: “cost” is there twice"));
    for (const char *size : {"0", "13", "4.5", "-1", "1e300", "\"4\""}) {
        const std::string json =
            std::string(R"({"version":1,"tiles":[{"tile":"cost","columns":)") + size + "}]}";
        EXPECT_EQ(problemOf(json.c_str()),
                  QStringLiteral("Tile 1 of the dashboard: its size is not on the grid"))
            << size;
    }
}

TEST(DashboardLayout, OwnTilesOfStrangersAreReadWithCare)
{
    const auto own = [](const char *rest) {
        return problemOf((std::string(R"({"version":1,"tiles":[{"tile":"own-1",)") + rest + "}]}").c_str());
    };
    EXPECT_EQ(own(R"("as":"lines","measures":["cost"])"), QStringLiteral("none"));
    EXPECT_EQ(own(R"("as":"pie","measures":["cost"])"),
              QStringLiteral("Tile 1 of the dashboard: “pie” is no kind of chart"));
    EXPECT_EQ(own(R"("as":"lines","measures":["happiness"])"),
              QStringLiteral("Tile 1 of the dashboard: “happiness” is no measure"));
    EXPECT_EQ(own(R"("as":"bars","measures":["cost"])"),
              QStringLiteral("Tile 1 of the dashboard: Bars and tables need a field to break down by."));
    EXPECT_EQ(own(R"("as":"bars","measures":["cost"],"by":"model","top":0)"),
              QStringLiteral("Tile 1 of the dashboard: “top” must be from 1 to 1000"));
    EXPECT_NE(own(R"("as":"bars","measures":["cost"],"by":"model","filter":"model = ")"),
              QStringLiteral("none"));
    EXPECT_NE(own(R"("as":"lines","measures":[])"), QStringLiteral("none"));
}

} // namespace
