// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/propertymodel.h"

#include "models/roles.h"
#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace genscope;
using namespace genscope::test;

namespace {

class PropertyModelTest : public testing::Test
{
protected:
    void show(const std::string &json)
    {
        const auto tree = JsonTree::parse(json);
        ASSERT_TRUE(tree.ok());
        m_model.setProperties(*tree, (*tree)->root());
    }

    PropertyModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

TEST_F(PropertyModelTest, NestedJsonIsATreeInTheOrderCaptured)
{
    show(R"({"$ai_model":"gpt-4o","params":{"temperature":0.20,"stop":["a","b"]},"empty":{},"none":null})");
    EXPECT_EQ(printed(m_model), "$ai_model | gpt-4o\n"
                                "params | { 2 member(s) }\n"
                                "  temperature | 0.20\n"
                                "  stop | [ 2 element(s) ]\n"
                                "    0 | a\n"
                                "    1 | b\n"
                                "empty | {}\n"
                                "none | null\n");
}

TEST_F(PropertyModelTest, SearchShowsMatchesWithWhatIsAboveAndBelow)
{
    show(R"({"a":{"needle":{"x":1,"y":2}},"b":{"c":"a NEEDLE here","d":3},"e":4})");
    EXPECT_EQ(m_model.setSearch(QStringLiteral("needle")), 2);
    EXPECT_EQ(printed(m_model), "a | { 1 member(s) }\n"
                                "  needle | { 2 member(s) }\n"
                                "    x | 1\n"
                                "    y | 2\n"
                                "b | { 2 member(s) }\n"
                                "  c | a NEEDLE here\n");
    EXPECT_EQ(m_model.setSearch(QStringLiteral("nothing like it")), 0);
    EXPECT_EQ(printed(m_model), "");
    m_model.setSearch(QString());
    EXPECT_EQ(m_model.rowCount(), 3);
}

TEST_F(PropertyModelTest, LongValuesAreCutAndSayTheirSize)
{
    show(R"({"long":")" + std::string(100'000, 'x') + R"("})");
    const QModelIndex value = m_model.index(0, PropertyModel::ValueColumn);
    EXPECT_LT(value.data().toString().size(), 400);
    EXPECT_TRUE(value.data().toString().contains(QStringLiteral("100.0 kB")));
    EXPECT_EQ(value.data(FullTextRole).toString().size(), 100'000);
}

TEST_F(PropertyModelTest, OnlyTopLevelMembersAreProperties)
{
    show(R"({"feature":"chat","nested":{"x":1}})");
    EXPECT_EQ(m_model.propertyName(m_model.index(0, 0)), QStringLiteral("feature"));
    EXPECT_EQ(m_model.propertyName(m_model.index(0, 0, m_model.index(1, 0))), QString());
}

TEST_F(PropertyModelTest, CanBeEmptied)
{
    show(R"({"a":1})");
    m_model.clear();
    EXPECT_EQ(m_model.rowCount(), 0);
}
