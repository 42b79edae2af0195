// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/rowset.h"
#include "core/result.h"
#include "core/stoptoken.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A property that is not a column of its own: `event.NAME`, `person.NAME`, `group.TYPE.NAME`.
struct PropertyPath
{
    enum class Scope { Event, Person, Group };
    Scope scope = Scope::Event;
    std::string groupType; ///< Scope::Group only
    std::string name;

    bool operator==(const PropertyPath &) const = default;
};

class RawTextFilter;

/// What is looked for in texts, as far as an index can tell that a text surely has it not.
class TextHint
{
public:
    /// Whether some of the texts may hold @p fragment, folded as foldText() does. True where not known.
    using MayHold = std::function<bool(std::string_view fragment)>;
    virtual ~TextHint() = default;
    /// False only if none of the texts that @p mayHold is about can match.
    virtual bool mayMatch(const MayHold &mayHold) const = 0;
    /// Tells the same of captured JSON; null where nothing can.
    virtual const RawTextFilter *rawFilter() const { return nullptr; }
};

/// What of an event the columns do not hold. Implemented by the store over the kept events.
class EventSource
{
public:
    virtual ~EventSource() = default;

    /// Reads a property of every row: calls @p visit(row, text) for rows that have it, where text is the
    /// value as text (strings decoded, numbers and objects as captured JSON, booleans `true`/`false`); null
    /// is missing. Person values: the copy the event carries, else the person's newest known; group values:
    /// the newest known. Rows come in any order. @error Database, Cancelled
    virtual Status readProperty(const PropertyPath &path, std::size_t rows,
                                const std::function<void(std::size_t, std::string_view)> &visit,
                                const StopToken &stop) const = 0;

    /// Calls @p visit(row, id) for those of @p rows that name themselves in their trace (`$ai_generation_id`,
    /// else
    /// `$ai_span_id`). Rows come in any order, and on several threads at once. @error Database, Cancelled
    virtual Status readSpanIds(const RowSet &rows,
                               const std::function<void(std::size_t, std::string_view)> &visit,
                               const StopToken &stop) const
    {
        static_cast<void>(rows), static_cast<void>(visit), static_cast<void>(stop);
        return Done{}; // a source without ids
    }

    enum class Content { Input, Output };
    /// Calls @p visit(row, decoded text) for those of @p rows that have such content. @error Database,
    /// Cancelled
    virtual Status readContent(Content content, const RowSet &rows,
                               const std::function<void(std::size_t, std::string_view)> &visit,
                               const StopToken &stop) const = 0;
    /// The same, but may leave out texts that cannot match @p hint, and calls @p visit on several threads at
    /// once. @error as readContent()
    virtual Status searchContent(Content content, const RowSet &rows, const TextHint &hint,
                                 const std::function<void(std::size_t, std::string_view)> &visit,
                                 const StopToken &stop) const
    {
        static_cast<void>(hint);
        return readContent(content, rows, visit, stop); // a source without an index
    }
};

} // namespace genscope
