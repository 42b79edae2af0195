// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/selectioncontext.h"

#include "workspace/costwords.h"

namespace genscope {

ChartContext contextOf(const Selection &selection, Timestamp now)
{
    const TimeRange covered = selection.covered();
    const Scope &scope = selection.scope;
    ChartContext context;
    context.range = {scope.range.from ? scope.range.from : covered.from,
                     scope.range.to ? scope.range.to : covered.to};
    context.asked = scope.range;
    context.now = now;
    context.filterText = QString::fromStdString(scope.filter.toString());
    context.costText = costViewText(scope);
    context.costMark = costViewMark(scope);
    context.matched = selection.matchedEvents;
    context.stored = selection.storedEvents;
    return context;
}

} // namespace genscope
