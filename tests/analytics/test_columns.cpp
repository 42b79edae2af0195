// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/columns.h"
#include "core/event.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>

using namespace genscope;

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
const double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<std::int64_t> decoded(const IntColumn &column)
{
    std::vector<std::int64_t> values(column.rows());
    column.decode(values);
    return values;
}

void expectRoundTrip(const std::vector<std::int64_t> &values, std::size_t bytesPerRow)
{
    const IntColumn column = IntColumn::encode(values);
    EXPECT_EQ(column.memoryBytes(), values.size() * bytesPerRow);
    EXPECT_EQ(decoded(column), values);
    for (std::size_t row = 0; row < values.size(); ++row)
        ASSERT_EQ(column.at(row), values[row]) << row;

    std::string bytes;
    column.serialize(bytes);
    std::string_view in = bytes;
    const auto again = IntColumn::deserialize(in, values.size());
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(in.empty());
    EXPECT_EQ(decoded(*again), values);
}

TEST(IntColumn, TakesAsFewBytesAsTheSpreadNeeds)
{
    expectRoundTrip({}, 0);
    expectRoundTrip({7, 7, 7}, 0);
    expectRoundTrip({kMissing, kMissing}, 0);
    expectRoundTrip({7, kMissing}, 1);
    expectRoundTrip({1'000'000, 1'000'254}, 1);
    expectRoundTrip({1'000'000, 1'000'001, 1'000'255}, 2);
    expectRoundTrip({-5, -4, 65'529, kMissing}, 2);
    expectRoundTrip({-5, -4, 65'530}, 4);
    expectRoundTrip({0, 1, 4'294'967'294}, 4);
    expectRoundTrip({0, 1, 4'294'967'295}, 8);
    expectRoundTrip({kMissing + 1, kMissing + 2, kMax, 0, kMissing}, 8);
}

TEST(IntColumn, CountsInTheStepThatAllValuesShare)
{
    constexpr std::int64_t kMilli = 1'000; // microseconds
    constexpr std::int64_t kStart = 1'700'000'000'123 * kMilli;
    expectRoundTrip({kStart, kMissing, kStart + 36'000'001 * kMilli, kStart + 5 * kMilli}, 4);
    expectRoundTrip({kStart, kMissing, kStart + 36'000'001 * kMilli, kStart + 5 * kMilli + 1}, 8);
    constexpr std::int64_t kTokenPrice = 2'500'000; // picodollars
    expectRoundTrip({0, kTokenPrice, kTokenPrice * 1'000'003, kTokenPrice * 7}, 4);
    expectRoundTrip({-kTokenPrice * 40'000, kTokenPrice, 0}, 2);
    expectRoundTrip({std::numeric_limits<std::int64_t>::min() + 1, kMax, -1}, 8);
}

TEST(IntColumn, IsEqualByItsValues)
{
    const IntColumn steps = IntColumn::encode(std::vector<std::int64_t>{0, 70'000, 140'000});
    EXPECT_EQ(steps, IntColumn::encode(std::vector<std::int64_t>{0, 70'000, 140'000}));
    EXPECT_FALSE(steps == IntColumn::encode(std::vector<std::int64_t>{0, 70'000, 140'001}));
    EXPECT_FALSE(steps == IntColumn::encode(std::vector<std::int64_t>{0, 70'000}));
    // A column that an earlier version wrote, without steps: four bytes a value, counted from 1.
    std::string text = {4, 0, 0, 0, 0, 0, 0, 0, 0};
    for (const std::uint32_t raw : {1u, 70'001u, 140'001u}) {
        for (int shift = 0; shift < 32; shift += 8)
            text += static_cast<char>(raw >> shift & 0xff);
    }
    std::string_view in = text;
    const auto plain = IntColumn::deserialize(in, 3);
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(*plain, steps);
}

TEST(IntColumn, AWrittenStepOfNothingIsDamage)
{
    std::string text;
    IntColumn::encode(std::vector<std::int64_t>{0, 1'000'000, 70'000'000'000}).serialize(text);
    ASSERT_EQ(text[0], static_cast<char>(0x84)) << "four bytes a value, with a step";
    std::fill_n(text.begin() + 9, 8, '\0');
    std::string_view in = text;
    EXPECT_FALSE(IntColumn::deserialize(in, 3).ok());
}

TEST(IntColumn, RandomColumnsComeBack)
{
    std::mt19937_64 random(1);
    for (int round = 0; round < 200; ++round) {
        const auto bits = static_cast<int>(random() % 64);
        const auto base = static_cast<std::int64_t>(random() >> (random() % 63 + 1));
        std::vector<std::int64_t> values(random() % 300 + 2);
        for (std::int64_t &value : values) {
            const auto offset = static_cast<std::int64_t>(random() >> (63 - bits));
            value = random() % 10 == 0 ? kMissing : (base ^ offset);
        }
        const IntColumn column = IntColumn::encode(values);
        ASSERT_EQ(decoded(column), values);
        const std::size_t first = random() % values.size();
        std::vector<std::int64_t> tail(values.size() - first);
        column.decode(tail, first);
        ASSERT_EQ(tail, std::vector<std::int64_t>(values.begin() + static_cast<std::ptrdiff_t>(first),
                                                  values.end()));
    }
}

TEST(IntColumn, CodesAreDecodedNarrow)
{
    const IntColumn column = IntColumn::encode(std::vector<std::int64_t>{0, 3, 4'000'000'000, 1});
    std::vector<std::uint32_t> codes(4);
    column.decodeCodes(codes);
    EXPECT_EQ(codes, (std::vector<std::uint32_t>{0, 3, 4'000'000'000u, 1}));
}

std::vector<std::uint64_t> bitsOf(const std::vector<double> &values)
{
    std::vector<std::uint64_t> bits;
    for (const double value : values)
        bits.push_back(std::isnan(value) ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(value));
    return bits;
}

void expectRealRoundTrip(const std::vector<double> &values, std::size_t bytesPerRow)
{
    const RealColumn column = RealColumn::encode(values);
    EXPECT_EQ(column.memoryBytes(), values.size() * bytesPerRow);
    std::vector<double> out(values.size());
    column.decode(out);
    EXPECT_EQ(bitsOf(out), bitsOf(values));
    for (std::size_t row = 0; row < values.size(); ++row)
        ASSERT_EQ(bitsOf({column.at(row)}), bitsOf({values[row]}));

    std::string bytes;
    column.serialize(bytes);
    std::string_view in = bytes;
    const auto again = RealColumn::deserialize(in, values.size());
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(in.empty());
    again->decode(out);
    EXPECT_EQ(bitsOf(out), bitsOf(values));
}

TEST(RealColumn, MicrosecondsAreKeptNarrowAndEverythingElseAsItIs)
{
    expectRealRoundTrip(std::vector<double>{}, 0);
    expectRealRoundTrip({kNan, kNan}, 0);
    expectRealRoundTrip({1.234, 0.0, kNan, 12.5}, 2); // in steps of 2 ms
    expectRealRoundTrip({1.234567, 0.0, kNan, 12.5}, 4);
    expectRealRoundTrip({0.1, 0.100001}, 1);
    expectRealRoundTrip({0.046000003814697266, 1.0}, 8); // a float that became a double
    expectRealRoundTrip({-0.0, 1.0}, 8);
    expectRealRoundTrip({1e300, std::numeric_limits<double>::infinity(), kNan}, 8);
    expectRealRoundTrip({std::numeric_limits<double>::denorm_min()}, 8);
}

TEST(RealColumn, EveryMillisecondReadingIsMicroseconds)
{
    std::mt19937_64 random(2);
    std::vector<double> values(5000);
    for (double &value : values)
        value = static_cast<double>(random() % 100'000'000) / 1000.0;
    expectRealRoundTrip(values, 4); // 100,000 s is more than 32 bits of microseconds, but not of milliseconds
    for (double &value : values)
        value = static_cast<double>(random() % 60'000) / 1000.0;
    expectRealRoundTrip(values, 2);
}

FactRow randomRow(std::mt19937_64 &random)
{
    FactRow row;
    for (std::uint8_t &byte : row.uuid.bytes)
        byte = static_cast<std::uint8_t>(random());
    for (int i = 0; i < kIntFieldCount; ++i) {
        const auto field = static_cast<IntField>(i);
        if (random() % 3 == 0)
            continue;
        const std::int64_t largest = isDictionaryField(field) ? 1000 : std::int64_t{1} << (i % 60);
        row[field] = static_cast<std::int64_t>(random()) % (largest + 1);
        if (isDictionaryField(field))
            row[field] = std::abs(row[field]);
    }
    if (random() % 2 == 0)
        row[RealField::Latency] = static_cast<double>(random() % 10'000) / 1000;
    return row;
}

void expectSame(const FactRow &actual, const FactRow &expected)
{
    EXPECT_EQ(actual.uuid, expected.uuid);
    EXPECT_EQ(actual.ints, expected.ints);
    EXPECT_EQ(bitsOf({actual.reals.begin(), actual.reals.end()}),
              bitsOf({expected.reals.begin(), expected.reals.end()}));
}

TEST(Segment, RandomRowsSurviveFreezingAndTheStore)
{
    std::mt19937_64 random(3);
    std::vector<FactRow> rows;
    SegmentBuilder builder;
    for (int i = 0; i < 1000; ++i) {
        rows.push_back(randomRow(random));
        builder.append(rows.back());
    }
    const auto segment = builder.freeze();
    const auto restored = Segment::deserialize(segment->serialize());
    ASSERT_TRUE(restored.ok());
    ASSERT_EQ((*restored)->rows(), rows.size());
    EXPECT_EQ((*restored)->earliestUs(), segment->earliestUs());
    EXPECT_EQ((*restored)->latestUs(), segment->latestUs());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        expectSame(segment->row(i), rows[i]);
        expectSame((*restored)->row(i), rows[i]);
    }
}

TEST(Segment, BuilderContinuesAndChangesAFrozenSegment)
{
    std::mt19937_64 random(4);
    const FactRow first = randomRow(random);
    const FactRow second = randomRow(random);
    const FactRow third = randomRow(random);
    SegmentBuilder builder;
    builder.append(first);
    builder.append(second);
    SegmentBuilder next(*builder.freeze());
    next.append(third);
    next.set(0, second);
    const auto segment = next.freeze();
    ASSERT_EQ(segment->rows(), 3u);
    expectSame(segment->row(0), second);
    expectSame(segment->row(1), second);
    expectSame(segment->row(2), third);
    expectSame(next.row(2), third);
    next.clear();
    EXPECT_EQ(next.rows(), 0u);
}

TEST(Segment, BuilderTakesTheFirstValueOfAColumnAtAnyRow)
{
    FactRow silent; // nothing but a name, as rows of most columns
    silent[IntField::EventName] = 1;
    FactRow telling = silent;
    telling[IntField::Kind] = 0;
    telling[IntField::HttpStatus] = 200;
    telling[IntField::WebSearchCount] = 3;
    SegmentBuilder builder;
    builder.append(silent);
    builder.append(telling);
    builder.append(silent);
    expectSame(builder.row(0), silent);
    expectSame(builder.row(1), telling);
    expectSame(builder.freeze()->row(2), silent);

    FactRow changed = silent;
    changed[IntField::ServiceTier] = 5; // in no row before
    SegmentBuilder next(*builder.freeze());
    next.set(0, changed);
    next.set(1, silent); // takes values away
    next.append(telling);
    const auto segment = next.freeze();
    expectSame(segment->row(0), changed);
    expectSame(segment->row(1), silent);
    expectSame(segment->row(2), silent);
    expectSame(segment->row(3), telling);
    EXPECT_TRUE(segment->ints(IntField::AudioInputTokens).isMissing());

    next.clear();
    next.append(silent);
    expectSame(next.freeze()->row(0), silent);
}

TEST(Segment, OtherCostColumnsShareEverythingElse)
{
    std::mt19937_64 random(6);
    SegmentBuilder builder;
    for (int i = 0; i < 100; ++i)
        builder.append(randomRow(random));
    const auto segment = builder.freeze();
    const std::vector<std::int64_t> costs(segment->rows(), 7);
    IntColumns columns;
    columns.emplace_back(IntField::BookInput, IntColumn::encode(costs));
    const auto other = segment->with(std::move(columns));

    ASSERT_EQ(other->rows(), segment->rows());
    EXPECT_EQ(other->earliestUs(), segment->earliestUs());
    EXPECT_EQ(other->anyFlag(IsErrorFlag), segment->anyFlag(IsErrorFlag));
    for (std::size_t i = 0; i < segment->rows(); ++i) {
        FactRow expected = segment->row(i);
        expected[IntField::BookInput] = 7;
        expectSame(other->row(i), expected);
    }
    EXPECT_EQ(&other->ints(IntField::Timestamp), &segment->ints(IntField::Timestamp));
    EXPECT_EQ(&other->reals(RealField::Latency), &segment->reals(RealField::Latency));
    EXPECT_EQ(&other->uuid(0), &segment->uuid(0));
    EXPECT_EQ(&other->rowsOfKind(EventKind::Generation), &segment->rowsOfKind(EventKind::Generation));
}

TEST(Segment, ANewRowSaysNothing)
{
    const FactRow row;
    EXPECT_EQ(row[IntField::Model], 0);
    EXPECT_EQ(row[IntField::Flags], 0);
    EXPECT_EQ(row[IntField::InputTokens], kMissing);
    EXPECT_EQ(row[groupIntField(3)], 0);
    EXPECT_TRUE(std::isnan(row[RealField::Latency]));
}

TEST(Segment, ColumnsThatAreUnknownArePassedOverAndAbsentOnesAreMissing)
{
    SegmentBuilder builder;
    FactRow row;
    row[IntField::Model] = 3;
    row[IntField::Timestamp] = 77;
    builder.append(row);
    std::string bytes = builder.freeze()->serialize();
    // Behind magic (4), row count (4), one uuid (16) and column count (2), each column is tag, field, length.
    const std::size_t firstColumn = 4 + 4 + 16 + 2;
    ASSERT_EQ(bytes[firstColumn + 1], static_cast<char>(IntField::Timestamp));
    bytes[firstColumn + 1] = char(200); // a field of the future
    const auto read = Segment::deserialize(bytes);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ((*read)->row(0)[IntField::Timestamp], kMissing);
    EXPECT_EQ((*read)->row(0)[IntField::Model], 3);
}

TEST(Segment, DamagedBytesAreAnErrorNotACrash)
{
    std::mt19937_64 random(5);
    SegmentBuilder builder;
    for (int i = 0; i < 20; ++i)
        builder.append(randomRow(random));
    const std::string good = builder.freeze()->serialize();
    for (std::size_t length = 0; length < good.size(); ++length)
        ASSERT_FALSE(Segment::deserialize(std::string_view(good).substr(0, length)).ok()) << length;
    EXPECT_FALSE(Segment::deserialize(good + "x").ok());
    for (int round = 0; round < 2000; ++round) {
        std::string bad = good;
        bad[random() % bad.size()] = static_cast<char>(random());
        const auto read = Segment::deserialize(bad); // either refused or another sound segment
        if (read) {
            EXPECT_LE((*read)->rows(), Segment::kRows);
        }
    }
}

} // namespace
