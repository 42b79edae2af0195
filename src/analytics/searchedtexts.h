// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"

#include <string>
#include <vector>

namespace genscope {

/// The texts that a filter looks for in prompts and outputs, to be marked where they are shown: those of
/// `contains` that are not negated, each once.
std::vector<std::string> searchedTexts(const Filter &filter);

} // namespace genscope
