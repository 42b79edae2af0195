// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace genscope {

/// A stretch of items and the sum of their scores.
struct ScoredSegment
{
    std::size_t begin = 0;
    std::size_t end = 0; ///< past the last
    double score = 0;
};

/// All maximal scoring segments of at least @p least > 0, by position: the best one, the best of what is left
/// of it and right of it, and so on. Linear time. Source: W. L. Ruzzo, M. Tompa, "A linear time algorithm for
/// finding all maximal scoring subsequences", ISMB 1999.
///
/// Where the scores are log-likelihood ratios of independent items, the expected number of starts from which
/// a segment of score x or more begins is at most n e^-x: each start is a martingale of mean one (Ville's
/// inequality; S. Karlin, S. F. Altschul, PNAS 1990, have the sharper constant for long sequences).
std::vector<ScoredSegment> maximalSegments(std::span<const float> scores, double least);

/// The segment of the greatest sum; empty where no score is positive.
ScoredSegment bestSegment(std::span<const float> scores);

} // namespace genscope
