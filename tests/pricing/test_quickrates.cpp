// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// QuickRates against the cost rules themselves, over random prices and calls.
#include "pricing/pricing.h"
#include "pricing/quickrates.h"

#include <gtest/gtest.h>

#include <array>
#include <ostream>
#include <random>

namespace genscope {

static void PrintTo(const PicoCosts &costs, std::ostream *out)
{
    *out << "input " << costs.input << ", output " << costs.output << ", cache read " << costs.cacheRead
         << ", cache write " << costs.cacheWrite << ", request " << costs.request << ", web search "
         << costs.webSearch;
}

namespace {

constexpr std::array kModels = {"gpt-4o",           "claude-sonnet-4-5", "anthropic/claude-3",
                                "gemini-2.5-flash", "gemini-3.1-flash",  "gemini-2.0-flash",
                                "mistral-large"};
constexpr std::array kProviders = {"openai", "anthropic", "google", ""};

/// Random prices and calls, with a taste for edges.
class Dice
{
public:
    explicit Dice(unsigned seed) : m_random(seed) {}

    bool oneIn(int n) { return below(n) == 0; }
    std::int64_t below(std::int64_t n)
    {
        return static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(n));
    }
    template<typename List>
    auto of(const List &list)
    {
        return list[static_cast<std::size_t>(below(std::ssize(list)))];
    }

    std::int64_t count()
    {
        if (oneIn(3))
            return kNotKnown;
        if (oneIn(40))
            return std::int64_t{1} << below(63); // absurd, but it can be sent
        if (oneIn(20))
            return -below(1000);
        return below(oneIn(2) ? 300'000 : 30);
    }
    Decimal rate()
    {
        if (oneIn(20))
            return 0;
        // 0.15 USD a million is 0.00000015; sources also have rates such as 0.0000000375 and 19 digits.
        return oneIn(10) ? Decimal(1 + below(1'000'000'000'000), 19)
                         : Decimal(1 + below(100'000), 7 + static_cast<int>(below(5)));
    }
    Amount perhaps() { return oneIn(2) ? Amount(rate()) : std::nullopt; }

    CallCounts counts()
    {
        CallCounts counts;
        for (std::int64_t *usual : {&counts.input, &counts.output})
            *usual = count();
        for (std::int64_t *often : {&counts.cacheRead, &counts.cacheWrite, &counts.reasoning})
            *often = oneIn(2) ? count() : kNotKnown;
        for (std::int64_t *rare :
             {&counts.cacheWrite5m, &counts.cacheWrite1h, &counts.cacheReadAudio, &counts.audioInput,
              &counts.imageInput, &counts.audioOutput, &counts.imageOutput, &counts.textOutput,
              &counts.requests, &counts.webSearches})
            *rare = oneIn(4) ? count() : kNotKnown;
        return counts;
    }
    void fill(RateSet &rates)
    {
        rates.promptToken = rate();
        rates.completionToken = rate();
        for (Amount *amount : {&rates.cacheReadToken, &rates.cacheWriteToken, &rates.cacheWrite1hToken,
                               &rates.request, &rates.webSearch, &rates.image, &rates.imageOutput,
                               &rates.audio, &rates.audioOutput, &rates.inputAudioCache})
            *amount = perhaps();
    }
    Rates rates()
    {
        Rates rates;
        fill(rates);
        for (int tier = 0; tier < 2 && oneIn(3); ++tier) {
            rates.contextTiers.push_back({below(200'000), {}});
            fill(rates.contextTiers.back().rates);
        }
        return rates;
    }

private:
    std::mt19937_64 m_random;
};

class QuickRatesAgainstRules : public testing::TestWithParam<unsigned>
{
};

TEST_P(QuickRatesAgainstRules, AgreeToThePicodollar)
{
    Dice dice(GetParam());
    int quickly = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Rates rates = dice.rates();
        const std::string_view model = dice.of(kModels);
        const std::string_view provider = dice.of(kProviders);
        const auto quick = QuickRates::of(rates, model, provider);
        if (!quick)
            continue;
        const CallCounts counts = dice.counts();
        const bool exclusive = dice.oneIn(2);
        PicoCosts costs;
        if (!quick->price(counts, exclusive, costs))
            continue;
        ++quickly;
        const Usage usage = usageOf(counts);
        ASSERT_EQ(costs, costsAt({model, provider, {}, usage, {}}, rates, exclusive))
            << model << " of " << provider << ", call " << i;
    }
    EXPECT_GT(quickly, 5'000) << "the rules are for the odd ones";
}

INSTANTIATE_TEST_SUITE_P(Seeds, QuickRatesAgainstRules, testing::Range(0u, 20u));

TEST(QuickRates, RoundHalvesAwayFromZeroAsDecimalsDo)
{
    Rates rates;
    rates.promptToken = Decimal(5, 13); // half a picodollar a token
    rates.completionToken = Decimal(1, 13);
    const auto quick = QuickRates::of(rates, "gpt-4o", "openai");
    ASSERT_TRUE(quick);
    for (const std::int64_t tokens : {1, 2, 3, -1, -3, 1'000'001}) {
        const CallCounts counts{.input = tokens, .output = tokens};
        PicoCosts costs;
        ASSERT_TRUE(quick->price(counts, true, costs));
        EXPECT_EQ(costs, costsAt({"gpt-4o", "openai", {}, usageOf(counts), {}}, rates, true)) << tokens;
    }
}

TEST(QuickRates, LeavesToTheRulesWhatItCannotHold)
{
    Rates fine;
    fine.promptToken = Decimal(25, 7);
    fine.completionToken = Decimal(10, 6);
    const auto quick = QuickRates::of(fine, "gpt-4o", "openai");
    ASSERT_TRUE(quick);
    PicoCosts costs;
    EXPECT_FALSE(quick->price({.input = std::int64_t{1} << 41}, true, costs));

    Rates manyDigits = fine;
    manyDigits.promptToken = Decimal(1, 30);
    EXPECT_FALSE(QuickRates::of(manyDigits, "gpt-4o", "openai"));
    Rates excess = fine;
    excess.contextTiers = {{200'000, fine}};
    excess.tierMode = TierMode::Excess;
    EXPECT_FALSE(QuickRates::of(excess, "gpt-4o", "openai"));
}

} // namespace
} // namespace genscope
