// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reportspikes.h"

#include "core/format.h"
#include "workspace/spikesearch.h"
#include "workspace/spikesurvey.h"
#include "workspace/spikewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

constexpr std::size_t kMostSpikes = 4; ///< of each measure

ReportTable driversOf(const Spike &spike, const QLocale &locale)
{
    ReportTable table;
    table.headings = {Text::tr("Stands out"), Text::tr("Of calls inside"), Text::tr("Before"),
                      Text::tr("Of the excess")};
    for (const SpikeDriver &driver : spike.drivers)
        table.rows.push_back({driverText(driver), formatRatio(driver.shareInSpike, locale),
                              formatRatio(driver.shareBefore, locale),
                              formatRatio(std::min(driver.contribution, 1.0), locale)});
    return table;
}

} // namespace

Result<ReportSection> reportSpikes(const Selection &selection, const QLocale &locale)
{
    ReportSection section;
    section.title = Text::tr("Unusual intervals");
    for (const SpikeMeasure measure : SpikeSurvey::kMeasures) {
        const SpikeQuery query = SpikeSurvey::queryOf(measure);
        const auto spikes = searchSpikes(query, selection);
        if (!spikes)
            return spikes.error();
        if (spikes->empty()) {
            section.paragraphs.push_back(
                Text::tr("%1: no interval stands out from what is usual by more than chance.")
                    .arg(spikeMeasureTitle(measure)));
            continue;
        }
        for (std::size_t i = 0; i < std::min(spikes->size(), kMostSpikes); ++i) {
            const Spike &spike = (*spikes)[i];
            section.paragraphs.push_back(
                spikeSentences(spike, query, selection.scope.zone, locale).join(QLatin1Char(' ')));
            if (!spike.drivers.empty())
                section.tables.emplace_back(Text::tr("%1 of %2, %3")
                                                .arg(spikeMeasureTitle(measure), spikeWho(spike, query),
                                                     spikeWhen(spike, selection.scope.zone, locale)),
                                            driversOf(spike, locale));
        }
        if (spikes->size() > kMostSpikes)
            section.paragraphs.push_back(
                Text::tr("%1: %2 more.")
                    .arg(spikeMeasureTitle(measure),
                         formatCount(static_cast<std::int64_t>(spikes->size() - kMostSpikes), locale)));
    }
    section.definitions.emplace_back(
        Text::tr("Unusual interval"),
        Text::tr(
            "A stretch in which successful calls were slower, or calls failed or cost more, by half or more, "
            "than those of the same value in the week before at these hours, and by more than chance allows: "
            "at most one in a hundred of those reported is expected to be chance."));
    return section;
}

} // namespace genscope
