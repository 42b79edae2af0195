// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every message shape that SDKs send (posthog-semantics 1.8), as JSON and as the conversation printed line by
// line:
//     in user | text: Hello
#include "models/conversation.h"

#include "core/event.h"

#include <gtest/gtest.h>

#include <ostream>

using namespace genscope;

namespace {

const char *roleText(ConversationMessage::Role role)
{
    switch (role) {
    case ConversationMessage::Role::User:
        return "user";
    case ConversationMessage::Role::System:
        return "system";
    case ConversationMessage::Role::Assistant:
        return "assistant";
    case ConversationMessage::Role::Tool:
        return "tool";
    case ConversationMessage::Role::Other:
        return "other";
    }
    return "";
}

const char *kindText(ConversationPart::Kind kind)
{
    switch (kind) {
    case ConversationPart::Kind::Text:
        return "text";
    case ConversationPart::Kind::Reasoning:
        return "reasoning";
    case ConversationPart::Kind::ToolCall:
        return "call";
    case ConversationPart::Kind::ToolResult:
        return "result";
    case ConversationPart::Kind::Media:
        return "media";
    case ConversationPart::Kind::Raw:
        return "raw";
    }
    return "";
}

QString printed(const ConversationPart &part)
{
    QString line = QLatin1String(kindText(part.kind));
    if (!part.title.isEmpty())
        line += QLatin1Char(' ') + part.title;
    if (!part.callId.isEmpty())
        line += QStringLiteral(" #") + part.callId;
    const QString text = part.text.simplified();
    return text.isEmpty() ? line : line + QStringLiteral(": ") + text;
}

std::string printed(const Conversation &conversation)
{
    QString out;
    for (const ConversationMessage &message : conversation.messages) {
        out += message.origin == ConversationMessage::Origin::Input ? QStringLiteral("in ")
                                                                    : QStringLiteral("out ");
        out += QLatin1String(roleText(message.role));
        if (message.internal)
            out += QStringLiteral(" (internal)");
        if (!message.finishReason.isEmpty())
            out += QStringLiteral(" [%1]").arg(message.finishReason);
        for (const ConversationPart &part : message.parts)
            out += QStringLiteral(" | ") + printed(part);
        out += QLatin1Char('\n');
    }
    return out.toStdString();
}

Conversation read(const std::string &properties, EventKind kind = EventKind::Generation)
{
    const auto tree = JsonTree::parse(properties);
    EXPECT_TRUE(tree.ok()) << properties;
    return tree ? conversationOf(tree.value()->root(), kind) : Conversation();
}

struct Shape
{
    const char *name;
    const char *input; ///< JSON of $ai_input
    const char *printed;
};

void PrintTo(const Shape &shape, std::ostream *out)
{
    *out << shape.name;
}

class MessageShapes : public testing::TestWithParam<Shape>
{
};

TEST_P(MessageShapes, Read)
{
    const Shape &shape = GetParam();
    EXPECT_EQ(printed(read(std::string(R"({"$ai_input":)") + shape.input + "}")), shape.printed);
}

const Shape kShapes[] = {
    {"PlainString", R"("Hello")", "in user | text: Hello\n"},
    {"ListOfStrings", R"(["a","b"])", "in user | text: a\nin user | text: b\n"},
    {"JsonInAString", R"("[{\"role\":\"user\",\"content\":\"hi\"}]")", "in user | text: hi\n"},
    {"StringContent", R"([{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}])",
     "in system | text: Be brief.\nin user | text: Hi\n"},
    {"Developer", R"([{"role":"developer","content":"x"}])", "in system | text: x\n"},
    {"ContentObject", R"([{"role":"user","content":{"type":"text","content":"Hi"}}])",
     "in user | text: Hi\n"},
    {"NormalisedParts",
     R"([{"role":"assistant","content":[{"type":"text","text":"Let me see."},
        {"type":"function","id":"c1","function":{"name":"weather","arguments":{"city":"Oslo"}}}]}])",
     "in assistant | text: Let me see. | call weather #c1: { \"city\": \"Oslo\" }\n"},
    {"OpenAiToolCalls",
     R"([{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
        "function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"4 degrees"}])",
     "in assistant | call weather #c1: { \"city\": \"Oslo\" }\nin tool | result #c1: 4 degrees\n"},
    {"OpenAiOldFunctionCall",
     R"([{"role":"assistant","content":"","function_call":{"name":"f","arguments":"{}"}}])",
     "in assistant | call f: {}\n"},
    {"ArgumentsThatAreNotJson",
     R"([{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{broken"}}]}])",
     "in assistant | call f #c: {broken\n"},
    {"OpenAiImageUrl",
     R"([{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.example/i.png"}}]}])",
     "in user | media image_url: https://x.example/i.png\n"},
    {"OpenAiFile",
     R"([{"role":"user","content":[{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}}]}])",
     "in user | media file: a.pdf, application/pdf\n"},
    {"OpenAiAudio",
     R"([{"role":"assistant","content":null,"audio":{"id":"a","data":"AAAA","transcript":"hello"}}])",
     "in assistant | media audio: hello\n"},
    {"ResponsesItems",
     R"([{"role":"user","content":"Weather?"},
        {"type":"reasoning","summary":[{"type":"summary_text","text":"Think."}]},
        {"type":"function_call","call_id":"c1","name":"weather","arguments":"{\"city\":\"Oslo\"}"},
        {"type":"function_call_output","call_id":"c1","output":"4"}])",
     "in user | text: Weather?\nin assistant | reasoning: Think. | call weather #c1: { \"city\": \"Oslo\" }\n"
     "in tool | result #c1: 4\n"},
    {"ResponsesBuiltIns",
     R"([{"type":"web_search_call","id":"w","action":{"type":"search","query":"q"}},
        {"type":"code_interpreter_call","id":"i","code":"print 1"}])",
     "in assistant | call web_search_call #w: { \"type\": \"search\", \"query\": \"q\" } | "
     "call code_interpreter_call #i: print 1\n"},
    {"ResponsesInputParts",
     R"([{"role":"user","content":[{"type":"input_text","text":"see"},{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]}])",
     "in user | text: see | media input_image: image/png\n"},
    {"AgentsSdkItemsWithRole",
     R"([{"role":"assistant","type":"function_call","callId":"c","name":"f","arguments":"{}"},
        {"role":"tool","type":"function_call_result","callId":"c","name":"f","output":{"type":"text","text":"done"}}])",
     "in assistant | call f #c: {}\nin tool | result f #c: done\n"},
    {"AnthropicToolUse",
     R"([{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
        {"type":"tool_use","id":"t","name":"f","input":{"a":1}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"ok"}]}]}])",
     "in assistant | reasoning: Hm. | call f #t: { \"a\": 1 }\nin user | result #t: ok\n"},
    {"AnthropicImage",
     R"([{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png",
        "data":"[base64 image/png redacted]"}}]}])",
     "in user | media image: image/png, [base64 image/png redacted]\n"},
    {"GeminiParts",
     R"([{"role":"model","parts":[{"text":"Hi"},{"functionCall":{"name":"f","args":{"a":1}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":2}}},{"text":"t","thought":true}]}])",
     "in assistant | text: Hi | call f: { \"a\": 1 }\nin user | result f: { \"r\": 2 } | reasoning: t\n"},
    {"GeminiInlineDataPython",
     R"([{"role":"user","content":[{"inline_data":{"mime_type":"audio/wav","data":"AAAA"}}]}])",
     "in user | media media: audio/wav, AAAA\n"},
    {"GeminiInlineDataNode",
     R"([{"role":"user","content":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}])",
     "in user | media media: image/png, AAAA\n"},
    {"VercelParts",
     R"([{"role":"assistant","content":[{"type":"text","content":"Hi"},
        {"type":"tool-call","toolCallId":"c","toolName":"f","input":{"a":1}}]},
        {"role":"tool","content":[{"type":"tool-result","toolCallId":"c","toolName":"f","output":{"ok":true}}]}])",
     "in assistant | text: Hi | call f #c: { \"a\": 1 }\nin tool | result f #c: { \"ok\": true }\n"},
    {"WholeAnswer",
     R"({"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"Hi"}}]})",
     "in assistant [stop] | text: Hi\n"},
    {"OtelParts",
     R"([{"role":"user","parts":[{"type":"text","content":"Hi"}]},
        {"role":"assistant","parts":[{"type":"tool_call","id":"c","name":"f","arguments":{"a":1}}]},
        {"role":"tool","parts":[{"type":"tool_call_response","id":"c","result":"ok"}]}])",
     "in user | text: Hi\nin assistant | call f #c: { \"a\": 1 }\nin tool | result #c: ok\n"},
    {"CustomToolResult",
     R"([{"role":"user","content":[{"type":"function","tool_name":"f","content":"ok"}]}])",
     "in user | result f: ok\n"},
    {"LangChainMessages",
     R"({"messages":[{"type":"human","content":"Hi"},
        {"type":"ai","content":"","tool_calls":[{"name":"f","args":{"a":1},"id":"c","type":"tool_call"}]},
        {"type":"tool","name":"f","tool_call_id":"c","content":"ok"}]})",
     "in user | text: Hi\nin assistant | call f #c: { \"a\": 1 }\nin tool | result f #c: ok\n"},
    {"LangChainSerialised",
     R"({"lc":1,"type":"constructor","id":["langchain_core","messages","AIMessage"],"kwargs":{"content":"Hi"}})",
     "in assistant | text: Hi\n"},
    {"LangGraphState", R"({"messages":null,"lc_kwargs":{"messages":[{"type":"human","content":"Hi"}]}})",
     "in user | text: Hi\n"},
    {"ReasoningContent", R"([{"role":"assistant","reasoning_content":"Hm.","content":"4"}])",
     "in assistant | reasoning: Hm. | text: 4\n"},
    {"InternalUserMessage", R"([{"role":"user","content":"<system-reminder>\nx\n</system-reminder>"}])",
     "in user (internal) | text: <system-reminder> x </system-reminder>\n"},
    {"UnknownRole", R"([{"role":"posthog","content":"x"}])", "in other | text: x\n"},
    {"UnknownPart", R"([{"role":"user","content":[{"type":"hologram","x":1}]}])",
     "in user | raw: { \"type\": \"hologram\", \"x\": 1 }\n"},
    {"UnknownMessage", R"([{"question":"why","n":[1]}])",
     "in user | raw: { \"question\": \"why\", \"n\": [ 1 ] }\n"},
    {"Null", "null", ""},
    {"Empty", "[]", ""},
};

std::string shapeName(const testing::TestParamInfo<Shape> &info)
{
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(All, MessageShapes, testing::ValuesIn(kShapes), shapeName);

} // namespace

TEST(Conversation, OutputComesAfterInputWithItsOwnDefaultRole)
{
    EXPECT_EQ(printed(read(R"({"$ai_input":"2+2?","$ai_output_choices":["4"]})")),
              "in user | text: 2+2?\nout assistant | text: 4\n");
    EXPECT_EQ(printed(read(R"({"$ai_output":"4"})")), "out assistant | text: 4\n");
    EXPECT_EQ(printed(read(R"({"$ai_output_choices":null,"$ai_output":"4"})")), "out assistant | text: 4\n");
}

TEST(Conversation, BlocksWithoutMessageMakeOneMessage)
{
    EXPECT_EQ(
        printed(read(R"({"$ai_output_choices":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})")),
        "out assistant | text: a | text: b\n");
}

TEST(Conversation, TheItemsOfOneTurnMakeOneMessage)
{
    EXPECT_EQ(printed(read(R"({"$ai_output_choices":[{"type":"reasoning","summary":[]},
        {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]})")),
              "out assistant | reasoning | text: Hi\n");
}

TEST(Conversation, StepsReadTheirStates)
{
    EXPECT_EQ(
        printed(read(R"({"$ai_input_state":{"question":"q"},"$ai_output_state":"a"})", EventKind::Span)),
        "in user | raw: { \"question\": \"q\" }\nout assistant | text: a\n");
}

TEST(Conversation, SaysWhatIsMissing)
{
    const Conversation none = read(R"({"$ai_model":"m"})");
    EXPECT_FALSE(none.hasInput);
    EXPECT_FALSE(none.hasOutput);
    EXPECT_TRUE(none.messages.empty());
}

TEST(Conversation, EnvelopesInsideEnvelopesEnd)
{
    std::string json;
    for (int i = 0; i < 200; ++i)
        json.append(R"({"messages":[)");
    json.append(R"("x")");
    for (int i = 0; i < 200; ++i)
        json.append("]}");
    const Conversation deep = read(R"({"$ai_input":)" + json + "}");
    EXPECT_EQ(deep.messages.size(), 1u);
}

TEST(Conversation, CountsWhatItDoesNotKnow)
{
    EXPECT_EQ(read(R"({"$ai_input":[{"a":1},{"b":2},{"role":"user","content":"c"}]})").unknownCount, 2);
}

// --- What belongs together

TEST(Conversation, ResultsKnowTheCallThatTheyAnswer)
{
    const Conversation conversation = read(R"({"$ai_input":[
        {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"first","arguments":"{}"}},
                                          {"id":"b","type":"function","function":{"name":"second","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"b","content":"2"},
        {"role":"tool","tool_call_id":"a","content":"1"},
        {"role":"tool","tool_call_id":"lost","content":"?"}],
        "$ai_output_choices":[{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"third","input":{}}]}]})");
    std::vector<const ConversationPart *> parts;
    for (const ConversationMessage &message : conversation.messages)
        for (const ConversationPart &part : message.parts)
            parts.push_back(&part);
    ASSERT_EQ(parts.size(), 6u);
    EXPECT_EQ(parts[0]->call, 1);
    EXPECT_TRUE(parts[0]->answered);
    EXPECT_EQ(parts[2]->call, 2);
    EXPECT_EQ(parts[2]->calledTool, QStringLiteral("second"));
    EXPECT_EQ(parts[3]->calledTool, QStringLiteral("first"));
    EXPECT_EQ(parts[4]->call, 0) << "its call is not here";
    EXPECT_EQ(parts[5]->call, 3);
    EXPECT_FALSE(parts[5]->answered) << "the output has just asked for it";
}

TEST(Conversation, WithoutIdsResultsAnswerTheCallsOfTheirToolInOrder)
{
    const Conversation conversation = read(R"({"$ai_input":[
        {"role":"model","parts":[{"functionCall":{"name":"f","args":{"n":1}}},{"functionCall":{"name":"f","args":{"n":2}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":1}}},
                                {"functionResponse":{"name":"f","response":{"r":2}}}]}]})");
    ASSERT_EQ(conversation.messages.size(), 2u);
    ASSERT_EQ(conversation.messages[1].parts.size(), 2u);
    EXPECT_EQ(conversation.messages[1].parts[0].call, 1);
    EXPECT_EQ(conversation.messages[1].parts[1].call, 2);
}

TEST(Conversation, TheNextTurnSharesWhatTheTurnBeforeSaid)
{
    const Conversation before =
        read(R"({"$ai_input":[{"role":"system","content":"S"},{"role":"user","content":"1"}],
                                         "$ai_output_choices":[{"role":"assistant","content":"one"}]})");
    const Conversation now =
        read(R"({"$ai_input":[{"role":"system","content":"S"},{"role":"user","content":"1"},
                                      {"role":"assistant","content":"one"},{"role":"user","content":"2"}],
                                      "$ai_output_choices":[{"role":"assistant","content":"two"}]})");
    EXPECT_EQ(sharedMessages(now, before), 3u);
    EXPECT_EQ(sharedMessages(before, now), 2u) << "an output is never shared";
    EXPECT_EQ(sharedMessages(now, Conversation()), 0u);
    const Conversation other =
        read(R"({"$ai_input":[{"role":"system","content":"T"},{"role":"user","content":"1"}]})");
    EXPECT_EQ(sharedMessages(other, before), 0u);
}

TEST(Conversation, OnlyImagesThatCameAlongAreKeptToBeDrawn)
{
    const std::string png(60, 'A');
    const auto image = [&](const std::string &part) {
        const Conversation conversation = read(R"({"$ai_input":[{"role":"user","content":[)" + part + "]}]}");
        return conversation.messages.empty() || conversation.messages[0].parts.empty()
                   ? QByteArray("?")
                   : conversation.messages[0].parts[0].imageBase64;
    };
    const QByteArray expected(60, 'A');
    EXPECT_EQ(image(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,)" + png + R"("}})"),
              expected);
    EXPECT_EQ(image(R"({"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":")" + png +
                    R"("}})"),
              expected);
    EXPECT_EQ(image(R"({"inline_data":{"mime_type":"image/webp","data":")" + png + R"("}})"), expected);
    EXPECT_EQ(image(R"({"inlineData":{"mimeType":"image/gif","data":")" + png + R"("}})"), expected);
    EXPECT_EQ(
        image(R"({"type":"image_url","image_url":{"url":"https://tracker.example/)" + png + R"(.png"}})"),
        QByteArray());
    EXPECT_EQ(image(R"({"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,)" + png + R"("}})"),
              QByteArray());
    EXPECT_EQ(
        image(R"({"type":"document","source":{"type":"base64","media_type":"application/pdf","data":")" +
              png + R"("}})"),
        QByteArray());
}
