// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/eventtesting.h"

#include <gmock/gmock.h>

using namespace genscope;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> toolsOf(const std::string &choices)
{
    return generation(R"("$ai_output_choices":)" + choices).tools;
}

TEST(ToolCalls, AreFoundInEveryShape)
{
    struct Case
    {
        const char *shape;
        const char *choices;
    };
    const Case cases[] = {
        {"OpenAI chat",
         R"([{"message":{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"a","arguments":"{}"}}]}}])"},
        {"OpenAI chat without message",
         R"([{"role":"assistant","content":"","tool_calls":[{"function":{"name":"a"}}]}])"},
        {"OpenAI Responses",
         R"([{"type":"reasoning","summary":[]},{"type":"function_call","name":"a","arguments":"{}"}])"},
        {"SDK form",
         R"([{"role":"assistant","content":[{"type":"text","text":"x"},{"type":"function","function":{"name":"a","arguments":{}}}]}])"},
        {"Vercel",
         R"([{"role":"assistant","content":[{"type":"tool-call","id":"c","function":{"name":"a"}}]}])"},
        {"Anthropic", R"([{"message":{"content":[{"type":"tool_use","id":"t","name":"a","input":{}}]}}])"},
        {"Pydantic AI", R"([{"role":"assistant","parts":[{"type":"tool_call","name":"a"}]}])"},
        {"whole answer",
         R"({"id":"chatcmpl-1","choices":[{"index":0,"message":{"tool_calls":[{"function":{"name":"a"}}]}}]})"},
        {"JSON as text", R"("[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"a\"}}]}]")"},
        {"Python's repr",
         R"("[ResponseFunctionToolCall(arguments='{}', call_id='c', name='a', type='function_call')]")"},
    };
    for (const auto &[shape, choices] : cases)
        EXPECT_THAT(toolsOf(choices), ElementsAre("a")) << shape;
}

TEST(ToolCalls, ComeInCallOrderOnceEach)
{
    EXPECT_THAT(
        toolsOf(
            R"([{"tool_calls":[{"function":{"name":"b"}},{"function":{"name":"a"}}]},{"content":[{"type":"tool_use","name":"b"},{"type":"tool_use","name":"c"}]}])"),
        ElementsAre("b", "a", "c"));
}

TEST(ToolCalls, AreNotSeenElsewhere)
{
    for (const char *choices :
         {"null", R"("some text")", "[]", "[null,1,\"x\"]", R"([{"role":"assistant","content":"tool_use"}])",
          R"([{"content":[{"type":"text","name":"a"}]}])", R"([{"type":"function_call","name":7}])",
          R"([{"tool_calls":[{"function":{"name":""}},{"function":null},{}]}])",
          R"({"tool_calls":[{"function":{"name":"a"}}]})"})
        EXPECT_THAT(toolsOf(choices), IsEmpty()) << choices;
    EXPECT_THAT(
        parsed(
            R"({"event":"$ai_span","timestamp":1,"properties":{"$ai_output_choices":[{"type":"function_call","name":"a"}]}})")
            .tools,
        IsEmpty())
        << "only a generation calls tools";
}

TEST(ToolCalls, NamesAreMadeFitForAList)
{
    EXPECT_THAT(toolsOf(R"([{"type":"function_call","name":"  get, it "}])"), ElementsAre("get_ it"));
    const std::string longName(300, 'n');
    EXPECT_THAT(toolsOf(R"([{"type":"function_call","name":")" + longName + "\"}]"),
                ElementsAre(longName.substr(0, 200)));
    std::string many;
    for (int i = 0; i < 150; ++i)
        many +=
            (i ? "," : "") + std::string(R"({"type":"function_call","name":"t)") + std::to_string(i) + "\"}";
    EXPECT_EQ(toolsOf("[" + many + "]").size(), 100u);
}

TEST(ToolCalls, AListOfNamesIsKept)
{
    EXPECT_THAT(
        generation(
            R"("$ai_tools_called":"b, a,,b","$ai_output_choices":[{"type":"function_call","name":"z"}])")
            .tools,
        ElementsAre("b", "a"));
    EXPECT_THAT(generation(R"("$ai_tools_called":["b","a",7])").tools, ElementsAre("b", "a"));
    EXPECT_THAT(parsed(R"({"event":"$ai_span","timestamp":1,"properties":{"$ai_tools_called":"a"}})").tools,
                ElementsAre("a"));
}

TEST(ErrorText, ReplacesWhatChangesFromCallToCall)
{
    struct Case
    {
        const char *error;
        const char *normalised;
    };
    const Case cases[] = {
        {"429 Too many", "<N> Too many"},
        {"request 550E8400-e29b-41d4-a716-446655440000 failed", "request <ID> failed"},
        {"see req_011CFKmtTLHXD4HtNurqXHFNPMnH", "see <ID>"},
        {"at 2025-11-08T14:25:51.767Z", "at <TIMESTAMP>"},
        {"at 2025-11-08T14:25:51Z", "at <N>-<N>-<N>T<N>:<N>:<N>Z"},
        {"Projects/123/locations/us-west2/publishers/google/models/gemini-pro gone", "projects/<PATH> gone"},
        {R"({"responseId":"h2sPacmZI4OWvPEPvIS16Ac"})", R"({"responseId":"<RESPONSE_ID>"})"},
        {R"({"id":"oJf6eVw-z1gNr"})", R"({"id": "<ID>"})"},
        {R"(tool_call_id="toolu_01LC")", "tool_call_id='<TOOL_CALL_ID>'"},
        {"toolu_01Bj5f7R5g9vhe7MkEyFT6Ty was not found", "<TOOL_ID> was not found"},
        {"No tool output found for function call call_edLiisyO.",
         "No tool output found for function call call_<CALL_ID>."},
        {"'user_id': 'user_32yQoBNWxpvz'", "'user_id': 'user_<USER_ID>'"},
        {"<object at 0xfffced405130>", "<object at <OBJECT_ID>>"},
        {"Thing(ID='abc-1')", "Thing(id='<ID>')"},
        {R"("tokenCount": 7125)", R"("tokenCount":<TOKEN_COUNT>)"},
        {"project 1234567890 and 12345678", "project <ID> and <N>"},
        {"  two \n\t lines\u00a0here  ", "two lines here"},
        {"", "Unknown error"},
        {" \n ", "Unknown error"},
        {"Überlastet: 3 Anfragen", "Überlastet: <N> Anfragen"},
    };
    for (const auto &[error, normalised] : cases)
        EXPECT_EQ(normaliseError(error), normalised) << error;
}

TEST(ErrorText, IsCutTo1000Characters)
{
    EXPECT_EQ(normaliseError(std::string(1000, 'x')), std::string(1000, 'x'));
    EXPECT_EQ(normaliseError(std::string(1001, 'x')), std::string(1000, 'x') + "...");
    std::string umlauts;
    for (int i = 0; i < 1500; ++i)
        umlauts += "ü";
    EXPECT_EQ(normaliseError(umlauts), umlauts.substr(0, 2000) + "...") << "characters, not bytes";
    std::string thumbs;
    for (int i = 0; i < 600; ++i)
        thumbs += "👍";
    EXPECT_EQ(normaliseError(thumbs), thumbs.substr(0, 2000) + "...")
        << "these are two UTF-16 units each, as PostHog counts";
}

TEST(ErrorText, TakesLongTextsInNoTime)
{
    EXPECT_EQ(normaliseError(std::string(50u << 20, '1')), "<ID>...");
    EXPECT_EQ(normaliseError("user_id" + std::string(1 << 20, ' ')), "user_id ...");
}

TEST(ContentText, IsWhatAPersonWouldRead)
{
    EXPECT_EQ(
        decodedText(
            R"([{"role":"user","content":"caf\u00e9 \ud83d\udc4d"},{"role":"assistant","content":[{"type":"text","text":"fine"}],"id":"msg_1"}])"),
        "café 👍\nfine");
    EXPECT_EQ(decodedText(R"("just \"text\"")"), "just \"text\"");
    EXPECT_EQ(decodedText(R"({"a":{"type":{"text":"under a key"}},"n":1,"b":true,"list":["x",""]})"),
              "under a key\nx");
    EXPECT_EQ(decodedText(R"("[{\"role\":\"user\",\"content\":\"inner\"}]")"), "inner")
        << "JSON given as text";
    EXPECT_EQ(decodedText(R"("[not json")"), "[not json");
    EXPECT_EQ(decodedText(R"("a\ud800")"), "a\uFFFD");
    EXPECT_EQ(decodedText("null"), "");
    EXPECT_EQ(decodedText("17"), "");
    EXPECT_EQ(decodedText(""), "");
}

TEST(ContentText, NestsAsDeepAsTheContent)
{
    constexpr std::size_t kDepth = 200'000;
    EXPECT_EQ(decodedText(std::string(kDepth, '[') + "\"x\"" + std::string(kDepth, ']')), "x");
}

} // namespace
