// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/savedview.h"

#include "store/importer.h"

#include <QJsonDocument>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope {
namespace {

using testing::HasSubstr;

Timestamp at(const char *text)
{
    return parseIsoTime(text)->instant();
}

/// With a value in every field.
SavedView fullView()
{
    SavedView view;
    view.name = QStringLiteral("Dear calls – Übersicht");
    view.icon = "clock";
    view.page = "generations";
    view.scope.zone = *Zone::named("Europe/Berlin");
    view.scope.range = {at("2026-03-01T00:00:00+01:00"), at("2026-03-08T00:00:00+01:00")};
    view.scope.filter = *Filter::parse("model = \"gpt-4o\" and cost > $0.05");
    view.scope.cost = CostMode::Recomputed;
    view.scope.customer = *Field::parse("person.plan");
    view.scope.pricing.time = PriceTime::Today;
    view.scope.match = EventMatch::All;
    view.scope.pricing.whatIf = {*parseSubstitution("gpt-4o=gpt-4o-mini")};
    TableLayout table;
    table.columns = {"timestamp", "model", "event.my prop"};
    table.pinned = {"timestamp"};
    table.sorting = {{"cost", true}, {"timestamp", false}};
    table.widths = {{"model", 120}};
    table.marks = {{"cost", 2}};
    view.table = table;
    view.dashboard = QJsonDocument::fromJson(R"({"tiles":[{"kind":"cost","w":2}]})").object();
    return view;
}

std::string messageOf(const char *json)
{
    const auto view = viewFromJson(QJsonDocument::fromJson(json).object());
    return view ? "no error" : view.error().message.toStdString();
}

TEST(SavedView, KeepsEveryFieldThroughJson)
{
    const SavedView view = fullView();
    const auto read = viewFromJson(viewToJson(view));
    ASSERT_TRUE(read) << read.error().message.toStdString();
    EXPECT_EQ(read->name, view.name);
    EXPECT_EQ(read->icon, view.icon);
    EXPECT_EQ(read->page, view.page);
    EXPECT_EQ(read->scope.zone, view.scope.zone);
    EXPECT_EQ(read->scope.range, view.scope.range);
    EXPECT_EQ(read->scope.filter, view.scope.filter);
    EXPECT_EQ(read->scope.cost, view.scope.cost);
    EXPECT_EQ(read->scope.customer, view.scope.customer);
    EXPECT_EQ(read->scope.pricing, view.scope.pricing);
    EXPECT_EQ(read->scope.match, view.scope.match);
    EXPECT_EQ(read->table, view.table);
    EXPECT_EQ(read->dashboard, view.dashboard);
    EXPECT_EQ(*read, view);
}

TEST(SavedView, ARangeThatCountsBackFollowsTheData)
{
    SavedView view = fullView();
    view.preset = TimePreset::Last7Days;
    const auto read = viewFromJson(viewToJson(view));
    ASSERT_TRUE(read);
    const PresetAnchor later{at("2026-07-15T12:00:00+02:00"), true};
    EXPECT_EQ(read->scopeAt(later).range,
              (TimeRange{at("2026-07-09T00:00:00+02:00"), at("2026-07-16T00:00:00+02:00")}));
    EXPECT_EQ(read->scopeAt(later).filter, view.scope.filter);

    view.preset = std::nullopt;
    EXPECT_EQ(view.scopeAt(later).range, view.scope.range) << "a range with fixed ends stays";
}

TEST(SavedView, SaysWhatCannotBeRead)
{
    EXPECT_EQ(messageOf(R"({"name":"a"})"), "no error") << "everything but the name may be missing";
    EXPECT_THAT(messageOf(R"({})"), HasSubstr("no name"));
    EXPECT_THAT(messageOf(R"({"name":"a","filter":"model ="})"), HasSubstr("position"));
    EXPECT_THAT(messageOf(R"({"name":"a","zone":"Mars/Olympus"})"), HasSubstr("Mars"));
    EXPECT_THAT(messageOf(R"({"name":"a","range":{"from":"soon"}})"), HasSubstr("soon"));
    EXPECT_THAT(messageOf(R"({"name":"a","range":{"preset":"3y"}})"), HasSubstr("3y"));
    EXPECT_THAT(messageOf(R"({"name":"a","cost":{"mode":"guessed"}})"), HasSubstr("guessed"));
}

TEST(SavedView, AnUnknownIconBecomesTheUsualOne)
{
    const auto view = viewFromJson(QJsonDocument::fromJson(R"({"name":"a","icon":"../x"})").object());
    ASSERT_TRUE(view);
    EXPECT_EQ(view->icon, kViewIcons.front());
}

TEST(SavedView, FilesHoldSeveralAndAreKnownByTheirHead)
{
    SavedView second = fullView();
    second.name = QStringLiteral("Second");
    const auto read = viewsFromFile(viewsToFile({fullView(), second}));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (std::vector<SavedView>{fullView(), second}));
    EXPECT_FALSE(viewsFromFile("{\"views\":[]}"));
    EXPECT_FALSE(viewsFromFile("not JSON"));
    EXPECT_FALSE(viewsFromFile("{\"genscope_views\":99,\"views\":[]}"));
}

TEST(SavedView, NamesGetANumberWhereTheyAreTaken)
{
    SavedView view = fullView();
    EXPECT_EQ(unusedViewName(view.name, {}), view.name);
    EXPECT_EQ(unusedViewName(view.name, {view}), view.name + QStringLiteral(" 2"));
}

TEST(SavedView, StoresKeepThemInOrder)
{
    const QTemporaryDir dir;
    const QString store = dir.filePath(QStringLiteral("s.genscope"));
    ASSERT_TRUE(ensureStore(store));
    SavedView second = fullView();
    second.name = QStringLiteral("Second");
    const std::vector<ViewRow> rows = {viewToRow(second), viewToRow(fullView())};
    ASSERT_TRUE(editViews(store, [&](const auto &) { return rows; }));
    const auto read = readViews(store);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, rows);
    const auto found = storedView(store, fullView().name);
    ASSERT_TRUE(found) << found.error().message.toStdString();
    EXPECT_EQ(*found, fullView());

    const auto missing = storedView(store, QStringLiteral("Third"));
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message.toStdString(), HasSubstr("Second"));

    const auto twice = editViews(store, [&](std::vector<ViewRow> views) {
        views.push_back(views.front());
        return views;
    });
    EXPECT_FALSE(twice);
    EXPECT_EQ(readViews(store)->size(), 2u) << "all or nothing";
}

} // namespace
} // namespace genscope
