// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jsontree.h"
#include "workspace/workspace.h"

#include <QLocale>

#include <vector>

namespace genscope {

/// A property that the data have, and what is known of it without going through them.
struct PropertyFact
{
    PropertyPath path;
    double fill = -1;                  ///< the share of events that carry it, 0..1; negative: not known
    JsonType type = JsonType::Missing; ///< of its values in some events; Missing: not seen there
    bool mixed = false;                ///< its values are of several types
};

/// Most frequent first; empty without a store. Types are those of a few dozen events from all over the store.
/// @error Database @thread a worker
Result<std::vector<PropertyFact>> propertyFacts(const Selection &selection);

/// `event property · number · 81.2 %`
QString describedFact(const PropertyFact &fact, const QLocale &locale);

} // namespace genscope
