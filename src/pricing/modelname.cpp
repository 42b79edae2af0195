// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/modelname.h"

#include <algorithm>

namespace genscope {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equalIgnoringCase(char c, char lowerOther)
{
    return lower(c) == lowerOther;
}

} // namespace

std::string asciiLower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool containsIgnoringCase(std::string_view text, std::string_view lowerPart)
{
    return std::search(text.begin(), text.end(), lowerPart.begin(), lowerPart.end(), equalIgnoringCase) !=
           text.end();
}

bool startsWithIgnoringCase(std::string_view text, std::string_view lowerPrefix)
{
    return text.size() >= lowerPrefix.size() &&
           std::equal(lowerPrefix.begin(), lowerPrefix.end(), text.begin(),
                      [](char prefix, char c) { return equalIgnoringCase(c, prefix); });
}

bool equalsIgnoringCase(std::string_view text, std::string_view lowerOther)
{
    return text.size() == lowerOther.size() && startsWithIgnoringCase(text, lowerOther);
}

std::string hyphenated(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char raw : text) {
        const char c = lower(raw);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
        else if (!result.empty() && result.back() != '-')
            result += '-';
    }
    if (!result.empty() && result.back() == '-')
        result.pop_back();
    return result;
}

std::string_view withoutPath(std::string_view name)
{
    const auto slash = name.rfind('/');
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool fitsPattern(std::string_view name, std::string_view pattern)
{
    // A star first stands for nothing; where the rest does not fit, the last star takes one byte more.
    std::size_t n = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t taken = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool patternsMeet(std::string_view a, std::string_view b)
{
    // meets[j]: some text fits what is read of a and the first j bytes of b.
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::vector<char> meets(b.size() + 1, 0);
    meets[0] = 1;
    for (std::size_t j = 0; j < b.size() && b[j] == '*'; ++j)
        meets[j + 1] = 1;
    for (const char c : a) {
        std::vector<char> next(b.size() + 1, 0);
        next[0] = c == '*' ? meets[0] : 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            if (c == '*' || b[j] == '*')
                next[j + 1] = meets[j + 1] != 0 || next[j] != 0;
            else
                next[j + 1] = meets[j] != 0 && lower(c) == lower(b[j]);
        }
        meets = std::move(next);
    }
    return meets[b.size()] != 0;
}

std::vector<std::string> nameVariants(std::string_view name)
{
    std::vector<std::string> variants;
    const auto add = [&](std::string variant) {
        if (!variant.empty() && std::find(variants.begin(), variants.end(), variant) == variants.end())
            variants.push_back(std::move(variant));
    };
    add(asciiLower(name));
    add(hyphenated(name));
    add(asciiLower(withoutPath(name)));
    add(hyphenated(withoutPath(name)));
    return variants;
}

} // namespace genscope
