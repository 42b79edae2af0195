// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// Readers behind openField(). Each holds on to its snapshot.

/// Text: codes that a function makes of columns, and texts of codes.
class CodeReader : public FieldReader
{
public:
    using ValueOf = std::function<std::string_view(std::uint32_t code)>;
    /// Writes the codes of the rows @c first .. first + out.size() - 1 of a segment.
    using ReadCodes =
        std::function<void(std::size_t segment, std::size_t first, std::span<std::uint32_t> out)>;

    CodeReader(std::shared_ptr<const Snapshot> snapshot, std::uint32_t valueCount, ValueOf valueOf,
               ReadCodes readCodes);

    Type type() const final { return Type::Text; }
    std::uint32_t valueCount() const final { return m_valueCount; }
    std::string_view value(std::uint32_t code) const final { return m_valueOf(code); }
    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const final;
    std::uint32_t codeAt(std::size_t row) const final;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    std::uint32_t m_valueCount;
    ValueOf m_valueOf;
    ReadCodes m_readCodes;
};

/// Integer, Boolean, Money and Instant: numbers that a function makes of columns.
class IntReader final : public FieldReader
{
public:
    /// Writes the numbers of the rows @c first .. first + out.size() - 1 of a segment.
    using ReadInts = std::function<void(std::size_t segment, std::size_t first, std::span<std::int64_t> out)>;

    IntReader(std::shared_ptr<const Snapshot> snapshot, Type type, ReadInts readInts);

    Type type() const override { return m_type; }
    std::span<const std::int64_t> ints(std::size_t segment,
                                       std::vector<std::int64_t> &scratch) const override;
    std::int64_t intAt(std::size_t row) const override;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    Type m_type;
    ReadInts m_readInts;
};

class RealReader final : public FieldReader
{
public:
    RealReader(std::shared_ptr<const Snapshot> snapshot, RealField field);

    Type type() const override { return Type::Real; }
    std::span<const double> reals(std::size_t segment, std::vector<double> &scratch) const override;
    double realAt(std::size_t row) const override;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    RealField m_field;
};

/// Output tokens per second of each call; NaN for errors, and where one of both is missing or not positive.
class SpeedReader final : public FieldReader
{
public:
    explicit SpeedReader(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot)) {}

    Type type() const override { return Type::Real; }
    std::span<const double> reals(std::size_t segment, std::vector<double> &scratch) const override;
    double realAt(std::size_t row) const override;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
};

/// Codes are of sets of tools, members are single tools.
class ToolReader final : public FieldReader
{
public:
    explicit ToolReader(std::shared_ptr<const Snapshot> snapshot);

    Type type() const override { return Type::Text; }
    std::uint32_t valueCount() const override;
    std::string_view value(std::uint32_t code) const override;
    bool manyValued() const override { return true; }
    std::uint32_t memberCount() const override { return m_names.size(); }
    std::string_view member(std::uint32_t member) const override { return m_names.at(member); }
    std::span<const std::uint32_t> membersOf(std::uint32_t code) const override;
    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const override;
    std::uint32_t codeAt(std::size_t row) const override;

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    Dictionary m_names;
    std::vector<std::uint32_t> m_members; ///< of all sets, one after the other
    std::vector<std::uint32_t> m_begins;  ///< where each set's members begin, and the end
};

/// The uuid as text. Every row has its own code; texts are made for a segment when one of it is asked for.
class UuidReader final : public FieldReader
{
public:
    explicit UuidReader(std::shared_ptr<const Snapshot> snapshot);

    Type type() const override { return Type::Text; }
    std::uint32_t valueCount() const override;
    std::string_view value(std::uint32_t code) const override;
    std::span<const std::uint32_t> codes(std::size_t segment,
                                         std::vector<std::uint32_t> &scratch) const override;
    std::uint32_t codeAt(std::size_t row) const override { return static_cast<std::uint32_t>(row) + 1; }

private:
    struct Texts
    {
        std::once_flag once;
        std::string bytes;
    };
    std::shared_ptr<const Snapshot> m_snapshot;
    std::unique_ptr<Texts[]> m_texts;
};

/// Latencies beyond this (about 30 years) do not move a start.
inline constexpr double kLongestLatencySeconds = 1e9;

/// When a call began: its timestamp, less the latency where the timestamp is its end.
std::int64_t startedUs(std::int64_t timestampUs, std::int64_t flags, double latencySeconds);

/// Input and output tokens together; missing where both are.
void readTotalTokens(const Segment &segment, std::size_t first, std::span<std::int64_t> out);

} // namespace genscope
