// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/theme.h"

#include <QApplication>

#include <gtest/gtest.h>

#include <cmath>

using namespace genscope;

namespace {

class ThemeTest : public testing::TestWithParam<const Theme *>
{
protected:
    const Theme &theme() const { return *GetParam(); }
};

std::string nameOf(const QColor &color)
{
    return color.name().toStdString();
}

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

double linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// What an eye without one kind of cone receives; Machado, Oliveira and Fernandes (2009), severity 1.
Vector seen(const Matrix &sight, const QColor &color)
{
    const Vector rgb{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    Vector out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = std::clamp(sight[i][0] * rgb[0] + sight[i][1] * rgb[1] + sight[i][2] * rgb[2], 0.0, 1.0);
    return out;
}

/// Björn Ottosson's OKLab, in which distances are about even to the eye.
Vector oklab(const Vector &rgb)
{
    const double l = std::cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    const double m = std::cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    const double s = std::cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

double distance(const Vector &a, const Vector &b)
{
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

Cell text(const char *value)
{
    return std::string(value);
}

} // namespace

TEST_P(ThemeTest, TextReachesFourAndAHalfToOne)
{
    for (const QColor &ground : {theme().surface, theme().window, theme().raised}) {
        for (const QColor &ink : {theme().text, theme().mutedText, theme().error, theme().warning})
            EXPECT_GE(contrastRatio(ink, ground), 4.5) << nameOf(ink) << " on " << nameOf(ground);
    }
    EXPECT_GE(contrastRatio(theme().accentText, theme().accent), 4.5);
    EXPECT_GE(contrastRatio(theme().accent, theme().surface), 4.5);
}

TEST_P(ThemeTest, GraphicsReachThreeToOne)
{
    std::vector<QColor> graphics{theme().axis,  theme().accent,   theme().error,  theme().warning,
                                 theme().other, theme().unpriced, theme().missing};
    graphics.insert(graphics.end(), theme().categories.begin(), theme().categories.end());
    for (const QColor &color : graphics) {
        for (const QColor &ground : {theme().surface, theme().window})
            EXPECT_GE(contrastRatio(color, ground), 3.0) << nameOf(color) << " on " << nameOf(ground);
    }
}

TEST_P(ThemeTest, CategoriesStayApartForEveryKindOfSight)
{
    const std::pair<const char *, Matrix> sights[] = {
        {"full colour sight", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
        {"protanopia",
         {{{0.152286, 1.052583, -0.204868},
           {0.114503, 0.786281, 0.099216},
           {-0.003882, -0.048116, 1.051998}}}},
        {"deuteranopia",
         {{{0.367322, 0.860646, -0.227968},
           {0.280085, 0.672501, 0.047413},
           {-0.011820, 0.042940, 0.968881}}}},
        {"tritanopia",
         {{{1.255528, -0.076749, -0.178779},
           {-0.078411, 0.930809, 0.147602},
           {0.004733, 0.691367, 0.303900}}}},
    };
    // 0.02 in OKLab is just noticeable side by side.
    for (const auto &[sight, matrix] : sights) {
        for (std::size_t i = 0; i < Theme::kCategoryCount; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                EXPECT_GE(distance(oklab(seen(matrix, theme().categories[i])),
                                   oklab(seen(matrix, theme().categories[j]))),
                          0.05)
                    << "categories " << j << " and " << i << " with " << sight;
            }
        }
    }
}

TEST_P(ThemeTest, PaletteIsRecognisedAsItsOwn)
{
    EXPECT_EQ(isDark(theme().palette()), theme().dark);
    EXPECT_EQ(&Theme::of(theme().palette()), &theme());
}

TEST_P(ThemeTest, SequentialRampRisesInLightness)
{
    double before = -1;
    for (int step = 0; step <= 20; ++step) {
        const QColor color = theme().sequential(step / 20.0);
        const double lightness =
            oklab({linear(color.redF()), linear(color.greenF()), linear(color.blueF())})[0];
        EXPECT_GT(lightness, before) << "at " << step / 20.0;
        before = lightness;
    }
    EXPECT_EQ(theme().sequential(-1), theme().sequential(0));
    EXPECT_EQ(theme().sequential(7), theme().sequential(1));
}

INSTANTIATE_TEST_SUITE_P(BothThemes, ThemeTest, testing::Values(&Theme::lightTheme(), &Theme::darkTheme()),
                         [](const auto &test) { return test.param->dark ? "Dark" : "Light"; });

TEST(ApplicationTheme, FollowsTheApplicationPalette)
{
    const QPalette before = QApplication::palette();
    QApplication::setPalette(Theme::darkTheme().palette());
    EXPECT_TRUE(isApplicationDark());
    QApplication::setPalette(Theme::lightTheme().palette());
    EXPECT_FALSE(isApplicationDark());
    QApplication::setPalette(before);
}

TEST(Contrast, OfBlackAndWhiteIsTwentyOne)
{
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 1e-9);
    EXPECT_NEAR(contrastRatio(Qt::white, Qt::black), 21.0, 1e-9);
    EXPECT_NEAR(contrastRatio(Qt::red, Qt::red), 1.0, 1e-9);
}

TEST(CategoryColors, FollowRankAndThenStayFixed)
{
    const Theme &theme = Theme::lightTheme();
    CategoryColors colors;
    const std::vector<Cell> first{text("gpt-4o"), text("claude-sonnet-4"), text("gemini-2.0-flash")};
    colors.rank("model", first);
    EXPECT_EQ(colors.color("model", text("gpt-4o"), theme), theme.categories[0]);
    EXPECT_EQ(colors.color("model", text("claude-sonnet-4"), theme), theme.categories[1]);

    // Another chart ranks them the other way round and has a new one: nothing known changes.
    const std::vector<Cell> second{text("o3"), text("gemini-2.0-flash"), text("gpt-4o")};
    colors.rank("model", second);
    EXPECT_EQ(colors.color("model", text("gpt-4o"), theme), theme.categories[0]);
    EXPECT_EQ(colors.color("model", text("gemini-2.0-flash"), theme), theme.categories[2]);
    EXPECT_EQ(colors.color("model", text("o3"), theme), theme.categories[3]);
    EXPECT_EQ(colors.color("model", text("o3"), Theme::darkTheme()), Theme::darkTheme().categories[3]);
}

TEST(CategoryColors, OfDimensionsAreApart)
{
    const Theme &theme = Theme::lightTheme();
    CategoryColors colors;
    EXPECT_EQ(colors.color("model", text("a"), theme), theme.categories[0]);
    EXPECT_EQ(colors.color("provider", text("b"), theme), theme.categories[0]);
    EXPECT_EQ(colors.color("model", text("b"), theme), theme.categories[1]);
}

TEST(CategoryColors, OtherAndMissingAreNeutral)
{
    const Theme &theme = Theme::lightTheme();
    CategoryColors colors;
    const std::vector<Cell> values{text("Other"), Cell{}, text("a")};
    colors.rank("model", values);
    EXPECT_EQ(colors.color("model", text("Other"), theme), theme.other);
    EXPECT_EQ(colors.color("model", Cell{}, theme), theme.missing);
    EXPECT_EQ(colors.color("model", text("a"), theme), theme.categories[0]);
}

TEST(CategoryColors, RepeatOnlyAfterTenAndTheirShades)
{
    const Theme &theme = Theme::lightTheme();
    CategoryColors colors;
    std::vector<Cell> many;
    for (int i = 0; i < 23; ++i)
        many.push_back(std::int64_t{i});
    colors.rank("http_status", many);
    std::map<std::string, int> uses;
    for (const Cell &cell : many)
        ++uses[nameOf(colors.color("http_status", cell, theme))];
    EXPECT_EQ(uses.size(), 2 * Theme::kCategoryCount);
    for (const Cell &cell : many)
        EXPECT_GE(contrastRatio(colors.color("http_status", cell, theme), theme.surface), 3.0)
            << std::get<std::int64_t>(cell);
    for (const auto &[name, count] : uses)
        EXPECT_LE(count, 2) << name;

    // A chart of the twenty-first value and one new value does not show one colour twice.
    const std::vector<Cell> two{std::int64_t{20}, std::int64_t{99}};
    colors.rank("http_status", two);
    EXPECT_NE(colors.color("http_status", two[0], theme), colors.color("http_status", two[1], theme));
}
