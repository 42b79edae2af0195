// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/usage.h"
#include "ingest/scalars.h"

namespace genscope {

/// Everything cost rules read: explicit properties, and what only `$ai_usage`, the provider's raw answer,
/// tells (posthog-semantics 2.9).
Usage usageOf(const CapturedObject &object, NumberReader &numbers);

} // namespace genscope
