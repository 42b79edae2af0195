// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Model and provider names are compared in ASCII lower case.
std::string asciiLower(std::string_view text);
/// True if @p text, in lower case, holds @p lowerPart.
bool containsIgnoringCase(std::string_view text, std::string_view lowerPart);
bool startsWithIgnoringCase(std::string_view text, std::string_view lowerPrefix);
bool equalsIgnoringCase(std::string_view text, std::string_view lowerOther);

/// Lower case, every run of other characters than a-z and 0-9 one hyphen, none at the ends.
std::string hyphenated(std::string_view text);

/// The part behind the last `/`, or all of it.
std::string_view withoutPath(std::string_view name);

/// The spellings under which a model name is compared: in lower case, hyphenated, and both again without the
/// path. Distinct, none empty, at most four.
std::vector<std::string> nameVariants(std::string_view name);

/// True if @p name is @p pattern with some text, or none, in the place of every `*`; both in lower case.
bool fitsPattern(std::string_view name, std::string_view pattern);

/// True if there are names that fit both patterns.
bool patternsMeet(std::string_view a, std::string_view b);

} // namespace genscope
