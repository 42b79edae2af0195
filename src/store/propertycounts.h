// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "core/result.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace genscope {

struct PropertyCount
{
    PropertyPath path;
    std::int64_t events = 0; ///< kept ones that carry it; 0 of properties that events do not carry
};

/// The properties that a store has seen, most frequent first. @error Database @thread any but the GUI's
Result<std::vector<PropertyCount>> propertyCounts(const QString &storePath);

} // namespace genscope
