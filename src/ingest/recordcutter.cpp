// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/recordcutter.h"

#include <utility>

namespace genscope {

Result<std::optional<Chunk>> RecordCutter::next()
{
    while (!m_ended) {
        scan();
        if (m_scan >= kChunkSize && !m_chunk.records.empty())
            return std::optional(take());
        const std::size_t begin = openBegin();
        m_tooLarge |= m_scan - begin > m_largestRecord;
        if (m_tooLarge) { // nobody will parse it; its end is still looked for
            m_buffer.erase(begin);
            m_scan = begin;
        }
        if (const auto filled = appendFrom(m_source, m_buffer, m_ended); !filled)
            return filled.error();
    }
    finish();
    if (m_chunk.records.empty() && m_chunk.rejects.empty())
        return std::optional<Chunk>();
    return std::optional(take());
}

Chunk RecordCutter::take()
{
    const std::size_t cut = openBegin();
    std::string rest = m_buffer.substr(cut);
    m_buffer.resize(cut);
    m_chunk.bytes = std::move(m_buffer);
    m_chunk.context = m_context;
    m_buffer = std::move(rest);
    m_scan -= cut;
    m_begin = 0;
    return std::exchange(m_chunk, {});
}

} // namespace genscope
