// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/uuidfilter.h"

#include <gtest/gtest.h>

namespace genscope {
namespace {

Uuid numbered(std::uint64_t number)
{
    Uuid uuid;
    for (std::size_t i = 0; i < 8; ++i)
        uuid.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return uuid;
}

TEST(UuidFilter, NeverForgetsAUuidAndSeldomTakesANewOneForKnown)
{
    constexpr std::uint64_t kCount = 200'000;
    UuidFilter filter;
    std::uint64_t takenForKnown = 0;
    for (std::uint64_t i = 0; i < kCount; ++i)
        takenForKnown += filter.insert(numbered(i)) ? 0u : 1u;
    EXPECT_LT(takenForKnown, 20u);
    for (std::uint64_t i = 0; i < kCount; ++i)
        ASSERT_FALSE(filter.insert(numbered(i))) << i;
}

} // namespace
} // namespace genscope
