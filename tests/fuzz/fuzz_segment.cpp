// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Columns as a store holds them: a damaged store must not become wrong numbers or a crash.

#include "analytics/columns.h"
#include "fuzz/fuzzing.h"

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto segment = Segment::deserialize(fuzzing::textOf(data, size));
    if (!segment)
        return 0;
    const std::size_t rows = (*segment)->rows();
    if (rows > 0) {
        (void)(*segment)->row(0);
        (void)(*segment)->row(rows - 1);
    }
    const auto again = Segment::deserialize((*segment)->serialize());
    fuzzing::require(again.ok() && (*again)->rows() == rows, "a written segment reads back");
    return 0;
}
