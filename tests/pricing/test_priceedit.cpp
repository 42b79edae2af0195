// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricecheck.h"
#include "pricing/pricediff.h"
#include "pricing/priceedit.h"
#include "pricing/pricefile.h"
#include "pricing/pricinghelpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace genscope;
using testing::ElementsAre;

namespace {

std::optional<Timestamp> day(const char *text)
{
    return *text ? std::optional(parseIsoTime(text)->instant()) : std::nullopt;
}

std::vector<PriceRow> price(const char *model, const char *input, const char *output, const char *from = "",
                            const char *to = "", PriceRow::Match match = PriceRow::Match::Exact)
{
    std::vector<PriceRow> rows(2);
    for (PriceRow &row : rows) {
        row.match = match;
        row.model = model;
        row.valid = {day(from), day(to)};
    }
    rows[0].rate = *Decimal::parse(input) * Decimal(1, 6);
    rows[1].unit = PriceUnit::OutputToken;
    rows[1].rate = *Decimal::parse(output) * Decimal(1, 6);
    return rows;
}

/// `model unit per million from..to` of each row.
std::vector<std::string> shown(const std::vector<PriceRow> &rows)
{
    std::vector<std::string> lines;
    for (const PriceRow &row : rows) {
        lines.push_back(row.model + ' ' + std::string(infoOf(row.unit).name) + ' ' +
                        (row.rate * 1'000'000).toString() + ' ' + priceTimeText(row.valid.from) + ".." +
                        priceTimeText(row.valid.to));
    }
    return lines;
}

TEST(PriceEdits, ANewPriceEndsTheOneBefore)
{
    const auto edited =
        withPrices(price("m", "1", "2"), price("m", "3", "4", "2026-01-01"), PriceEdit::KeepHistory);
    ASSERT_TRUE(edited);
    EXPECT_THAT(shown(edited->rows),
                ElementsAre("m input_token 1 ..2026-01-01", "m output_token 2 ..2026-01-01",
                            "m input_token 3 2026-01-01..", "m output_token 4 2026-01-01.."));
    EXPECT_EQ(edited->ended, 2);
    EXPECT_EQ(edited->added, 2);
    EXPECT_TRUE(checkPrices(edited->rows).empty());
}

TEST(PriceEdits, APriceForAWhileSplitsTheOneAround)
{
    const auto edited = withPrices(price("m", "1", "1"), price("m", "3", "3", "2026-01-01", "2026-02-01"),
                                   PriceEdit::KeepHistory);
    ASSERT_TRUE(edited);
    EXPECT_THAT(shown(edited->rows),
                ElementsAre("m input_token 1 ..2026-01-01", "m input_token 1 2026-02-01..",
                            "m output_token 1 ..2026-01-01", "m output_token 1 2026-02-01..",
                            "m input_token 3 2026-01-01..2026-02-01",
                            "m output_token 3 2026-01-01..2026-02-01"));
}

TEST(PriceEdits, HistoryIsLostOnlyWhereThatIsSaid)
{
    const auto own = price("m", "1", "1", "2026-01-01");
    const auto added = price("M", "3", "3", "2026-01-01");
    const auto kept = withPrices(own, added, PriceEdit::KeepHistory);
    ASSERT_FALSE(kept);
    EXPECT_EQ(
        kept.error().message.toStdString(),
        "m already has a price from 2026-01-01 on, which would be lost: let the new one begin later, or say "
        "that it replaces that one");
    const auto replaced = withPrices(own, added, PriceEdit::Replace);
    ASSERT_TRUE(replaced);
    EXPECT_THAT(shown(replaced->rows),
                ElementsAre("M input_token 3 2026-01-01..", "M output_token 3 2026-01-01.."));
    EXPECT_EQ(replaced->removed, 2);
}

TEST(PriceEdits, AddingTheSameAgainChangesNothing)
{
    const auto own = price("m", "1", "1", "", "2026-01-01");
    const auto edited = withPrices(own, own, PriceEdit::KeepHistory);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->rows, own);
    EXPECT_EQ(edited->added, 0);
    const auto open = price("m", "1", "1");
    EXPECT_TRUE(withPrices(open, own, PriceEdit::KeepHistory)) << "the same price, now with an end";
}

TEST(PriceEdits, EndAPrice)
{
    const auto own = price("m", "1", "1", "", "2025-01-01");
    std::vector<PriceRow> all = own;
    for (const PriceRow &row : price("m", "2", "2", "2025-01-01"))
        all.push_back(row);
    const EditedPrices edited = withPriceEnded(all, keyOf(all[0]), *day("2026-01-01"));
    EXPECT_THAT(shown(edited.rows),
                ElementsAre("m input_token 1 ..2025-01-01", "m output_token 1 ..2025-01-01",
                            "m input_token 2 2025-01-01..2026-01-01",
                            "m output_token 2 2025-01-01..2026-01-01"));
}

std::string shown(const PriceDiff &diff)
{
    std::string text;
    for (const PriceDiff::Change &change : diff.changes) {
        text += change.model + ' ' + change.provider + ' ' + std::string(infoOf(change.unit).name) + ' ' +
                (change.before ? (*change.before * 1'000'000).toString() : "-") + "->" +
                (change.after * 1'000'000).toString();
        if (change.percent)
            text += ' ' + std::to_string(static_cast<int>(*change.percent)) + '%';
        text += change.dropsTiers ? " without tiers; " : "; ";
    }
    return text + std::to_string(diff.newPrices) + " new, " + std::to_string(diff.changedPrices) +
           " changed, " + std::to_string(diff.unchangedPrices) +
           " unchanged, vanished: " + testing::PrintToString(diff.vanished);
}

TEST(PriceDiffs, SayWhatIsNewAndWhatChanges)
{
    constexpr auto kListed = PriceRow::Match::Listed;
    const QByteArray bundled = R"([
        {"model": "a/same", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6, "cache_read_token": 1e-7}}},
        {"model": "b/dearer", "cost": {"default": {"prompt_token": 2e-6, "completion_token": 2e-6,
            "context_tiers": [{"min_input_tokens": 1000, "prompt_token": 4e-6}]}}},
        {"model": "c/gone", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6}}}])";
    const auto book = bookFrom(bundled);
    std::vector<PriceRow> list;
    for (const auto &rows :
         {price("a/same", "1", "2", "", "", kListed), price("b/dearer", "3", "2", "", "", kListed),
          price("d/new", "5", "5", "", "", kListed)})
        list.insert(list.end(), rows.begin(), rows.end());

    const Timestamp now = *day("2026-06-01");
    const PriceDiff diff = diffPrices(*book, list, now);
    EXPECT_EQ(shown(diff), "b/dearer default input_token 2->3 50% without tiers; "
                           "d/new default input_token -->5; d/new default output_token -->5; "
                           "1 new, 1 changed, 1 unchanged, vanished: { \"c/gone\" }");

    const auto own = withPrices({}, diff.rows, PriceEdit::KeepHistory);
    ASSERT_TRUE(own);
    const PriceBook updated(overlaid(book->tables(), own->rows));
    const auto at = [&](const char *model, const char *time) {
        const auto *found = updated.lookUp(model, "", "", 1).at(*day(time));
        return found ? (found->rates().promptToken * 1'000'000).toString() : "-";
    };
    EXPECT_EQ(at("b/dearer", "2026-05-31"), "2") << "the old price is kept as history";
    EXPECT_EQ(at("b/dearer", "2026-06-01"), "3");
    EXPECT_EQ(at("d/new", "2020-01-01"), "5");
    EXPECT_EQ(at("c/gone", "2026-06-01"), "1");
    EXPECT_EQ(shown(diffPrices(updated, list, *day("2026-06-02"))),
              "0 new, 0 changed, 3 unchanged, vanished: { \"c/gone\" }")
        << "the next update changes nothing";
}

TEST(PriceDiffs, CarryOverWhatAListDoesNotName)
{
    const auto book =
        bookFrom(R"([{"model": "a/m", "cost": {"default": {"prompt_token": 1e-6, "completion_token": 2e-6,
        "cache_read_token": 1e-7, "cache_write_1h_token": 2e-6,
        "context_tiers": [{"min_input_tokens": 1000, "prompt_token": 4e-6}]}}}])");
    auto list = price("a/m", "1", "2", "", "", PriceRow::Match::Listed);
    list.push_back(list.front());
    list.back().unit = PriceUnit::CacheReadToken;
    list.back().rate = *Decimal::parse("3e-7");
    const PriceDiff diff = diffPrices(*book, list, *day("2026-06-01"));
    EXPECT_THAT(shown(diff.rows),
                ElementsAre("a/m input_token 1 2026-06-01..", "a/m output_token 2 2026-06-01..",
                            "a/m cache_read_token 0.3 2026-06-01..",
                            "a/m cache_write_1h_token 2 2026-06-01..", "a/m input_token 4 2026-06-01.."));
    EXPECT_EQ(diff.rows.back().aboveTokens, 1000);
}

} // namespace
