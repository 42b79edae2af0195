// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertybag.h"

#include "core/timestamp.h"
#include "ingest/json.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace genscope {

namespace {

std::int64_t wholeNumberOf(json::Value value)
{
    std::int64_t number = 0;
    std::from_chars(value.raw().data(), value.raw().data() + value.raw().size(), number);
    return number;
}

/// The members of an object: of a name that stands twice only the last value counts.
std::map<std::string, std::string_view, std::less<>> lastOf(std::string_view json)
{
    std::map<std::string, std::string_view, std::less<>> last;
    for (json::MemberReader member{json::Value(json)}; member.next();)
        last[std::string(member.key())] = member.value().raw();
    return last;
}

PropertyOrigin originOf(json::Value value)
{
    switch (wholeNumberOf(value)) {
    case 0:
        return PropertyOrigin::SetOnce;
    case 2:
        return PropertyOrigin::Set;
    case 3:
        return PropertyOrigin::Deleted;
    default:
        return PropertyOrigin::Carried;
    }
}

} // namespace

bool PropertyBag::beats(const Value &a, const Value &b)
{
    if ((a.origin == PropertyOrigin::Deleted) != (b.origin == PropertyOrigin::Deleted))
        return a.origin == PropertyOrigin::Deleted;
    const bool aOnce = a.origin == PropertyOrigin::SetOnce;
    const bool bOnce = b.origin == PropertyOrigin::SetOnce;
    if (aOnce != bOnce)
        return bOnce;
    if (aOnce)
        return std::tie(a.timestampUs, a.json) < std::tie(b.timestampUs, b.json);
    return std::tie(a.timestampUs, a.origin, a.json) > std::tie(b.timestampUs, b.origin, b.json);
}

bool PropertyBag::apply(std::string_view name, Value value)
{
    if (value.origin == PropertyOrigin::Deleted)
        forgetUntil(value.timestampUs);
    else if (value.timestampUs <= m_deletedUs)
        return false;
    const auto known = m_values.find(name);
    if (known == m_values.end()) {
        m_values.emplace(name, std::move(value));
        return true;
    }
    if (!beats(value, known->second))
        return false;
    known->second = std::move(value);
    return true;
}

bool PropertyBag::apply(std::string_view name, std::string_view json, std::int64_t timestampUs,
                        PropertyOrigin origin)
{
    return apply(name, Value{std::string(json), timestampUs, origin});
}

bool PropertyBag::applyObject(std::string_view json, std::int64_t timestampUs, PropertyOrigin origin)
{
    bool changed = false;
    for (const auto &[name, value] : lastOf(json))
        changed |= apply(name, value, timestampUs, origin);
    return changed;
}

bool PropertyBag::covers(std::string_view json, std::int64_t timestampUs, PropertyOrigin origin) const
{
    if (timestampUs <= m_deletedUs)
        return true;
    for (const auto &[name, value] : lastOf(json)) {
        const auto known = m_values.find(name);
        if (known == m_values.end() || beats({std::string(value), timestampUs, origin}, known->second))
            return false;
    }
    return true;
}

void PropertyBag::forgetUntil(std::int64_t timestampUs)
{
    m_deletedUs = std::max(m_deletedUs, timestampUs);
    std::erase_if(m_values, [this](const auto &entry) {
        return entry.second.origin != PropertyOrigin::Deleted && entry.second.timestampUs <= m_deletedUs;
    });
}

bool PropertyBag::markDeleted(std::int64_t timestampUs)
{
    return apply(kDeletedAt, json::quoted(isoTime({timestampUs})), timestampUs, PropertyOrigin::Deleted);
}

bool PropertyBag::apply(const PropertyBag &other)
{
    bool changed = false;
    if (other.m_deletedUs != kNever)
        changed |= markDeleted(other.m_deletedUs);
    for (const auto &[name, value] : other.m_values)
        changed |= apply(name, value);
    return changed;
}

std::string_view PropertyBag::value(std::string_view name) const
{
    const auto known = m_values.find(name);
    return known == m_values.end() ? std::string_view() : known->second.json;
}

std::string PropertyBag::toJson() const
{
    std::string out = "{";
    for (const auto &[name, value] : m_values) {
        if (out.size() > 1)
            out += ',';
        out.append(json::quoted(name)).append(":").append(value.json);
    }
    return out + "}";
}

std::string PropertyBag::timesToJson() const
{
    if (m_values.empty())
        return "0";
    const Value &first = m_values.begin()->second;
    bool uniform = first.origin == PropertyOrigin::Carried;
    for (const auto &[name, value] : m_values)
        uniform &= value.timestampUs == first.timestampUs && value.origin == first.origin;
    if (uniform)
        return std::to_string(first.timestampUs);
    std::string out = "{";
    for (const auto &[name, value] : m_values) {
        if (out.size() > 1)
            out += ',';
        out.append(json::quoted(name)).append(":[").append(std::to_string(value.timestampUs)).append(",");
        out.append(std::to_string(static_cast<int>(value.origin))).append("]");
    }
    return out + "}";
}

PropertyBag PropertyBag::fromJson(std::string_view properties, std::string_view times)
{
    PropertyBag bag;
    const json::Value timesValue(times);
    for (json::MemberReader member{json::Value(properties)}; member.next();) {
        Value value{std::string(member.value().raw()), 0, PropertyOrigin::Carried};
        if (timesValue.isNumber()) {
            value.timestampUs = wholeNumberOf(timesValue);
        } else {
            json::ElementReader entry(json::member(timesValue, member.key()));
            if (!entry.next())
                continue;
            value.timestampUs = wholeNumberOf(entry.value());
            if (entry.next())
                value.origin = originOf(entry.value());
        }
        if (value.origin == PropertyOrigin::Deleted)
            bag.m_deletedUs = value.timestampUs;
        bag.m_values.emplace(member.key(), std::move(value));
    }
    return bag;
}

} // namespace genscope
