// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/rowset.h"
#include "core/result.h"
#include "core/stoptoken.h"

#include <QString>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// Reads several event properties of chosen events in one go: only the blocks that hold them are read, once.
/// Calls @p visit(property, row, text), on the calling thread, for events that have it; the text as
/// EventSource::readProperty() gives it.
/// @param names  of properties, as in `event.NAME` @error Database, Cancelled
Status readPropertySample(const QString &store, const std::vector<std::string> &names, const RowSet &rows,
                          const std::function<void(std::size_t, std::size_t, std::string_view)> &visit,
                          const StopToken &stop);

} // namespace genscope
