// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spikewatch.h"

#include "analytics/columnreaders.h"
#include "workspace/spikesearch.h"
#include "workspace/spikewords.h"
#include "workspace/workspace.h"

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr std::size_t kMostPoints = 3000;
constexpr std::int64_t kStretches = 80;
constexpr std::int64_t kLeastMarginUs = 3LL * 3600 * kMicrosPerSecond;
constexpr int kRestMs = 400;

} // namespace

SpikeWatch::SpikeWatch(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_query.by = *Field::parse("model");
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &SpikeWatch::search);
    connect(workspace, &Workspace::selectionChanged, this, [this] { Q_EMIT changed(); });
    connect(workspace, &Workspace::opened, this, [this] {
        m_of = nullptr;
        m_spikes.clear();
        m_error.reset();
        Q_EMIT changed();
    });
}

void SpikeWatch::setQuery(const SpikeQuery &query)
{
    m_query = query;
    m_of = nullptr;
    m_asking = nullptr;
    m_spikes.clear();
    m_error.reset();
    Q_EMIT changed();
    search();
}

bool SpikeWatch::isKnown() const
{
    return m_of != nullptr && m_of == m_workspace->selection();
}

void SpikeWatch::ask()
{
    if (!m_workspace->isOpen() || isKnown() || m_asking == m_workspace->selection())
        return;
    if (m_of == nullptr && m_asking == nullptr)
        search(); // there is nothing to look at meanwhile
    else
        m_rest.start();
}

void SpikeWatch::search()
{
    using Found = Result<std::vector<Spike>>;
    if (!m_workspace->isOpen() || isKnown() || m_asking == m_workspace->selection())
        return;
    if (m_of != nullptr && (m_workspace->isImporting() || m_workspace->isPreviewing())) {
        m_rest.start();
        return;
    }
    m_asking = m_workspace->selection();
    m_workspace->compute<Found>(
        this, QStringLiteral("spikes"),
        [query = m_query](const Selection &selection) { return searchSpikes(query, selection); },
        [this](const Found &found) { take(found); });
}

void SpikeWatch::take(const Result<std::vector<Spike>> &found)
{
    const auto of = std::exchange(m_asking, nullptr);
    if (found || found.error().kind != Error::Kind::Cancelled) {
        m_of = of;
        m_spikes = found ? *found : std::vector<Spike>();
        m_error = found ? std::optional<Error>() : found.error();
    }
    Q_EMIT changed();
}

Filter spikeValueFilter(const Spike &spike, const SpikeQuery &query)
{
    if (!query.by)
        return {};
    return std::holds_alternative<std::monostate>(spike.value)
               ? Filter::isMissing(*query.by)
               : Filter::equals(*query.by, spikeValue(spike.value));
}

Filter spikeCallsFilter(const Spike &spike, const SpikeQuery &query)
{
    std::vector<Filter> parts = spikeValueFilter(spike, query).conjuncts();
    const auto started = Filter::parse("started >= \"" + isoTime(spike.from) + "\" and started < \"" +
                                       isoTime(spike.to) + "\"");
    for (const Filter &part : started->conjuncts())
        parts.push_back(part);
    return Filter::all(parts);
}

Result<SpikePicture> pictureOf(const Spike &spike, const SpikeQuery &query, const Selection &selection)
{
    const auto all = atAllTimes(selection);
    if (!all)
        return all.error();
    const auto rows = narrowed(**all, spikeValueFilter(spike, query));
    if (!rows)
        return rows.error();
    SpikePicture picture;
    const std::int64_t length = spike.to.us - spike.from.us;
    const std::int64_t margin = std::max(kLeastMarginUs, 2 * length);
    picture.range = {Timestamp{spike.from.us - margin}, Timestamp{spike.to.us + margin}};
    const bool isLatency = spike.measure != SpikeMeasure::ErrorRate && spike.measure != SpikeMeasure::Cost;
    const std::int64_t width = std::max<std::int64_t>((length + 2 * margin) / kStretches, 1);
    picture.baseline = spike.measure == SpikeMeasure::Cost
                           ? spike.baseline * static_cast<double>(width) / static_cast<double>(length)
                           : spike.baseline;
    std::vector<std::pair<double, int>> stretches(static_cast<std::size_t>(kStretches) + 1);
    const Snapshot &snapshot = *selection.snapshot;
    rows->forEach([&](std::size_t row) {
        const std::int64_t stamped = snapshot.intAt(row, IntField::Timestamp);
        // Calls begin before they are stamped: what was stamped before the range did not begin in it.
        if (stamped < picture.range.from->us ||
            snapshot.intAt(row, IntField::Kind) != static_cast<std::int64_t>(EventKind::Generation))
            return;
        const std::int64_t flags = snapshot.intAt(row, IntField::Flags);
        const std::int64_t us = startedUs(stamped, flags, snapshot.realAt(row, RealField::Latency));
        if (!picture.range.contains({us}))
            return;
        const bool isError = (flags & IsErrorFlag) != 0;
        if (isLatency) {
            const double seconds =
                snapshot.realAt(row, spike.measure == SpikeMeasure::TtftP95 ? RealField::TimeToFirstToken
                                                                            : RealField::Latency);
            if (!isError && seconds >= 0)
                picture.points.push_back({us, seconds});
            return;
        }
        auto &[sum, count] = stretches[static_cast<std::size_t>((us - picture.range.from->us) / width)];
        std::int64_t pico = kMissing;
        if (spike.measure == SpikeMeasure::Cost)
            readCosts(snapshot.segmentOf(row), CostPart::Total, selection.context.data.cost,
                      row % Segment::kRows, std::span(&pico, 1));
        sum += spike.measure == SpikeMeasure::Cost ? (pico == kMissing ? 0 : static_cast<double>(pico) / 1e12)
                                                   : (isError ? 1 : 0);
        ++count;
    });
    for (std::size_t i = 0; !isLatency && i < stretches.size(); ++i) {
        const auto &[sum, count] = stretches[i];
        const std::int64_t middle = picture.range.from->us + static_cast<std::int64_t>(i) * width + width / 2;
        if (count > 0 && middle < picture.range.to->us)
            picture.points.push_back({middle, spike.measure == SpikeMeasure::Cost ? sum : sum / count});
    }
    if (picture.points.size() > kMostPoints) {
        const std::size_t step = picture.points.size() / kMostPoints + 1;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < picture.points.size(); i += step)
            picture.points[kept++] = picture.points[i];
        picture.points.resize(kept);
    }
    std::sort(picture.points.begin(), picture.points.end(),
              [](const SpikePicture::Point &a, const SpikePicture::Point &b) { return a.us < b.us; });
    return picture;
}

} // namespace genscope
