// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decimal.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// What price lists need of JSON beside simdjson.

inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A text for a message: cut where it is long.
inline QString shortened(std::string_view text)
{
    constexpr qsizetype kMaxShown = 60;
    const QString whole = fromUtf8(text);
    return whole.size() > kMaxShown ? whole.left(kMaxShown) + QChar(0x2026) : whole;
}

/// A text as JSON, in quotes.
std::string jsonQuoted(std::string_view text);

/// A number from its JSON token, or from the text in a token in quotes; exactly as it is written.
std::optional<Decimal> decimalOfToken(std::string_view rawToken);

} // namespace genscope
