// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"

#include <memory>

namespace genscope {

/// Reads a property of every event into codes: the only field that costs something to open.
/// @error Database, Cancelled
Result<std::shared_ptr<const FieldReader>> readPropertyField(const PropertyPath &path,
                                                             const DataContext &context);

} // namespace genscope
