// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers of `POST /query/`, as a server or whatever stands before it gives them.

#include "fuzz/fuzzing.h"
#include "ingest/normalise.h"
#include "sync/apifailure.h"
#include "sync/queryanswer.h"

using namespace genscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const ApiFailure failure = failureOf(504, {}, "application/json", body);
    fuzzing::require(failure.status == 504, "a failure is one, whatever its body");
    const auto answer = QueryAnswer::read(body);
    if (!answer)
        return 0;
    const std::size_t columns = answer->columns().size();
    for (std::size_t row = 0; row < answer->rowCount(); ++row) {
        fuzzing::require(answer->row(row).size() >= columns, "a short row is filled up");
        for (std::size_t column = 0; column <= columns; ++column)
            (void)answer->text(row, column);
    }
    EventParser parser;
    for (const std::size_t taken : {columns, columns / 2}) {
        const ParsedChunk records = answer->records(parser, taken);
        fuzzing::require(records.events.size() + records.rejects.size() <= answer->rowCount() * 2 + 1,
                         "a row is an event, or a reject, or a group");
    }
    return 0;
}
