// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracesearch.h"

#include "analytics/textpattern.h"
#include "models/tracetreemodel.h"

#include <unordered_map>

namespace genscope {

Result<std::vector<int>> findInTrace(const TraceDetail &trace, const std::string &needle, std::size_t rows,
                                     const EventSource *source, const StopToken &stop)
{
    std::vector<int> found;
    if (needle.empty())
        return found;
    FoldedSearch search(needle);
    std::vector<bool> matches(trace.events.size(), false);
    RowSet unsure(rows);
    std::unordered_map<std::size_t, std::size_t> eventOfRow;
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
        const TraceEvent &event = trace.events[i];
        matches[i] = search.isIn(event.name) || search.isIn(event.model) || search.isIn(event.error) ||
                     search.isIn(eventKindTitle(event.kind).toStdString());
        if (matches[i])
            continue;
        unsure.set(event.row);
        eventOfRow.emplace(event.row, i);
    }
    if (source != nullptr && !eventOfRow.empty()) {
        for (const EventSource::Content content :
             {EventSource::Content::Input, EventSource::Content::Output}) {
            const Status read = source->readContent(
                content, unsure,
                [&](std::size_t row, std::string_view text) {
                    if (search.isIn(text))
                        matches[eventOfRow.at(row)] = true;
                },
                stop);
            if (!read)
                return read.error();
        }
    }
    for (std::size_t i = 0; i < matches.size(); ++i)
        if (matches[i])
            found.push_back(static_cast<int>(i));
    return found;
}

} // namespace genscope
