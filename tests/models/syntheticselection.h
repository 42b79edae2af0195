// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/workspace.h"

#include "support/snapshotbuilder.h"

#include <memory>

namespace genscope::test {

/// A selection over events made by hand, without a store.
inline std::shared_ptr<const Selection> selectionOf(SnapshotBuilder &builder, const char *filter = "")
{
    auto selection = std::make_shared<Selection>();
    selection->snapshot = builder.build();
    if (*filter != 0)
        selection->scope.filter = *Filter::parse(filter);
    selection->context = makeQueryContext(selection->snapshot, &builder.source(), selection->scope, {});
    selection->rows = *selectRows(selection->scope, selection->context);
    selection->matchedEvents = static_cast<std::int64_t>(selection->rows.count());
    selection->storedEvents = static_cast<std::int64_t>(selection->snapshot->rows());
    return selection;
}

/// @p count generations at random, a second apart: for measuring.
std::shared_ptr<const Selection> manyGenerations(std::size_t count);

} // namespace genscope::test
