// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/spike.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <vector>

namespace genscope {

/// Stores with more events are explained without properties of their own: reading one takes a second a
/// million.
inline constexpr std::size_t kMostEventsForProperties = 3'000'000;

/// Spikes of a selection, strongest first, with what drives the first of them. Looked at are model, provider,
/// customer, user, step, status, streaming, library and tool, and the commonest properties of the store's
/// own that have few values. @thread a worker @error as findSpikes()
Result<std::vector<Spike>> searchSpikes(const SpikeQuery &query, const Selection &selection);

} // namespace genscope
