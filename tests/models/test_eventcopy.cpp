// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventcopy.h"

#include <QLocale>
#include <QProcess>
#include <QStandardPaths>

#include <gtest/gtest.h>

using namespace genscope;

namespace {

EventDetail callOf(const std::string &properties, const char *provider = "openai",
                   EventKind kind = EventKind::Generation)
{
    EventDetail event;
    event.kind = kind;
    event.provider = std::string(provider);
    event.raw =
        std::make_shared<const std::string>(R"({"event":"$ai_generation","properties":)" + properties + "}");
    const auto tree = JsonTree::parse(*event.raw);
    EXPECT_TRUE(tree.ok()) << properties;
    event.tree = *tree;
    event.properties = event.tree->root()["properties"];
    event.conversation = conversationOf(event.properties, kind);
    return event;
}

std::string curlOf(const EventDetail &event)
{
    const auto curl = eventAsCurl(event);
    EXPECT_TRUE(curl.ok());
    return curl ? curl->toStdString() : std::string();
}

} // namespace

TEST(EventAsCurl, RepeatsAChatWithItsParametersAndTools)
{
    EXPECT_EQ(curlOf(callOf(R"({"$ai_model":"gpt-4o","$ai_input":[{"role":"user","content":"It's me"}],
                               "$ai_model_parameters":{"temperature":0.2,"max_tokens":50},
                               "$ai_tools":[{"type":"function","function":{"name":"f"}}]})")),
              R"(curl 'https://api.openai.com/v1/chat/completions' \
  -H 'Content-Type: application/json' \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -d '{
  "model": "gpt-4o",
  "temperature": 0.2,
  "max_tokens": 50,
  "messages": [
    {
      "role": "user",
      "content": "It'\''s me"
    }
  ],
  "tools": [
    {
      "type": "function",
      "function": {
        "name": "f"
      }
    }
  ]
}'
)");
}

TEST(EventAsCurl, SpeaksToAnthropicItsOwnWay)
{
    EXPECT_EQ(
        curlOf(callOf(R"({"$ai_model":"claude-sonnet-4","$ai_input":[{"role":"system","content":"Be brief."},
                               {"role":"user","content":"Hi"}]})",
                      "anthropic")),
        R"(curl 'https://api.anthropic.com/v1/messages' \
  -H 'Content-Type: application/json' \
  -H "x-api-key: $ANTHROPIC_API_KEY" \
  -H 'anthropic-version: 2023-06-01' \
  -d '{
  "model": "claude-sonnet-4",
  "max_tokens": 1024,
  "system": "Be brief.",
  "messages": [
    {
      "role": "user",
      "content": "Hi"
    }
  ]
}'
)");
}

TEST(EventAsCurl, NeverCarriesAKey)
{
    const std::string curl = curlOf(callOf(
        R"({"$ai_model":"m","$ai_input":"Hi","$ai_request_url":"https://me:sk-1@host/v1/chat?key=sk-2#sk-3",
                  "$ai_model_parameters":{"api_key":"sk-4","Authorization":"sk-5","auth_token":"sk-6",
                  "extra_headers":{"x":"sk-7"},"max_completion_tokens":7}})"));
    EXPECT_EQ(curl.find("sk-"), std::string::npos) << curl;
    EXPECT_NE(curl.find("'https://host/v1/chat'"), std::string::npos) << curl;
    EXPECT_NE(curl.find("max_completion_tokens"), std::string::npos) << curl;
    EXPECT_NE(curl.find(R"("content": "Hi")"), std::string::npos) << "a mere text is what the user said";
}

TEST(EventAsCurl, TakesOnlyWebAddresses)
{
    const std::string curl = curlOf(
        callOf(R"({"$ai_input":"Hi","$ai_request_url":"file:///etc/passwd","$ai_base_url":"-o /tmp/x"})"));
    EXPECT_TRUE(curl.starts_with("curl 'https://api.openai.com/v1/chat/completions' ")) << curl;
}

TEST(EventAsCurl, KnowsResponsesAndEmbeddings)
{
    EXPECT_TRUE(
        curlOf(callOf(R"({"$ai_input":[{"type":"function_call_output","call_id":"c","output":"1"}]})"))
            .starts_with("curl 'https://api.openai.com/v1/responses' "));
    EXPECT_TRUE(curlOf(callOf(R"({"$ai_input":["a","b"],"$ai_base_url":"http://localhost:8080/v1/"})",
                              "local", EventKind::Embedding))
                    .starts_with("curl 'http://localhost:8080/v1/embeddings' "));
}

TEST(EventAsCurl, NeedsAnInput)
{
    EXPECT_FALSE(eventAsCurl(callOf(R"({"$ai_model":"m"})")).ok());
    EXPECT_FALSE(eventAsCurl(callOf(R"({"$ai_input":"x"})", "", EventKind::Span)).ok());
}

/// The shell itself says whether it is one command with one body.
TEST(EventAsCurl, IsOneCommandWhateverThePromptSays)
{
    const QString shell = QStandardPaths::findExecutable(QStringLiteral("sh"));
    if (shell.isEmpty())
        GTEST_SKIP() << "no shell here";
    const std::string nasty = R"('; touch /nowhere/x; $(reboot) `id` \\ \" \n $HOME &)";
    const auto curl = eventAsCurl(callOf(R"({"$ai_input":")" + nasty + R"("})"));
    ASSERT_TRUE(curl.ok());
    QProcess process;
    process.start(shell, {QStringLiteral("-c"),
                          QStringLiteral("curl() { for last; do :; done; printf %s \"$last\"; }\n") + *curl});
    ASSERT_TRUE(process.waitForFinished());
    EXPECT_TRUE(process.readAllStandardError().isEmpty());
    const auto body = JsonTree::parse(process.readAllStandardOutput().toStdString());
    ASSERT_TRUE(body.ok());
    EXPECT_EQ((*body)->root()["messages"].at(0)["content"].raw(), '"' + nasty + '"');
}

TEST(EventAsMarkdown, TextOfOthersStaysText)
{
    EventDetail event = callOf(R"({"$ai_input":[{"role":"user","content":"# no title\n```\n<script>"},
                                  {"role":"assistant","tool_calls":[{"id":"c","type":"function",
                                   "function":{"name":"run_*sql*","arguments":"{\"q\":1}"}}]}]})");
    event.model = std::string("a_b");
    EXPECT_TRUE(
        eventAsMarkdown(event, QLocale::c()).startsWith(QStringLiteral("## Generation · a\\_b\n\n- Time")));
    const std::string text = eventAsMarkdown(event, QLocale::c()).toStdString();
    EXPECT_NE(text.find("### User\n\n````\n# no title\n```\n<script>\n````\n"), std::string::npos) << text;
    EXPECT_NE(text.find("Tool call: run\\_\\*sql\\*\n\n```json\n{\n  \"q\": 1\n}\n```\n"), std::string::npos)
        << text;
}

TEST(EventAsJson, IsWholeAndIndented)
{
    EXPECT_EQ(eventAsJson(callOf(R"({"a":1e400})")).toStdString(),
              "{\n  \"event\": \"$ai_generation\",\n  \"properties\": {\n    \"a\": 1e400\n  }\n}");
}
