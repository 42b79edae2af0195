// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/gramset.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

class Connection;

/// What makes searches in prompts and outputs fast: for each light block, which short sequences of bytes the
/// texts of its events hold, folded as foldText() does. A search reads the blocks that may hold what is
/// looked for, and those that are not indexed; it finds the same with an index, with half of one, and
/// without.
///
/// Kept in `STORE.search` beside the store, so that making it never waits for the store's writers and a store
/// is no larger by it. It can be deleted at any time. Immutable. @thread any
class SearchIndex
{
public:
    struct Entry
    {
        std::int64_t block = 0;
        std::size_t size = 0; ///< how much of the block it is about; the rest came later
        // By these it is known whether the block still is the one that was indexed: an event in it.
        std::int64_t row = 0;
        std::int64_t offset = 0;
        std::int64_t rawHash = 0;
        GramSet grams;
        std::string places;         ///< ContentPlaces of the block, compressed
        std::size_t placesSize = 0; ///< before that

        /// @p places as ContentPlacesReader takes them; nothing if they are damaged.
        std::optional<std::string> readPlaces() const;
        bool operator==(const Entry &) const = default;
    };

    static QString pathOf(const QString &storePath);
    /// What of the store's index fits the store; empty if there is none, or it is of another store or
    /// damaged.
    /// @error Database if the store cannot be read
    static Result<std::shared_ptr<const SearchIndex>> load(const Connection &store);

    /// The entry of a block; null if there is none.
    const Entry *find(std::int64_t block) const;
    const std::vector<Entry> &entries() const { return m_entries; }

    /// @p entries replace those of the same blocks.
    SearchIndex with(std::vector<Entry> entries) const;
    /// Replaces the file, whole or not at all. @error Io
    Status save(const Connection &store) const;

private:
    std::vector<Entry> m_entries; ///< by block
};

struct SearchIndexOptions
{
    /// @thread that of updateSearchIndex()
    std::function<void(std::int64_t blocksDone, std::int64_t blocksTotal)> onProgress;
    std::chrono::milliseconds saveEvery{10'000}; ///< so that what was done is not lost
};

struct SearchIndexReport
{
    std::int64_t blocks = 0;  ///< that the store has
    std::int64_t indexed = 0; ///< of these, now
    std::int64_t bytes = 0;   ///< of the index's file
};

/// Indexes what of the store is not indexed, on all cores; what comes meanwhile is left for the next time.
/// Stopped, what was done is kept. @error Io, Database, Cancelled @thread any but the GUI's
Result<SearchIndexReport> updateSearchIndex(const QString &storePath, const SearchIndexOptions &options,
                                            const StopToken &stop);

/// Whether there is something to do for updateSearchIndex(). @error Io, Database
Result<bool> isSearchIndexDue(const QString &storePath);

/// Makes the entries anew and compares. @return the blocks whose entries are wrong
/// @error Io, Database, Cancelled
Result<std::vector<std::int64_t>> wrongSearchEntries(const QString &storePath, const StopToken &stop);

} // namespace genscope
