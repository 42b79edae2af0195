// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "ingest/capturedobject.h"

#include <vector>

namespace genscope {

/// The groups an event belongs to: `$groups` by type, `$group_0` to `$group_4` by index, each group once.
std::vector<GroupKey> groupsOf(const CapturedObject &object);

/// What the event says about its person (`$set`, `$set_once`) and, for `$groupidentify`, about a group.
std::vector<PropertyUpdate> updatesOf(const CapturedObject &object, std::string_view eventName);

} // namespace genscope
