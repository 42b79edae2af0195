// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/stepsums.h"

#include "analytics/knownsum.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace genscope {

namespace {

/// Parents stand before their children, so that going backwards every step is complete when it is reached.
void addUpwards(std::span<const TraceStep> steps, std::vector<StepSums> &sums)
{
    const auto own = [](auto &sum, auto value, bool isGeneration) {
        const bool missing = [value] {
            if constexpr (std::is_same_v<decltype(value), double>)
                return std::isnan(value);
            else
                return value == kMissing;
        }();
        if (!missing || isGeneration)
            sum = value;
    };
    for (std::size_t i = steps.size(); i-- > 0;) {
        const TraceStep &step = steps[i];
        StepSums &sum = sums[i];
        const bool generation = step.kind == EventKind::Generation;
        if (generation || step.kind == EventKind::Embedding) {
            addKnown(sum.costPico, step.costPico);
            addKnown(sum.inputTokens, step.inputTokens);
            addKnown(sum.outputTokens, step.outputTokens);
        }
        sum.failed += step.failed;
        own(sum.postHogCostPico, step.costPico, generation);
        own(sum.postHogInputTokens, step.inputTokens, generation);
        own(sum.postHogOutputTokens, step.outputTokens, generation);
        own(sum.postHogLatency, step.latency, generation);
        if (step.parent < 0)
            continue;
        StepSums &parent = sums[static_cast<std::size_t>(step.parent)];
        parent.below += sum.below + 1;
        parent.failed += sum.failed;
        parent.startUs = std::min(parent.startUs, sum.startUs);
        parent.endUs = std::max(parent.endUs, sum.endUs);
        addKnown(parent.costPico, sum.costPico);
        addKnown(parent.inputTokens, sum.inputTokens);
        addKnown(parent.outputTokens, sum.outputTokens);
        addKnown(parent.postHogCostPico, sum.postHogCostPico);
        addKnown(parent.postHogInputTokens, sum.postHogInputTokens);
        addKnown(parent.postHogOutputTokens, sum.postHogOutputTokens);
        addKnown(parent.postHogLatency, sum.postHogLatency);
    }
}

/// The chain of steps that the end of the trace waited for, found backwards: of a step's children the one
/// that ended last, before its start the one that ended last until then, and so on, and below each the same.
class CriticalPath
{
public:
    CriticalPath(std::span<const TraceStep> steps, std::vector<StepSums> &sums) : m_steps(steps), m_sums(sums)
    {
        // Children of each step, and of the trace (the first group), the last to end first.
        m_order.resize(steps.size());
        std::iota(m_order.begin(), m_order.end(), 0);
        std::sort(m_order.begin(), m_order.end(), [this](int a, int b) {
            const int parentA = step(a).parent;
            const int parentB = step(b).parent;
            return parentA != parentB ? parentA < parentB : end(a) != end(b) ? end(a) > end(b) : a > b;
        });
        m_begins.assign(steps.size() + 2, 0);
        for (const TraceStep &each : steps)
            ++m_begins[static_cast<std::size_t>(each.parent + 2)];
        std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
    }

    void mark()
    {
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        for (std::size_t i = 0; i < m_steps.size(); ++i)
            last = std::max(last, end(static_cast<int>(i)));
        std::vector<Visit> open{{-1, std::numeric_limits<std::int64_t>::min(), last}};
        while (!open.empty()) { // chains may be as deep as the trace is long
            const Visit visit = open.back();
            open.pop_back();
            follow(visit, open);
        }
    }

private:
    struct Visit
    {
        int step = -1; ///< -1: the trace
        /// The time that is its own to explain: never more than its parent's.
        std::int64_t fromUs = 0;
        std::int64_t untilUs = 0;
    };

    const TraceStep &step(int index) const { return m_steps[static_cast<std::size_t>(index)]; }
    /// What a step took itself; one without latency as long as what is below it.
    std::int64_t start(int index) const
    {
        return std::isnan(step(index).latency) ? m_sums[static_cast<std::size_t>(index)].startUs
                                               : step(index).startUs;
    }
    std::int64_t end(int index) const
    {
        return std::isnan(step(index).latency) ? m_sums[static_cast<std::size_t>(index)].endUs
                                               : step(index).endUs;
    }

    void follow(const Visit &visit, std::vector<Visit> &open)
    {
        const auto group = static_cast<std::size_t>(visit.step + 1);
        const std::int64_t from = visit.fromUs;
        std::int64_t cursor = visit.untilUs;
        std::int64_t own = 0;
        for (std::size_t i = m_begins[group]; i < m_begins[group + 1] && cursor > from; ++i) {
            const int child = m_order[i];
            // Clocks are not that good: what ends after its parent is taken to end with it.
            const std::int64_t ended = std::min(end(child), visit.untilUs);
            if (ended > cursor || ended <= from || start(child) >= ended)
                continue; // beside what is on the path, before the step, or without length
            own += cursor - ended;
            cursor = std::max(start(child), from);
            open.push_back({child, cursor, ended});
        }
        if (visit.step < 0)
            return;
        StepSums &sums = m_sums[static_cast<std::size_t>(visit.step)];
        sums.critical = true;
        sums.criticalUs = own + std::max<std::int64_t>(0, cursor - from);
    }

    std::span<const TraceStep> m_steps;
    std::vector<StepSums> &m_sums;
    std::vector<int> m_order;
    std::vector<std::size_t> m_begins; ///< in m_order, by parent + 1
};

} // namespace

std::vector<StepSums> sumSteps(std::span<const TraceStep> steps)
{
    std::vector<StepSums> sums(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        sums[i].startUs = steps[i].startUs;
        sums[i].endUs = steps[i].endUs;
    }
    addUpwards(steps, sums);
    CriticalPath(steps, sums).mark();
    return sums;
}

} // namespace genscope
