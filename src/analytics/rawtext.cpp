// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/rawtext.h"

#include "analytics/foldedtext.h"

#include <algorithm>
#include <cstring>

namespace genscope {

namespace {

constexpr std::string_view kKelvinSign = "\xE2\x84\xAA";
constexpr std::string_view kLongS = "\xC5\xBF";

bool contains(std::string_view text, std::string_view part)
{
    return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

/// Whether some character may be written by its number. What is escaped otherwise is in no usable fragment.
bool hasUnicodeEscape(std::string_view json)
{
    for (std::size_t at = 0; at + 1 < json.size(); ++at) {
        const void *found = std::memchr(json.data() + at, '\\', json.size() - at - 1);
        if (found == nullptr)
            return false;
        at = static_cast<std::size_t>(static_cast<const char *>(found) - json.data());
        if (json[at + 1] == 'u')
            return true;
    }
    return false;
}

/// Characters that JSON may write in two ways, or that another one becomes when composed: `;` is also the
/// Greek question mark, and the grave accent the Greek varia.
bool isAmbiguous(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || std::strchr("\"\\/;`", c) != nullptr;
}

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

} // namespace

RawTextFilter::RawTextFilter(std::string folded)
    : m_folded(std::move(folded)),
      m_usable(!m_folded.empty() && std::none_of(m_folded.begin(), m_folded.end(), isAmbiguous)),
      m_ascii(std::all_of(m_folded.begin(), m_folded.end(), isAscii)),
      m_hasK(m_folded.find('k') != std::string::npos),
      m_hasS(m_folded.find('s') != std::string::npos)
{
}

bool RawTextFilter::mayHold(std::string_view json, std::string &scratch) const
{
    if (!m_usable)
        return true;
    if (m_ascii)
        return mayHoldAscii(json, scratch);
    const bool mayCompose = foldUncomposed(json, scratch);
    return mayCompose || contains(scratch, m_folded) || hasUnicodeEscape(json);
}

bool RawTextFilter::mayHoldAscii(std::string_view json, std::string &scratch) const
{
    scratch.resize(std::max(scratch.size(), json.size())); // never smaller: growing writes zeroes
    char *lower = scratch.data();
    for (std::size_t i = 0; i < json.size(); ++i) { // the compiler makes vector code of it
        const auto c = static_cast<unsigned char>(json[i]);
        const bool upper = static_cast<unsigned char>(c - 'A') < 26;
        lower[i] = static_cast<char>(c + (upper ? 32 : 0));
    }
    return contains({lower, json.size()}, m_folded) || hasUnicodeEscape(json) ||
           (m_hasK && contains(json, kKelvinSign)) || (m_hasS && contains(json, kLongS));
}

} // namespace genscope
