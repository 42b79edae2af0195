// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format.h"

#include <cmath>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

const QLocale kEnglish(QLocale::English, QLocale::UnitedStates);
const QLocale kGerman(QLocale::German, QLocale::Germany);

std::string money(const char *usd, const QLocale &locale = kEnglish)
{
    const std::string text(usd);

    const double value = std::stod(text);

    return formatMoney({static_cast<Int128>(std::llround(value * 1e12))}, locale).toStdString();
}

TEST(Format, MoneyHasAdaptivePrecisionAndNoExponent)
{
    EXPECT_EQ(money("0"), "$0.00");
    EXPECT_EQ(money("1204.5"), "$1,204.50");
    EXPECT_EQ(money("0.5"), "$0.50");
    EXPECT_EQ(money("0.01234"), "$0.0123");
    EXPECT_EQ(money("0.00000042"), "$0.00000042");
    EXPECT_EQ(money("-3.25"), "-$3.25");
    EXPECT_EQ(money("1204.5", kGerman), "$1.204,50");
}

TEST(Format, CompactNumbersKeepThreeDigits)
{
    const auto compact = [](double number) { return formatCompact(number, kEnglish).toStdString(); };
    EXPECT_EQ(compact(0), "0");
    EXPECT_EQ(compact(999), "999");
    EXPECT_EQ(compact(12'345), "12.3 k");
    EXPECT_EQ(compact(999'999), "1 M");
    EXPECT_EQ(compact(4'560'000), "4.56 M");
    EXPECT_EQ(compact(0.25), "0.25");
}

TEST(Format, SecondsChooseTheirUnit)
{
    const auto seconds = [](double s) { return formatSeconds(s, kEnglish).toStdString(); };
    EXPECT_EQ(seconds(0.24), "240 ms");
    EXPECT_EQ(seconds(1.5), "1.50 s");
    EXPECT_EQ(seconds(30), "30.0 s");
    EXPECT_EQ(seconds(270), "4 m 30 s");
    EXPECT_EQ(seconds(8100), "2 h 15 m");
    EXPECT_EQ(seconds(std::nan("")), "");
}

TEST(Format, RatiosAndIds)
{
    EXPECT_EQ(formatRatio(0.0123, kEnglish).toStdString(), "1.2 %");
    EXPECT_EQ(formatRatio(0.00012, kEnglish).toStdString(), "0.012 %");
    EXPECT_EQ(formatRatio(1, kEnglish).toStdString(), "100 %");
    EXPECT_EQ(shortenId(QStringLiteral("8f339ea7-45e8-43e8-a817-45c008ec3304")).toStdString(),
              "8f339ea7…3304");
    EXPECT_EQ(shortenId(QStringLiteral("short")).toStdString(), "short");
}

} // namespace
