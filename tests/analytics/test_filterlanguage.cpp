// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filter.h"
#include "analytics/filterast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace genscope;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// The filter's own text, or its error.
std::string canonical(std::string_view text)
{
    const Result<Filter> filter = Filter::parse(text);
    return filter ? filter->toString() : filter.error().message.toStdString();
}

Filter parsed(std::string_view text)
{
    const Result<Filter> filter = Filter::parse(text);
    EXPECT_TRUE(filter.ok()) << text << ": " << (filter ? "" : filter.error().message.toStdString());
    return filter ? *filter : Filter();
}

const Filter::Node &root(const Filter &filter)
{
    return *filter.root();
}

std::vector<std::string> texts(const std::vector<Filter> &filters)
{
    std::vector<std::string> all;
    for (const Filter &filter : filters)
        all.push_back(filter.toString());
    return all;
}

TEST(FilterLanguage, ReadsTheExamplesOfTheManual)
{
    for (const char *text : {
             R"(model = "gpt-4o" and cost > 0.05 and not is_error)",
             R"(customer in ("acme", "globex") and latency >= 2s)",
             R"(event.feature ~ "chat.*" or person.plan = "pro" or group.company.tier is set)",
             R"(input contains "refund")",
         })
        EXPECT_EQ(canonical(text), text);
}

TEST(FilterLanguage, PrintsWhatItRead)
{
    const std::pair<const char *, const char *> cases[] = {
        {"", ""},
        {"  \n\t ", ""},
        {"model=\"a\"", "model = \"a\""},
        {"((model = \"a\"))", "model = \"a\""},
        {"not(is_error)", "not is_error"},
        {"is_error = true", "is_error"},
        {"is_error = false", "is_error = false"},
        {"event.flag", "event.flag = true"},
        {"model not in (\"a\",\"b\")", "model not in (\"a\", \"b\")"},
        {"model not contains \"a\"", "model not contains \"a\""},
        {"model is not set", "model is not set"},
        {"model !~ \"a\"", "model !~ \"a\""},
        {"latency > 250ms", "latency > 250ms"},
        {"cost > $0.01", "cost > $0.01"},
        {"cost > 5c", "cost > 5c"},
        {"cost > -$1.5e-3", "cost > -$1.5e-3"},
        {"input_tokens >= 10k", "input_tokens >= 10k"},
        {"event.n = 10k", "event.n = 10k"},
        {"event.`my prop` = 1", "event.`my prop` = 1"},
        {"group.`my type`.`my prop` = 1", "group.`my type`.`my prop` = 1"},
        {"event.$browser = \"Chrome\"", "event.$browser = \"Chrome\""},
        {"event.größe = 1", "event.größe = 1"},
        {"timestamp >= \"2025-06-02\"", "timestamp >= \"2025-06-02\""},
        {"output is set", "output is set"},
        {"is_error and (is_error and stream)", "is_error and is_error and stream"},
        {"is_error or is_error and stream", "is_error or is_error and stream"},
        {"(is_error or stream) and priced", "(is_error or stream) and priced"},
        {"not (is_error and stream)", "not (is_error and stream)"},
        {"not not is_error", "not not is_error"},
    };
    for (const auto &[text, expected] : cases)
        EXPECT_EQ(canonical(text), expected) << text;
}

TEST(FilterLanguage, AndBindsTighterThanOrAndNotTightest)
{
    EXPECT_EQ(parsed("is_error or stream and priced"), parsed("is_error or (stream and priced)"));
    EXPECT_FALSE(parsed("is_error or stream and priced") == parsed("(is_error or stream) and priced"));
    EXPECT_EQ(parsed("not is_error and stream"), parsed("(not is_error) and stream"));
}

TEST(FilterLanguage, UnitsScaleToSecondsDollarsAndCounts)
{
    const std::pair<const char *, double> cases[] = {
        {"latency > 250ms", 0.25},    {"ttft > 1s", 1},
        {"latency > 2", 2},           {"cost > 5c", 0.05},
        {"cost > $0.01", 0.01},       {"cost > 0.07", 0.07},
        {"cost < -$2", -2},           {"total_tokens > 1.5k", 1500},
        {"event.n > 2k", 2000},       {"latency > 1e1s", 10},
        {"input_tokens > 3e3", 3000},
    };
    for (const auto &[text, expected] : cases)
        EXPECT_EQ(root(parsed(text)).values.front().number.toDouble(), expected) << text;
}

TEST(FilterLanguage, OnlyQuotesAndBackslashesAreEscaped)
{
    const std::pair<const char *, const char *> cases[] = {
        {R"(model = "say \"hi\"")", R"(say "hi")"},
        {R"(model = "a\\b")", R"(a\b)"},
        {R"(model = "\d+\.5")", R"(\d+\.5)"},
        {R"(model = "tail\\")", R"(tail\)"},
        {R"(model = "")", ""},
    };
    for (const auto &[text, expected] : cases)
        EXPECT_EQ(root(parsed(text)).values.front().text, expected) << text;
}

TEST(FilterLanguage, ErrorsNameThePositionAndWhatWasExpected)
{
    struct Case
    {
        const char *text;
        const char *position;
        const char *expected;
    };
    const Case cases[] = {
        {"model =", "position 8:", "a value"},
        {"model", "position 6:", "an operator"},
        {"latency", "position 8:", "an operator"},
        {"= 5", "position 1:", "a field"},
        {"banana = 5", "position 1:", "a field"},
        {"event = \"x\" and event. = 1", "position 17:", "a field"},
        {"model = \"a\" AND cost > 1", "position 13:", "keywords are lower-case"},
        {"model = \"a\" model = \"b\"", "position 13:", "“and”, “or” or the end"},
        {"(model = \"a\"", "position 13:", "“)”"},
        {"model = \"a\")", "position 12:", "the end"},
        {"model = \"a", "position 9:", "closing double quote"},
        {"event.`a = 1", "position 1:", "closing backtick"},
        {"model = 'a'", "position 9:", "double quotes"},
        {"model == \"a\"", "position 8:", "a value"},
        {"model in \"a\"", "position 10:", "“(”"},
        {"model in ()", "position 11:", "a value"},
        {"model in (\"a\" \"b\")", "position 15:", "“,” or “)”"},
        {"model not = \"a\"", "position 11:", "“in” or “contains”"},
        {"model is", "position 9:", "“set” or “not set”"},
        {"model is not", "position 13:", "“set”"},
        {"model contains 5", "position 16:", "text in double quotes"},
        {"model ~ \"(\"", "position 9:", "regular expression"},
        {"cost > 2s", "position 8:", "does not fit “cost”"},
        {"latency > 5c", "position 11:", "does not fit “latency”"},
        {"latency > 5k", "position 11:", "does not fit “latency”"},
        {"model = 5k", "position 9:", "does not fit “model”"},
        {"http_status > 2k", "position 15:", "does not fit “http_status”"},
        {"event.price > $5", "position 15:", "does not fit “event.price”"},
        {"latency > 5min", "position 11:", "units ms, s, c, k, $"},
        {"latency > 5 s", "position 13:", "“and”"},
        {"cost > $5k", "position 8:", "units ms, s, c, k, $"},
        {"cost > 007", "position 8:", "a number"},
        {"cost > .5", "position 8:", "a value"},
        {"cost > 5.", "position 8:", "a number"},
        {"is_error < true", "position 12:", "a value"},
        {"timestamp > 5", "position 13:", "a date or time"},
        {"timestamp > \"soon\"", "position 13:", "a date or time"},
        {"timestamp contains \"2025\"", "position 11:", "a point in time"},
        {"model = \"ü\" nonsense", "position 13:", "“and”"},
        {"not", "position 4:", "a field"},
        {"model ; 5", "position 7:", "an operator"},
    };
    for (const Case &c : cases) {
        const Result<Filter> filter = Filter::parse(c.text);
        ASSERT_FALSE(filter.ok()) << c.text;
        EXPECT_EQ(filter.error().kind, Error::Kind::Usage);
        EXPECT_THAT(filter.error().message.toStdString(), AllOf(HasSubstr(c.position), HasSubstr(c.expected)))
            << c.text;
    }
}

TEST(FilterLanguage, CheckGivesTheBytesToUnderline)
{
    EXPECT_FALSE(Filter::check("model = \"a\""));
    EXPECT_FALSE(Filter::check(""));
    const auto problem = Filter::check("model = \"ü\" banana");
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->offset, 13u);
    EXPECT_EQ(problem->length, 6u);
    const auto atEnd = Filter::check("model =");
    ASSERT_TRUE(atEnd);
    EXPECT_EQ(atEnd->offset, 7u);
    EXPECT_EQ(atEnd->length, 0u);
}

TEST(FilterLanguage, DeepNestingIsRefusedNotACrash)
{
    const std::string open(100'000, '(');
    EXPECT_THAT(canonical(open), HasSubstr("nested"));
    std::string nots;
    for (int i = 0; i < 50'000; ++i)
        nots += "not ";
    EXPECT_THAT(canonical(nots + "is_error"), HasSubstr("nested"));
}

TEST(FilterLanguage, LongConjunctionsAreFine)
{
    std::string text = "is_error";
    for (int i = 0; i < 20'000; ++i)
        text += " and is_error";
    EXPECT_EQ(parsed(text).conjuncts().size(), 20'001u);
}

TEST(Filter, ConjunctsAreTheChips)
{
    EXPECT_THAT(texts(parsed("model = \"a\" and (is_error or stream) and cost > 1").conjuncts()),
                ElementsAre("model = \"a\"", "is_error or stream", "cost > 1"));
    EXPECT_THAT(texts(parsed("is_error or stream").conjuncts()), ElementsAre("is_error or stream"));
    EXPECT_TRUE(Filter().conjuncts().empty());
}

TEST(Filter, JoinsFilters)
{
    const Filter a = parsed("is_error or stream");
    const Filter b = parsed("model = \"a\" and priced");
    EXPECT_EQ(Filter::all({a, Filter(), b}).toString(), "(is_error or stream) and model = \"a\" and priced");
    EXPECT_EQ(Filter::any({a, b}).toString(), "is_error or stream or model = \"a\" and priced");
    EXPECT_TRUE(Filter::all({}).isEmpty());
    EXPECT_TRUE(Filter::any({a, Filter()}).isEmpty()) << "one of them matches everything";
    EXPECT_EQ(Filter::all(parsed("is_error and stream and priced").conjuncts()),
              parsed("is_error and stream and priced"));
}

TEST(Filter, EqualsWritesTheLiteralOfTheFieldsType)
{
    const auto equals = [](const char *field, const char *value) {
        return Filter::equals(*Field::parse(field), value).toString();
    };
    EXPECT_EQ(equals("model", "gpt \"4\""), R"(model = "gpt \"4\"")");
    EXPECT_EQ(equals("http_status", "500"), "http_status = 500");
    EXPECT_EQ(equals("is_error", "true"), "is_error");
    EXPECT_EQ(equals("is_error", "false"), "is_error = false");
    EXPECT_EQ(equals("event.n", "10"), "event.n = \"10\"");
    EXPECT_EQ(Filter::isMissing(*Field::parse("customer")).toString(), "customer is not set");
}

TEST(Filter, NegatedUsesTheOppositeOperator)
{
    const std::pair<const char *, const char *> cases[] = {
        {"model = \"a\"", "model != \"a\""},
        {"model in (\"a\")", "model not in (\"a\")"},
        {"model contains \"a\"", "model not contains \"a\""},
        {"model ~ \"a\"", "model !~ \"a\""},
        {"model is set", "model is not set"},
        {"is_error", "not is_error"},
        {"cost > 1", "not cost > 1"},
        {"is_error and stream", "not (is_error and stream)"},
    };
    for (const auto &[text, expected] : cases) {
        EXPECT_EQ(parsed(text).negated().toString(), expected);
        EXPECT_EQ(parsed(text).negated().negated(), parsed(text)) << text;
    }
}

/// Random expressions, every operand in parentheses.
class RandomFilter
{
public:
    explicit RandomFilter(unsigned seed) : m_random(seed) {}

    std::string expression(int depth)
    {
        const int choice = depth == 0 ? 0 : pick(4);
        if (choice == 0)
            return term();
        if (choice == 1)
            return "not (" + expression(depth - 1) + ")";
        std::string text = "(" + expression(depth - 1) + ")";
        for (int i = 0; i <= pick(3); ++i)
            text += (choice == 2 ? " and (" : " or (") + expression(depth - 1) + ")";
        return text;
    }

    std::string randomText()
    {
        static const std::vector<std::string> kPieces{"a", "\\", "\"", " ", "é",   "日",
                                                      "'", "`",  "\n", "%", "and", "\\\\"};
        std::string text;
        for (int i = pick(7); i > 0; --i)
            text += kPieces[static_cast<std::size_t>(pick(static_cast<int>(kPieces.size())))];
        return text;
    }

private:
    int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(m_random); }
    std::string oneOf(const std::vector<std::string> &choices)
    {
        return choices[static_cast<std::size_t>(pick(static_cast<int>(choices.size())))];
    }

    std::string term()
    {
        const std::string field =
            oneOf({"model", "tool", "event.`a b`", "person.$x", "group.c.d", "input", "cost", "latency"});
        const bool number = field == "cost" || field == "latency";
        const std::string value =
            number ? oneOf({"1", "-0.5", "1e3", "0.25"}) : quotedFilterText(randomText());
        switch (pick(number ? 3 : 6)) {
        case 0:
            return field + oneOf({" = ", " != ", " < ", " <= ", " > ", " >= "}) + value;
        case 1:
            return field + oneOf({" in (", " not in ("}) + value + ", " + value + ")";
        case 2:
            return field + oneOf({" is set", " is not set"});
        case 3:
            return field + oneOf({" contains ", " not contains "}) + value;
        case 4:
            return field + oneOf({" ~ ", " !~ "}) + quotedFilterText(oneOf({"a+", "\\d", "x|y\\\\", ""}));
        default:
            return oneOf({"is_error", "not stream", "event.flag", "priced = false"});
        }
    }

    std::mt19937 m_random;
};

TEST(FilterProperties, PrintingReadsBackAsTheSameTree)
{
    RandomFilter random(7);
    for (int i = 0; i < 3000; ++i) {
        const std::string text = random.expression(4);
        const Filter filter = parsed(text);
        const std::string printed = filter.toString();
        ASSERT_EQ(parsed(printed), filter) << text << "\n" << printed;
        ASSERT_EQ(parsed(printed).toString(), printed);
        ASSERT_LE(printed.size(), text.size() + 7) << "needless parentheses: " << printed;
    }
}

TEST(FilterProperties, QuotedTextReadsBack)
{
    RandomFilter random(11);
    for (int i = 0; i < 3000; ++i) {
        const std::string value = random.randomText();
        ASSERT_EQ(root(parsed("model = " + quotedFilterText(value))).values.front().text, value);
    }
}

TEST(FilterProperties, BrokenTextIsRefusedWithAPositionInside)
{
    RandomFilter random(13);
    std::mt19937 cut(13);
    for (int i = 0; i < 3000; ++i) {
        std::string text = random.expression(3);
        text.erase(cut() % text.size(), 1 + cut() % 3);
        if (const auto problem = Filter::check(text)) {
            ASSERT_LE(problem->offset + problem->length, text.size()) << text;
            ASSERT_THAT(problem->message.toStdString(), HasSubstr("expected")) << text;
        } else {
            ASSERT_TRUE(Filter::parse(text).ok()) << text;
        }
    }
}

} // namespace
