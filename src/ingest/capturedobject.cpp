// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturedobject.h"

#include "core/uuid.h"

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kFieldCount = kEventKeyNames.size();
constexpr std::size_t kAliasEnd = kFieldCount + kEventKeyAliases.size();

/// Field names, their aliases, and the columns of ai_events.
constexpr auto kMemberNames = [] {
    std::array<std::string_view, kAliasEnd + kAiTableColumns.size()> names;
    std::size_t at = 0;
    for (const std::string_view name : kEventKeyNames)
        names[at++] = name;
    for (const EventKeyAlias &alias : kEventKeyAliases)
        names[at++] = alias.name;
    for (const std::string_view name : kAiTableColumns)
        names[at++] = name;
    return names;
}();
constexpr NameIndex kFields(kMemberNames);
constexpr NameIndex kProperties(kPropertyNames);
constexpr std::int32_t kNoParent = -2;

json::Value presentOrAbsent(json::Value value)
{
    return value.isPresent() ? value : json::Value();
}

} // namespace

bool CapturedObject::read(std::string_view text)
{
    m_fields.fill({});
    m_properties.fill({});
    m_propertiesParent = kNoParent;
    m_propertiesUsable = true;
    m_propertiesAreText = false;
    m_isTableRow = false;
    if (!m_document.read(text))
        return false;
    if (m_document.root().isObject()) {
        layOutFields();
        layOutProperties();
    }
    return true;
}

void CapturedObject::layOutFields()
{
    const auto &members = m_document.members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i].parent != -1)
            continue;
        const std::size_t index = kFields.find(members[i].key);
        if (index < kFieldCount)
            layOutField(static_cast<EventKey>(index), i, false);
        else if (index < kAliasEnd)
            layOutField(kEventKeyAliases[index - kFieldCount].key, i, true);
        else
            m_isTableRow |= index != kFields.kNotFound;
    }
}

void CapturedObject::layOutField(EventKey key, std::size_t member, bool isAlias)
{
    const json::Value value = m_document.members()[member].value;
    json::Value &field = m_fields[static_cast<std::size_t>(key)];
    if (isAlias) {
        // An `id` of another form numbers rows.
        const bool unusable = key == EventKey::Uuid && !Uuid::parse(value.text());
        if (field.isPresent() || unusable)
            return;
    }
    field = presentOrAbsent(value);
    if (key == EventKey::Properties)
        m_propertiesParent = static_cast<std::int32_t>(member);
}

void CapturedObject::layOutProperties()
{
    const json::Value properties = field(EventKey::Properties);
    if (properties.isString() && !properties.isEmptyString()) {
        m_innerText = properties.text();
        m_propertiesAreText = m_inner.read(m_innerText) && m_inner.root().isObject();
        m_propertiesUsable = m_propertiesAreText;
        m_propertiesParent = m_propertiesAreText ? -1 : kNoParent;
    } else {
        m_propertiesUsable = properties.isObject() || properties.isEmptyString() || !properties.isPresent();
    }
    forEachProperty([this](std::string_view key, json::Value value) {
        const std::size_t index = kProperties.find(key);
        if (index != kProperties.kNotFound)
            m_properties[index] = value.isEmptyString() ? json::Value() : presentOrAbsent(value);
    });
}

std::string_view usualFieldName(std::string_view name)
{
    const auto alias = std::find_if(kEventKeyAliases.begin(), kEventKeyAliases.end(),
                                    [name](const EventKeyAlias &known) { return known.name == name; });
    const bool ambiguous =
        name == kEventKeyAliases[0].name || name == kEventKeyAliases[1].name; // `id`, `createdAt`
    if (alias == kEventKeyAliases.end() || ambiguous)
        return name;
    return kEventKeyNames[static_cast<std::size_t>(alias->key)];
}

json::Value objectOf(json::Value value, std::string &storage)
{
    if (value.isObject())
        return value;
    if (!value.isString())
        return {};
    storage = value.text();
    json::Document document;
    if (!document.read(storage) || !document.root().isObject())
        return {};
    return document.root();
}

} // namespace genscope
