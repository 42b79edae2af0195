// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Price files, and the matching of model names against what is in them.

#include "fuzz/fuzzing.h"
#include "pricing/pricebook.h"

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzzing::textOf(data, size);
    const auto book = PriceBook::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                          QStringLiteral("fuzzed"));
    const std::string_view name = text.substr(0, 64);
    (void)PriceBook::bundled()->find(name, 0);
    if (book)
        (void)(*book)->find(name, 300'000);
    return 0;
}
