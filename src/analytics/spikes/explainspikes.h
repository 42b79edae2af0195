// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "analytics/spikes/spike.h"

#include <vector>

namespace genscope {

/// Fills in the drivers of @p spikes, which findSpikes() answered to @p query: values that take part in the
/// excess beyond their share of the traffic before. The excess of a latency is of calls above what was usual
/// (baseline), that of an error rate of errors, that of a cost of dollars; a value's part is what it has
/// inside less what its calls before lead to expect, so the parts of a dimension's values add up to the
/// whole. A value is named from 15 % of the excess on, if it has more of it than chance gives values of its
/// share (binomial test, Bonferroni over the dimension's values). Large spikes are judged by an even sample
/// of their calls.
/// @param fields  dimensions to look at, beside the length of the answer
/// @thread a worker @error Cancelled; as FieldCache::open()
Status explainSpikes(std::vector<Spike> &spikes, const SpikeQuery &query, const std::vector<Field> &fields,
                     const RowSet &rows, const QueryContext &context);

/// The name of the dimension whose values are ranges of output tokens, such as `256..1023`.
inline constexpr std::string_view kOutputTokensDimension = "output_tokens";

} // namespace genscope
