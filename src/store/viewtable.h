// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

#include <functional>
#include <string>
#include <vector>

namespace genscope {

/// A saved view as the store keeps it: the table `view`.
struct ViewRow
{
    std::string name; ///< unique, not empty
    std::string icon;
    std::string body; ///< a JSON object (workspace/savedview.h)

    bool operator==(const ViewRow &) const = default;
};

/// In the user's order. @error Database, and as Connection::open()
Result<std::vector<ViewRow>> readViews(const Connection &connection);
Result<std::vector<ViewRow>> readViews(const QString &storePath);

using ViewEditFunction = std::function<Result<std::vector<ViewRow>>(const std::vector<ViewRow> &views)>;
/// Replaces the store's views by what @p edit makes of them, all or nothing, in one transaction.
/// @return the views as they are now. @error that of @p edit, Usage for a name that is empty or given twice,
/// Io, Database, Cancelled
Result<std::vector<ViewRow>> editViews(const QString &storePath, const ViewEditFunction &edit,
                                       const WriterWait &wait = {}, const StopToken &stop = {});

} // namespace genscope
