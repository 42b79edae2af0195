// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/lzstring.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace genscope {

namespace {

/// Takes numbers of some bits, lowest bit first, out of six bits a character, highest bit first.
class BitReader
{
public:
    explicit BitReader(std::string_view base64) : m_text(base64) {}

    /// Nothing where the text ends, or holds something else.
    std::optional<std::uint32_t> take(int bits)
    {
        std::uint32_t value = 0;
        for (int bit = 0; bit < bits; ++bit) {
            const auto next = takeBit();
            if (!next)
                return std::nullopt;
            value |= *next << bit;
        }
        return value;
    }

private:
    std::optional<std::uint32_t> takeBit()
    {
        constexpr std::string_view kAlphabet =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
        if (m_mask == 0) {
            const std::size_t found = m_at < m_text.size() ? kAlphabet.find(m_text[m_at]) : std::string::npos;
            if (found == std::string::npos)
                return std::nullopt;
            ++m_at;
            m_value = static_cast<std::uint32_t>(found);
            m_mask = 32;
        }
        const std::uint32_t bit = (m_value & m_mask) != 0 ? 1 : 0;
        m_mask >>= 1;
        return bit;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::uint32_t m_value = 0;
    std::uint32_t m_mask = 0;
};

// The first codes are no words of the dictionary.
enum Code : std::uint32_t { kCharacter8 = 0, kCharacter16 = 1, kEnd = 2, kFirstWord = 3 };

/// The words that were met so far: each is an earlier word and one character more.
class Words
{
public:
    void add(std::u16string word) { m_words.push_back(std::move(word)); }
    std::uint32_t nextCode() const { return kFirstWord + static_cast<std::uint32_t>(m_words.size()); }
    const std::u16string *word(std::uint32_t code) const
    {
        return code >= kFirstWord && code < nextCode() ? &m_words[code - kFirstWord] : nullptr;
    }

private:
    std::vector<std::u16string> m_words;
};

std::optional<std::u16string> decoded(std::string_view base64, std::size_t most)
{
    BitReader bits(base64);
    Words words;
    std::u16string text;
    std::u16string before;
    int width = 2;
    std::uint32_t left = 1; // codes until they get one bit wider
    std::size_t held = 0;   // characters in all words
    for (;;) {
        const auto code = bits.take(width);
        if (!code || text.size() > most || held > most * 8)
            return std::nullopt;
        if (*code == kEnd)
            return text;
        const auto widen = [&] {
            if (--left == 0)
                left = 1u << width++;
        };
        std::u16string word;
        if (*code == kCharacter8 || *code == kCharacter16) {
            const auto character = bits.take(*code == kCharacter8 ? 8 : 16);
            if (!character)
                return std::nullopt;
            word.assign(1, static_cast<char16_t>(*character));
            words.add(word);
            if (!before.empty())
                widen();
        } else if (const std::u16string *known = words.word(*code)) {
            word = *known;
        } else if (*code == words.nextCode() && !before.empty()) {
            word = before + before.front();
        } else {
            return std::nullopt;
        }
        text += word;
        if (before.empty()) {
            width = 3; // behind the first character
            left = 4;
        } else {
            words.add(before + word.front());
            held += before.size() + 1;
            widen();
        }
        before = std::move(word);
    }
}

} // namespace

std::optional<std::string> textOfLz64(std::string_view base64, std::size_t most)
{
    const auto text = decoded(base64, most);
    if (!text)
        return std::nullopt;
    return QString::fromStdU16String(*text).toStdString();
}

} // namespace genscope
