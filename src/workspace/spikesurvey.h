// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/spikes/spike.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <QElapsedTimer>
#include <QTimer>

#include <array>
#include <memory>
#include <vector>

namespace genscope {

class Workspace;

/// Keeps an eye on latency, error rate and cost of what the filter selects, at all times: for marks on charts
/// over time, and to say so when events that were added bring a spike. Works while nothing else does, and
/// begins anew when events, prices or filter change; a range that is moved costs nothing.
/// @thread GUI; the search runs on a worker
class SpikeSurvey final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpikeSurvey)
public:
    explicit SpikeSurvey(Workspace *workspace, QObject *parent = nullptr);

    static constexpr std::array kMeasures = {SpikeMeasure::LatencyP95, SpikeMeasure::ErrorRate,
                                             SpikeMeasure::Cost};
    /// Latency and cost by model, errors by provider.
    static SpikeQuery queryOf(SpikeMeasure measure);

    /// What was found last, a measure after the other, strongest first.
    const std::vector<Spike> &spikes() const { return m_spikes; }

Q_SIGNALS:
    void changed(); ///< spikes()
    /// Events that were added lie in spikes which were not known before: the strongest, and how many.
    void appeared(const genscope::Spike &strongest, int count);

private:
    struct Survey;
    void onSelection();
    void wait();
    void begin();
    void take(const Survey &survey);
    void tellNew(const std::vector<Spike> &known, const TimeRange &added);
    bool isKnown() const;

    Workspace *m_workspace;
    QTimer m_rest;
    QElapsedTimer m_unrest;
    bool m_running = false;
    std::vector<Spike> m_spikes;
    std::shared_ptr<const Snapshot> m_snapshot; ///< that m_spikes were found in
    Scope m_scope;                              ///< its range does not matter
    bool m_opened = false;                      ///< the store, and its first selection is still to come
    std::size_t m_surveyed = 0;                 ///< rows that were there at the last survey or at the opening
    std::int64_t m_imported = 0;                ///< of them, rows that came with imports since
};

} // namespace genscope
