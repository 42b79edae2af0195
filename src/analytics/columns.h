// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/dictionary.h"
#include "core/result.h"
#include "core/uuid.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

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
};
inline constexpr int kIntFieldCount = static_cast<int>(IntField::Group0) + kMaxGroupTypes;
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
};

/// One event as numbers: what a row of the store's `event` table and a row of the columns hold.
struct FactRow
{
    Uuid uuid;
    std::array<std::int64_t, kIntFieldCount> ints{};
    std::array<double, kRealFieldCount> reals{};

    std::int64_t &operator[](IntField field) { return ints[static_cast<std::size_t>(field)]; }
    std::int64_t operator[](IntField field) const { return ints[static_cast<std::size_t>(field)]; }
    double &operator[](RealField field) { return reals[static_cast<std::size_t>(field)]; }
    double operator[](RealField field) const { return reals[static_cast<std::size_t>(field)]; }
};

/// Up to Segment::kRows whole numbers, stored as narrow offsets from their minimum; a column without values
/// takes no space.
class IntColumn
{
public:
    static IntColumn encode(std::span<const std::int64_t> values, std::int64_t emptyValue);

    std::int64_t at(std::size_t row) const;
    /// Writes rows 0 .. out.size()-1.
    void decode(std::span<std::int64_t> out) const;
    bool isConstant() const { return m_width == 0; } ///< every row has the value at(0)
    std::size_t memoryBytes() const { return m_bytes.size(); }

    void serialize(std::string &out) const;
    static Result<IntColumn> deserialize(std::string_view &in, std::size_t rows);

private:
    std::int64_t m_base = 0;  ///< value of raw 1; raw 0 is kMissing
    std::uint8_t m_width = 0; ///< bytes per value: 0, 1, 2, 4, 8; 0: constant
    std::vector<std::uint8_t> m_bytes;
};

class RealColumn
{
public:
    static RealColumn encode(std::span<const double> values);

    double at(std::size_t row) const;
    void decode(std::span<double> out) const;
    std::size_t memoryBytes() const;

    void serialize(std::string &out) const;
    static Result<RealColumn> deserialize(std::string_view &in, std::size_t rows);

private:
    // Whole microseconds in an IntColumn where that reproduces every double exactly, else the doubles
    // themselves.
    IntColumn m_micros;
    std::vector<double> m_values;
    bool m_exactMicros = false;
};

/// A stretch of consecutive rows of all columns. Immutable: snapshots share segments between threads.
class Segment
{
public:
    static constexpr std::size_t kRows =
        65'536; ///< every segment but the last of a snapshot has exactly this many

    std::size_t rows() const { return m_uuids.size(); }
    const IntColumn &ints(IntField field) const { return m_ints[static_cast<std::size_t>(field)]; }
    const RealColumn &reals(RealField field) const { return m_reals[static_cast<std::size_t>(field)]; }
    const Uuid &uuid(std::size_t row) const { return m_uuids[row]; }
    std::size_t memoryBytes() const;

    /// Self-describing bytes for the store; fields that a newer version added read as missing.
    std::string serialize() const;
    /// @error Parse if the bytes are not a segment
    static Result<std::shared_ptr<const Segment>> deserialize(std::string_view bytes);

private:
    friend class SegmentBuilder;
    std::array<IntColumn, kIntFieldCount> m_ints;
    std::array<RealColumn, kRealFieldCount> m_reals;
    std::vector<Uuid> m_uuids;
};

/// Collects rows and freezes them into a Segment.
class SegmentBuilder
{
public:
    SegmentBuilder() = default;
    explicit SegmentBuilder(const Segment &segment); ///< to append to it or to change rows

    std::size_t rows() const { return m_rows.size(); }
    bool full() const { return rows() == Segment::kRows; }
    void append(const FactRow &row) { m_rows.push_back(row); }
    void set(std::size_t row, const FactRow &facts) { m_rows[row] = facts; }
    const FactRow &row(std::size_t row) const { return m_rows[row]; }
    void clear() { m_rows.clear(); }
    std::shared_ptr<const Segment> freeze() const;

private:
    std::vector<FactRow> m_rows;
};

/// The value that a column has where an event says nothing: 0 for codes and flags, kMissing for numbers.
std::int64_t emptyValueOf(IntField field);
bool isDictionaryField(IntField field);
DictField dictFieldOf(IntField field); ///< only for dictionary fields

} // namespace genscope
