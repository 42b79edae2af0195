// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/capturedobject.h"

namespace genscope {

namespace {

constexpr NameIndex kFields(kEventKeyNames);
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
        if (index == kFields.kNotFound)
            continue;
        m_fields[index] = presentOrAbsent(members[i].value);
        if (index == static_cast<std::size_t>(EventKey::Properties))
            m_propertiesParent = static_cast<std::int32_t>(i);
    }
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
