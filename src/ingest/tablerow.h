// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/dumpformat.h"
#include "ingest/rowmapping.h"

#include <span>

namespace genscope {

/// Takes one row of a table into @p parsed: an event, content, a person, or a reject at @p line. Formats that
/// read tables (CSV, query answers) share it. @thread several at once, with a parser each
void parseRow(const RowMapping &table, std::span<const json::Value> row, std::int64_t line,
              EventParser &parser, const KnownText &isKnown, ParsedChunk &parsed);

} // namespace genscope
