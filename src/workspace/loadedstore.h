// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/columns.h"
#include "core/progress.h"
#include "core/result.h"
#include "store/storereader.h"
#include "workspace/pricing.h"
#include "workspace/storeaccess.h"

#include <QString>

#include <memory>

namespace genscope {

/// What is made of a store file before it can be shown.
struct LoadedStore
{
    StoreAccess::FileState state; ///< before it was read
    std::shared_ptr<const StoreReader> reader;
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<StorePricing> pricing;
};

enum class OpenMode { Existing, CreateIfMissing };

/// Reads a store whole. One of an older schema is migrated first, a missing one is made if @p mode says so.
/// @thread any; takes long on a large store, and ends early with Error::Kind::Cancelled when stopped
Result<LoadedStore> loadStore(const QString &path, OpenMode mode, const StopToken &stop);

} // namespace genscope
