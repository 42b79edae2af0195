// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// The identity of one event: 16 bytes.
struct Uuid
{
    std::array<std::uint8_t, 16> bytes{};

    /// Reads the usual form with or without hyphens, braces not allowed; case is ignored.
    static std::optional<Uuid> parse(std::string_view text);
    /// A stable uuid (version 5) for bytes that carry none, so that importing them twice gives the same
    /// event.
    static Uuid derivedFrom(std::string_view bytes);
    /// The uuid that @p text means: parsed, or derived from the text when it is not of uuid form.
    static Uuid fromText(std::string_view text);

    std::string toString() const; ///< 36 characters, lower case
    bool isNull() const { return *this == Uuid{}; }

    auto operator<=>(const Uuid &) const = default;
};

} // namespace genscope

template<>
struct std::hash<genscope::Uuid>
{
    std::size_t operator()(const genscope::Uuid &uuid) const noexcept
    {
        std::uint64_t halves[2];
        std::memcpy(halves, uuid.bytes.data(), sizeof halves);
        return static_cast<std::size_t>(halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15ull));
    }
};
