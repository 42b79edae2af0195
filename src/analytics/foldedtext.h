// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace genscope {

/// Writes to @p folded what @p text is compared as where case does not count: canonically composed (NFC),
/// then folded by Unicode's simple case folding. So `É` is `é`, also when captured as `E` with a combining
/// accent; but accents count (`é` is not `e`), and `ß` is not `ss`. Both texts are UTF-8; what is not valid
/// becomes U+FFFD. @thread any
void foldText(std::string_view text, std::string &folded);
std::string foldedText(std::string_view text);

/// The same without composing: differs only where the text is not composed already.
/// @return false if it is foldText() as well
bool foldUncomposed(std::string_view text, std::string &folded);

} // namespace genscope
