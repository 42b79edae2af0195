// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/spikes/spikemarks.h"

#include "charts/charttile.h"
#include "workspace/spikesurvey.h"
#include "workspace/spikewords.h"

#include <QCoreApplication>

#include <optional>

namespace genscope {

namespace {

std::optional<SpikeMeasure> spikeMeasureOf(const TileSpec &tile)
{
    if (!tile.query.interval || tile.query.measures.empty())
        return std::nullopt;
    switch (tile.query.measures.front()) {
    case Measure::Cost:
        return SpikeMeasure::Cost;
    case Measure::Errors:
    case Measure::ErrorRate:
        return SpikeMeasure::ErrorRate;
    case Measure::LatencyP50:
    case Measure::LatencyP90:
    case Measure::LatencyP95:
    case Measure::LatencyP99:
        return SpikeMeasure::LatencyP95;
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<const Spike *> SpikeMarks::spikesFor(const TileSpec &tile) const
{
    std::vector<const Spike *> spikes;
    const auto measure = spikeMeasureOf(tile);
    for (const Spike &spike : m_spikes) {
        if (spike.measure == measure)
            spikes.push_back(&spike);
    }
    return spikes;
}

void SpikeMarks::setSpikes(std::vector<Spike> spikes)
{
    m_spikes = std::move(spikes);
    m_marks.clear();
}

void SpikeMarks::showOn(ChartTile *tile, const Zone &zone)
{
    const auto measure = spikeMeasureOf(tile->spec());
    if (!measure) {
        tile->setMarks({});
        return;
    }
    if (zone != m_zone) {
        m_zone = zone;
        m_marks.clear();
    }
    const auto [made, isNew] = m_marks.try_emplace(*measure);
    if (isNew) {
        const QLocale locale = tile->locale();
        const SpikeQuery query = SpikeSurvey::queryOf(*measure);
        for (const Spike *spike : spikesFor(tile->spec()))
            made->second.push_back({{spike->from, spike->to},
                                    QCoreApplication::translate("genscope::Spikes", "Spike: %1 of %2, %3, %4")
                                        .arg(spikeMeasureTitle(*measure), spikeWho(*spike, query),
                                             spikeFactor(*spike, locale), spikeWhen(*spike, zone, locale))});
    }
    tile->setMarks(made->second);
}

const Spike *SpikeMarks::spikeOf(const TileSpec &tile, int mark) const
{
    const auto spikes = spikesFor(tile);
    return mark >= 0 && static_cast<std::size_t>(mark) < spikes.size()
               ? spikes[static_cast<std::size_t>(mark)]
               : nullptr;
}

} // namespace genscope
