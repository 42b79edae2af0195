// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/foldedtext.h"
#include "analytics/rawtext.h"
#include "ingest/normalise.h"

#include <QChar>
#include <QString>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {
namespace {

bool mayHold(std::string_view json, std::string_view needle)
{
    std::string scratch;
    return RawTextFilter(foldedText(needle)).mayHold(json, scratch);
}

bool holds(std::string_view json, std::string_view needle)
{
    return foldedText(decodedText(json)).find(foldedText(needle)) != std::string::npos;
}

TEST(RawTextFilter, LeavesOutWhatSurelyHasNoMatch)
{
    EXPECT_FALSE(mayHold(R"([{"role":"user","content":"Please cancel"}])", "refund"));
    EXPECT_TRUE(mayHold(R"([{"role":"user","content":"Please REFUND me"}])", "refund"));
    EXPECT_FALSE(mayHold(R"("line\nline")", "refund")) << "an escape that is no letter hides none";
    EXPECT_FALSE(mayHold(R"({"a":"日志"})", "привет"));
    EXPECT_TRUE(mayHold(R"({"a":"ПРИВЕТ"})", "привет"));
}

TEST(RawTextFilter, LetsThroughWhatIsWrittenInAnotherWay)
{
    for (const auto &[json, needle] : std::vector<std::pair<std::string, std::string>>{
             {R"("\u0072efund")", "refund"},              // escaped
             {R"("{\"a\":\"\\u0072efund\"}")", "refund"}, // escaped twice
             {R"("\u043f\u0440\u0438\u0432\u0435\u0442")", "привет"},
             {"\"\xE2\x84\xAA"
              "elvin\"",
              "kelvin"}, // the Kelvin sign
             {"\"\xC5\xBF"
              "top\"",
              "stop"}, // the long s
             {R"("a\/b")", "a/b"},
             {R"("say \"hi\"")", "say \"hi\""},
             {"\"a\xCD\xBE"
              "b\"",
              "a;b"},                         // the Greek question mark
             {"\"cafe\xCC\x81\"", "café"}}) { // a combining accent
        ASSERT_TRUE(holds(json, needle)) << json;
        EXPECT_TRUE(mayHold(json, needle)) << json;
    }
}

/// What the filter relies on, for every character there is.
TEST(RawTextFilter, OnlyTwoCharactersBecomeLettersOfAscii)
{
    for (char32_t c = 0x80; c <= QChar::LastValidCodePoint; ++c) {
        if (QChar::isSurrogate(c))
            continue;
        const std::string folded = foldedText(QString::fromUcs4(&c, 1).toStdString());
        for (const char byte : folded) {
            if (static_cast<unsigned char>(byte) < 0x80) {
                EXPECT_TRUE((c == 0x212A && folded == "k") || (c == 0x17F && folded == "s") ||
                            folded == ";" || folded == "`")
                    << "U+" << std::hex << static_cast<std::uint32_t>(c) << " is " << folded;
            }
        }
    }
}

TEST(RawTextFilter, NeverLeavesOutAMatch)
{
    const std::vector<std::string> parts = {
        "re",           "fund", "R",         "\\u0066", "\\n", "\\\"",     "\\\\",           "k",
        "\xE2\x84\xAA", "é",    "e\xCC\x81", "日",      "志",  "\xC5\xBF", "\\ud83d\\ude00", " "};
    const std::vector<std::string> needles = {"re", "ref",  "fund", "refund", "k",   "s",
                                              "é",  "日志", "日",   " ",      "refé"};
    std::mt19937 random(7);
    int matches = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string json = "\"";
        for (unsigned n = random() % 6; n > 0; --n)
            json += parts[random() % parts.size()];
        json += '"';
        for (const std::string &needle : needles) {
            if (holds(json, needle)) {
                ++matches;
                EXPECT_TRUE(mayHold(json, needle)) << json << " and " << needle;
            }
        }
    }
    EXPECT_GT(matches, 1000);
}

} // namespace
} // namespace genscope
