// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/fieldunit.h"

namespace genscope {

Unit unitOf(const Field &field)
{
    switch (field.id) {
    case Field::Id::Cost:
    case Field::Id::CostInput:
    case Field::Id::CostOutput:
    case Field::Id::CostCacheRead:
    case Field::Id::CostCacheWrite:
    case Field::Id::CostRequest:
    case Field::Id::CostWebSearch:
        return Unit::Usd;
    case Field::Id::Latency:
    case Field::Id::TimeToFirstToken:
        return Unit::Seconds;
    case Field::Id::TokensPerSecond:
        return Unit::TokensPerSecond;
    case Field::Id::InputTokens:
    case Field::Id::OutputTokens:
    case Field::Id::CacheReadTokens:
    case Field::Id::CacheWriteTokens:
    case Field::Id::ReasoningTokens:
    case Field::Id::TotalTokens:
        return Unit::Tokens;
    default:
        return Unit::None;
    }
}

} // namespace genscope
