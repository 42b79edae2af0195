// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/columnreaders.h"
#include "analytics/rollup.h"

#include <algorithm>
#include <unordered_map>

namespace genscope {

namespace {

struct Step
{
    std::uint32_t row = 0;
    std::int64_t startUs = 0;
    int parent = -1; ///< index of the parent step, kChildOfTrace or kOrphan
    std::vector<int> children;
    bool placed = false;
};

constexpr int kChildOfTrace = -1;
constexpr int kOrphan = -2;

std::vector<Step> stepsOf(const Snapshot &snapshot, std::uint32_t trace)
{
    std::vector<Step> steps;
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        codes.resize(segment.rows());
        segment.ints(IntField::Trace).decodeCodes(codes);
        for (std::size_t row = 0; row < segment.rows(); ++row) {
            if (codes[row] != trace)
                continue;
            const auto kind = static_cast<EventKind>(segment.ints(IntField::Kind).at(row));
            if (kind == EventKind::Metric || kind == EventKind::Feedback)
                continue;
            Step step;
            step.row = static_cast<std::uint32_t>(i * Segment::kRows + row);
            step.startUs =
                startedUs(segment.ints(IntField::Timestamp).at(row), segment.ints(IntField::Flags).at(row),
                          segment.reals(RealField::Latency).at(row));
            steps.push_back(std::move(step));
        }
    }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Step &a, const Step &b) { return a.startUs < b.startUs; });
    return steps;
}

/// Depth first from @p root, without recursion: chains may be as long as the trace.
void place(std::vector<Step> &steps, int root, std::vector<TraceNode> &nodes)
{
    struct Visit
    {
        int step;
        int parentNode;
        int depth;
    };
    std::vector<Visit> open{{root, -1, 0}};
    while (!open.empty()) {
        const Visit visit = open.back();
        open.pop_back();
        Step &step = steps[static_cast<std::size_t>(visit.step)];
        if (step.placed)
            continue; // the far end of a cycle
        step.placed = true;
        const int node = static_cast<int>(nodes.size());
        nodes.push_back({step.row, step.startUs, visit.parentNode, visit.depth});
        for (auto child = step.children.rbegin(); child != step.children.rend(); ++child)
            open.push_back({*child, node, visit.depth + 1});
    }
}

} // namespace

std::vector<TraceNode> traceTree(const Snapshot &snapshot, std::uint32_t trace,
                                 const std::function<std::string(std::uint32_t)> &idOf,
                                 const std::function<std::string(std::uint32_t)> &parentOf)
{
    if (trace == 0)
        return {};
    std::vector<Step> steps = stepsOf(snapshot, trace);
    const std::string traceId(snapshot.dictionary(DictField::Trace).at(trace));
    std::unordered_map<std::string, int> stepOfId;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        std::string id = idOf(steps[i].row);
        if (id.empty())
            id = snapshot.uuidAt(steps[i].row).toString();
        stepOfId.emplace(std::move(id), static_cast<int>(i)); // of equal ids the earliest counts
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string parent = parentOf(steps[i].row);
        if (parent.empty() || parent == traceId)
            continue;
        const auto found = stepOfId.find(parent);
        steps[i].parent = found == stepOfId.end() ? kOrphan : found->second;
        if (found != stepOfId.end())
            steps[static_cast<std::size_t>(found->second)].children.push_back(static_cast<int>(i));
    }

    std::vector<TraceNode> nodes;
    nodes.reserve(steps.size());
    for (const int kind : {kChildOfTrace, kOrphan}) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].parent == kind)
                place(steps, static_cast<int>(i), nodes);
        }
    }
    for (std::size_t i = 0; i < steps.size(); ++i) { // only cycles are left
        if (!steps[i].placed)
            place(steps, static_cast<int>(i), nodes);
    }
    return nodes;
}

} // namespace genscope
