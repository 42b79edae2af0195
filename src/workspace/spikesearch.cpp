// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/spikesearch.h"

#include "analytics/spikes/explainspikes.h"
#include "analytics/spikes/findspikes.h"
#include "store/propertysample.h"

#include <algorithm>
#include <unordered_map>

namespace genscope {

namespace {

constexpr std::size_t kMostExplained = 50;
constexpr std::size_t kMostProperties = 6;
constexpr std::size_t kMostCandidates = 16; ///< properties that are read to find those with few values
/// A property with more values tells events apart instead of gathering them.
constexpr std::size_t kMostValues = 60;

std::vector<Field> builtinFields()
{
    std::vector<Field> fields;
    for (const char *name :
         {"model", "provider", "customer", "user", "span_name", "http_status", "stream", "lib", "tool"})
        fields.push_back(*Field::parse(name));
    return fields;
}

/// `event.feature`, in quotes where the name needs them.
std::string fieldName(const std::string &property)
{
    const auto quoted = Field::parse("event.`" + property + "`");
    const auto plain = Field::parse("event." + property);
    return quoted && plain && plain->path == quoted->path ? plain->text : "event.`" + property + "`";
}

/// The commonest properties that the senders made up themselves.
Result<std::vector<std::string>> ownProperties(const StoreReader &reader)
{
    std::vector<std::string> own;
    const auto names = reader.propertyNames();
    if (!names)
        return names.error();
    for (const PropertyPath &path : *names) {
        if (path.scope == PropertyPath::Scope::Event && !path.name.empty() && path.name.front() != '$')
            own.push_back(path.name);
        if (own.size() == kMostCandidates)
            break;
    }
    return own;
}

/// Values of a property, in the order in which they are met, as long as there are few.
class FewValues
{
public:
    explicit FewValues(std::size_t rows) : m_codes(rows, 0) {}

    void set(std::size_t row, std::string_view text)
    {
        if (m_values.size() > kMostValues)
            return;
        const auto [found, isNew] =
            m_places.try_emplace(std::string(text), static_cast<std::uint8_t>(m_values.size() + 1));
        if (isNew)
            m_values.push_back(found->first);
        m_codes[row] = found->second;
    }
    bool areFew() const { return !m_values.empty() && m_values.size() <= kMostValues; }
    SampledDimension take(std::string name)
    {
        return {std::move(name), std::move(m_values), std::move(m_codes)};
    }

private:
    std::vector<std::uint8_t> m_codes;
    std::vector<std::string> m_values;
    std::unordered_map<std::string, std::uint8_t> m_places;
};

Result<std::vector<SampledDimension>> sampleProperties(const StoreReader &reader, const RowSet &rows,
                                                       const StopToken &stop)
{
    const auto names = ownProperties(reader);
    if (!names)
        return names.error();
    std::vector<SampledDimension> dimensions;
    if (names->empty())
        return dimensions;
    std::vector<FewValues> values(names->size(), FewValues(rows.size()));
    const auto read = readPropertySample(
        reader.path(), *names, rows,
        [&](std::size_t which, std::size_t row, std::string_view text) { values[which].set(row, text); },
        stop);
    if (!read)
        return read.error();
    for (std::size_t i = 0; i < values.size() && dimensions.size() < kMostProperties; ++i) {
        if (values[i].areFew())
            dimensions.push_back(values[i].take(fieldName((*names)[i])));
    }
    return dimensions;
}

} // namespace

bool overlaps(const Spike &spike, const TimeRange &range)
{
    return (!range.from || *range.from < spike.to) && (!range.to || spike.from < *range.to);
}

bool isSameSpike(const Spike &a, const Spike &b)
{
    return a.measure == b.measure && a.value == b.value && a.from < b.to && b.from < a.to;
}

Result<std::shared_ptr<const Selection>> atAllTimes(const Selection &selection)
{
    if (!selection.scope.range.from && !selection.scope.range.to)
        return std::make_shared<const Selection>(selection);
    Scope scope = selection.scope;
    scope.range = {};
    return makeSelection(selection.snapshot, selection.reader, scope, selection.context.cache,
                         selection.context.data.stop);
}

Result<std::vector<Spike>> searchSpikes(const SpikeQuery &query, const Selection &selection)
{
    const auto all = atAllTimes(selection);
    if (!all)
        return all.error();
    auto found = findSpikesAndCalls(query, (*all)->rows, (*all)->context);
    if (!found)
        return found.error();
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < found->spikes.size(); ++i) {
        if (overlaps(found->spikes[i], selection.scope.range))
            which.push_back(i);
    }
    std::vector<std::size_t> explained = which;
    explained.resize(std::min(which.size(), kMostExplained));
    SampleReader sample;
    if (selection.reader)
        sample = [&](const RowSet &rows) {
            return sampleProperties(*selection.reader, rows, selection.context.data.stop);
        };
    if (const auto done = explainSpikes(*found, explained, query, builtinFields(), (*all)->context, sample);
        !done)
        return done.error();
    std::vector<Spike> spikes;
    for (const std::size_t i : which)
        spikes.push_back(std::move(found->spikes[i]));
    return spikes;
}

} // namespace genscope
