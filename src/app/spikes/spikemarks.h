// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/spikes/spike.h"
#include "charts/chartview.h"
#include "workspace/dashboard.h"

#include <map>
#include <vector>

namespace genscope {

class ChartTile;

/// Spikes as charts over time show them: those of latencies on charts of latencies, and so on.
class SpikeMarks
{
public:
    void setSpikes(std::vector<Spike> spikes);
    /// Marks the spikes on a tile, if it is a chart over time of what they are about.
    void showOn(ChartTile *tile, const Zone &zone);
    /// The spike behind a mark that showOn() made; null if it is gone.
    const Spike *spikeOf(const TileSpec &tile, int mark) const;

private:
    std::vector<const Spike *> spikesFor(const TileSpec &tile) const;

    std::vector<Spike> m_spikes;
    Zone m_zone;                                            ///< of the words in ...
    std::map<SpikeMeasure, std::vector<ChartMark>> m_marks; ///< made once, shown at every step of a hand
};

} // namespace genscope
