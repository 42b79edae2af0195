// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The loops that columns are read with, against one number at a time.
#include "analytics/bytes.h"
#include "analytics/columns.h"
#include "analytics/widen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>

using namespace genscope;

namespace {

std::vector<std::int64_t> randomNumbers(std::mt19937_64 &random)
{
    const auto bits = static_cast<int>(random() % 64);
    const auto base = static_cast<std::int64_t>(random() >> (random() % 63 + 1));
    const auto step = static_cast<std::int64_t>(random() % 3 == 0 ? 1 + random() % 100'000 : 1);
    std::vector<std::int64_t> values(random() % 300 + 1);
    for (std::int64_t &value : values) {
        const auto offset = static_cast<std::int64_t>(random() >> (63 - bits));
        const auto stepped =
            static_cast<std::int64_t>(static_cast<std::uint64_t>(offset) * static_cast<std::uint64_t>(step));
        value = random() % 10 == 0 ? kMissing : (base ^ stepped);
    }
    return values;
}

TEST(Widen, NumbersAndRangesAreThoseOfEachRow)
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 500; ++round) {
        const auto values = randomNumbers(random);
        const IntColumn column = IntColumn::encode(values);
        std::vector<std::int64_t> decoded(values.size());
        column.decode(decoded);
        ASSERT_EQ(decoded, values);
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        ASSERT_EQ(column.range(), std::pair(*least, *most));
    }
}

TEST(Widen, TheRangeOfADamagedColumnIsStillThatOfItsNumbers)
{
    // Numbers that wrap around: 1 stands for -5, 2 and more for what a step of 2^63 leads to.
    std::string text;
    putNumber(text, std::uint8_t{0x81});
    putNumber(text, std::int64_t{-5});
    putNumber(text, std::uint64_t{1} << 63);
    text += {1, 2, 3, 2};
    std::string_view in = text;
    const auto column = IntColumn::deserialize(in, 4);
    ASSERT_TRUE(column.ok());
    std::vector<std::int64_t> values(4);
    column->decode(values);
    EXPECT_EQ(values.front(), -5);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    EXPECT_EQ(column->range(), std::pair(*least, *most));
    EXPECT_EQ(column->at(1), values[1]);
}

TEST(Widen, CodesAreTheNumbers)
{
    std::mt19937_64 random(8);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::int64_t> values(random() % 100 + 1);
        const std::uint64_t step = random() % 2 == 0 ? 1 : 1 + random() % 1000;
        for (std::int64_t &value : values)
            value = static_cast<std::int64_t>((random() >> (32 + random() % 32)) / step * step);
        std::vector<std::uint32_t> codes(values.size());
        IntColumn::encode(values).decodeCodes(codes);
        for (std::size_t i = 0; i < values.size(); ++i)
            ASSERT_EQ(codes[i], values[i]);
    }
}

TEST(Widen, SecondsAreTheQuotientToTheLastBit)
{
    std::mt19937_64 random(9);
    for (const int bits : {20, 40, 50, 51, 52, 53}) {
        std::vector<std::int64_t> micros;
        for (int i = 0; i < 1001; ++i) {
            const auto number = static_cast<std::int64_t>(random() >> (64 - bits));
            micros.push_back(random() % 2 == 0 ? number : -number);
        }
        micros[3] = 0;
        micros[500] = kMissing;
        std::vector<double> seconds(micros.size());
        secondsOfMicros(micros, seconds);
        for (std::size_t i = 0; i < micros.size(); ++i) {
            if (micros[i] == kMissing) {
                EXPECT_TRUE(std::isnan(seconds[i]));
                continue;
            }
            ASSERT_EQ(std::bit_cast<std::uint64_t>(seconds[i]),
                      std::bit_cast<std::uint64_t>(static_cast<double>(micros[i]) / 1e6))
                << micros[i];
        }
    }
}

TEST(Widen, ColumnsKeepTheMemoryThatTheyLieIn)
{
    SegmentBuilder builder;
    for (int row = 0; row < 3000; ++row) {
        FactRow facts;
        facts[IntField::Timestamp] = 1'750'000'000'000'000 + row * 1000;
        facts[IntField::Trace] = row % 700;
        facts[RealField::Latency] = row / 8.0;
        facts.uuid = Uuid::derivedFrom(std::to_string(row));
        builder.append(facts);
    }
    const auto built = builder.freeze();
    std::shared_ptr<const Segment> read;
    IntColumn traces;
    {
        const std::string bytes = built->serialize();
        const auto memory = makeColumnMemory(bytes.size());
        std::copy(bytes.begin(), bytes.end(), memory.get());
        read = *Segment::deserialize(memory, bytes.size());
        traces = read->ints(IntField::Trace);
    }
    ASSERT_EQ(read->rows(), built->rows());
    EXPECT_EQ(read->memoryBytes(), built->memoryBytes());
    EXPECT_EQ(read->serialize(), built->serialize());
    for (const std::size_t row : {0u, 1u, 2999u})
        EXPECT_EQ(read->uuid(row), built->uuid(row));
    read.reset();
    EXPECT_EQ(traces.at(2999), 2999 % 700);
}

} // namespace
