// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/syncrun.h"

#include <QString>

namespace genscope {

/// What a sync does at the moment: `history, 40 % done`.
QString doingWords(const SyncProgress &progress);

} // namespace genscope
