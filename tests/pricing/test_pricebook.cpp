// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricebook.h"
#include "pricing/pricinghelpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

using namespace genscope;

namespace {

/// A book of one row with these rates as its default.
QByteArray rowWith(const char *rates)
{
    return R"([{"model": "acme/m", "cost": {"default": )" + QByteArray(rates) + "}}]";
}

std::string errorOf(const QByteArray &json)
{
    const auto book = PriceBook::fromJson(json, QStringLiteral("my.json"));
    return book ? "no error" : book.error().message.toStdString();
}

TEST(PriceBookJson, TakesRatesExactlyAsTheyAreWritten)
{
    const auto book = bookFrom(rowWith(R"({"prompt_token": 0.00000012345678901234, "completion_token": 3e-06,
                                           "cache_read_token" : 1.5E-7 , "request":0.005})"));
    const Rates &rates = book->openRouterRows().front().providers.front().periods.front().rates;
    EXPECT_EQ(rates.promptToken.toString(), "0.00000012345678901234");
    EXPECT_EQ(rates.completionToken.toString(), "0.000003");
    EXPECT_EQ(rates.cacheReadToken->toString(), "0.00000015");
    EXPECT_EQ(rates.request->toString(), "0.005");
    EXPECT_FALSE(rates.cacheWriteToken) << "an absent rate is not zero";
}

TEST(PriceBookJson, ReadsBothTablesAndTheDate)
{
    const auto book = bookFrom(R"({"date": "2026-09-22", "source": ["anything"],
        "manual": [{"model": "m", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 0}}}],
        "openrouter": [{"cost": {"b": {"prompt_token": 1e-6, "completion_token": 2e-6},
                                 "a": {"prompt_token": 1e-6, "completion_token": 2e-6}}, "model": "x/y"}]})");
    EXPECT_EQ(book->date(), QStringLiteral("2026-09-22"));
    EXPECT_EQ(book->manualRows().size(), 1U);
    ASSERT_EQ(book->openRouterRows().size(), 1U);
    EXPECT_EQ(book->openRouterRows().front().providers.front().key, "b") << "provider keys keep their order";
}

TEST(PriceBookJson, LeavesUnknownKeysAndNullRatesAlone)
{
    const auto book = bookFrom(rowWith(R"({"internal_reasoning": "n/a", "image": null, "prompt_token": 1e-6,
                                           "completion_token": 2e-6})"));
    EXPECT_FALSE(book->openRouterRows().front().providers.front().periods.front().rates.image);
}

TEST(PriceBookJson, AContextTierReplacesOnlyTheRatesThatItNames)
{
    const auto book =
        bookFrom(rowWith(R"({"context_tiers": [{"min_input_tokens": 200000, "prompt_token": 6e-6}],
                                           "prompt_token": 3e-6, "completion_token": 15e-6})"));
    const Rates &rates = book->openRouterRows().front().providers.front().periods.front().rates;
    EXPECT_EQ(rates.forPrompt(200'000).promptToken.toString(), "0.000003");
    EXPECT_EQ(rates.forPrompt(200'001).promptToken.toString(), "0.000006");
    EXPECT_EQ(rates.forPrompt(200'001).completionToken.toString(), "0.000015");
}

TEST(PriceBookJson, SaysWhichRowIsWrongAndWhy)
{
    const char *const where = "Price list my.json, table “openrouter”, row 1 (acme/m), provider “default”: ";
    const auto errorOfRates = [](const char *rates) { return errorOf(rowWith(rates)); };
    EXPECT_EQ(errorOfRates(R"({"completion_token": 1e-6})"),
              where + std::string("“prompt_token” is missing"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": 1e-6})"),
              where + std::string("“completion_token” is missing"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": -1, "completion_token": 1e-6})"),
              where + std::string("“prompt_token” is -1: a price cannot be negative"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": 2.5, "completion_token": 10})"),
              where +
                  std::string(
                      "“prompt_token” is 2.5: more than 1 USD for a single one, is it a price per million?"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": "1e-6", "completion_token": 1e-6})"),
              where +
                  std::string("“prompt_token” is \"1e-6\", which is not a number that can be kept exactly"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": 1e-60, "completion_token": 1e-6})"),
              where + std::string("“prompt_token” is 1e-60, which is not a number that can be kept exactly"));
    EXPECT_EQ(errorOfRates(R"({"prompt_token": null, "completion_token": 1e-6})"),
              where + std::string("“prompt_token” is missing"));
    EXPECT_EQ(
        errorOfRates(R"({"prompt_token": 0, "completion_token": 0, "context_tiers": [{"prompt_token": 0}]})"),
        where + std::string("a context tier is not an object with a “min_input_tokens” of 0 or more"));
    EXPECT_EQ(errorOfRates("3"), where + std::string("not an object"));
}

TEST(PriceBookJson, SaysWhatIsWrongWithTheShape)
{
    const char *const good =
        R"({"model": "m", "cost": {"default": {"prompt_token": 0, "completion_token": 0}}})";
    EXPECT_EQ(errorOf("{\"manual\": 3}"), "Price list my.json, table “manual”: not a list");
    EXPECT_EQ(errorOf("{}"), "Price list my.json: it has neither a “manual” nor an “openrouter” list");
    EXPECT_EQ(errorOf("3"), "Price list my.json: neither a list nor an object");
    EXPECT_EQ(errorOf("[1]"), "Price list my.json, table “openrouter”, row 1: not an object");
    EXPECT_EQ(errorOf(QByteArray("[") + good + ", {\"cost\": {}}]"),
              "Price list my.json, table “openrouter”, row 2: “model” is missing or not a text");
    EXPECT_EQ(errorOf(R"([{"model": "m"}])"),
              "Price list my.json, table “openrouter”, row 1 (m): “cost” is missing or not an object");
    EXPECT_EQ(errorOf(R"([{"model": "m", "cost": {}}])"),
              "Price list my.json, table “openrouter”, row 1 (m): “cost” is empty");
    EXPECT_EQ(errorOf(QByteArray("[") + good + "," + QByteArray(good).replace("\"m\"", "\"M\"") + "]"),
              "Price list my.json, table “openrouter”, row 2 (M): the model is already in row 1");
}

TEST(PriceBookJson, RefusesBrokenJson)
{
    for (const char *json : {"", "[", "[}", "[] []", R"([{"model": "m" "cost": {}}])", "[\"\xff\"]"})
        EXPECT_EQ(errorOf(json).find("Price list my.json: not valid JSON: "), 0U)
            << json << ": " << errorOf(json);
}

/// What `acme/m` costs per million at a time, or `-`.
std::string promptAt(const PriceBook &book, const char *time, const char *provider = "")
{
    const PriceBook::Price *price = book.lookUp("acme/m", provider, "", 1).at(parseIsoTime(time)->instant());
    return price ? (price->rates().promptToken * 1'000'000).toString() + ' ' + price->period->source : "-";
}

TEST(PriceBook, TheTimeOfACallPicksThePrice)
{
    const auto book = bookFrom(R"([{"model": "acme/m", "source": "list", "cost": {"default": [
        {"prompt_token": 2e-6, "completion_token": 0, "from": "2025-06-01", "to": "2025-07-01T12:00:00Z"},
        {"prompt_token": 3e-6, "completion_token": 0, "to": "2025-06-01"},
        {"prompt_token": 1e-6, "completion_token": 0, "from": "2025-08-01", "source": "letter"}]}}])");
    EXPECT_EQ(promptAt(*book, "2020-01-01"), "3 list");
    EXPECT_EQ(promptAt(*book, "2025-05-31T23:59:59.999999Z"), "3 list");
    EXPECT_EQ(promptAt(*book, "2025-06-01"), "2 list");
    EXPECT_EQ(promptAt(*book, "2025-07-01T11:59:59Z"), "2 list");
    EXPECT_EQ(promptAt(*book, "2025-07-01T12:00:00Z"), "-") << "the end is outside";
    EXPECT_EQ(promptAt(*book, "2026-01-01"), "1 letter");
}

TEST(PriceBookJson, SaysWhatIsWrongWithDates)
{
    const auto error = [](const char *periods) {
        return errorOf(R"([{"model": "acme/m", "cost": {"default": )" + QByteArray(periods) + "}}]");
    };
    EXPECT_THAT(
        error(R"([{"prompt_token": 1e-6, "completion_token": 0},
                          {"prompt_token": 1e-6, "completion_token": 0, "from": "2025-01-01"}])"),
        testing::HasSubstr("row 1 (acme/m), provider “default”: two of its prices hold at the same time"));
    EXPECT_THAT(
        error(R"({"prompt_token": 1e-6, "completion_token": 0, "from": "2025-01-01", "to": "2025-01-01"})"),
        testing::HasSubstr("“from” is not before “to”"));
    EXPECT_THAT(error(R"({"prompt_token": 1e-6, "completion_token": 0, "from": "soon"})"),
                testing::HasSubstr("“from” is not a date"));
    EXPECT_THAT(error("[]"), testing::HasSubstr("its list of prices is empty"));
}

TEST(PriceBook, AnEmptyListPricesNothing)
{
    EXPECT_FALSE(bookFrom("[]")->lookUp("gpt-4o", "openai", "", 1000).isKnown());
}

/// Row and provider key that price a call, such as `x/y at azure`.
std::string priced(const PriceBook &book, const char *model, const char *provider, const char *tier = "",
                   std::int64_t inputTokens = 1000)
{
    const PriceBook::Entry entry = book.lookUp(model, provider, tier, inputTokens);
    const PriceBook::Price *price = entry.at({});
    return price ? price->match.row->model + " at " + price->provider->key : "-";
}

QByteArray rowOf(const char *model, std::initializer_list<const char *> providers)
{
    QByteArray row = "{\"model\": \"" + QByteArray(model) + "\", \"cost\": {";
    for (const char *provider : providers)
        row += "\"" + QByteArray(provider) + R"(": {"prompt_token": 1e-6, "completion_token": 2e-6},)";
    row.chop(1);
    return row + "}}";
}

TEST(PriceBook, TheManualTableComesFirstButNeverByContainment)
{
    const auto book = bookFrom("{\"manual\": [" + rowOf("Gpt-4o", {"default"}) + "], \"openrouter\": [" +
                               rowOf("openai/gpt-4o", {"default"}) + "]}");
    EXPECT_EQ(priced(*book, "gpt-4O", ""), "Gpt-4o at default");
    EXPECT_EQ(priced(*book, "openai/gpt-4o", ""), "Gpt-4o at default")
        << "without its path it is the very name";
    EXPECT_EQ(priced(*book, "gpt-4o-2024", ""), "openai/gpt-4o at default");
    EXPECT_TRUE(book->find("gpt-4o", 0).table == PriceTable::Manual);
}

TEST(PriceBook, SplitsGemini25ProPreviewByPromptLength)
{
    const auto book =
        bookFrom("{\"manual\": [" + rowOf("gemini-2.5-pro-preview:large", {"default"}) +
                 "], \"openrouter\": [" + rowOf("google/gemini-2.5-pro-preview", {"default"}) + "]}");
    EXPECT_EQ(priced(*book, "Gemini-2.5-Pro-Preview-05-06", "", "", 200'000),
              "google/gemini-2.5-pro-preview at default");
    EXPECT_EQ(priced(*book, "Gemini-2.5-Pro-Preview-05-06", "", "", 200'001),
              "gemini-2.5-pro-preview:large at default");
}

TEST(PriceBook, FindsTheProviderInARow)
{
    const auto book =
        bookFrom("[" +
                 rowOf("x/y", {"amazon-bedrock-us-east-1", "default", "azure", "google-vertex-us", "openai",
                               "openai-flex", "openai-fast", "deepinfra-fp8"}) +
                 "]");
    EXPECT_EQ(priced(*book, "x/y", ""), "x/y at default");
    EXPECT_EQ(priced(*book, "x/y", "OpenAI"), "x/y at openai");
    EXPECT_EQ(priced(*book, "x/y", "oai"), "x/y at openai");
    EXPECT_EQ(priced(*book, "x/y", "openrouter"), "x/y at default");
    EXPECT_EQ(priced(*book, "x/y", "deepinfra"), "x/y at deepinfra-fp8") << "first key that contains it";
    EXPECT_EQ(priced(*book, "x/y", "vertex_us"), "x/y at google-vertex-us");
    EXPECT_EQ(priced(*book, "x/y", "somebody"), "x/y at default");
    EXPECT_EQ(priced(*book, "x/y", "openai", "flex"), "x/y at openai-flex");
    EXPECT_EQ(priced(*book, "x/y", "openai", "priority"), "x/y at openai-fast");
    EXPECT_EQ(priced(*book, "x/y", "openai", "default"), "x/y at openai");
    EXPECT_EQ(priced(*book, "x/y", "azure", "flex"), "x/y at azure") << "there is no azure-flex";
    EXPECT_EQ(priced(*book, "us.x/y", "bedrock"), "x/y at amazon-bedrock-us-east-1") << "partial: no profile";
}

TEST(PriceBook, RemembersWithoutMixingUpCalls)
{
    const auto book = bookFrom("[" + rowOf("x/y", {"default", "openai", "openai-flex"}) + "]");
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(priced(*book, "y", "openai"), "x/y at openai");
        EXPECT_EQ(priced(*book, "y", "openai", "flex"), "x/y at openai-flex");
        EXPECT_EQ(priced(*book, "y", ""), "x/y at default");
        EXPECT_EQ(priced(*book, "z", "openai"), "-");
    }
}

TEST(PriceBook, AnswersAnyNumberOfNamesFromSeveralThreads)
{
    const auto book = bookFrom("[" + rowOf("x/y", {"default", "openai"}) + "]");
    std::atomic<int> wrong = 0;
    const auto ask = [&](int seed) {
        for (int i = 0; i < 30'000; ++i) {
            std::string model = "y-" + std::to_string((i * 31 + seed) % 25'000);
            const PriceBook::Entry entry = book->lookUp(model, "openai", "", 1);
            wrong += !entry.at({}) || entry.at({})->provider->key != "openai";
            model.front() = 'q';
            wrong += book->lookUp(model, "openai", "", 1).isKnown();
        }
    };
    std::thread other(ask, 1);
    ask(2);
    other.join();
    EXPECT_EQ(wrong, 0);
}

} // namespace
