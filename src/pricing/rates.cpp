// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/rates.h"

namespace genscope {

const Rates::ContextTier *Rates::tierOf(Int128 promptTokens) const
{
    const ContextTier *chosen = nullptr;
    for (const ContextTier &tier : contextTiers) {
        if (promptTokens > tier.minInputTokens && (!chosen || tier.minInputTokens > chosen->minInputTokens))
            chosen = &tier;
    }
    return chosen;
}

} // namespace genscope
