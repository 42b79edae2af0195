// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/event.h"
#include "pricing/pricing.h"

namespace genscope {

class GroupTypes;
class StoredDictionaries;

/// The facts of an event as the columns and the `event` table hold them. New texts get codes. Groups of more
/// than kMaxGroupTypes types are only in the kept JSON.
FactRow factsOf(const Event &event, const EventCosts &costs, StoredDictionaries &dictionaries,
                GroupTypes &groupTypes);

} // namespace genscope
