// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"
#include "analytics/spikes/findspikes.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace genscope {

/// A dimension that is read for some calls only, as reading it costs much. Few values; by row.
struct SampledDimension
{
    std::string name;
    std::vector<std::string> values; ///< of code 1, 2 ...
    std::vector<std::uint8_t> codes; ///< 0: missing
};
/// Reads such dimensions for @p rows. @error as the reading
using SampleReader = std::function<Result<std::vector<SampledDimension>>(const RowSet &rows)>;

/// Fills in the trend and the drivers of some spikes: values that take part in the excess beyond their share
/// of the traffic before. The excess of a latency is of calls above what was usual (baseline), that of an
/// error rate of errors, that of a cost of dollars; a value's part is what it has inside less what its calls
/// before lead to expect, so the parts of a dimension's values add up to the whole. A value is named from 15
/// % of the excess on, if it has more of it than chance gives values of its share (binomial test, Bonferroni
/// over the dimension's values). Large spikes are judged by an even sample of their calls.
/// @param which   places in the finding's spikes of those to explain
/// @param fields  dimensions to look at, beside the length of the answer
/// @param more    further ones, read once for all spikes; of the calls before, an even part is enough for
/// them
/// @thread a worker; it uses all cores @error Cancelled; as FieldCache::open() and @p more
Status explainSpikes(SpikeFinding &finding, const std::vector<std::size_t> &which, const SpikeQuery &query,
                     const std::vector<Field> &fields, const QueryContext &context,
                     const SampleReader &more = {});

/// The name of the dimension whose values are ranges of output tokens, such as `256..1023`.
inline constexpr std::string_view kOutputTokensDimension = "output_tokens";

} // namespace genscope
