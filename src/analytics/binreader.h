// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"

#include <memory>

namespace genscope {

/// The lower edge of the bin that each number of @p numbers is in.
/// @param field    with bins
/// @param numbers  of the field without them
/// @error Usage for fields that have no numbers; Cancelled
Result<std::shared_ptr<const FieldReader>>
binReader(const Field &field, std::shared_ptr<const FieldReader> numbers, const DataContext &context);

} // namespace genscope
