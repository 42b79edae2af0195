// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The filter language: text from the filter bar, the command line and saved views.

#include "analytics/filter.h"
#include "fuzz/fuzzing.h"

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzzing::textOf(data, size);
    const auto problem = Filter::check(text);
    const auto filter = Filter::parse(text);
    fuzzing::require(filter.ok() == !problem.has_value(), "check() and parse() agree");
    if (problem)
        fuzzing::require(problem->offset + problem->length <= size, "a problem lies inside of the text");
    if (!filter)
        return 0;
    const auto again = Filter::parse(filter->toString());
    fuzzing::require(again.ok() && *again == *filter, "a printed filter reads back as itself");
    fuzzing::require(Filter::all(filter->conjuncts()) == *filter, "the chips make the filter");
    return 0;
}
