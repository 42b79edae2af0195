// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/result.h"
#include "store/connection.h"
#include "store/record.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// Where a row of the `event` table comes from, besides its facts.
struct EventOrigin
{
    std::int64_t source = 0;
    std::int64_t rawHash = 0; ///< XXH3 of the captured JSON
    bool united = false;      ///< the JSON was made from several copies, which `event_copy` keeps
    BlockPlace place;         ///< of the light record
};

/// The name of the `event` table's column for a fact.
std::string_view eventColumnName(IntField field);
std::string_view eventColumnName(RealField field);

/// A row of the `event` table.
struct StoredEvent
{
    std::int64_t row = 0; ///< its id - 1
    FactRow facts;
    EventOrigin origin;
};

/// Goes through the `event` table by row.
class EventRows
{
public:
    /// @param first  the row to begin with. @error Database
    static Result<EventRows> open(const Connection &connection, std::int64_t first = 0);
    /// @return false at the end. @error Database
    Result<bool> next(StoredEvent &event);

private:
    Statement m_select;
};

/// Writes and finds rows of the `event` table. Row r of the columns is id r + 1.
class EventTable
{
public:
    static Result<EventTable> open(const Connection &connection);

    struct Known
    {
        std::int64_t row = 0;
        EventOrigin origin;
    };
    /// The row of that uuid, if there is one. @error Database
    Result<std::optional<Known>> find(const Uuid &uuid);
    Status insert(std::int64_t row, const FactRow &facts, const EventOrigin &origin);
    /// Replaces all of a row. @error Database
    Status replace(std::int64_t row, const FactRow &facts, const EventOrigin &origin);

private:
    /// A statement that writes a whole row; what it does not name is NULL.
    struct Writer
    {
        Statement statement;
        std::vector<IntField> fields; ///< that it names
        std::vector<bool> isNull;     ///< by parameter: bound to NULL now, as most are in most rows

        template<typename Value>
        void bind(int parameter, const std::optional<Value> &value);
        Status write(std::int64_t row, const FactRow &facts, const EventOrigin &origin);
    };
    enum class Columns { Usual, All };
    static Result<Writer> makeWriter(const Connection &connection, std::string_view verb, Columns columns);

    Statement m_find;
    Writer m_insertUsual; ///< nine of ten rows: half as many columns take half the time
    Writer m_insert;
    Writer m_replace;
};

} // namespace genscope
