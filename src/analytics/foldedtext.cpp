// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/foldedtext.h"

#include <QChar>
#include <QList>
#include <QString>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace genscope {

namespace {

constexpr char32_t kLast = QChar::LastValidCodePoint;
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kHangulVowelFirst = 0x1161;
constexpr char32_t kHangulTrailLast = 0x11C2;

/// Qt leaves capitals that fully fold to several characters as they are; those that have one small letter
/// (`ẞ`) fold to that. Not where the small letter is what folds to the capital (Cherokee), and not `İ`.
char32_t simplyFolded(char32_t c)
{
    constexpr char32_t kDottedCapitalI = 0x130;
    const char32_t folded = QChar::toCaseFolded(c);
    const char32_t lower = QChar::toLower(c);
    if (folded != c || lower == c || c == kDottedCapitalI || QChar::toCaseFolded(lower) == c)
        return folded;
    return lower;
}

/// What folding needs to know of every code point, from Qt's tables: asking those for each character takes
/// several times as long.
class FoldTable
{
public:
    static const FoldTable &instance()
    {
        static const FoldTable table;
        return table;
    }

    char32_t folded(char32_t c) const
    {
        const Page *page = m_pages[c / kPage].get();
        return page ? static_cast<char32_t>(static_cast<std::int32_t>(c) + page->shift[c % kPage]) : c;
    }
    /// False for what any text of such characters alone is composed already.
    bool mayCompose(char32_t c) const
    {
        const Page *page = m_pages[c / kPage].get();
        return page && page->composes[c % kPage];
    }

private:
    static constexpr char32_t kPage = 256;
    struct Page
    {
        std::array<std::int32_t, kPage> shift{};
        std::array<bool, kPage> composes{};
    };

    FoldTable()
    {
        for (char32_t c = 0x80; c <= kLast; ++c) {
            if (QChar::unicodeVersion(c) == QChar::Unicode_Unassigned)
                continue;
            if (const char32_t to = simplyFolded(c); to != c)
                pageOf(c).shift[c % kPage] = static_cast<std::int32_t>(to) - static_cast<std::int32_t>(c);
            if (QChar::combiningClass(c) != 0)
                pageOf(c).composes[c % kPage] = true;
            if (QChar::decompositionTag(c) == QChar::Canonical)
                noteComposition(c);
        }
        for (char32_t c = kHangulVowelFirst; c <= kHangulTrailLast; ++c)
            pageOf(c).composes[c % kPage] = true;
    }

    void noteComposition(char32_t c)
    {
        const QList<uint> parts = QChar::decomposition(c).toUcs4();
        if (parts.size() > 1)
            pageOf(parts.last()).composes[parts.last() % kPage] = true; // with the one before
        const QString itself = QString::fromUcs4(&c, 1);
        if (itself.normalized(QString::NormalizationForm_C) != itself)
            pageOf(c).composes[c % kPage] = true;
    }

    Page &pageOf(char32_t c)
    {
        std::unique_ptr<Page> &page = m_pages[c / kPage];
        if (!page)
            page = std::make_unique<Page>();
        return *page;
    }

    std::array<std::unique_ptr<Page>, kLast / kPage + 1> m_pages;
};

void append(char32_t c, std::string &out)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// The character at @p at, and moves behind it; U+FFFD for a byte that begins none.
char32_t next(std::string_view text, std::size_t &at)
{
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    int more = 0;
    char32_t c = 0;
    char32_t least = 0;
    if (lead >= 0xC2 && lead < 0xE0) {
        more = 1;
        c = lead & 0x1Fu;
        least = 0x80;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        more = 2;
        c = lead & 0x0Fu;
        least = 0x800;
    } else if (lead >= 0xF0 && lead < 0xF5) {
        more = 3;
        c = lead & 0x07u;
        least = 0x10000;
    }
    ++at;
    if (more == 0)
        return kReplacement;
    std::size_t end = at;
    for (int i = 0; i < more; ++i, ++end) {
        if (end >= text.size() || (byte(end) & 0xC0) != 0x80)
            return kReplacement;
        c = (c << 6) | (byte(end) & 0x3Fu);
    }
    if (c < least || c > kLast || QChar::isSurrogate(c))
        return kReplacement;
    at = end;
    return c;
}

/// How many bytes from @p at on are ASCII.
std::size_t asciiRun(std::string_view text, std::size_t at)
{
    constexpr std::uint64_t kHighBits = 0x8080808080808080u;
    std::size_t end = at;
    for (std::uint64_t eight = 0; end + sizeof eight <= text.size(); end += sizeof eight) {
        std::memcpy(&eight, text.data() + end, sizeof eight);
        if ((eight & kHighBits) != 0)
            break;
    }
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80)
        ++end;
    return end - at;
}

/// Written so that the compiler makes vector code of it.
void lowerAscii(const char *text, std::size_t size, char *out)
{
    for (std::size_t i = 0; i < size; ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool upper = static_cast<unsigned char>(c - 'A') < 26;
        out[i] = static_cast<char>(c + (upper ? 32 : 0));
    }
}

/// @return whether the text may have to be composed first
bool fold(std::string_view text, std::string &folded)
{
    folded.clear();
    bool mayCompose = false;
    const FoldTable *table = nullptr;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t run = asciiRun(text, at); run > 0) {
            const std::size_t begin = folded.size();
            folded.resize(begin + run);
            lowerAscii(text.data() + at, run, folded.data() + begin);
            at += run;
            continue;
        }
        if (table == nullptr)
            table = &FoldTable::instance();
        const char32_t c = next(text, at);
        mayCompose = mayCompose || table->mayCompose(c);
        append(table->folded(c), folded);
    }
    return mayCompose;
}

} // namespace

void foldText(std::string_view text, std::string &folded)
{
    if (!fold(text, folded))
        return;
    const QString composed = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                                 .normalized(QString::NormalizationForm_C);
    fold(composed.toStdString(), folded);
}

std::string foldedText(std::string_view text)
{
    std::string folded;
    foldText(text, folded);
    return folded;
}

bool foldUncomposed(std::string_view text, std::string &folded)
{
    return fold(text, folded);
}

} // namespace genscope
