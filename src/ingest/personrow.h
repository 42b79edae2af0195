// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "ingest/json.h"

#include <functional>
#include <string>

namespace genscope {

/// Whether @p object, which names no event, is a row of a persons export: it has a `person_id` and versions.
bool isPersonRow(json::Value object);
/// Whether @p object is a person as the API lists them: `{"id", "distinct_ids": [...], "properties"}`.
bool isListedPerson(json::Value object);

/// What a row says of a person: its `properties` as of `_inserted_at` (else `created_at`), whose person the
/// `distinct_id` is, or that it `is_deleted`. A `person_version` orders rows of the same time.
/// @error Parse: it names nobody
Result<Event> personOf(json::Value row);
/// One row for every distinct id.
void rowsOfListedPerson(json::Value object, const std::function<void(std::string &&json)> &take);

} // namespace genscope
