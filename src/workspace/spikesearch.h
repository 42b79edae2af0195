// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/spike.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <memory>
#include <vector>

namespace genscope {

// What is usual is told by the weeks before, so spikes are looked for in the events of all times that the
// filter selects; the range only says which of them are asked for: those that overlap it.
// @thread a worker @error as findSpikes(), makeSelection()

/// Spikes in the range of a selection, strongest first, with what drives the first of them. Looked at are
/// model, provider, customer, user, step, status, streaming, library and tool, and the commonest properties
/// of the store's own that have few values.
Result<std::vector<Spike>> searchSpikes(const SpikeQuery &query, const Selection &selection);

bool overlaps(const Spike &spike, const TimeRange &range);
/// Found again, say after more events came: of the same value and measure, at a time in common.
bool isSameSpike(const Spike &a, const Spike &b);

/// The selection without its range. @error as makeSelection()
Result<std::shared_ptr<const Selection>> atAllTimes(const Selection &selection);

} // namespace genscope
