// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dataissues.h"
#include "workspace/selection.h"

#include <string>
#include <vector>

namespace genscope {

/// What looks wrong in the whole store that @p selection is of. @error Database
Result<std::vector<DataFinding>> qualityOf(const Selection &selection);

/// A JSON list of objects with `code severity title events generations checked share examples evidence effect
/// advice filter`.
std::string findingsJson(const std::vector<DataFinding> &findings);
/// A paragraph for each. @p events  that were looked at
std::string findingsText(const std::vector<DataFinding> &findings, std::int64_t events);

} // namespace genscope
