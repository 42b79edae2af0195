// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace genscope {

class Connection;

/// The hashes of the captured JSON of all stored events: a dump that was imported before is told by them
/// without parsing it. Immutable. @thread any
class KnownHashes
{
public:
    /// @param allEvents  also of events that are no AI events. @error Database
    static Result<KnownHashes> load(const Connection &connection, bool allEvents);

    bool contains(std::uint64_t hash) const;

private:
    explicit KnownHashes(std::size_t count);
    void insert(std::uint64_t hash);

    /// Open addressing, at most two thirds full; 0 is free, so that an event with that hash is never known.
    std::vector<std::uint64_t> m_slots;
};

} // namespace genscope
