// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storereader.h"

#include "store/schema.h"

namespace genscope {

bool looksLikeStore(const QString &path)
{
    return inspectStoreFile(path).kind == StoreFile::Kind::Store;
}

} // namespace genscope
