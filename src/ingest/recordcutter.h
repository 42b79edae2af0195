// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpformat.h"

#include <memory>
#include <optional>
#include <string>

namespace genscope {

/// Reads a dump piece by piece and hands out chunks of whole records. Where records end is for the derived
/// class to find; how much is held in memory is decided here: about a chunk, or the record that is being
/// scanned, up to the largest one allowed.
/// @thread the reading one
class RecordCutter : public ChunkReader
{
public:
    Result<std::optional<Chunk>> next() override;

protected:
    RecordCutter(ByteSource &source, std::string head, std::size_t largestRecord)
        : m_source(source), m_buffer(std::move(head)), m_largestRecord(largestRecord)
    {
    }

    /// Goes on from m_scan to the end of m_buffer, and adds the records that end to m_chunk.
    virtual void scan() = 0;
    /// Nothing comes behind m_buffer: settles what is open. May be called again.
    virtual void finish() = 0;
    /// Where the record begins that has not ended; m_scan between records.
    virtual std::size_t openBegin() const = 0;

    ByteSource &m_source;
    std::string m_buffer;
    const std::size_t m_largestRecord;
    std::shared_ptr<const DumpContext> m_context; ///< of every chunk
    Chunk m_chunk;                                ///< its bytes are still in m_buffer
    std::size_t m_scan = 0;                       ///< looked at so far
    std::size_t m_begin = 0;                      ///< of the record being scanned
    bool m_tooLarge = false;                      ///< the record being scanned: its bytes are not kept
    bool m_ended = false;                         ///< m_buffer holds all that is left

private:
    Chunk take();
};

} // namespace genscope
