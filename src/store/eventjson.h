// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "ingest/json.h"
#include "store/blockreader.h"
#include "store/record.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genscope {

/// Which of an event's two sets of properties.
enum class PropertySet { Event, Person };

/// A property's value as text: strings decoded, anything else as it was captured; nothing if null or absent.
std::optional<std::string> propertyText(json::Value value);

/// Reads values of kept events, of heavy ones too, without putting the whole event together.
class RecordReader
{
public:
    RecordReader(const LightRecord &record, const BlockFetch &fetch) : m_record(record), m_fetch(fetch) {}

    /// @error Database
    Result<std::optional<std::string>> property(PropertySet set, std::string_view name);
    /// The decoded text of all heavy values with that tag, Cut::Tag::Input or Cut::Tag::Output; empty if
    /// there are none. @error Database
    Result<std::string> contentText(Cut::Tag tag);
    /// False if @p mayHold says of the JSON of all values with that tag that they hold nothing of interest,
    /// or if there are none. @error Database
    Result<bool> contentMayHold(Cut::Tag tag, const std::function<bool(std::string_view json)> &mayHold);

private:
    /// False if the event surely has no property of that name: faster than to look for it.
    bool mayHold(std::string_view name) const;
    Result<std::string_view> content();
    Result<std::string_view> cutValue(const Cut &cut);
    const Cut *cutAt(json::Value value) const;

    const LightRecord &m_record;
    const BlockFetch &m_fetch;
    SharedBlock m_content;
    std::string m_storage;
};

} // namespace genscope
