// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spikesearch.h"

#include "analytics/spikes/explainspikes.h"
#include "analytics/spikes/findspikes.h"

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kMostExplained = 50;
constexpr std::size_t kMostProperties = 3;
/// A property with more values tells events apart instead of gathering them.
constexpr std::uint32_t kMostValues = 60;

std::vector<Field> builtinFields()
{
    std::vector<Field> fields;
    for (const char *name :
         {"model", "provider", "customer", "user", "span_name", "http_status", "stream", "lib", "tool"})
        fields.push_back(*Field::parse(name));
    return fields;
}

/// The commonest properties that the senders made up themselves, if they have few values.
Result<std::vector<Field>> ownProperties(const Selection &selection)
{
    std::vector<Field> fields;
    if (!selection.reader || selection.snapshot->rows() > kMostEventsForProperties)
        return fields;
    const auto names = selection.reader->propertyNames();
    if (!names)
        return names.error();
    for (const PropertyPath &path : *names) {
        if (path.scope != PropertyPath::Scope::Event || path.name.empty() || path.name.front() == '$')
            continue;
        const auto field = Field::parse("event.`" + path.name + "`");
        if (!field)
            continue;
        const auto reader = selection.context.cache->open(*field, selection.context.data);
        if (!reader)
            return reader.error();
        if ((*reader)->type() != FieldReader::Type::Text || (*reader)->valueCount() > kMostValues + 1)
            continue;
        fields.push_back(*field);
        const auto plain = Field::parse("event." + path.name);
        if (plain && plain->path == field->path)
            fields.back().text = plain->text;
        if (fields.size() == kMostProperties)
            break;
    }
    return fields;
}

} // namespace

Result<std::vector<Spike>> searchSpikes(const SpikeQuery &query, const Selection &selection)
{
    auto found = findSpikes(query, selection.rows, selection.context);
    if (!found || found->empty())
        return found;
    std::vector<Field> fields = builtinFields();
    const auto own = ownProperties(selection);
    if (!own)
        return own.error();
    fields.insert(fields.end(), own->begin(), own->end());
    std::vector<Spike> first(found->begin(), found->begin() + static_cast<std::ptrdiff_t>(
                                                                  std::min(found->size(), kMostExplained)));
    if (const auto done = explainSpikes(first, query, fields, selection.rows, selection.context); !done)
        return done.error();
    std::move(first.begin(), first.end(), found->begin());
    return found;
}

} // namespace genscope
