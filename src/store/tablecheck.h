// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/connection.h"
#include "store/eventcheck.h"
#include "store/propertycounter.h"
#include "store/verifyreport.h"

namespace genscope {

// The parts of verifyStore() that look at whole tables.

/// SQLite's own check of pages, indexes and constraints. @error Cancelled
Status checkDatabase(const Connection &connection, ProblemList &problems, const StopToken &stop);
/// Every text of a dictionary has one code.
void checkDictionaries(StoredDictionaries &dictionaries, ProblemList &problems);
/// Rows that refer to others refer to something. @error Database
Status checkReferences(const Connection &connection, ProblemList &problems);
/// Every group of an event is known as one. @error Database
Status checkGroups(const Connection &connection, ProblemList &problems);
/// The counts in `source` and `reject`. @param counts  of all events. @error Database
Status checkSources(const Connection &connection, const CheckCounts &counts, ProblemList &problems);
/// The counts in `property`. @param names  of all events. @error Database
Status checkProperties(const Connection &connection, PropertyCounter &names, ProblemList &problems);
/// Every block can be unpacked, and holds just the records that rows refer to. @error Database, Cancelled
Status checkBlocks(const Connection &connection, const CheckCounts &counts, ProblemList &problems,
                   const StopToken &stop);

} // namespace genscope
