// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/spikes/segments.h"

namespace genscope {

namespace {

/// A candidate of the algorithm: its items, and the sums of all scores before it and up to its end.
struct Candidate
{
    std::size_t begin;
    std::size_t end;
    double left;
    double right;
    std::ptrdiff_t lower; ///< the last candidate before it whose left is smaller, or -1
};

} // namespace

std::vector<ScoredSegment> maximalSegments(std::span<const float> scores, double least)
{
    std::vector<Candidate> candidates;
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double before = sum;
        sum += static_cast<double>(scores[i]);
        if (scores[i] <= 0)
            continue;
        Candidate next{i, i + 1, before, sum, -1};
        for (;;) {
            auto j = static_cast<std::ptrdiff_t>(candidates.size()) - 1;
            while (j >= 0 && candidates[static_cast<std::size_t>(j)].left >= next.left)
                j = candidates[static_cast<std::size_t>(j)].lower;
            next.lower = j;
            if (j < 0 || candidates[static_cast<std::size_t>(j)].right >= next.right)
                break;
            const Candidate &joined = candidates[static_cast<std::size_t>(j)];
            next.begin = joined.begin;
            next.left = joined.left;
            candidates.resize(static_cast<std::size_t>(j), next);
        }
        candidates.push_back(next);
    }
    std::vector<ScoredSegment> segments;
    for (const Candidate &candidate : candidates) {
        if (candidate.right - candidate.left >= least)
            segments.push_back({candidate.begin, candidate.end, candidate.right - candidate.left});
    }
    return segments;
}

ScoredSegment bestSegment(std::span<const float> scores)
{
    ScoredSegment best;
    double sum = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (sum <= 0) {
            sum = 0;
            begin = i;
        }
        sum += static_cast<double>(scores[i]);
        if (sum > best.score)
            best = {begin, i + 1, sum};
    }
    return best;
}

} // namespace genscope
