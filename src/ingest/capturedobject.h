// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingest/eventkeys.h"
#include "ingest/jsondocument.h"

#include <array>
#include <string>
#include <string_view>

namespace genscope {

/// One captured event object, laid out by known keys: where its members and properties stand. `properties`
/// may be an object or a JSON string that holds one.
class CapturedObject
{
public:
    /// @return false if @p text is not JSON at all; fault() says why. The root may still be something else
    /// than an object.
    /// @p text must outlive what is read from this.
    bool read(std::string_view text);

    const json::Fault &fault() const { return m_document.fault(); }
    json::Value root() const { return m_document.root(); }
    /// Absent if missing or null. Other names of a field (kEventKeyAliases) count where the usual one is
    /// missing.
    json::Value field(EventKey field) const { return m_fields[static_cast<std::size_t>(field)]; }
    /// Absent if missing, null or "".
    json::Value property(Property property) const { return m_properties[static_cast<std::size_t>(property)]; }
    json::Value property(std::size_t index) const { return m_properties[index]; }

    /// False if there are properties, but neither as an object nor as text of one.
    bool propertiesUsable() const { return m_propertiesUsable; }
    /// True for a row of ai_events: RowMapping knows what its columns mean.
    bool isTableRow() const { return m_isTableRow; }
    /// True if `properties` is a string that holds the object.
    bool propertiesAreText() const { return m_propertiesAreText; }
    /// The members of `properties`, duplicates included.
    template<typename Visit>
    void forEachProperty(Visit visit) const
    {
        for (const auto &member : propertyMembers()) {
            if (member.parent == m_propertiesParent)
                visit(member.key, member.value);
        }
    }

private:
    void layOutFields();
    void layOutField(EventKey key, std::size_t member, bool isAlias);
    void layOutProperties();
    const std::vector<json::Document::Member> &propertyMembers() const
    {
        return m_propertiesAreText ? m_inner.members() : m_document.members();
    }

    json::Document m_document;
    json::Document m_inner; ///< of `properties` given as text
    std::string m_innerText;
    std::array<json::Value, static_cast<std::size_t>(EventKey::End)> m_fields;
    std::array<json::Value, static_cast<std::size_t>(Property::End)> m_properties;
    std::int32_t m_propertiesParent = -1;
    bool m_propertiesUsable = true;
    bool m_propertiesAreText = false;
    bool m_isTableRow = false;
};

/// The usual name of a member that goes by several (kEventKeyAliases); @p name itself if it has no other.
/// `id` and `createdAt` stay: beside a `uuid` and a `timestamp` they may mean something else.
std::string_view usualFieldName(std::string_view name);

/// The object that @p value is, or that it holds as text (decoded into @p storage); Absent if neither.
json::Value objectOf(json::Value value, std::string &storage);

} // namespace genscope
