// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/spikes/spike.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace genscope {

class Workspace;

/// Spikes of what is selected, with what drives them. Looked for when somebody asks and nothing is being
/// imported; what was found last stays until then.
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

    /// Strongest first; those of an earlier selection while isKnown() is false.
    const std::vector<Spike> &spikes() const { return m_spikes; }
    const std::optional<Error> &error() const { return m_error; } ///< why nothing was found
    bool isKnown() const; ///< spikes() and error() are of the current selection and query
    bool hasSearched() const { return m_of != nullptr; } ///< spikes() are of some selection, with this query

Q_SIGNALS:
    void changed(); ///< spikes(), or whether they are known

private:
    void search();
    void take(const Result<std::vector<Spike>> &found);

    Workspace *m_workspace;
    SpikeQuery m_query;
    std::shared_ptr<const Selection> m_of;     ///< what m_spikes were found in
    std::shared_ptr<const Selection> m_asking; ///< what is being searched
    std::vector<Spike> m_spikes;
    std::optional<Error> m_error;
    QTimer m_rest; ///< from the last change of what is selected
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
/// Latencies of calls (an even sample), else rates or sums of short stretches; beyond the selection's range,
/// too. @error as narrowed()
Result<SpikePicture> pictureOf(const Spike &spike, const SpikeQuery &query, const Selection &selection);

/// Those of the value.
Filter spikeValueFilter(const Spike &spike, const SpikeQuery &query);
/// Those of the value that started inside.
Filter spikeCallsFilter(const Spike &spike, const SpikeQuery &query);

} // namespace genscope
