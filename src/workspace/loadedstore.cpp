// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/loadedstore.h"

#include "store/importer.h"
#include "store/pricetable.h"
#include "store/schema.h"

#include <utility>

namespace genscope {

Result<LoadedStore> loadStore(const QString &path, OpenMode mode, const StopToken &stop)
{
    const StoreFile file = inspectStoreFile(path);
    const bool older = file.kind == StoreFile::Kind::Store && file.schemaVersion < currentSchemaVersion();
    if (older || (mode == OpenMode::CreateIfMissing && file.kind == StoreFile::Kind::Missing)) {
        if (const auto made = ensureStore(path); !made)
            return made.error();
    }
    const StoreAccess::FileState state = StoreAccess::stateOf(path);
    auto reader = StoreReader::open(path);
    if (!reader)
        return reader.error();
    auto snapshot = (*reader)->loadSnapshot(stop);
    if (!snapshot)
        return snapshot.error();
    auto prices = priceBookOf(path);
    if (!prices)
        return prices.error();
    return LoadedStore{state, std::move(*reader), std::move(*snapshot),
                       std::make_shared<StorePricing>(std::move(*prices))};
}

} // namespace genscope
