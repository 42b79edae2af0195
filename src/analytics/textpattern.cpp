// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/textpattern.h"

#include <QString>

#include <re2/re2.h>

#include <algorithm>
#include <cstring>

namespace genscope {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMaxPatternMemory = 32 << 20;
constexpr std::chrono::nanoseconds kBudget = std::chrono::milliseconds(400);
constexpr double kNanosecondsPerByte = 5; // several times what RE2 takes when its automaton fits the memory
constexpr std::chrono::nanoseconds kSlowestCall = std::chrono::microseconds(2);
constexpr std::chrono::nanoseconds kSlowestByte{500};
constexpr std::size_t kLongText = 4096;
constexpr std::size_t kSampling = 32;

bool isAscii(std::string_view text)
{
    unsigned char all = 0;
    for (const char c : text)
        all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

/// Written so that the compiler makes vector code of it; @p out has text.size() bytes.
void lowerAscii(std::string_view text, char *out)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool upper = static_cast<unsigned char>(c - 'A') < 26;
        out[i] = static_cast<char>(c + (upper ? 32 : 0));
    }
}

} // namespace

TextPattern::TextPattern() = default;
TextPattern::TextPattern(TextPattern &&) noexcept = default;
TextPattern &TextPattern::operator=(TextPattern &&) noexcept = default;
TextPattern::~TextPattern() = default;

Result<TextPattern> TextPattern::compile(std::string_view pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMaxPatternMemory);
    options.set_never_capture(true);
    TextPattern compiled;
    compiled.m_pattern = std::make_unique<RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
    if (!compiled.m_pattern->ok())
        return makeError(Error::Kind::Usage, QString::fromStdString(compiled.m_pattern->error()));
    return compiled;
}

bool TextPattern::matches(std::string_view text)
{
    const re2::StringPiece piece(text.data(), text.size());
    const auto run = [&] { return m_pattern->Match(piece, 0, piece.size(), RE2::UNANCHORED, nullptr, 0); };
    m_bytes += text.size();
    const bool isLong = text.size() >= kLongText;
    if (!isLong && m_calls++ % kSampling != 0)
        return run();
    const Clock::time_point begin = Clock::now();
    const bool match = run();
    // What takes longer than RE2's slowest engine was waiting for the processor, which is not the pattern's
    // fault.
    const std::chrono::nanoseconds slowest = kSlowestCall + kSlowestByte * text.size();
    m_spent += std::min<std::chrono::nanoseconds>(Clock::now() - begin, slowest) *
               (isLong ? 1 : static_cast<int>(kSampling));
    return match;
}

bool TextPattern::isTooExpensive() const
{
    const std::chrono::duration<double, std::nano> fair(static_cast<double>(m_bytes) * kNanosecondsPerByte);
    return m_spent > kBudget + fair;
}

FoldedSearch::FoldedSearch(std::string_view needle)
    : m_folded(QString::fromUtf8(needle).toCaseFolded().toStdString()), m_ascii(isAscii(m_folded))
{
}

bool FoldedSearch::isIn(std::string_view text)
{
    if (!isAscii(text)) {
        m_scratch = QString::fromUtf8(text).toCaseFolded().toStdString();
        return m_scratch.find(m_folded) != std::string::npos;
    }
    if (!m_ascii || m_folded.size() > text.size())
        return m_folded.empty();
    if (m_scratch.size() < text.size())
        m_scratch.resize(std::max(text.size(), m_scratch.size() * 2));
    lowerAscii(text, m_scratch.data());
    return memmem(m_scratch.data(), text.size(), m_folded.data(), m_folded.size()) != nullptr;
}

} // namespace genscope
