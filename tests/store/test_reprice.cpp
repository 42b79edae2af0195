// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A repriced store says of every event what it would say had it been imported with that price book.
#include "analytics/reprice.h"
#include "storefixture.h"
#include "support/testpaths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>
#include <sstream>

namespace genscope::test {
namespace {

constexpr Timestamp kNow{1'770'000'000 * kMicrosPerSecond}; // 2026-02-02

/// Prices that change in time, by provider, by service tier and by length of the prompt.
const char *const kBook = R"({
  "manual": [
    {"model": "claude-sonnet-4-5", "cost": {"default": {"prompt_token": 3e-06, "completion_token": 1.5e-05,
      "cache_read_token": 3e-07, "cache_write_token": 3.75e-06, "cache_write_1h_token": 6e-06,
      "context_tiers": [{"min_input_tokens": 200000, "prompt_token": 6e-06, "completion_token": 2.25e-05}]}}},
    {"model": "gemini-2.5-pro-preview", "cost": {"default": {"prompt_token": 1.25e-06, "completion_token": 1e-05}}},
    {"model": "gemini-2.5-pro-preview:large", "cost": {"default": {"prompt_token": 2.5e-06, "completion_token": 1.5e-05}}}
  ],
  "openrouter": [
    {"model": "google/gemini-2.5-flash", "cost": {"default": {"prompt_token": 3.00000001e-07,
      "completion_token": 2.5e-06, "audio": 1e-06, "image": 1e-06, "image_output": 3e-05, "input_audio_cache": 2.5e-07}}},
    {"model": "openai/gpt-4o", "cost": {
      "default": [{"to": "2025-06-01", "prompt_token": 5e-06, "completion_token": 1.5e-05},
                  {"from": "2025-06-01", "prompt_token": 2.5e-06, "completion_token": 1e-05, "cache_read_token": 1.25e-06}],
      "azure": {"prompt_token": 2.75e-06, "completion_token": 1.1e-05},
      "openai-flex": {"prompt_token": 1.25e-06, "completion_token": 5e-06}}},
    {"model": "perplexity/sonar-pro", "cost": {"default": {"prompt_token": 3e-06, "completion_token": 1.5e-05,
      "request": 0.005, "web_search": 0.000000000000123}}}
  ]})";

std::shared_ptr<const PriceBook> book()
{
    auto read = PriceBook::fromJson(kBook, QStringLiteral("test"));
    EXPECT_TRUE(read.ok()) << read.error().message.toStdString();
    return *read;
}

/// What costs consist of, for people to compare.
std::string costText(const Snapshot &snapshot, std::size_t row)
{
    std::ostringstream out;
    out << snapshot.uuidAt(row).toString();
    for (const IntField field : {IntField::BookInput, IntField::BookOutput, IntField::BookCacheRead,
                                 IntField::BookCacheWrite, IntField::BookRequest, IntField::BookWebSearch}) {
        const std::int64_t value = snapshot.intAt(row, field);
        out << ' ' << (value == kMissing ? "-" : std::to_string(value));
    }
    out << ' ' << costSourceName(static_cast<CostSource>(snapshot.intAt(row, IntField::CostSource))) << ' '
        << snapshot.textAt(row, IntField::CostModel) << '/' << snapshot.textAt(row, IntField::CostProvider);
    return out.str();
}

std::vector<std::string> costTexts(const Snapshot &snapshot)
{
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < snapshot.rows(); ++row)
        texts.push_back(costText(snapshot, row));
    return texts;
}

class Reprice : public StoreTest
{
protected:
    /// Imports with the bundled book and reprices; imports with the other book; compares event by event.
    void expectAsImported(const std::string &lines) const
    {
        const QString other = path(QStringLiteral("other.genscope"));
        ImportOptions withBook;
        withBook.prices = book();
        import(lines);
        importInto(other, lines, withBook);
        const auto repriced = repricedWith({});
        const auto expected = *readerOf(other)->loadSnapshot({});
        ASSERT_GT(repriced->rows(), 0u);
        ASSERT_EQ(repriced->rows(), expected->rows());
        for (std::size_t row = 0; row < expected->rows(); ++row)
            ASSERT_EQ(costText(*repriced, row), costText(*expected, row)) << *reader()->rawEventAt(row);
    }
    std::shared_ptr<const Snapshot> repricedWith(const PricingView &view) const
    {
        const auto source = reader();
        DataContext data{*source->loadSnapshot({}), source.get(), {}, {}, {}, {}};
        auto repriced = reprice(data, book(), view, kNow);
        EXPECT_TRUE(repriced.ok());
        return *repriced;
    }
};

/// Any usage at all, sensible or not.
std::string randomEvents(unsigned seed, int count)
{
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const char *models[] = {"gpt-4o",
                            "gpt-4o-2024-08-06",
                            "claude-sonnet-4-5",
                            "gemini-2.5-flash",
                            "sonar-pro",
                            "gemini-2.5-pro-preview-05-06",
                            "never-heard-of-it",
                            "",
                            "openai/gpt-4o"};
    const char *providers[] = {"openai", "azure", "anthropic", "google", "gateway", ""};
    const char *kinds[] = {"$ai_generation", "$ai_generation", "$ai_embedding", "$ai_span", "$ai_evaluation"};
    const char *counts[] = {"input_tokens",
                            "output_tokens",
                            "cache_read_input_tokens",
                            "cache_creation_input_tokens",
                            "reasoning_tokens",
                            "cache_creation_5m_input_tokens",
                            "cache_creation_1h_input_tokens",
                            "cache_read_audio_tokens",
                            "audio_input_tokens",
                            "image_input_tokens",
                            "audio_output_tokens",
                            "image_output_tokens",
                            "text_output_tokens",
                            "request_count",
                            "web_search_count"};
    std::string lines;
    for (int i = 0; i < count; ++i) {
        std::ostringstream props;
        props << R"({"$ai_trace_id":"t","$ai_model":")" << models[below(9)] << R"(","$ai_provider":")"
              << providers[below(6)] << '"';
        for (int c = 0; c < 15; ++c) {
            if (below(c < 2 ? 6 : c < 5 ? 2 : 5) == 0 || (c < 2 && below(6) != 0)) {
                props << ",\"$ai_" << counts[c] << "\":";
                switch (below(12)) {
                case 0:
                    props << "9223372036854775807";
                    break;
                case 1:
                    props << -below(100);
                    break;
                case 2:
                    props << below(100) << ".5";
                    break;
                case 3:
                    props << "\"garbage\"";
                    break;
                default:
                    props << below(below(2) != 0 ? 400'000 : 50);
                }
            }
        }
        if (below(4) == 0)
            props << R"(,"$ai_model_parameters":{"service_tier":")" << (below(2) != 0 ? "flex" : "gold")
                  << "\"}";
        if (below(8) == 0)
            props << R"(,"$ai_input_token_price":0.000001,"$ai_output_token_price":")" << below(9) << "e-6\"";
        if (below(6) == 0)
            props << R"(,"$ai_cache_reporting_exclusive":)" << (below(2) != 0 ? "true" : "false");
        if (below(6) == 0)
            props << R"(,"$ai_framework":"vercel")";
        if (below(3) == 0)
            props << R"(,"$ai_input_cost_usd":0.01,"$ai_output_cost_usd":)" << below(3);
        if (below(5) == 0)
            props << R"(,"$ai_total_cost_usd":0.02)";
        props << '}';
        const std::string day = "2025-0" + std::to_string(4 + below(5)) + "-15T10:00:00Z";
        lines += EventLine{kinds[below(5)], i + 1, day, "ada", props.str()}.line() + '\n';
    }
    return lines;
}

TEST_F(Reprice, SaysOfAnyUsageWhatAnImportWouldSay)
{
    expectAsImported(randomEvents(1, 6'000));
}

TEST_F(Reprice, SaysOfPostHogsOwnCasesWhatAnImportWouldSay)
{
    QFile file(test::testData(QLatin1String("pricing/cost_vectors.json")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    std::string lines;
    int number = 0;
    for (const QJsonValue &vector : QJsonDocument::fromJson(file.readAll()).array()) {
        QJsonObject properties = vector[u"properties"].toObject();
        properties[QStringLiteral("$ai_trace_id")] = QStringLiteral("t");
        const QByteArray json = QJsonDocument(properties).toJson(QJsonDocument::Compact);
        lines += EventLine{vector[u"event"].toString(QStringLiteral("$ai_generation")).toStdString(),
                           ++number, "2025-06-02T10:00:00Z", "ada", json.toStdString()}
                     .line() +
                 '\n';
    }
    ASSERT_GT(number, 100);
    expectAsImported(lines);
}

TEST_F(Reprice, SaysOfEventsOfRealSdksWhatAnImportWouldSay)
{
    QFile file(test::testData(QLatin1String("ingest/sdk_events.jsonl")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    expectAsImported(file.readAll().toStdString());
}

std::string call(int uuid, const char *day, const std::string &model, const std::string &more = {})
{
    return EventLine{"$ai_generation", uuid, std::string(day) + "T10:00:00Z", "ada",
                     R"({"$ai_trace_id":"t","$ai_input_tokens":1000,"$ai_output_tokens":100,"$ai_model":")" +
                         model + "\"" + more + "}"}
               .line() +
           '\n';
}

std::int64_t cost(const Snapshot &snapshot, int uuid, CostMode mode = CostMode::Auto)
{
    for (std::size_t row = 0; row < snapshot.rows(); ++row) {
        if (snapshot.uuidAt(row).toString() == uuidText(uuid)) {
            std::int64_t pico = 0;
            readCosts(snapshot.segmentOf(row), CostPart::Total, mode, row % Segment::kRows, {&pico, 1});
            return pico;
        }
    }
    return -1;
}

TEST_F(Reprice, TakesThePricesOfTheEventsDateOfADayOrOfToday)
{
    import(call(1, "2025-05-31", "gpt-4o") + call(2, "2025-06-01", "gpt-4o"));
    constexpr std::int64_t kOld = 6'500'000'000; // 1,000 x 5 + 100 x 15 USD a million
    constexpr std::int64_t kNew = 3'500'000'000;
    const auto byDate = repricedWith({});
    EXPECT_EQ(cost(*byDate, 1), kOld);
    EXPECT_EQ(cost(*byDate, 2), kNew);
    const auto today = repricedWith({PriceTime::Today, {}, {}});
    EXPECT_EQ(cost(*today, 1), kNew);
    EXPECT_EQ(cost(*today, 2), kNew);
    PricingView then;
    ASSERT_TRUE(setPriceTime(then, "2025-01-01", Zone()).ok());
    EXPECT_EQ(cost(*repricedWith(then), 2), kOld);
}

TEST_F(Reprice, PricesTrafficAsSomethingElse)
{
    import(call(1, "2025-06-02", "gpt-4o") + call(2, "2025-06-02", "claude-sonnet-4-5") +
           call(3, "2025-06-02", "gpt-4o", R"(,"$ai_total_cost_usd":0.5)") +
           call(4, "2025-06-02", "unknown"));
    PricingView view;
    const auto assume = [&](const char *text) {
        auto substitution = parseSubstitution(text);
        EXPECT_TRUE(substitution.ok());
        view.whatIf = {*substitution};
        return repricedWith(view);
    };
    const auto asClaude = assume("gpt-4o=claude-sonnet-4-5");
    EXPECT_EQ(cost(*asClaude, 1), 4'500'000'000);
    EXPECT_EQ(cost(*asClaude, 2), 4'500'000'000) << "other traffic stays";
    EXPECT_EQ(cost(*asClaude, 3), 4'500'000'000) << "what it reported is not what it would cost";
    EXPECT_EQ(cost(*asClaude, 3, CostMode::Reported), 500'000'000'000) << "but it is what it reported";
    EXPECT_EQ(asClaude->textAt(0, IntField::CostModel), "claude-sonnet-4-5");

    EXPECT_EQ(cost(*assume("gpt-4o=gpt-4o@azure"), 1), 3'850'000'000);
    EXPECT_EQ(cost(*assume("unknown=input:1,output:2"), 4), 1'200'000'000);
    EXPECT_EQ(cost(*assume("gpt-4o=x0.5"), 1), 1'750'000'000);
    EXPECT_EQ(cost(*assume("input_tokens > 10 => x2"), 2), 9'000'000'000);
    EXPECT_EQ(cost(*assume("gpt-4o=not-in-any-book"), 1), kMissing) << "unknown, not what it is now";
}

TEST_F(Reprice, CountsReasoningOnceWhereverAModelReportsIt)
{
    const std::string thinking = R"(,"$ai_reasoning_tokens":50)";
    import(call(1, "2025-06-02", "gemini-2.5-flash", thinking) + call(2, "2025-06-02", "gpt-4o", thinking));
    PricingView view;
    view.whatIf = {*parseSubstitution("gemini-2.5-flash=gpt-4o"),
                   *parseSubstitution("gpt-4o=gemini-2.5-flash")};
    const auto swapped = repricedWith(view);
    EXPECT_EQ(cost(*swapped, 1), 2'500'000'000 + 150 * 10'000'000LL) << "Gemini leaves it out of the output";
    EXPECT_EQ(cost(*swapped, 2), 300'000'001 + 100 * 2'500'000LL) << "OpenAI counts it in the output";
}

TEST_F(Reprice, SharesWhatDoesNotChange)
{
    import(randomEvents(2, 500));
    const auto source = reader();
    const DataContext data{*source->loadSnapshot({}), source.get(), {}, {}, {}, {}};
    Repricer repricer(PriceBook::bundled(), {}, kNow);
    FieldCache cache;
    const auto same = *repricer.apply(data, cache);
    EXPECT_EQ(costTexts(*same), costTexts(*data.snapshot));
    EXPECT_EQ(&same->segment(0).ints(IntField::BookInput),
              &data.snapshot->segment(0).ints(IntField::BookInput))
        << "nothing changed";
    EXPECT_EQ(&(*repricer.apply(data, cache))->segment(0), &same->segment(0)) << "nothing is priced twice";

    const auto other = repricedWith({});
    EXPECT_NE(costTexts(*other), costTexts(*data.snapshot));
}

TEST_F(Reprice, CanBeStopped)
{
    import(randomEvents(3, 100));
    const auto source = reader();
    DataContext data{*source->loadSnapshot({}), source.get(), {}, {}, {}, {}};
    data.stop.requestStop();
    const auto stopped = reprice(data, book(), {}, kNow);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, Error::Kind::Cancelled);
}

TEST(Substitution, TextSaysTheSameAgain)
{
    for (const char *text :
         {"model = \"gpt-4o\" => gpt-4o-mini", "model = \"gpt-4o\" => gpt-4o@azure", "cost > 0.5 => x0.5",
          "model = \"a\" => input:3,output:15,cache_read:0.3,request:0.005"}) {
        const auto read = parseSubstitution(text);
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(toString(*read), text);
    }
    EXPECT_EQ(toString(*parseSubstitution("gpt-4o=o3")), "model = \"gpt-4o\" => o3");
    EXPECT_EQ(parseSubstitution("gpt-4o=deepseek/deepseek-chat:free")->model, "deepseek/deepseek-chat:free");
}

TEST(Substitution, WhatMakesNoSenseIsRefusedWithAReason)
{
    for (const char *text : {"gpt-4o", "=gpt-4o", "gpt-4o=", "gpt-4o=input:3", "a=input:x,output:1",
                             "a=input:-3,output:1", "a=input:3000000,output:1", "nonsense here => o3"}) {
        const auto read = parseSubstitution(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().kind, Error::Kind::Usage);
        EXPECT_FALSE(read.error().message.isEmpty());
    }
}

} // namespace
} // namespace genscope::test
