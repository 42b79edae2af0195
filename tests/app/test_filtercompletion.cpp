// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filtercompletion.h"

#include "analytics/dataissue.h"
#include "workspace/selection.h"

#include <gtest/gtest.h>

using namespace genscope;

namespace {

/// `wants "typed" at offset [of field]`
std::string shown(std::string_view text)
{
    const CompletionPoint point = completionPoint(text);
    static constexpr const char *kNames[] = {"nothing", "field", "operator", "value", "connective"};
    std::string line = kNames[static_cast<int>(point.wants)];
    line += " \"" + point.typed + "\" at " + std::to_string(point.begin);
    if (point.field)
        line += " of " + point.field->text;
    return line;
}

QStringList texts(const QVector<Choice> &choices)
{
    QStringList list;
    for (const Choice &choice : choices)
        list.push_back(choice.text);
    return list;
}

TEST(CompletionPoint, FollowsAConditionWordByWord)
{
    EXPECT_EQ(shown(""), "field \"\" at 0");
    EXPECT_EQ(shown("mod"), "field \"mod\" at 0");
    EXPECT_EQ(shown("model "), "operator \"\" at 6 of model");
    EXPECT_EQ(shown("model con"), "operator \"con\" at 6 of model");
    EXPECT_EQ(shown("model ="), "value \"\" at 7 of model");
    EXPECT_EQ(shown("model = "), "value \"\" at 8 of model");
    EXPECT_EQ(shown("model = \"gpt"), "value \"gpt\" at 8 of model");
    EXPECT_EQ(shown("model = \"gpt-4o\""), "connective \"\" at 16");
    EXPECT_EQ(shown("model = \"gpt-4o\" an"), "connective \"an\" at 17");
    EXPECT_EQ(shown("model = \"gpt-4o\" and "), "field \"\" at 21");
}

TEST(CompletionPoint, KnowsOperatorsOfSeveralWords)
{
    EXPECT_EQ(shown("model is "), "operator \"is \" at 6 of model");
    EXPECT_EQ(shown("model is no"), "operator \"is no\" at 6 of model");
    EXPECT_EQ(shown("model is not set "), "connective \"\" at 17");
    EXPECT_EQ(shown("model not in (\"a\", "), "value \"\" at 19 of model");
    EXPECT_EQ(shown("model in (\"a\""), "nothing \"\" at 13");
    EXPECT_EQ(shown("model in (\"a\")"), "connective \"\" at 14");
    EXPECT_EQ(shown("model not contains "), "value \"\" at 19 of model");
}

TEST(CompletionPoint, UnderstandsBareBooleansAndParentheses)
{
    EXPECT_EQ(shown("not is_err"), "field \"is_err\" at 4");
    EXPECT_EQ(shown("is_error and "), "field \"\" at 13");
    EXPECT_EQ(shown("(is_error) "), "connective \"\" at 11");
    EXPECT_EQ(shown("(model = \"a\" or pro"), "field \"pro\" at 16");
}

TEST(FieldSuggestions, PutThoseThatBeginWithTheTypedFirst)
{
    const std::vector<PropertyFact> properties = {
        {{PropertyPath::Scope::Event, {}, "my model"}, 0.5, JsonType::String, false},
        {{PropertyPath::Scope::Group, "company", "tier"}, -1, JsonType::Missing, false}};
    const QStringList found = texts(fieldSuggestions(completionPoint("mod"), properties));
    ASSERT_GE(found.size(), 3);
    EXPECT_EQ(found.front(), QStringLiteral("model"));
    EXPECT_TRUE(found.contains(QStringLiteral("event.`my model`")));
    EXPECT_FALSE(found.contains(QStringLiteral("group.company.tier")));
}

TEST(FieldSuggestions, SayWhatIsKnownOfAProperty)
{
    const QLocale locale(QLocale::C);
    const PropertyPath path{PropertyPath::Scope::Event, {}, "seats"};
    EXPECT_EQ(describedFact({path, 0.5, JsonType::Number, false}, locale),
              QStringLiteral("event property · number · 50.0 %"));
    EXPECT_EQ(describedFact({path, -1, JsonType::String, true}, locale),
              QStringLiteral("event property · mixed"));
    EXPECT_EQ(describedFact({path, -1, JsonType::Missing, false}, locale), QStringLiteral("event property"));
}

TEST(FieldSuggestions, AreFieldsThatTheLanguageReads)
{
    const std::vector<PropertyPath> properties = {{PropertyPath::Scope::Event, {}, "$browser"},
                                                  {PropertyPath::Scope::Person, {}, "my plan"},
                                                  {PropertyPath::Scope::Group, "company", "a.b"}};
    for (const PropertyPath &path : properties) {
        const auto field = Field::parse(fieldText(path));
        ASSERT_TRUE(field.ok()) << fieldText(path);
        EXPECT_EQ(field->path, path) << fieldText(path);
    }
}

TEST(OperatorSuggestions, SuitTheField)
{
    EXPECT_EQ(texts(operatorSuggestions(completionPoint("latency "))).front(), QStringLiteral(">"));
    EXPECT_EQ(texts(operatorSuggestions(completionPoint("model "))).front(), QStringLiteral("="));
    EXPECT_FALSE(
        texts(operatorSuggestions(completionPoint("is_error "))).contains(QStringLiteral("contains")));
    EXPECT_EQ(texts(operatorSuggestions(completionPoint("model is n"))),
              QStringList(QStringLiteral("is not set")));
}

TEST(ValueSuggestions, OfIssuesAreAllCodesEvenWithoutEvents)
{
    Selection selection;
    selection.snapshot = std::make_shared<Snapshot>();
    selection.context = makeQueryContext(selection.snapshot, nullptr, {}, {});
    std::vector<std::string> codes;
    for (const ValueCount &value : frequentValues(selection, Field::parse("issue").value(), 5))
        codes.push_back(value.text);
    EXPECT_EQ(codes.size(), static_cast<std::size_t>(kDataIssueCount));
    EXPECT_EQ(codes.front(), "ttft_after_end");
}

TEST(ValueSuggestions, AreQuotedWhereTheyAreText)
{
    const std::vector<ValueCount> values = {{"say \"hi\"", 3}, {"other", 1}};
    const auto text = valueSuggestions(completionPoint("model = "), values, QLocale::c());
    EXPECT_EQ(text.front().value.toString(), QStringLiteral("\"say \\\"hi\\\"\""));
    EXPECT_EQ(text.front().detail, QStringLiteral("3"));
    const auto status = valueSuggestions(completionPoint("http_status = "), {{"429", 2}}, QLocale::c());
    EXPECT_EQ(status.front().value.toString(), QStringLiteral("429"));
}

} // namespace
