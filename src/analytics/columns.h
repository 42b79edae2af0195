// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/costmode.h"
#include "analytics/dictionary.h"
#include "core/result.h"
#include "core/uuid.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

enum class EventKind : std::uint8_t;
class Snapshot;

/// A missing whole number in a column.
inline constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();

/// Whole-number facts of an event. Text is a dictionary code (0: missing), money is picodollars, counts are
/// tokens; kMissing where the event does not say. The order is part of the store's format: append only.
enum class IntField : std::uint8_t {
    Timestamp, ///< microseconds since 1970
    Kind,      ///< EventKind
    Flags,     ///< EventFlag bits
    HttpStatus,
    EventName, // dictionary codes from here ...
    Model,
    Provider,
    DistinctId,
    PersonId,
    Trace,
    Session,
    SpanName,
    Error,
    Lib,
    Tools,
    CostModel,
    CostProvider, // ... to here
    CostSource,   ///< genscope::CostSource
    InputTokens,
    OutputTokens,
    CacheReadTokens,
    CacheWriteTokens,
    ReasoningTokens,
    ReportedInput,
    ReportedOutput,
    ReportedRequest,
    ReportedWebSearch,
    ReportedTotal,
    BookInput,
    BookOutput,
    BookCacheRead,
    BookCacheWrite,
    BookRequest,
    BookWebSearch,
    Group0, ///< dictionary codes of group keys, kMaxGroupTypes columns
    // What prices need of the few events that say it; most segments hold nothing of these.
    ServiceTier = Group0 + kMaxGroupTypes, ///< dictionary code
    CacheWrite5mTokens,
    CacheWrite1hTokens,
    CacheReadAudioTokens,
    AudioInputTokens,
    ImageInputTokens,
    AudioOutputTokens,
    ImageOutputTokens,
    TextOutputTokens,
    RequestCount,
    WebSearchCount,
};
inline constexpr int kIntFieldCount = static_cast<int>(IntField::WebSearchCount) + 1;
constexpr IntField groupIntField(int slot)
{
    return static_cast<IntField>(static_cast<int>(IntField::Group0) + slot);
}

enum class RealField : std::uint8_t { Latency, TimeToFirstToken }; ///< seconds, NaN where missing
inline constexpr int kRealFieldCount = 2;

/// Bits of IntField::Flags.
enum EventFlag : std::int64_t {
    IsErrorFlag = 1,
    StreamKnownFlag = 2,
    StreamFlag = 4,
    CacheExclusiveFlag = 8,     ///< cache tokens are not inside the input tokens
    ReportedFinalFlag = 16,     ///< parts of the reported cost that the event does not carry stay unknown
    RootFlag = 32,              ///< no parent, or the parent is the trace
    StartsAtTimestampFlag = 64, ///< the timestamp is the start of the call, not its end
    AnonymousFlag = 128,        ///< distinct_id equals the trace id
    CustomPricesFlag = 256,     ///< the event carries its own prices: the book says nothing of it
    AssumedFlag =
        512, ///< never in stores: priced under an assumption, so that its reported cost says nothing
    AheadOfServerFlag = 1024,   ///< stamped later than the server recorded it: see kMostAheadOfServerUs
    FarBehindServerFlag = 2048, ///< stamped long before the server recorded it: see kMostBehindServerUs
    CacheStatedFlag = 4096,     ///< the event itself says whether cache tokens are inside the input tokens
};

/// An event cannot happen after the server recorded it. A minute allows for the clocks of two machines that
/// are set by the network, and for servers that record to the second.
inline constexpr std::int64_t kMostAheadOfServerUs = 60LL * 1'000'000;
/// Queues of offline clients hold days, imports of history months. A stamp more than a year old is that of a
/// clock that was never set.
inline constexpr std::int64_t kMostBehindServerUs = 366LL * 24 * 3600 * 1'000'000;

/// The value that a column has where an event says nothing: 0 for codes and flags, kMissing for numbers.
std::int64_t emptyValueOf(IntField field);
bool isDictionaryField(IntField field);
DictField dictFieldOf(IntField field); ///< only for dictionary fields

/// One event as numbers: what a row of the store's `event` table and a row of the columns hold. A new row
/// says nothing: every field is empty.
struct FactRow
{
    FactRow();

    Uuid uuid;
    std::array<std::int64_t, kIntFieldCount> ints;
    std::array<double, kRealFieldCount> reals;

    std::int64_t &operator[](IntField field) { return ints[static_cast<std::size_t>(field)]; }
    std::int64_t operator[](IntField field) const { return ints[static_cast<std::size_t>(field)]; }
    double &operator[](RealField field) { return reals[static_cast<std::size_t>(field)]; }
    double operator[](RealField field) const { return reals[static_cast<std::size_t>(field)]; }
};

/// Bytes that columns lie in, and keep alive.
using ColumnMemory = std::shared_ptr<const std::uint8_t[]>;

/// Room for the columns of a segment, not written yet. A store opens with memory that was never touched: it
/// is filled once, by whoever unpacks the segment.
std::shared_ptr<std::uint8_t[]> makeColumnMemory(std::size_t bytes);

/// Whole numbers, stored as narrow offsets from their minimum, counted in steps that divide them all: prices
/// are round numbers of picodollars, and clocks tick in milliseconds. A column of one value takes no space.
/// Immutable; copies share their bytes.
class IntColumn
{
public:
    IntColumn() = default; ///< no rows
    static IntColumn encode(std::span<const std::int64_t> values);
    static IntColumn constant(std::size_t rows, std::int64_t value);

    std::size_t rows() const { return m_rows; }
    std::int64_t at(std::size_t row) const { return m_width == 0 ? m_base : valueOfRaw(rawAt(row)); }
    /// Writes rows @p first .. first + out.size() - 1.
    void decode(std::span<std::int64_t> out, std::size_t first = 0) const;
    /// The same for columns of dictionary codes.
    void decodeCodes(std::span<std::uint32_t> out, std::size_t first = 0) const;
    /// The smallest value that a row has; kMissing if none has one. Costs nothing.
    std::int64_t lowest() const { return m_base; }
    /// The smallest and the largest of all values, kMissing included. Faster than to decode them; there are
    /// rows.
    std::pair<std::int64_t, std::int64_t> range() const;
    bool isConstant() const { return m_width == 0; }                      ///< every row has the value at(0)
    bool isMissing() const { return m_width == 0 && m_base == kMissing; } ///< no row has a value
    std::size_t memoryBytes() const { return m_rows * m_width; }
    bool operator==(const IntColumn &other) const; ///< the same values in the same rows

    void serialize(std::string &out) const;
    /// Takes a column of @p rows rows from the front of @p in.
    /// @param memory  what @p in lies in: the column then keeps it instead of a copy. @error Parse
    static Result<IntColumn> deserialize(std::string_view &in, std::size_t rows, ColumnMemory memory = {});

private:
    std::uint64_t rawAt(std::size_t row) const
    {
        const std::uint8_t *bytes = m_bytes.get();
        switch (m_width) {
        case 1:
            return bytes[row];
        case 2:
            return rawOf<std::uint16_t>(bytes, row);
        case 4:
            return rawOf<std::uint32_t>(bytes, row);
        default:
            return rawOf<std::uint64_t>(bytes, row);
        }
    }
    template<typename Raw>
    static std::uint64_t rawOf(const std::uint8_t *bytes, std::size_t row)
    {
        Raw raw;
        std::memcpy(&raw, bytes + row * sizeof raw, sizeof raw);
        return raw;
    }
    std::int64_t valueOfRaw(std::uint64_t raw) const
    {
        // Unsigned, because the offset of the largest from the smallest number needs 64 bits.
        return raw == 0 ? kMissing
                        : static_cast<std::int64_t>(static_cast<std::uint64_t>(m_base) + (raw - 1) * m_step);
    }
    std::int64_t m_base = 0; ///< value of raw 1, where raw 0 is kMissing; with width 0 the value of every row
    std::uint64_t m_step = 1; ///< between the values of raw 1 and raw 2
    std::uint8_t m_width = 0; ///< bytes per value: 0, 1, 2, 4, 8; 0: constant
    std::size_t m_rows = 0;
    ColumnMemory m_bytes; ///< m_rows * m_width of them, in any alignment
};

/// Real numbers, NaN where missing; every other double is given back bit by bit. Immutable.
class RealColumn
{
public:
    RealColumn() = default; ///< no rows
    static RealColumn encode(std::span<const double> values);
    static RealColumn missing(std::size_t rows);

    std::size_t rows() const { return m_exactMicros ? m_micros.rows() : m_values.size(); }
    double at(std::size_t row) const;
    /// Writes rows @p first .. first + out.size() - 1.
    void decode(std::span<double> out, std::size_t first = 0) const;
    bool isMissing() const { return m_exactMicros && m_micros.isMissing(); } ///< no row has a value
    /// The numbers as whole microseconds, where all are; else null.
    const IntColumn *wholeMicros() const { return m_exactMicros ? &m_micros : nullptr; }
    std::size_t memoryBytes() const { return m_micros.memoryBytes() + m_values.size() * sizeof(double); }

    void serialize(std::string &out) const;
    /// As IntColumn::deserialize(). @error Parse
    static Result<RealColumn> deserialize(std::string_view &in, std::size_t rows, ColumnMemory memory = {});

private:
    // Whole microseconds where that reproduces every double exactly, else the doubles themselves.
    IntColumn m_micros;
    std::vector<double> m_values;
    bool m_exactMicros = true;
};

/// Rows of a segment, one bit each as in RowSet; empty if there are none.
using RowBits = std::vector<std::uint64_t>;

/// Columns to put in the place of a segment's.
using IntColumns = std::vector<std::pair<IntField, IntColumn>>;

/// A stretch of consecutive rows of all columns. Immutable: snapshots share segments between threads, and
/// segments share columns.
class Segment
{
public:
    /// Every segment but the last of a snapshot has exactly this many rows.
    static constexpr std::size_t kRows = 65'536;

    Segment();
    ~Segment();
    Segment(const Segment &) = delete;
    Segment &operator=(const Segment &) = delete;

    std::size_t rows() const { return m_rows; }
    const IntColumn &ints(IntField field) const { return *m_ints[static_cast<std::size_t>(field)]; }
    const RealColumn &reals(RealField field) const { return *m_reals[static_cast<std::size_t>(field)]; }
    const Uuid &uuid(std::size_t row) const { return m_uuids[row]; }
    /// All facts of one row: for the few, as it reads every column.
    FactRow row(std::size_t row) const;
    /// Smallest and largest timestamp [us]; smallest > largest if there are no rows.
    std::int64_t earliestUs() const { return m_earliestUs; }
    std::int64_t latestUs() const { return m_latestUs; }
    /// True if some row has the flag.
    bool anyFlag(EventFlag flag) const { return (m_allFlags & flag) != 0; }
    /// The rows of a kind. Made on first use, then shared.
    const RowBits &rowsOfKind(EventKind kind) const;
    /// The rows without a cost, but errors without any token count: those cost nothing. Made on first use,
    /// then shared.
    const RowBits &unpricedRows(CostMode mode) const;
    /// Bits of the issues that each event's own columns tell (rowissues.h); empty if there are none. Made on
    /// first use, then shared. @p snapshot  any that the segment is of
    const std::vector<std::uint16_t> &rowIssues(const Snapshot &snapshot) const;
    std::size_t memoryBytes() const; ///< shared columns included

    /// The same rows with other columns in some places; all others, and what was derived from them, are
    /// shared with this segment. For cost columns and flags: not for timestamps and kinds.
    std::shared_ptr<const Segment> with(IntColumns columns) const;

    /// Self-describing bytes for the store; fields that a newer version added are left out when read by an
    /// older one, and fields that an older version did not know read as missing.
    std::string serialize() const;
    /// @error Parse if the bytes are not a segment
    static Result<std::shared_ptr<const Segment>> deserialize(std::string_view bytes);
    /// The same for bytes that the segment may keep: its columns lie where they are.
    static Result<std::shared_ptr<const Segment>> deserialize(const ColumnMemory &memory, std::size_t size);

private:
    friend class SegmentBuilder;
    struct Derived;
    void summarise();

    std::array<std::shared_ptr<const IntColumn>, kIntFieldCount> m_ints;
    std::array<std::shared_ptr<const RealColumn>, kRealFieldCount> m_reals;
    std::shared_ptr<const Uuid[]> m_uuids;
    std::size_t m_rows = 0;
    std::int64_t m_earliestUs = std::numeric_limits<std::int64_t>::max();
    std::int64_t m_latestUs = std::numeric_limits<std::int64_t>::min();
    std::int64_t m_allFlags = 0; ///< flags that some row has
    std::unique_ptr<Derived> m_derived;
};

/// Collects rows and freezes them into a Segment.
class SegmentBuilder
{
public:
    SegmentBuilder() = default;
    explicit SegmentBuilder(const Segment &segment); ///< to append to it or to change rows

    std::size_t rows() const { return m_uuids.size(); }
    bool full() const { return rows() >= Segment::kRows; }
    void append(const FactRow &row);
    void set(std::size_t row, const FactRow &facts);
    FactRow row(std::size_t row) const;
    void clear();
    std::shared_ptr<const Segment> freeze() const;

private:
    // By column, as freeze() encodes column after column.
    std::array<std::vector<std::int64_t>, kIntFieldCount> m_ints;
    std::array<std::vector<double>, kRealFieldCount> m_reals;
    std::vector<Uuid> m_uuids;
};

} // namespace genscope
