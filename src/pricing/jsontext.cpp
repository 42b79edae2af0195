// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/jsontext.h"

#include <array>
#include <cstdio>

namespace genscope {

std::string jsonQuoted(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            json += escape.data();
        } else {
            json += c;
        }
    }
    return json + '"';
}

std::optional<Decimal> decimalOfToken(std::string_view rawToken)
{
    rawToken = rawToken.substr(0, rawToken.find_last_not_of(" \t\r\n") + 1);
    if (rawToken.size() >= 2 && rawToken.front() == '"' && rawToken.back() == '"')
        rawToken = rawToken.substr(1, rawToken.size() - 2);
    return Decimal::parse(rawToken);
}

} // namespace genscope
