// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/normalise.h"

#include <re2/re2.h>

#include <array>

namespace genscope {

namespace {

constexpr std::size_t kMaxUnits = 1000;

/// The first kMaxUnits UTF-16 units, which is how PostHog counts characters; `...` marks the cut, as there.
std::string shortened(std::string_view text)
{
    std::size_t units = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        units += length == 4 ? 2 : 1;
        if (units > kMaxUnits)
            return std::string(text.substr(0, at)) + "...";
        at += length;
    }
    return std::string(text);
}

struct Rule
{
    RE2 pattern;
    re2::StringPiece replacement;
};

/// In PostHog's order, from the most specific to the least. RE2 is linear in the text, whatever it holds.
const std::array<Rule, 16> &rules()
{
    static const std::array<Rule, 16> kRules = {{
        {RE2("(?i)req_[a-z0-9]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<ID>"},
        {RE2(R"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+Z?)"), "<TIMESTAMP>"},
        {RE2("(?i)projects/[0-9a-z-]+(?:/[a-z]+/[0-9a-z-]+)+"), "projects/<PATH>"},
        {RE2(R"("responseId":"[a-zA-Z0-9_-]+")"), R"("responseId":"<RESPONSE_ID>")"},
        {RE2(R"("id":\s*"[a-zA-Z0-9_-]+")"), R"("id": "<ID>")"},
        {RE2(R"(tool_call_id=['"][a-zA-Z0-9_-]+['"])"), "tool_call_id='<TOOL_CALL_ID>'"},
        {RE2("toolu_[a-zA-Z0-9]+"), "<TOOL_ID>"},
        {RE2("function call call_[a-zA-Z0-9]+"), "function call call_<CALL_ID>"},
        {RE2("(user_id.{0,4})user_[a-zA-Z0-9]+"), R"(\1user_<USER_ID>)"},
        {RE2("0x[0-9a-fA-F]+"), "<OBJECT_ID>"},
        {RE2(R"((?i)id=['"][a-z0-9_-]+['"])"), "id='<ID>'"},
        {RE2(R"("tokenCount":\s*[0-9]+)"), R"("tokenCount":<TOKEN_COUNT>)"},
        {RE2("[0-9]{9,}"), "<ID>"},
        {RE2("[0-9]+"), "<N>"},
        {RE2(R"([\s\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]+)"),
         " "},
        {RE2("^ | $"), ""},
    }};
    return kRules;
}

} // namespace

std::string normaliseError(std::string_view error)
{
    std::string text = shortened(error);
    for (const Rule &rule : rules())
        RE2::GlobalReplace(&text, rule.pattern, rule.replacement);
    return text.empty() ? "Unknown error" : text;
}

} // namespace genscope
