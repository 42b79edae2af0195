// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace genscope {

/// Tells of captured JSON, without decoding it, that the texts in it surely do not hold a fragment. Most of a
/// search is texts that do not match; looking at their bytes once is several times faster than decoding and
/// folding them.
class RawTextFilter
{
public:
    /// @param folded  as foldText() does
    explicit RawTextFilter(std::string folded);

    /// False only if decodedText(@p json), folded, does not hold the fragment. @param scratch  to reuse
    bool mayHold(std::string_view json, std::string &scratch) const;

private:
    bool mayHoldAscii(std::string_view json, std::string &scratch) const;

    std::string m_folded;
    bool m_usable = false; ///< its characters are written in JSON as they are, or as `\u` escapes
    bool m_ascii = false;
    bool m_hasK = false; ///< `k` may stand for the Kelvin sign
    bool m_hasS = false; ///< `s` may stand for the long s
};

} // namespace genscope
