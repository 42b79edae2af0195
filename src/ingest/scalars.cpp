// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/scalars.h"

#include <QCoreApplication>

#include <charconv>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// Infinite for what is too large, zero for what is too small, NaN for "nan"; nothing if @p text is no
/// number.
std::optional<double> parseDouble(std::string_view text)
{
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ptr != text.data() + text.size() || text.empty())
        return std::nullopt;
    if (read.ec == std::errc::result_out_of_range) {
        const std::size_t exponent = text.find_first_of("eE");
        const bool tiny =
            exponent != std::string_view::npos && text.find('-', exponent) != std::string_view::npos;
        return tiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

bool isWholeToken(std::string_view text)
{
    return text.find_first_of(".eE") == std::string_view::npos;
}

} // namespace

std::optional<std::string> numberText(json::Value value)
{
    if (value.isNumber())
        return std::string(value.raw());
    if (!value.isString())
        return std::nullopt;
    const std::string text = value.text();
    std::string_view number = trimmed(text);
    if (number.starts_with('+'))
        number.remove_prefix(1);
    if (!parseDouble(number))
        return std::nullopt;
    return std::string(number);
}

std::optional<double> numberOf(json::Value value)
{
    if (value.isNumber())
        return parseDouble(value.raw());
    const auto text = numberText(value);
    return text ? parseDouble(*text) : std::nullopt;
}

std::optional<bool> booleanOf(json::Value value)
{
    if (value.type() == json::Type::Bool)
        return value.isTrue();
    if (value.raw() == "\"true\"")
        return true;
    if (value.raw() == "\"false\"")
        return false;
    return std::nullopt;
}

std::string stringOf(json::Value value)
{
    return value.text();
}

std::string idOf(json::Value value)
{
    switch (value.type()) {
    case json::Type::String:
        return value.text();
    case json::Type::Bool:
        return std::string(value.raw());
    case json::Type::Number: {
        if (isWholeToken(value.raw()))
            return std::string(value.raw()); // all digits kept, also past 2^53
        const auto number = parseDouble(value.raw());
        if (!number || !std::isfinite(*number))
            return std::string(value.raw());
        char buffer[64];
        const auto format = std::fabs(*number) < 1e21 && *number == std::trunc(*number)
                                ? std::chars_format::fixed
                                : std::chars_format::general;
        const auto written = std::to_chars(buffer, buffer + sizeof buffer, *number, format);
        return {buffer, written.ptr};
    }
    case json::Type::Absent:
    case json::Type::Null:
    case json::Type::Array:
    case json::Type::Object:
        break;
    }
    return {};
}

std::string textOf(json::Value value)
{
    if (value.isString())
        return value.text();
    return value.isPresent() ? json::compact(value) : std::string();
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t whole = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size())
        return whole == std::numeric_limits<std::int64_t>::min() ? std::nullopt : std::optional(whole);
    if (isWholeToken(text))
        return std::nullopt;
    const auto number = parseDouble(text);
    constexpr double kLimit = 9.2e18;
    if (!number || !(std::fabs(*number) < kLimit))
        return std::nullopt;
    return std::llround(*number);
}

Count NumberReader::count(Property property)
{
    const auto text = numberText(m_object.property(property));
    if (!text)
        return std::nullopt;
    const auto whole = wholeNumber(*text);
    if (!whole)
        noteMisfit(property);
    return whole;
}

Amount NumberReader::amount(Property property)
{
    const auto text = numberText(m_object.property(property));
    if (!text)
        return std::nullopt;
    if (const auto exact = Decimal::parse(*text))
        return exact;
    // More digits than a decimal holds, or a text such as ".5": the nearest double, as PostHog itself reads
    // it.
    const auto number = parseDouble(*text);
    if (number && std::isfinite(*number)) {
        constexpr double kBelowEveryPrice = 1e-36;
        if (std::fabs(*number) < kBelowEveryPrice)
            return Decimal(0);
        char buffer[64];
        const auto written = std::to_chars(buffer, buffer + sizeof buffer, *number);
        if (const auto rounded = Decimal::parse({buffer, static_cast<std::size_t>(written.ptr - buffer)}))
            return rounded;
        const auto fixed =
            std::to_chars(buffer, buffer + sizeof buffer, *number, std::chars_format::fixed, 30);
        if (fixed.ec == std::errc()) {
            if (const auto rounded = Decimal::parse({buffer, static_cast<std::size_t>(fixed.ptr - buffer)}))
                return rounded;
        }
    }
    noteMisfit(property);
    return std::nullopt;
}

std::optional<double> NumberReader::duration(Property property)
{
    const auto number = numberOf(m_object.property(property));
    if (!number)
        return std::nullopt;
    if (std::isfinite(*number) && *number >= 0)
        return number;
    noteMisfit(property);
    return std::nullopt;
}

std::optional<std::int32_t> NumberReader::status(Property property)
{
    const auto whole = count(property);
    if (!whole)
        return std::nullopt;
    if (*whole >= std::numeric_limits<std::int32_t>::min() &&
        *whole <= std::numeric_limits<std::int32_t>::max())
        return static_cast<std::int32_t>(*whole);
    noteMisfit(property);
    return std::nullopt;
}

void NumberReader::noteMisfit(Property property)
{
    constexpr std::size_t kShown = 40;
    const std::string_view raw = m_object.property(property).raw().substr(0, kShown);
    const std::string_view name = propertyName(property);
    m_notes.push_back(QCoreApplication::translate("EventParser", "%1: %2 does not fit and counts as missing")
                          .arg(QLatin1String(name.data(), static_cast<qsizetype>(name.size())),
                               QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size())))
                          .toStdString());
}

} // namespace genscope
