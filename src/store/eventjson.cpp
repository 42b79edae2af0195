// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventjson.h"

#include "ingest/capturedobject.h"
#include "ingest/jsonmembers.h"
#include "ingest/normalise.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

void appendText(std::string &out, std::string_view json)
{
    const std::string text = decodedText(json);
    if (!out.empty() && !text.empty())
        out += '\n';
    out += text;
}

constexpr std::array<std::string_view, 2> kInputNames = {"$ai_input", "$ai_input_state"};
constexpr std::array<std::string_view, 3> kOutputNames = {"$ai_output_choices", "$ai_output",
                                                          "$ai_output_state"};

} // namespace

std::optional<std::string> propertyText(json::Value value)
{
    if (!value.isPresent())
        return std::nullopt;
    return value.isString() ? value.text() : std::string(value.raw());
}

bool RecordReader::mayHold(std::string_view name) const
{
    // Names may be written with escapes, and properties may be kept elsewhere as a whole.
    const auto isElsewhere = [](const Cut &cut) { return cut.tag == Cut::Tag::Properties; };
    return m_record.skeleton.find(name) != std::string_view::npos ||
           m_record.skeleton.find('\\') != std::string_view::npos ||
           std::any_of(m_record.cuts.begin(), m_record.cuts.end(), isElsewhere);
}

Result<std::optional<std::string>> RecordReader::property(PropertySet set, std::string_view name)
{
    const json::Value event(m_record.skeleton);
    const std::string_view holderName = set == PropertySet::Event ? "properties" : "person_properties";
    if (!mayHold(name))
        return std::optional<std::string>();
    if (const auto quick = json::memberOfMember(event, holderName, name); quick && cutAt(*quick) == nullptr)
        return propertyText(*quick);
    json::Value holder = json::member(event, holderName);
    if (const Cut *cut = cutAt(holder)) {
        const Result<std::string_view> text = cutValue(*cut);
        if (!text)
            return text.error();
        holder = json::Value(*text);
    }
    const json::Value value = json::member(objectOf(holder, m_storage), name);
    if (const Cut *cut = cutAt(value)) {
        const Result<std::string_view> heavy = cutValue(*cut);
        if (!heavy)
            return heavy.error();
        return propertyText(json::Value(*heavy));
    }
    return propertyText(value);
}

Result<std::string> RecordReader::contentText(Cut::Tag tag)
{
    std::string text;
    for (const Cut &cut : m_record.cuts) {
        if (cut.tag != tag && cut.tag != Cut::Tag::Properties)
            continue;
        const Result<std::string_view> value = cutValue(cut);
        if (!value)
            return value.error();
        if (cut.tag == tag) {
            appendText(text, *value);
            continue;
        }
        const json::Value properties = objectOf(json::Value(*value), m_storage);
        const auto add = [&](std::string_view name) {
            if (const json::Value heavy = json::member(properties, name); heavy.isPresent())
                appendText(text, heavy.raw());
        };
        if (tag == Cut::Tag::Input) {
            for (const std::string_view name : kInputNames)
                add(name);
        } else {
            for (const std::string_view name : kOutputNames)
                add(name);
        }
    }
    return text;
}

Result<bool> RecordReader::contentMayHold(Cut::Tag tag,
                                          const std::function<bool(std::string_view json)> &mayHold)
{
    for (const Cut &cut : m_record.cuts) {
        if (cut.tag == Cut::Tag::Properties)
            return true;
        if (cut.tag != tag)
            continue;
        const Result<std::string_view> value = cutValue(cut);
        if (!value)
            return value.error();
        if (mayHold(*value))
            return true;
    }
    return false;
}

/// The cut whose placeholder @p value is.
const Cut *RecordReader::cutAt(json::Value value) const
{
    if (value.raw().empty() || m_record.cuts.empty())
        return nullptr;
    const char *begin = m_record.skeleton.data();
    const char *at = value.raw().data();
    if (at < begin || at >= begin + m_record.skeleton.size())
        return nullptr;
    for (const Cut &cut : m_record.cuts) {
        if (begin + cut.position == at)
            return &cut;
    }
    return nullptr;
}

Result<std::string_view> RecordReader::content()
{
    if (!m_content) {
        Result<SharedBlock> block = m_fetch(m_record.content.block, m_record.contentEnd());
        if (!block)
            return block.error();
        m_content = std::move(*block);
    }
    return std::string_view(*m_content)
        .substr(static_cast<std::size_t>(m_record.content.offset), m_record.contentSize());
}

Result<std::string_view> RecordReader::cutValue(const Cut &cut)
{
    const Result<std::string_view> all = content();
    if (!all)
        return all;
    std::size_t begin = 0;
    for (const Cut &before : m_record.cuts) {
        if (&before == &cut)
            break;
        begin += before.length;
    }
    return all->substr(begin, cut.length);
}

} // namespace genscope
