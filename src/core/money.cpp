// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"

#include "core/decimal.h"

namespace genscope {

std::string Money::toString() const
{
    return Decimal(pico, 12).toString();
}

Money Money::dividedBy(std::int64_t count) const
{
    const Int128 quotient = pico / count;
    const Int128 rest = pico % count;
    const Int128 magnitude = rest < 0 ? -rest : rest;
    const Int128 away = magnitude * 2 >= count ? 1 : 0;
    return {quotient + (pico < 0 ? -away : away)};
}

} // namespace genscope
