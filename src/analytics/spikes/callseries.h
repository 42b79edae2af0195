// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dimension.h"
#include "analytics/query.h"
#include "analytics/spikes/spike.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace genscope {

/// A generation as spikes are looked for in it.
struct SpikeCall
{
    std::int64_t startUs = 0;
    std::uint32_t row = 0;
    /// What is measured: log seconds, 1 for an error and 0 for none, or dollars. NaN where the measure leaves
    /// the call out: errors and calls without the number for latencies, unpriced ones for costs.
    float measured = 0;
    /// Latencies: log seconds that are usual for the model and the length of the answer.
    float expected = 0;

    bool counts() const { return measured == measured; }
};

/// All generations by value of a dimension, each value's by start. Memory: 24 bytes a generation.
class CallTable
{
public:
    /// Values of fewer calls can have no spike.
    static constexpr std::size_t kLeastCalls = 30;

    /// @thread a worker; it uses all cores @error Cancelled, Database, Usage as of the field
    static Result<CallTable> make(const SpikeQuery &query, const RowSet &rows, const QueryContext &context);

    std::size_t size() const { return m_codes.size(); } ///< values with enough calls
    std::uint32_t code(std::size_t index) const { return m_codes[index]; }
    Cell value(std::size_t index) const;
    std::span<const SpikeCall> calls(std::size_t index) const
    {
        return std::span(m_calls).subspan(m_begins[index], m_begins[index + 1] - m_begins[index]);
    }

private:
    friend class CallTableBuilder;
    std::shared_ptr<const Dimension> m_dimension; ///< null for all together
    std::vector<std::uint32_t> m_codes;
    std::vector<std::size_t> m_begins; ///< one more than there are values
    std::vector<SpikeCall> m_calls;
};

} // namespace genscope
