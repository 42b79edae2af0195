// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/bins.h"
#include "analytics/costs.h"
#include "analytics/eventsource.h"
#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "core/zone.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

class IssueIndex;

/// A name that filters, breakdowns and tables use (cli.md "Dimensions", "Fields").
struct Field
{
    enum class Id {
        Model,
        Provider,
        User,
        DistinctId,
        PersonId,
        Customer,
        Trace,
        Session,
        SpanName,
        HttpStatus,
        Error,
        IsError,
        Stream,
        Kind,
        Lib,
        Tool,
        HourOfDay,
        DayOfWeek,
        EventName,
        Uuid,
        Timestamp,
        Started,
        Cost,
        CostInput,
        CostOutput,
        CostCacheRead,
        CostCacheWrite,
        CostRequest,
        CostWebSearch,
        CostSource,
        CostModel,
        CostProvider,
        Priced,
        Latency,
        TimeToFirstToken,
        TokensPerSecond, ///< of one call: its output tokens by its latency; none of errors
        InputTokens,
        OutputTokens,
        CacheReadTokens,
        CacheWriteTokens,
        ReasoningTokens,
        TotalTokens,
        Issue,    ///< many-valued: codes of dataissue.h
        GroupKey, ///< `group.TYPE`: the key itself
        Property, ///< `event.NAME`, `person.NAME`, `group.TYPE.NAME`
    };
    Id id = Id::Model;
    PropertyPath path; ///< Property; for GroupKey only path.groupType
    std::string text;  ///< as it was written
    /// The values are the lower edges of bins that the field's numbers are in. Not in filters.
    std::optional<Binning> bins = {};

    bool operator==(const Field &other) const
    {
        return id == other.id && path == other.path && bins == other.bins;
    }
    /// The field whose numbers the bins hold.
    Field unbinned() const;
    /// `bin(latency 40)`: the same field in bins.
    Field binned(const Binning &binning) const;

    /// Reads `model`, `event.$browser`, `` person.`my prop` ``, `group.company.tier`, `group.company`. Names
    /// of letters, digits, `_ $ - .` and anything beyond ASCII need no backticks. `bin(FIELD)`, with 20 bins
    /// to a factor of ten, `bin(FIELD 40)` and `bin(FIELD step 0.5)` put numbers into bins.
    /// @error Usage naming the text if it is neither a known field nor a property path
    static Result<Field> parse(std::string_view text);
    /// Names of the built-in fields, for completion and messages.
    static std::vector<std::string_view> builtinNames();
};

/// Everything needed to read fields of a snapshot. A plain value; the pointers outlive its use.
struct DataContext
{
    std::shared_ptr<const Snapshot> snapshot;
    const EventSource *source = nullptr; ///< may be null: properties and content are then missing everywhere
    Zone zone;
    CostMode cost = CostMode::Auto;
    /// What `customer` means; absent: the first group type seen.
    std::optional<Field> customer;
    StopToken stop;
};

/// The values of one field over a snapshot. Immutable once opened. @thread any
class FieldReader
{
public:
    enum class Type {
        Text,    ///< codes into a value list; code 0: missing
        Integer, ///< kMissing where missing; HttpStatus, tokens, HourOfDay ...
        Boolean, ///< 0, 1, or kMissing
        Money,   ///< picodollars, or kMissing
        Instant, ///< microseconds
        Real,    ///< seconds, NaN where missing
    };
    virtual ~FieldReader() = default;

    virtual Type type() const = 0;

    /// Text: the values. For a many-valued field (`tool`) codes are of value *sets*, and membersOf() lists a
    /// set's values.
    virtual std::uint32_t valueCount() const { return 0; } ///< codes are 0 .. valueCount()-1
    virtual std::string_view value(std::uint32_t /*code*/) const { return {}; }
    virtual bool manyValued() const { return false; }
    virtual std::uint32_t memberCount() const { return 0; } ///< distinct single values + 1; member 0: missing
    virtual std::string_view member(std::uint32_t /*member*/) const { return {}; }
    virtual std::span<const std::uint32_t> membersOf(std::uint32_t /*code*/) const { return {}; }

    /// Numbers that come from a short ascending list: their bits. codes() then gives 1 + the place in it, and
    /// 0 where there is no number. Empty for others.
    virtual std::span<const std::int64_t> numberList() const { return {}; }

    /// Rows of one segment, decoded into @p scratch; the answer may be @p scratch or memory of the reader.
    /// codes() for Text, ints() for all other types but Real, reals() for Real.
    virtual std::span<const std::uint32_t> codes(std::size_t segment,
                                                 std::vector<std::uint32_t> &scratch) const;
    virtual std::span<const std::int64_t> ints(std::size_t segment, std::vector<std::int64_t> &scratch) const;
    virtual std::span<const double> reals(std::size_t segment, std::vector<double> &scratch) const;

    // One row at a time, for the visible cells of tables.
    virtual std::uint32_t codeAt(std::size_t row) const;
    virtual std::int64_t intAt(std::size_t row) const;
    virtual double realAt(std::size_t row) const;
};

/// Opens a field. Built-in fields cost nothing until read; a property reads the kept events once per call, so
/// callers that ask again keep the reader (FieldCache). @error Database, Cancelled
Result<std::shared_ptr<const FieldReader>> openField(const Field &field, const DataContext &context);

/// Remembers the readers of one snapshot that cost something to open, whatever zone, cost mode or customer is
/// asked for. @thread any
class FieldCache
{
public:
    /// @param stop  ends its reads. The stop token of one question does not: others wait for the same read.
    explicit FieldCache(StopToken stop = StopToken());
    ~FieldCache();
    Result<std::shared_ptr<const FieldReader>> open(const Field &field, const DataContext &context);
    /// Issues of every event, looked for at least as far as @p wanted (an IssueMask). @error Database,
    /// Cancelled
    Result<std::shared_ptr<const IssueIndex>> issues(std::uint32_t wanted, const DataContext &context);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace genscope
