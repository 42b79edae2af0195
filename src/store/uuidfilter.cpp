// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/uuidfilter.h"

#include <xxhash.h>

namespace genscope {

std::uint64_t UuidFilter::hashOf(const Uuid &uuid)
{
    return XXH3_64bits(uuid.bytes.data(), uuid.bytes.size());
}

} // namespace genscope
