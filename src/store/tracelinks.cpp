// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tracelinks.h"

#include "analytics/rowset.h"
#include "store/connection.h"
#include "store/eventjson.h"
#include "store/recordscan.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace genscope {

namespace {

constexpr std::array<std::string_view, 3> kNames{"$ai_generation_id", "$ai_span_id", "$ai_parent_id"};
/// Rows of ai_events have them as columns beside the properties, without the prefix.
constexpr std::size_t kPrefix = std::string_view("$ai_").size();

/// Ids are text, whatever type they were sent as; objects and arrays are none.
std::string idText(json::Value value)
{
    if (!value.isPresent() || value.isObject() || value.isArray())
        return {};
    return value.isString() ? value.text() : std::string(value.raw());
}

/// All three in one pass over the members of @p object. What is there already stays.
void addIds(json::Value object, std::size_t prefix, std::array<std::string, 3> &ids)
{
    json::MemberReader members(object);
    while (members.next()) {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (members.key() == kNames[i].substr(prefix) && ids[i].empty())
                ids[i] = idText(members.value());
        }
    }
}

/// The scan hands over one text for each row: how long the first is, and both.
std::string packed(const std::string &id, const std::string &parent)
{
    return std::to_string(id.size()) + ':' + id + parent;
}

TraceLink unpacked(std::string_view text)
{
    std::size_t size = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] != ':'; ++at)
        size = size * 10 + static_cast<std::size_t>(text[at] - '0');
    text.remove_prefix(at + 1);
    return {std::string(text.substr(0, size)), std::string(text.substr(size))};
}

Status extractIds(const LightRecord &record, const BlockFetch &fetch, std::vector<RecordScan::Found> &found)
{
    std::array<std::string, 3> ids;
    const json::Value properties = json::member(json::Value(record.skeleton), "properties");
    if (properties.isObject()) {
        addIds(properties, 0, ids);
    } else { // given as text, which may have been cut out
        RecordReader reader(record, fetch);
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            Result<std::optional<std::string>> id = reader.property(PropertySet::Event, kNames[i]);
            if (!id)
                return id.error();
            if (*id)
                ids[i] = std::move(**id);
        }
    }
    if (ids[0].empty() && ids[1].empty() && ids[2].empty())
        addIds(json::Value(record.skeleton), kPrefix, ids);
    const std::string &id = ids[0].empty() ? ids[1] : ids[0];
    if (!id.empty() || !ids[2].empty())
        found.push_back({static_cast<std::size_t>(record.row), packed(id, ids[2])});
    return Done{};
}

} // namespace

Result<std::unordered_map<std::uint32_t, TraceLink>>
readTraceLinks(const QString &storePath, const std::vector<std::uint32_t> &rows, const StopToken &stop)
{
    std::unordered_map<std::uint32_t, TraceLink> links;
    if (rows.empty())
        return links;
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    Result<RecordScan> scan = RecordScan::open(**connection);
    if (!scan)
        return scan.error();
    const std::size_t end = std::size_t{*std::max_element(rows.begin(), rows.end())} + 1;
    RowSet wanted(end);
    for (const std::uint32_t row : rows)
        wanted.set(row);
    if (const Status restricted = scan->restrictTo({rows.begin(), rows.end()}, **connection); !restricted)
        return restricted.error();
    links.reserve(rows.size());
    const Status read = scan->run(
        end,
        [&wanted](const LightRecord &record, const BlockFetch &fetch, std::vector<RecordScan::Found> &found) {
            return wanted.test(static_cast<std::size_t>(record.row)) ? extractIds(record, fetch, found)
                                                                     : Status(Done{});
        },
        [&links](std::size_t row, std::string_view text) {
            links.emplace(static_cast<std::uint32_t>(row), unpacked(text));
        },
        stop);
    if (!read)
        return read.error();
    return links;
}

} // namespace genscope
