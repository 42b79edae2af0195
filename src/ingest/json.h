// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace genscope::json {

// Reading JSON text that has been validated (jsondocument.h). Values are views of the text, so that numbers
// keep their digits and captured bytes can be kept as they are. Unpaired surrogates and numbers of any size
// are fine here.

enum class Type : std::uint8_t { Absent, Null, Bool, Number, String, Array, Object };

/// One value inside a validated JSON text, without whitespace around it. A view: the text must outlive it.
class Value
{
public:
    constexpr Value() = default;
    constexpr explicit Value(std::string_view raw) : m_raw(raw) {}

    Type type() const
    {
        switch (m_raw.empty() ? '\0' : m_raw.front()) {
        case '\0':
            return Type::Absent;
        case 'n':
            return Type::Null;
        case 't':
        case 'f':
            return Type::Bool;
        case '"':
            return Type::String;
        case '[':
            return Type::Array;
        case '{':
            return Type::Object;
        default:
            return Type::Number;
        }
    }
    /// Neither absent nor null.
    bool isPresent() const { return !m_raw.empty() && m_raw.front() != 'n'; }
    bool isString() const { return type() == Type::String; }
    bool isNumber() const { return type() == Type::Number; }
    bool isArray() const { return type() == Type::Array; }
    bool isObject() const { return type() == Type::Object; }
    bool isTrue() const { return type() == Type::Bool && m_raw.front() == 't'; }
    bool isEmptyString() const { return m_raw == "\"\""; }

    /// The bytes of the value.
    std::string_view raw() const { return m_raw; }
    /// The text of a string, decoded; empty for other types.
    std::string text() const;

private:
    std::string_view m_raw;
};

/// Goes through the members of an object in order; through nothing if the value is no object.
class MemberReader
{
public:
    explicit MemberReader(Value object);
    bool next();
    std::string_view key() const { return m_key; }       ///< decoded, valid until next()
    std::string_view rawKey() const { return m_rawKey; } ///< as in the text, with its quotes
    Value value() const { return m_value; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    std::string_view m_rawKey;
    std::string_view m_key;
    std::string m_decodedKey;
    Value m_value;
};

/// Goes through the elements of an array; through nothing if the value is no array.
class ElementReader
{
public:
    explicit ElementReader(Value array);
    bool next();
    Value value() const { return m_value; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    Value m_value;
};

/// The last member of that name; Absent if there is none or the value is no object.
Value member(Value object, std::string_view name);

/// What becomes of unpaired surrogates: U+FFFD, or the escape they are.
enum class Surrogates : std::uint8_t { Replace, KeepEscaped };
/// Decodes the inside of a JSON string (without its quotes).
std::string decodeString(std::string_view inside, Surrogates unpaired = Surrogates::Replace);
/// @p text as a JSON string, quotes included.
std::string quoted(std::string_view text);
/// The value without whitespace between its tokens.
std::string compact(Value value);

/// The position behind the string that begins (with its quote) at @p at of a validated text.
std::size_t skipString(std::string_view text, std::size_t at);
/// The position behind the value that begins at @p at of a validated text.
std::size_t skipValue(std::string_view text, std::size_t at);
/// The first position from @p at on that holds a quote, a backslash or a control character, or the end.
inline std::size_t skipPlainText(std::string_view text, std::size_t at)
{
#ifdef __SSE2__
    // Sixteen bytes at a time: most of a dump is prose inside of strings. Every x86-64 has these
    // instructions.
    const auto bytes = [](std::uint8_t byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
    while (text.size() - at >= 16) {
        const __m128i word = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + at));
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(word, bytes(0x1f)), word); // no more than 0x1f
        const __m128i special =
            _mm_or_si128(_mm_cmpeq_epi8(word, bytes('"')), _mm_cmpeq_epi8(word, bytes('\\')));
        const auto found = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(control, special)));
        if (found != 0)
            return at + static_cast<std::size_t>(std::countr_zero(found));
        at += 16;
    }
#else
    constexpr auto repeat = [](std::uint8_t byte) { return 0x0101010101010101ull * byte; };
    // Eight bytes at a time. The high bit is set in the first byte that is looked for, and maybe in some
    // behind it.
    const auto zeroBytes = [repeat](std::uint64_t word) { return (word - repeat(1)) & ~word & repeat(0x80); };
    while (text.size() - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t control = (word - repeat(0x20)) & ~word & repeat(0x80);
        const std::uint64_t found = zeroBytes(word ^ repeat('"')) | zeroBytes(word ^ repeat('\\')) | control;
        if (found == 0) {
            at += 8;
            continue;
        }
        if constexpr (std::endian::native == std::endian::little)
            return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        break;
    }
#endif
    while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
           static_cast<unsigned char>(text[at]) >= 0x20)
        ++at;
    return at;
}

} // namespace genscope::json
