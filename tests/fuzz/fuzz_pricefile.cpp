// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Price lists of every kind that can be imported or fetched: CSV, our JSON, LiteLLM's, OpenRouter's answers.

#include "fuzz/fuzzing.h"
#include "pricing/openrouter.h"
#include "pricing/pricefile.h"

using namespace genscope;

namespace {

/// What is read can stand as a price, and is what it was after it was written and read again.
void check(const Result<PriceFile> &file)
{
    if (!file)
        return;
    for (const PriceRow &row : file->rows)
        fuzzing::require(rateProblem(row.unit, row.rate).isEmpty(), "a price that is read can be one");
    const auto again =
        readPriceFile(QByteArray::fromStdString(pricesAsCsv(file->rows)), QStringLiteral("again.csv"), {});
    fuzzing::require(file->rows.empty() || (again.ok() && again->rows == file->rows),
                     "prices written as CSV are read as they were");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzzing::textOf(data, size);
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const QString name = QStringLiteral("fuzzed");
    check(readPriceFile(bytes, name, "fuzzed"));
    (void)readPriceCsv(text, name);
    (void)readLiteLlmPrices(bytes, name);
    (void)parseOpenRouterModels(bytes);
    (void)parseOpenRouterEndpoints(bytes);
    (void)readPriceBook(bytes, name);
    return 0;
}
