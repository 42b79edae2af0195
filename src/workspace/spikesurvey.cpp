// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spikesurvey.h"

#include "analytics/spikes/findspikes.h"
#include "workspace/spikesearch.h"
#include "workspace/workspace.h"

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr int kRestMs = 900;
/// Events that never stop coming are looked at nevertheless.
constexpr qint64 kMostUnrestMs = 60'000;
const QString kSlot = QStringLiteral("spikes");

/// What the rows from @p first on span; nothing if there are none.
TimeRange spanOf(const Snapshot &snapshot, std::size_t first)
{
    TimeRange span;
    for (std::size_t row = first; row < snapshot.rows(); ++row) {
        const Timestamp time{snapshot.intAt(row, IntField::Timestamp)};
        span.from = span.from ? std::min(*span.from, time) : time;
        span.to = span.to ? std::max(*span.to, time) : time;
    }
    return span;
}

bool selectsTheSame(const Scope &a, const Scope &b)
{
    return a.filter == b.filter && a.zone == b.zone && a.cost == b.cost && a.customer == b.customer &&
           a.pricing == b.pricing;
}

} // namespace

struct SpikeSurvey::Survey
{
    std::vector<Spike> spikes;
    TimeRange added;
    bool isWhole = true;
    std::shared_ptr<const Snapshot> snapshot;
    Scope scope;
};

SpikeSurvey::SpikeSurvey(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &SpikeSurvey::begin);
    connect(workspace, &Workspace::selectionChanged, this, &SpikeSurvey::onSelection);
    connect(workspace, &Workspace::opened, this, [this] {
        m_snapshot = nullptr;
        m_spikes.clear();
        m_opened = true;
        m_imported = 0;
        Q_EMIT changed();
    });
    connect(workspace, &Workspace::importFinished, this,
            [this](const ImportReport &report, const QString &store) {
                if (store != m_workspace->storePath())
                    return;
                m_imported += report.newEvents;
                wait();
            });
}

SpikeQuery SpikeSurvey::queryOf(SpikeMeasure measure)
{
    SpikeQuery query;
    query.measure = measure;
    query.by = *Field::parse(measure == SpikeMeasure::ErrorRate ? "provider" : "model");
    return query;
}

bool SpikeSurvey::isKnown() const
{
    const auto selection = m_workspace->selection();
    return m_snapshot == selection->snapshot && selectsTheSame(m_scope, selection->scope);
}

void SpikeSurvey::onSelection()
{
    if (std::exchange(m_opened, false))
        m_surveyed = m_workspace->selection()->snapshot->rows();
    if (m_workspace->isPreviewing() && m_running) {
        m_running = false; // a hand needs all cores
        m_workspace->compute<int>(
            this, kSlot, [](const Selection &) { return 0; }, [](int) {});
    }
    if (!isKnown())
        wait();
}

void SpikeSurvey::wait()
{
    if (!m_unrest.isValid())
        m_unrest.start();
    if (!m_rest.isActive() || !m_unrest.hasExpired(kMostUnrestMs))
        m_rest.start();
}

void SpikeSurvey::begin()
{
    const bool busy = m_workspace->isBusy() || m_workspace->isPreviewing() || m_workspace->isImporting();
    if (busy && !(m_unrest.isValid() && m_unrest.hasExpired(kMostUnrestMs))) {
        m_rest.start();
        return;
    }
    m_unrest.invalidate();
    if (!m_workspace->isOpen() || isKnown())
        return;
    // A store that is opened for an import may show its first events before they can be told apart.
    const auto rows = static_cast<std::int64_t>(m_workspace->selection()->snapshot->rows());
    const std::int64_t before = std::max<std::int64_t>(0, rows - std::exchange(m_imported, 0));
    m_surveyed = std::min(m_surveyed, static_cast<std::size_t>(before));
    m_running = true;
    m_workspace->compute<std::shared_ptr<const Survey>>(
        this, kSlot,
        [first = m_surveyed](const Selection &selection) {
            auto survey = std::make_shared<Survey>();
            survey->snapshot = selection.snapshot;
            survey->scope = selection.scope;
            survey->added = spanOf(*selection.snapshot, first);
            const auto all = atAllTimes(selection);
            survey->isWhole = all.ok();
            for (std::size_t i = 0; i < kMeasures.size() && survey->isWhole; ++i) {
                const auto found = findSpikes(queryOf(kMeasures[i]), (*all)->rows, (*all)->context);
                survey->isWhole = found.ok();
                if (found)
                    survey->spikes.insert(survey->spikes.end(), found->begin(), found->end());
            }
            return std::shared_ptr<const Survey>(std::move(survey));
        },
        [this](const std::shared_ptr<const Survey> &survey) { take(*survey); });
}

void SpikeSurvey::take(const Survey &survey)
{
    m_running = false;
    if (!survey.isWhole)
        return; // what fails here, fails on the page of spikes, too, which says why
    const bool isAsked = m_snapshot == nullptr || selectsTheSame(m_scope, survey.scope);
    const std::vector<Spike> known = std::exchange(m_spikes, survey.spikes);
    m_snapshot = survey.snapshot;
    m_scope = survey.scope;
    m_surveyed = std::max(m_surveyed, survey.snapshot->rows());
    Q_EMIT changed();
    if (survey.added.from && isAsked)
        tellNew(known, survey.added);
    if (!isKnown())
        wait();
}

void SpikeSurvey::tellNew(const std::vector<Spike> &known, const TimeRange &added)
{
    std::vector<const Spike *> fresh;
    for (const Spike &spike : m_spikes) {
        const bool told = std::any_of(known.begin(), known.end(),
                                      [&](const Spike &other) { return isSameSpike(other, spike); });
        if (!told && spike.from <= *added.to && *added.from < spike.to)
            fresh.push_back(&spike);
    }
    if (!fresh.empty())
        Q_EMIT appeared(*fresh.front(), static_cast<int>(fresh.size()));
}

} // namespace genscope
