// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterbar.h"
#include "app/filterchip.h"
#include "app/filteredit.h"
#include "windowfixture.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QToolButton>

using namespace genscope;

namespace {

class FilterBarTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        openStoreWith(60);
        m_window->filterBar()->focusEdit();
    }
    FilterEdit *edit() { return m_window->filterBar()->edit(); }
    QAbstractItemView *popup() { return edit()->findChild<QCompleter *>()->popup(); }
    void type(const char *text) { QTest::keyClicks(edit(), QString::fromLatin1(text)); }
    void press(int key) { QTest::keyClick(edit(), static_cast<Qt::Key>(key)); }
    void apply(const char *text)
    {
        type(text);
        press(Qt::Key_Return);
    }
    std::string filterText() { return workspace().scope().filter.toString(); }
    QList<FilterChip *> chips()
    {
        QList<FilterChip *> shown;
        const auto all = m_window->filterBar()->findChildren<FilterChip *>();
        for (FilterChip *chip : all) {
            if (chip->isVisible())
                shown.push_back(chip);
        }
        return shown;
    }
    QStringList suggestions()
    {
        QStringList texts;
        for (int row = 0; popup()->isVisible() && row < popup()->model()->rowCount(); ++row)
            texts.push_back(popup()->model()->index(row, 0).data().toString());
        return texts;
    }
};

TEST_F(FilterBarTest, CompletesFieldOperatorAndValueByTab)
{
    type("mod");
    EXPECT_EQ(suggestions().value(0), QStringLiteral("model"));
    press(Qt::Key_Tab);
    EXPECT_EQ(edit()->text(), QStringLiteral("model "));
    EXPECT_EQ(suggestions().value(0), QStringLiteral("="));
    press(Qt::Key_Tab);
    EXPECT_EQ(edit()->text(), QStringLiteral("model = "));
    EXPECT_TRUE(QTest::qWaitFor([&] { return suggestions().contains(QStringLiteral("gpt-4o")); }))
        << "values come from a worker";
    EXPECT_EQ(suggestions().value(0), QStringLiteral("gpt-4o")) << "the most frequent first";
    type("o3");
    press(Qt::Key_Tab);
    EXPECT_EQ(edit()->text(), QStringLiteral("model = \"o3\""));
    press(Qt::Key_Return);
    EXPECT_EQ(filterText(), "model = \"o3\"");
}

TEST_F(FilterBarTest, SuggestsPropertiesOfTheData)
{
    type("event.");
    EXPECT_TRUE(QTest::qWaitFor([&] { return suggestions().contains(QStringLiteral("event.$ai_latency")); }))
        << suggestions().join(QLatin1Char('\n')).toStdString();
}

TEST_F(FilterBarTest, AClickOnAChipEditsItAndEnterReplacesIt)
{
    apply("model = \"o3\" and is_error");
    ASSERT_EQ(chips().size(), 2);
    QTest::mouseClick(chips()[0], Qt::LeftButton, {}, QPoint(10, 10));
    EXPECT_EQ(edit()->text(), QStringLiteral("model = \"o3\""));
    edit()->clear();
    apply("model = \"gpt-4o\"");
    EXPECT_EQ(filterText(), "model = \"gpt-4o\" and is_error");
}

TEST_F(FilterBarTest, EscapeLeavesTheEditedChipAsItWas)
{
    apply("is_error");
    QTest::mouseClick(chips()[0], Qt::LeftButton, {}, QPoint(10, 10));
    type(" or stream");
    press(Qt::Key_Escape); // the list of completions, if it is open
    press(Qt::Key_Escape);
    EXPECT_EQ(filterText(), "is_error");
    EXPECT_TRUE(edit()->text().isEmpty());
}

TEST_F(FilterBarTest, TheCrossAndDeleteRemoveAChip)
{
    apply("model = \"o3\" and is_error and stream");
    ASSERT_EQ(chips().size(), 3);
    QTest::mouseClick(chips()[0], Qt::LeftButton, {},
                      QPoint(chips()[0]->width() - 10, chips()[0]->height() / 2));
    EXPECT_EQ(filterText(), "is_error and stream");
    ASSERT_EQ(chips().size(), 2);
    QTest::keyClick(chips()[1], Qt::Key_Delete);
    EXPECT_EQ(filterText(), "is_error");
}

TEST_F(FilterBarTest, AChipIsNegated)
{
    apply("is_error");
    Q_EMIT chips()[0]->negateRequested();
    EXPECT_EQ(filterText(), "not is_error");
    waitForEvents(54);
}

TEST_F(FilterBarTest, BackspaceInTheEmptyFieldEditsTheLastChip)
{
    apply("is_error and stream");
    press(Qt::Key_Backspace);
    EXPECT_EQ(edit()->text(), QStringLiteral("stream"));
    edit()->clear();
    press(Qt::Key_Return);
    EXPECT_EQ(filterText(), "is_error") << "an emptied chip is removed";
}

TEST_F(FilterBarTest, AnAlternativeStaysOneChip)
{
    apply("is_error or model = \"o3\"");
    EXPECT_EQ(chips().size(), 1);
    apply("stream");
    EXPECT_EQ(filterText(), "(is_error or model = \"o3\") and stream");
}

TEST_F(FilterBarTest, AnUnfinishedTextIsToldQuietlyUntilEnter)
{
    type("latency > ");
    EXPECT_TRUE(edit()->isUnfinished());
    edit()->clear();
    type("latency >> 2");
    EXPECT_FALSE(edit()->isUnfinished());
    EXPECT_TRUE(edit()->problem().startsWith(QStringLiteral("At character 10: ")))
        << qPrintable(edit()->problem());
}

TEST_F(FilterBarTest, PositionsCountCharactersNotBytes)
{
    edit()->setText(QStringLiteral("user = \"Жанна\" oder"));
    EXPECT_TRUE(edit()->problem().startsWith(QStringLiteral("At character 16: ")))
        << qPrintable(edit()->problem());
}

TEST_F(FilterBarTest, RemembersFiltersForTheNextTime)
{
    apply("is_error");
    apply("stream");
    const QStringList recent = m_settings->value(QStringLiteral("filter/recent")).toStringList();
    EXPECT_EQ(recent.join(QLatin1Char('|')), QStringLiteral("is_error and stream|is_error"));
}

} // namespace
