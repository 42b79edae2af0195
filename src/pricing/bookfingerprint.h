// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <cstdint>

namespace genscope {

/// A number that is the same for books that price every call the same by their rows, on every machine: stores
/// remember by it which book they were priced with. Part of the store's format. @thread any
std::int64_t fingerprintOf(const PriceBook &book);

} // namespace genscope
