// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "pricing/pricing.h"
#include "store/connection.h"
#include "store/record.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace genscope {

/// A copy of an event as it was captured, read back from a store.
struct ReplayedEvent
{
    Event event;
    std::uint64_t rawHash = 0;
    EventCosts costs;
    std::int64_t source = 0;
};

/// Reads back what a store captured, in the order in which it came, so that taking it in again gives the same
/// store. Records that the store made itself, by uniting copies, are left out. Reads the blocks first of all,
/// and asks the other tables only where an event came from: they may be damaged or of an older schema.
class KeptReplay
{
public:
    KeptReplay(const Connection &connection, std::shared_ptr<const PriceBook> prices);

    using Take = std::function<Status(ReplayedEvent &&event)>;
    /// Calls @p take, on the calling thread, for each copy. What is damaged is left out, and counted.
    /// @error what @p take answered, Database, Cancelled
    Status run(const Take &take, const StopToken &stop);

    std::int64_t lost() const { return m_lost; }
    const std::string &firstLoss() const { return m_firstLoss; }

private:
    /// Records of one light block, not too many to have in memory.
    struct Task
    {
        std::int64_t block = 0;
        std::shared_ptr<const std::string> light;
        std::vector<std::size_t> offsets;
    };
    struct Item
    {
        std::int64_t row = 0;
        BlockPlace place;
        std::unique_ptr<ReplayedEvent> event; ///< null: damaged
    };
    using Answer = std::vector<Item>;
    class Worker;

    Status readUnited();
    std::vector<Task> tasksOf(std::int64_t id);
    Status use(Answer &&answer, const Take &take);
    Result<std::vector<std::int64_t>> lightBlocks() const;
    bool isUnited(const BlockPlace &place) const;
    std::int64_t sourceOf(std::int64_t row, const BlockPlace &place);
    void lose(std::int64_t records, const std::string &where);

    const Connection &m_connection;
    std::shared_ptr<const PriceBook> m_prices;
    std::vector<BlockPlace> m_united; ///< records made by the store, sorted
    Statement m_source;
    std::int64_t m_lastSource = 1;
    std::int64_t m_lost = 0;
    std::string m_firstLoss;
};

} // namespace genscope
