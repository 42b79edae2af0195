// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/blockreader.h"
#include "store/connection.h"
#include "store/record.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace genscope {

/// Goes through the kept events of a store on all cores, block by block, in any order.
class RecordScan
{
public:
    struct Found
    {
        std::size_t row = 0;
        std::string text;
    };
    /// Adds what it finds in an event. @thread several at once
    using Extract =
        std::function<Status(const LightRecord &record, const BlockFetch &fetch, std::vector<Found> &found)>;
    using Visit = std::function<void(std::size_t row, std::string_view text)>;

    /// Looks up which blocks there are, and which of their records were replaced. @error Database
    static Result<RecordScan> open(const Connection &connection);
    /// Only the blocks that hold those rows (of the `event` table). @error Database
    Status restrictTo(const std::vector<std::size_t> &rows, const Connection &connection);

    /// Only the blocks that @p keep(id, size) is true for.
    void restrictTo(const std::function<bool(std::int64_t, std::size_t)> &keep);

    /// Where the heavy values of a block's events are (ContentPlaces), so that the block need not be read:
    /// records come without context and skeleton, events without heavy values not at all. Nothing where not
    /// known for that much of the block. @thread several at once
    using PlacesOf = std::function<std::optional<std::string>(std::int64_t block, std::size_t size)>;
    void usePlaces(PlacesOf places) { m_places = std::move(places); }

    /// Calls @p extract for every event before row @p rows, and @p visit, on the calling thread, for all that
    /// it found. @error Database, Cancelled
    Status run(std::size_t rows, const Extract &extract, const Visit &visit, const StopToken &stop) const;

private:
    struct Block
    {
        std::int64_t id = 0;
        std::size_t size = 0; ///< what was appended later is left out
    };
    struct Run;
    void work(Run &run) const;
    Status scanBlock(const Block &block, const Run &run, const BlockFetch &fetch,
                     std::vector<Found> &found) const;
    /// Nothing if the block itself has to be read.
    std::optional<Status> scanPlaces(const Block &block, const Run &run, const BlockFetch &fetch,
                                     std::vector<Found> &found) const;
    bool isReplaced(std::int64_t block, std::size_t offset) const;
    bool hasReplaced(std::int64_t block) const;

    QString m_storePath;
    std::vector<Block> m_blocks;
    std::vector<BlockPlace> m_replaced; ///< sorted
    PlacesOf m_places;                  ///< may be empty
};

} // namespace genscope
