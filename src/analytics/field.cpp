// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/field.h"

#include "core/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>

namespace genscope {

namespace {

struct FieldName
{
    std::string_view name;
    Field::Id id;
};

constexpr std::array kNames = {
    FieldName{"model", Field::Id::Model},
    FieldName{"provider", Field::Id::Provider},
    FieldName{"user", Field::Id::User},
    FieldName{"customer", Field::Id::Customer},
    FieldName{"trace", Field::Id::Trace},
    FieldName{"session", Field::Id::Session},
    FieldName{"span_name", Field::Id::SpanName},
    FieldName{"http_status", Field::Id::HttpStatus},
    FieldName{"error", Field::Id::Error},
    FieldName{"is_error", Field::Id::IsError},
    FieldName{"stream", Field::Id::Stream},
    FieldName{"kind", Field::Id::Kind},
    FieldName{"lib", Field::Id::Lib},
    FieldName{"tool", Field::Id::Tool},
    FieldName{"hour_of_day", Field::Id::HourOfDay},
    FieldName{"day_of_week", Field::Id::DayOfWeek},
    FieldName{"distinct_id", Field::Id::DistinctId},
    FieldName{"person_id", Field::Id::PersonId},
    FieldName{"event", Field::Id::EventName},
    FieldName{"uuid", Field::Id::Uuid},
    FieldName{"timestamp", Field::Id::Timestamp},
    FieldName{"started", Field::Id::Started},
    FieldName{"cost", Field::Id::Cost},
    FieldName{"cost_input", Field::Id::CostInput},
    FieldName{"cost_output", Field::Id::CostOutput},
    FieldName{"cost_cache_read", Field::Id::CostCacheRead},
    FieldName{"cost_cache_write", Field::Id::CostCacheWrite},
    FieldName{"cost_request", Field::Id::CostRequest},
    FieldName{"cost_web_search", Field::Id::CostWebSearch},
    FieldName{"cost_source", Field::Id::CostSource},
    FieldName{"cost_model", Field::Id::CostModel},
    FieldName{"cost_provider", Field::Id::CostProvider},
    FieldName{"priced", Field::Id::Priced},
    FieldName{"latency", Field::Id::Latency},
    FieldName{"ttft", Field::Id::TimeToFirstToken},
    FieldName{"tokens_per_second", Field::Id::TokensPerSecond},
    FieldName{"input_tokens", Field::Id::InputTokens},
    FieldName{"output_tokens", Field::Id::OutputTokens},
    FieldName{"cache_read_tokens", Field::Id::CacheReadTokens},
    FieldName{"cache_write_tokens", Field::Id::CacheWriteTokens},
    FieldName{"reasoning_tokens", Field::Id::ReasoningTokens},
    FieldName{"total_tokens", Field::Id::TotalTokens},
    FieldName{"issue", Field::Id::Issue},
};

Error unknownField(std::string_view text)
{
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const QString hint = didYouMean(text, Field::builtinNames());
    if (!hint.isEmpty())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("Field", "“%1” is not a field").arg(shown) + hint);
    return makeError(Error::Kind::Usage,
                     QCoreApplication::translate(
                         "Field", "“%1” is not a field; give a name such as model, or a property as "
                                  "event.NAME, person.NAME or group.TYPE.NAME")
                         .arg(shown));
}

/// Bytes that stand in names without backticks, as in the filter language.
bool isBare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// Takes one name from the front of @p text: what backticks enclose, or bare bytes, with dots if
/// @p withDots. False if there is none.
bool takeName(std::string_view &text, bool withDots, std::string &name)
{
    if (text.starts_with('`')) {
        const std::size_t close = text.find('`', 1);
        if (close == std::string_view::npos)
            return false;
        name = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        return !name.empty();
    }
    const auto end = std::find_if_not(text.begin(), text.end(),
                                      [withDots](char c) { return isBare(c) || (withDots && c == '.'); });
    name.assign(text.begin(), end);
    text.remove_prefix(name.size());
    return !name.empty();
}

bool takePrefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

constexpr std::string_view kBinPrefix = "bin(";

bool isBinned(std::string_view text)
{
    return text.starts_with(kBinPrefix) && text.ends_with(')');
}

struct BinnedText
{
    std::string_view field;
    std::optional<std::string_view> binning;
};
/// What is inside of `bin(...)`. Spaces between backticks belong to names.
BinnedText splitBinned(std::string_view text)
{
    text = text.substr(kBinPrefix.size(), text.size() - kBinPrefix.size() - 1);
    bool quoted = false;
    const auto space = std::find_if(text.begin(), text.end(), [&quoted](char c) {
        quoted ^= c == '`';
        return c == ' ' && !quoted;
    });
    const auto length = static_cast<std::size_t>(space - text.begin());
    if (length == text.size())
        return {text, std::nullopt};
    return {text.substr(0, length), text.substr(length + 1)};
}

std::string binningText(const Binning &binning)
{
    if (!binning.isLinear())
        return std::to_string(binning.perDecade);
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), binning.step).ptr;
    return "step " + std::string(digits.data(), end);
}

Result<Field> parseBinned(std::string_view text)
{
    const BinnedText parts = splitBinned(text);
    auto field = Field::parse(parts.field);
    if (!field)
        return field;
    if (field->bins)
        return unknownField(text);
    const auto binning = parts.binning ? Binning::parse(*parts.binning) : Binning();
    if (!binning) {
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate(
                             "Field",
                             "“%1”: behind the field stands how many bins a factor of ten has (3, 5, "
                             "10, 20, 40 or 80), or “step” and their width")
                             .arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))));
    }
    field->bins = binning;
    field->text = text;
    return field;
}

} // namespace

Result<Field> Field::parse(std::string_view text)
{
    if (isBinned(text))
        return parseBinned(text);
    Field field;
    field.text = text;
    const auto builtin = std::find_if(kNames.begin(), kNames.end(),
                                      [text](const FieldName &entry) { return entry.name == text; });
    if (builtin != kNames.end()) {
        field.id = builtin->id;
        return field;
    }

    std::string_view rest = text;
    field.id = Id::Property;
    if (takePrefix(rest, "event.")) {
        field.path.scope = PropertyPath::Scope::Event;
    } else if (takePrefix(rest, "person.")) {
        field.path.scope = PropertyPath::Scope::Person;
    } else if (takePrefix(rest, "group.")) {
        field.path.scope = PropertyPath::Scope::Group;
        if (!takeName(rest, false, field.path.groupType))
            return unknownField(text);
        if (rest.empty()) {
            field.id = Id::GroupKey;
            return field;
        }
        if (!takePrefix(rest, "."))
            return unknownField(text);
    } else {
        return unknownField(text);
    }
    if (!takeName(rest, true, field.path.name) || !rest.empty())
        return unknownField(text);
    return field;
}

Field Field::unbinned() const
{
    if (!bins)
        return *this;
    Field field = *this;
    field.bins.reset();
    field.text = splitBinned(text).field;
    return field;
}

Field Field::binned(const Binning &binning) const
{
    Field field = unbinned();
    field.text = std::string(kBinPrefix) + field.text + " " + binningText(binning) + ")";
    field.bins = binning;
    return field;
}

std::vector<std::string_view> Field::builtinNames()
{
    std::vector<std::string_view> names;
    for (const FieldName &entry : kNames)
        names.push_back(entry.name);
    return names;
}

} // namespace genscope
