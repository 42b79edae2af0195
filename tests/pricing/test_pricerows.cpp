// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/modelname.h"
#include "pricing/pricecheck.h"
#include "pricing/pricefile.h"
#include "pricing/pricing.h"
#include "pricing/pricinghelpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace genscope;
using testing::HasSubstr;

namespace {

constexpr auto kHeader =
    "match,model,provider,service_tier,from,to,unit,rate,above_tokens,tier_mode,source\n";

PriceFile read(const QByteArray &bytes)
{
    auto file = readPriceFile(bytes, QStringLiteral("p"), "test");
    EXPECT_TRUE(file) << file.error().message.toStdString();
    return file ? *file : PriceFile();
}

std::string refusal(const QByteArray &bytes)
{
    const auto file = readPriceFile(bytes, QStringLiteral("p"), "test");
    return file ? "accepted" : file.error().message.toStdString();
}

std::string csvRefusal(const QByteArray &rows)
{
    return refusal(kHeader + rows);
}

std::shared_ptr<const PriceBook> bookOf(const std::vector<PriceRow> &own, const QByteArray &bundled = "[]")
{
    return std::make_shared<PriceBook>(overlaid(bookFrom(bundled)->tables(), own));
}

/// `input rate per million (table, source)` of a call at a time.
std::string priceAt(const PriceBook &book, const char *model, const char *provider = "",
                    const char *tier = "", const char *time = "2026-06-01")
{
    const PriceBook::Price *price = book.lookUp(model, provider, tier, 1).at(parseIsoTime(time)->instant());
    if (!price)
        return "-";
    return (price->rates().promptToken * 1'000'000).toString() + ' ' +
           std::string(costSourceName(costSourceOf(price->match.table)));
}

TEST(PriceCsv, GivesBackWhatItWrites)
{
    const PriceFile file =
        read(QByteArray(kHeader) +
             "exact,gpt-x,openai,flex,2026-01-01,2026-02-01T12:00:00Z,input_token,0.0000025,,,list\n"
             "exact,gpt-x,openai,flex,2026-01-01,2026-02-01T12:00:00Z,output_token,1e-5,,,list\n"
             "exact,gpt-x,openai,flex,2026-01-01,2026-02-01T12:00:00Z,input_token,5e-6,200000,excess,\n"
             "pattern,\"'=a,b*\",,,,,input_token,1e-6,,,\n"
             "pattern,\"'=a,b*\",,,,,output_token,0,,,\n");
    ASSERT_EQ(file.rows.size(), 5U);
    EXPECT_EQ(file.numbers, (std::vector<int>{2, 3, 4, 5, 6}));
    EXPECT_EQ(file.rows[0].rate.toString(), "0.0000025");
    EXPECT_EQ(file.rows[2].source, "test") << "rows that name no source";
    EXPECT_EQ(file.rows[3].model, "=a,b*") << "guarded against spreadsheets, and back";
    const std::string csv = pricesAsCsv(file.rows);
    EXPECT_THAT(csv, HasSubstr("pattern,\"'=a,b*\",,,,,input_token,0.000001,,,test\n"));
    EXPECT_EQ(read(QByteArray::fromStdString(csv)).rows, file.rows);
}

TEST(PriceCsv, ColumnsMayBeLeftOutAndReordered)
{
    const PriceFile file =
        read("\xef\xbb\xbfunit,rate,model\r\ninput_token,1e-6,m\r\noutput_token,2e-6,m\r\n");
    ASSERT_EQ(file.rows.size(), 2U);
    EXPECT_EQ(file.rows[0].match, PriceRow::Match::Exact);
    EXPECT_EQ(file.rows[1].rate.toString(), "0.000002");
}

TEST(PriceCsv, RefusesWithRowAndReason)
{
    const auto row = [](const char *unit, const char *rate, const char *from = "", const char *to = "") {
        return QByteArray("exact,m,,,") + from + ',' + to + ',' + unit + ',' + rate + ",,,\n";
    };
    EXPECT_THAT(csvRefusal(row("input_token", "-1e-6") + row("output_token", "0")),
                HasSubstr("p, row 2 (m): the rate of input_token is -0.000001: a price cannot be negative"));
    EXPECT_THAT(csvRefusal(row("input_token", "2.5") + row("output_token", "0")),
                HasSubstr("more than 1 USD for a single one, is it a price per million?"));
    EXPECT_THAT(csvRefusal(row("web_search", "1001")), HasSubstr("more than 1000 USD"));
    EXPECT_THAT(csvRefusal(row("input_token", "NaN")), HasSubstr("p, row 2: “NaN” is not a rate"));
    EXPECT_THAT(csvRefusal(row("input_tokens", "1e-6")), HasSubstr("“input_tokens” is not a known unit"));
    EXPECT_THAT(csvRefusal(row("input_token", "1e-6", "2026-02-01", "2026-02-01") + row("output_token", "0")),
                HasSubstr("row 2 (m): its time ends before it begins"));
    EXPECT_THAT(csvRefusal(row("input_token", "1e-6", "soon")), HasSubstr("“soon” is not a date"));
    EXPECT_THAT(
        csvRefusal(row("input_token", "1e-6") + row("output_token", "0") + row("input_token", "1e-6")),
        HasSubstr("row 4 (m): it prices the same as row 2"));
    EXPECT_THAT(csvRefusal(row("input_token", "1e-6", "", "2026-02-01") + row("output_token", "0") +
                           row("input_token", "2e-6", "2026-01-31")),
                HasSubstr("row 4 (m): its time overlaps that of row 2"));
    EXPECT_THAT(csvRefusal(row("input_token", "1e-6")),
                HasSubstr("its price has no rate of output_token for all of its time"));
    EXPECT_THAT(csvRefusal("exact,m,,,,,output_token,1e-6,100,excess,\n"), HasSubstr("output_token is not"));
    EXPECT_THAT(csvRefusal("exact,m\n"), HasSubstr("row 2: it has 2 cells, the header 11"));
    EXPECT_THAT(csvRefusal("\"exact"), HasSubstr("row 2"));
    EXPECT_THAT(refusal("model,price\nm,1"), HasSubstr("row 1: the column “price” is not known"));
    EXPECT_THAT(refusal(""), HasSubstr("p is empty"));
}

TEST(PriceJson, GivesBackWhatItWrites)
{
    const std::vector<PriceRow> rows =
        read(QByteArray(kHeader) + "exact,gpt-x,openai,,,2026-02-01,input_token,0.0000025,,,list\n"
                                   "exact,gpt-x,openai,,,2026-02-01,output_token,1e-5,,,list\n"
                                   "exact,gpt-x,openai,,2026-02-01,,input_token,0.000003,,,list\n"
                                   "exact,gpt-x,openai,,2026-02-01,,output_token,1e-5,,,list\n"
                                   "exact,gpt-x,openai,,2026-02-01,,input_token,6e-6,200000,excess,list\n"
                                   "pattern,a*,,,,,input_token,1e-6,,,x\npattern,a*,,,,,output_token,0,,,x\n"
                                   "listed,v/m,,,,,input_token,1e-6,,,x\nlisted,v/m,,,,,output_token,0,,,x\n")
            .rows;
    EXPECT_EQ(read(QByteArray::fromStdString(pricesAsJson(rows))).rows, rows) << pricesAsJson(rows);
}

TEST(PriceFiles, KnowLiteLlm)
{
    const PriceFile file = read(R"({"sample_spec": {"input_cost_per_token": 0, "litellm_provider": "one of"},
        "gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06,
                  "output_cost_per_token": 2e-06, "cache_read_input_token_cost": 5e-07, "max_tokens": 4096,
                  "input_cost_per_token_above_200k_tokens": 2e-06},
        "embed": {"litellm_provider": "openai", "mode": "embedding", "input_cost_per_token": 2e-08},
        "dall": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_pixel": 1e-08},
        "free": {"litellm_provider": "github", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0}})");
    EXPECT_EQ(file.notes.join(u' ').toStdString(), "2 model(s) without a price per token left out")
        << "nobody charges nothing: a zero there is a price that the list does not know";
    const auto book = bookOf(file.rows);
    EXPECT_EQ(priceAt(*book, "gpt-x"), "1 user");
    EXPECT_EQ(priceAt(*book, "embed"), "0.02 user");
    EXPECT_EQ(priceAt(*book, "gpt-x-mini"), "-") << "names are exact";
    EXPECT_EQ(file.rows[3].aboveTokens, 200'000);
}

TEST(PriceFiles, KnowOpenRouter)
{
    const PriceFile models = read(R"({"data": [
        {"id": "openrouter/auto", "pricing": {"prompt": "-1", "completion": "-1"}},
        {"id": "acme/m", "pricing": {"prompt": "0.0000025", "completion": "0.00001", "request": "0", "image": "0.0036",
                                     "input_cache_read": "0.00000125"}}]})");
    EXPECT_EQ(models.notes.join(u' ').toStdString(), "openrouter/auto is left out: its price varies");
    EXPECT_EQ(models.rows.size(), 4U) << "optional zeros are absent";
    EXPECT_EQ(priceAt(*bookOf(models.rows), "m-2026"), "2.5 openrouter") << "found by containment";

    const PriceFile endpoints = read(R"({"data": {"id": "acme/m", "endpoints": [
        {"name": "x", "provider_name": "Deep Infra", "tag": "deepinfra/fp8", "pricing":
            {"prompt": "0.0000009", "completion": "0.00001", "discount": 0.1}},
        {"name": "y", "provider_name": "Azure", "pricing": {"prompt": "0.000003", "completion": "0.00001"}}]}})");
    EXPECT_EQ(priceAt(*bookOf(endpoints.rows), "acme/m", "deepinfra"), "1 openrouter")
        << "without its discount";
    EXPECT_EQ(priceAt(*bookOf(endpoints.rows), "acme/m", "azure"), "3 openrouter");
    EXPECT_THAT(refusal(R"({"data": [{"id": "acme/m", "pricing": {"prompt": "cheap", "completion": "0"}}]})"),
                HasSubstr("acme/m: the price “prompt” is not a number"));
    EXPECT_THAT(refusal(R"({"data": [{"id": "acme/m", "pricing": {"prompt": "3", "completion": "0"}}]})"),
                HasSubstr("acme/m: 3: more than 1 USD"));
}

constexpr auto kBundled =
    R"({"manual": [{"model": "embed", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 0}}}],
    "openrouter": [{"model": "acme/m", "cost": {"default": {"prompt_token": 10e-6, "completion_token": 0},
                                                "azure": {"prompt_token": 11e-6, "completion_token": 0}}}]})";

std::vector<PriceRow> priced(PriceRow::Match match, const char *model, const char *perMillion,
                             const char *provider = "", const char *tier = "", const char *from = nullptr,
                             const char *to = nullptr)
{
    PriceRow row;
    row.match = match;
    row.model = model;
    row.provider = provider;
    row.serviceTier = tier;
    if (from)
        row.valid.from = parseIsoTime(from)->instant();
    if (to)
        row.valid.to = parseIsoTime(to)->instant();
    row.rate = *Decimal::parse(perMillion) * Decimal(1, 6);
    PriceRow output = row;
    output.unit = PriceUnit::OutputToken;
    return {row, output};
}

using Match = PriceRow::Match;

std::vector<PriceRow> operator+(std::vector<PriceRow> a, const std::vector<PriceRow> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

TEST(OwnPrices, GoBeforeBundledOnesInTheOrderOfTheirCloseness)
{
    const auto book =
        bookOf(priced(Match::Pattern, "*", "1") + priced(Match::Pattern, "acme/long-*", "2") +
                   priced(Match::Pattern, "acme/*", "3") + priced(Match::Exact, "acme/long-1", "4"),
               kBundled);
    EXPECT_EQ(priceAt(*book, "ACME/long-1"), "4 user");
    EXPECT_EQ(priceAt(*book, "acme/long-2"), "2 user");
    EXPECT_EQ(priceAt(*book, "acme/m"), "3 user");
    EXPECT_EQ(priceAt(*book, "embed"), "1 user");
}

TEST(OwnPrices, OfAnExactNameWithVendorOrWithout)
{
    const auto book = bookOf(priced(Match::Exact, "m", "5"), kBundled);
    EXPECT_EQ(priceAt(*book, "m"), "5 user");
    EXPECT_EQ(priceAt(*book, "gateway/m"), "5 user");
    EXPECT_EQ(priceAt(*book, "m-2026"), "10 openrouter") << "an exact price is never one by containment";
}

TEST(OwnPrices, OfOneProviderLeaveOthersAlone)
{
    const auto book = bookOf(priced(Match::Exact, "acme/m", "5", "azure") +
                                 priced(Match::Exact, "acme/m", "2", "", "batch"),
                             kBundled);
    EXPECT_EQ(priceAt(*book, "acme/m", "azure"), "5 user");
    EXPECT_EQ(priceAt(*book, "acme/m", "azure-openai"), "5 user") << "by its alias";
    EXPECT_EQ(priceAt(*book, "acme/m", "openai"), "10 openrouter");
    EXPECT_EQ(priceAt(*book, "acme/m"), "10 openrouter");
    EXPECT_EQ(priceAt(*book, "acme/m", "openai", "batch"), "2 user");
    EXPECT_EQ(priceAt(*book, "acme/m", "openai", "flex"), "10 openrouter");
}

TEST(OwnPrices, OutsideOfTheirTimeTheBundledOneHolds)
{
    const auto book =
        bookOf(priced(Match::Exact, "acme/m", "5", "", "", "2026-01-01", "2026-07-01"), kBundled);
    EXPECT_EQ(priceAt(*book, "acme/m", "", "", "2025-12-31"), "10 openrouter");
    EXPECT_EQ(priceAt(*book, "acme/m", "", "", "2026-01-01"), "5 user");
    EXPECT_EQ(priceAt(*book, "acme/m", "", "", "2026-07-01"), "10 openrouter");
}

TEST(OwnPrices, ThatAreListedTakeThePlaceOfTheSameRow)
{
    const auto book = bookOf(priced(Match::Listed, "acme/m", "5", "", "", "2026-01-01") +
                                 priced(Match::Listed, "new/m", "7"),
                             kBundled);
    EXPECT_EQ(priceAt(*book, "acme/m", "", "", "2025-12-31"), "10 openrouter");
    EXPECT_EQ(priceAt(*book, "acme/m-2026"), "5 openrouter") << "found by containment, as before";
    EXPECT_EQ(priceAt(*book, "acme/m", "azure"), "11 openrouter") << "another provider keeps its price";
    EXPECT_EQ(priceAt(*book, "new/m"), "7 openrouter");
    EXPECT_EQ(priceAt(*bookOf(priced(Match::Listed, "embed", "9"), kBundled), "embed"), "9 openrouter")
        << "the user's own goes before the manual table where it is named exactly";
}

TEST(OwnPrices, ComeBackAsTheRowsThatTheyWere)
{
    const auto rows =
        priced(Match::Exact, "m", "5", "azure", "", "2026-01-01") + priced(Match::Pattern, "a*", "5");
    EXPECT_EQ(rowsOf(bookOf(rows)->tables()), rows);
}

TEST(Patterns, FitWithAnyTextForAStar)
{
    const auto fits = [](const char *name, const char *pattern) {
        return bookOf(priced(Match::Pattern, pattern, "1"))->lookUp(name, "", "", 1).isKnown();
    };
    EXPECT_TRUE(fits("gpt-4o-mini", "gpt-4o*"));
    EXPECT_TRUE(fits("gpt-4o", "gpt-4o*"));
    EXPECT_TRUE(fits("openai/gpt-4o", "GPT-4O*"));
    EXPECT_FALSE(fits("my-gpt-4o", "gpt-4o*")) << "anchored";
    EXPECT_TRUE(fits("ft:gpt-4o:acme", "*:*:acme"));
    EXPECT_FALSE(fits("ft:gpt-4o:acme2", "*:*:acme"));
    EXPECT_FALSE(fits("abab", "a*ba")) << "nothing is left over";
    EXPECT_TRUE(fits("ababa", "a*ba"));
}

TEST(Patterns, MeetWhereANameFitsBoth)
{
    EXPECT_TRUE(patternsMeet("gpt-4*", "gpt-*-mini"));
    EXPECT_TRUE(patternsMeet("GPT-4*", "gpt-4o*"));
    EXPECT_TRUE(patternsMeet("*", "x"));
    EXPECT_TRUE(patternsMeet("a*", "*b"));
    EXPECT_TRUE(patternsMeet("", "*"));
    EXPECT_FALSE(patternsMeet("gpt-4*", "gpt-5*"));
    EXPECT_FALSE(patternsMeet("a*b", "a*c"));
    EXPECT_FALSE(patternsMeet("abc", "ab"));
}

} // namespace
