// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "analytics/resulttable.h"

namespace genscope {

/// What the numbers of a built-in field are counted in; None for texts, codes, instants and numbers that are
/// not amounts (`http_status`, `hour_of_day`), and for properties, of which nobody knows.
Unit unitOf(const Field &field);

} // namespace genscope
