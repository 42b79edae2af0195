// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/textpattern.h"

#include "analytics/foldedtext.h"
#include "analytics/rawtext.h"

#include <QString>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

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

constexpr int kShortestAtom = 4; // bytes; what an index cannot tell apart is not worth asking

class FragmentHint final : public TextHint
{
public:
    explicit FragmentHint(const std::string &folded) : m_folded(folded), m_raw(folded) {}
    bool mayMatch(const MayHold &mayHold) const override { return mayHold(m_folded); }
    const RawTextFilter *rawFilter() const override { return &m_raw; }

private:
    std::string m_folded;
    RawTextFilter m_raw;
};

/// Asks for the texts without which a pattern cannot match, which RE2 finds in it.
class PatternHint final : public TextHint
{
public:
    explicit PatternHint(const std::string &pattern) : m_filter(kShortestAtom)
    {
        // RE2 tells its atoms in lower case by its own tables. Those of ASCII patterns are folded as ours
        // are, but for characters that are written as numbers or classes.
        const auto isPlain = [](std::string_view text) {
            return std::all_of(text.begin(), text.end(),
                               [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        };
        for (const char *escape : {"\\x", "\\p", "\\P", "\\C", "\\0", "\\1", "\\2", "\\3"}) {
            if (!isPlain(pattern) || pattern.find(escape) != std::string::npos)
                return;
        }
        RE2::Options options;
        options.set_log_errors(false);
        int id = 0;
        if (m_filter.Add(pattern, options, &id) != RE2::NoError)
            return;
        m_filter.Compile(&m_atoms);
        m_isUsable = !m_atoms.empty();
        for (const std::string &atom : m_atoms)
            m_isKnown.push_back(isPlain(atom));
    }

    bool mayMatch(const MayHold &mayHold) const override
    {
        if (!m_isUsable)
            return true;
        std::vector<int> found;
        for (std::size_t i = 0; i < m_atoms.size(); ++i) {
            if (!m_isKnown[i] || mayHold(m_atoms[i]))
                found.push_back(static_cast<int>(i));
        }
        std::vector<int> patterns;
        m_filter.AllPotentials(found, &patterns);
        return !patterns.empty();
    }

private:
    re2::FilteredRE2 m_filter;
    std::vector<std::string> m_atoms;
    std::vector<bool> m_isKnown; ///< atoms that mayHold() can be asked for
    bool m_isUsable = false;
};

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

std::unique_ptr<TextHint> TextPattern::hint() const
{
    return std::make_unique<PatternHint>(m_pattern->pattern());
}

FoldedSearch::FoldedSearch(std::string_view needle) : m_folded(foldedText(needle)) {}

bool FoldedSearch::isIn(std::string_view text)
{
    foldText(text, m_scratch);
    return isInFolded(m_scratch);
}

bool FoldedSearch::isInFolded(std::string_view folded) const
{
    return memmem(folded.data(), folded.size(), m_folded.data(), m_folded.size()) != nullptr;
}

std::unique_ptr<TextHint> FoldedSearch::hint() const
{
    return std::make_unique<FragmentHint>(m_folded);
}

} // namespace genscope
