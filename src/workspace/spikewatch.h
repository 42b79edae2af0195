// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/spikes/spike.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <memory>
#include <optional>
#include <vector>

namespace genscope {

class Workspace;

/// Looks for spikes in what is selected, when somebody asks, and after every import or listening for new
/// ones.
/// @thread GUI; the search runs on a worker
class SpikeWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpikeWatch)
public:
    explicit SpikeWatch(Workspace *workspace, QObject *parent = nullptr);

    const SpikeQuery &query() const { return m_query; }
    void setQuery(const SpikeQuery &query); ///< and asks
    /// Sees to it that spikes() are those of the current selection; changed() tells when they are.
    void ask();

    const std::vector<Spike> &spikes() const { return m_spikes; } ///< strongest first
    bool isSearching() const { return m_searching; }
    bool isKnown() const; ///< spikes() are those of the current selection and query

Q_SIGNALS:
    void changed(); ///< spikes(), or whether they are known
    /// An import brought spikes that were not there before: the strongest, and how many.
    void appeared(const genscope::Spike &strongest, int count);
    void failed(const genscope::Error &error);

private:
    void search();
    void take(const Result<std::vector<Spike>> &found);
    void tellNew();

    Workspace *m_workspace;
    SpikeQuery m_query;
    std::shared_ptr<const Selection> m_of;     ///< what m_spikes were found in
    std::shared_ptr<const Selection> m_asking; ///< what is being searched
    std::vector<Spike> m_spikes;
    std::vector<Spike> m_told; ///< those known before an import
    bool m_searching = false;
    bool m_importDue = false;
};

/// The calls around a spike, for a picture of it.
struct SpikePicture
{
    struct Point
    {
        std::int64_t us;
        double value; ///< in the units of baseline
    };
    std::vector<Point> points;
    double baseline = 0; ///< a line at this height
    TimeRange range;
};
/// Latencies of calls (an even sample), else rates or sums of short stretches. @error as narrowed()
Result<SpikePicture> pictureOf(const Spike &spike, const SpikeQuery &query, const Selection &selection);

/// Those of the value.
Filter spikeValueFilter(const Spike &spike, const SpikeQuery &query);
/// Those of the value that started inside.
Filter spikeCallsFilter(const Spike &spike, const SpikeQuery &query);

} // namespace genscope
