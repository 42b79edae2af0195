// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/verifyreport.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>

namespace genscope {

class PriceBook;

/// How far a job that goes through all events of a store has come. @thread the job's
using EventProgress = std::function<void(std::int64_t eventsDone, std::int64_t eventsTotal)>;

struct VerifyOptions
{
    /// Null: costs by the price book are not compared with it, as it may have changed since they were made.
    std::shared_ptr<const PriceBook> prices;
    EventProgress onProgress;
};

/// Proves a store: reads the original bytes of every event again, and compares what they say with every
/// column, dictionary, count and table that was made from them. Reads only, on all cores, in bounded memory;
/// other programs may read and write meanwhile, and what they write is left out.
/// @error Io if the store cannot be opened, Database if it cannot be read at all, Cancelled
/// @thread any but the GUI's
Result<VerifyReport> verifyStore(const QString &path, const VerifyOptions &options, const StopToken &stop);

} // namespace genscope
