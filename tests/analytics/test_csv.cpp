// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/csv.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace genscope;

namespace {

std::string oneCell(const Cell &cell, Unit unit = Unit::None)
{
    std::string out;
    CsvWriter writer(out);
    writer.cell(cell, unit, Zone());
    writer.cell(std::int64_t{1}, Unit::None, Zone());
    writer.endRow();
    return out;
}

Cell text(std::string value)
{
    return value;
}

} // namespace

TEST(Csv, WritesEveryTypeOfCell)
{
    EXPECT_EQ(oneCell({}), ",1\n");
    EXPECT_EQ(oneCell(true), "true,1\n");
    EXPECT_EQ(oneCell(std::int64_t{-42}), "-42,1\n");
    EXPECT_EQ(oneCell(0.1), "0.1,1\n");
    EXPECT_EQ(oneCell(Money{123'000'000}, Unit::Usd), "0.000123,1\n");
    EXPECT_EQ(oneCell(text("gpt-4o")), "gpt-4o,1\n");
    EXPECT_EQ(oneCell(Timestamp{1'748'856'672'000'000}), "2025-06-02T09:31:12+00:00,1\n");
}

TEST(Csv, GuardsTextThatASpreadsheetWouldRun)
{
    EXPECT_EQ(oneCell(text("=1+1")), "'=1+1,1\n");
    EXPECT_EQ(oneCell(text("+49 30")), "'+49 30,1\n");
    EXPECT_EQ(oneCell(text("-x")), "'-x,1\n");
    EXPECT_EQ(oneCell(text("@SUM(A1)")), "'@SUM(A1),1\n");
    EXPECT_EQ(oneCell(text("\tx")), "'\tx,1\n");
    EXPECT_EQ(oneCell(text("\rx")), "\"'\rx\",1\n");
    EXPECT_EQ(oneCell(text("=HYPERLINK(\"a\",\"b\")")), "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\",1\n");
    EXPECT_EQ(oneCell(text("a=b")), "a=b,1\n");
}

TEST(Csv, NumbersAreNeverAltered)
{
    EXPECT_EQ(oneCell(-1.5), "-1.5,1\n");
    EXPECT_EQ(oneCell(Money{-1'500'000'000'000}, Unit::Usd), "-1.5,1\n");
}

TEST(Csv, QuotesWhatNeedsIt)
{
    EXPECT_EQ(oneCell(text("a,b")), "\"a,b\",1\n");
    EXPECT_EQ(oneCell(text("say \"hi\"")), "\"say \"\"hi\"\"\",1\n");
    EXPECT_EQ(oneCell(text("two\nlines")), "\"two\nlines\",1\n");
    EXPECT_EQ(oneCell(text("")), "\"\",1\n");
}

TEST(Csv, LoneMissingCellIsNotABlankLine)
{
    std::string out;
    CsvWriter writer(out);
    writer.missing();
    writer.endRow();
    EXPECT_EQ(out, "\"\"\n");
}

TEST(Csv, TableHasHeaderAndRowsButNoTotal)
{
    ResultTable table;
    table.zone = *Zone::named("Europe/Berlin");
    table.columns = {{"bucket", ResultTable::Role::Bucket, Unit::None},
                     {"model", ResultTable::Role::Dimension, Unit::None},
                     {"cost", ResultTable::Role::Measure, Unit::Usd},
                     {"latency_p95", ResultTable::Role::Measure, Unit::Seconds}};
    const Timestamp midnight{1'748'815'200'000'000};
    table.rows = {{midnight, text("=cmd|' /C calc'!A0"), Money{2'500'000'000'000}, 1.25},
                  {midnight, Cell{}, Cell{}, Cell{}}};
    table.total = {Cell{}, Cell{}, Money{2'500'000'000'000}, 1.25};
    EXPECT_EQ(toCsv(table), "bucket,model,cost,latency_p95\n"
                            "2025-06-02T00:00:00+02:00,'=cmd|' /C calc'!A0,2.5,1.25\n"
                            "2025-06-02T00:00:00+02:00,,,\n");
}

TEST(ExactNumber, ReadsBackTheSameAndHasNoExponentForMoney)
{
    for (const double number : {0.1, 1.0 / 3, 2.0 / 3, 123456.789, 1e-6, 5e15, 17.0}) {
        const std::string digits = exactNumber(number, Unit::Seconds);
        EXPECT_EQ(std::strtod(digits.c_str(), nullptr), number) << digits;
        EXPECT_EQ(digits.find('e'), std::string::npos) << digits;
    }
    EXPECT_EQ(exactNumber(1e-12, Unit::Usd), "0.000000000001");
    EXPECT_EQ(exactNumber(2.5e20, Unit::Usd), "250000000000000000000");
    EXPECT_EQ(exactNumber(1e300, Unit::None), "1e+300");
    EXPECT_EQ(exactNumber(-0.0, Unit::None), "0");
    EXPECT_EQ(exactNumber(std::numeric_limits<double>::quiet_NaN(), Unit::None), "");
    EXPECT_EQ(exactNumber(std::numeric_limits<double>::infinity(), Unit::None), "");
}
