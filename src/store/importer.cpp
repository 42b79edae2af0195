// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/importer.h"

#include "store/connection.h"

namespace genscope {

Status ensureStore(const QString &path)
{
    const auto connection = Connection::open(path, Connection::Access::Create);
    if (!connection)
        return connection.error();
    return Done{};
}

} // namespace genscope
