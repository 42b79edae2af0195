// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "ingest/importreport.h"
#include "store/storewriter.h"

#include <cstdint>
#include <map>
#include <string>

namespace genscope {

/// What became of events that are written in one transaction: counted in a report only once it is committed.
struct OutcomeTally
{
    std::int64_t newEvents = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t ignored = 0;
    std::int64_t rejected = 0;
    std::int64_t bytes = 0;
    std::map<std::string, std::int64_t> byEvent;

    void count(StoreWriter::Outcome outcome, const Event &event);
    std::int64_t events() const { return newEvents + duplicates + updated + ignored; }
    /// Everything but the rejects, of which a report keeps the words.
    void addTo(ImportReport &report) const;
};

} // namespace genscope
