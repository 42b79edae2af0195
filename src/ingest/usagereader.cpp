// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/usagereader.h"

#include <QByteArrayView>

#include <initializer_list>

namespace genscope {

namespace {

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return QByteArrayView(a.data(), static_cast<qsizetype>(a.size()))
               .compare(QByteArrayView(b.data(), static_cast<qsizetype>(b.size())), Qt::CaseInsensitive) == 0;
}

/// Raw usage holds real numbers only; text there is not a count.
Count rawCount(json::Value value)
{
    return value.isNumber() ? wholeNumber(value.raw()) : std::nullopt;
}

json::Value firstMember(json::Value object, std::initializer_list<std::string_view> names)
{
    for (const auto name : names) {
        const json::Value value = json::member(object, name);
        if (value.isPresent())
            return value;
    }
    return {};
}

json::Value path(json::Value object, std::initializer_list<std::string_view> names)
{
    for (const auto name : names)
        object = json::member(object, name);
    return object;
}

void keepPositive(Count &target, Count count)
{
    if (count && *count > 0)
        target = count;
}

/// Token counts by modality, as found in raw usage.
struct Modalities
{
    Count text;
    Count audio;
    Count image;
};

/// `[{modality, tokenCount}]` or `{audioTokens, imageTokens, textTokens}`. Zero says nothing, except of text.
Modalities modalitiesOf(json::Value details)
{
    Modalities found;
    for (json::ElementReader reader(details); reader.next();) {
        const std::string modality = json::member(reader.value(), "modality").text();
        const Count count = rawCount(firstMember(reader.value(), {"tokenCount", "token_count"}));
        if (!count)
            continue;
        if (equalsIgnoringCase(modality, "audio"))
            keepPositive(found.audio, count);
        else if (equalsIgnoringCase(modality, "image"))
            keepPositive(found.image, count);
        else if (equalsIgnoringCase(modality, "text"))
            found.text = count;
    }
    if (details.isObject()) {
        keepPositive(found.audio, rawCount(firstMember(details, {"audioTokens", "audio_tokens"})));
        keepPositive(found.image, rawCount(json::member(details, "imageTokens")));
        found.text = rawCount(json::member(details, "textTokens"));
    }
    return found;
}

void replaceWith(Count &target, const Count &found)
{
    if (found)
        target = found;
}

/// Anthropic's split of cache writes by lifetime, directly or as Bedrock lists it.
void readCacheLifetimes(json::Value metadata, Usage &usage)
{
    const json::Value creation = json::member(metadata, "cache_creation");
    replaceWith(usage.cacheWrite5mTokens, rawCount(json::member(creation, "ephemeral_5m_input_tokens")));
    replaceWith(usage.cacheWrite1hTokens, rawCount(json::member(creation, "ephemeral_1h_input_tokens")));
    for (json::ElementReader reader(json::member(metadata, "cacheDetails")); reader.next();) {
        const std::string lifetime = json::member(reader.value(), "ttl").text();
        const Count count = rawCount(json::member(reader.value(), "inputTokens"));
        if (lifetime == "T5M")
            replaceWith(usage.cacheWrite5mTokens, count);
        else if (lifetime == "T1H")
            replaceWith(usage.cacheWrite1hTokens, count);
    }
}

void readMetadata(json::Value metadata, Usage &usage)
{
    if (!metadata.isObject())
        return;
    const json::Value prompt = firstMember(metadata, {"promptTokensDetails", "prompt_tokens_details"});
    const Modalities input = modalitiesOf(prompt);
    replaceWith(usage.audioInputTokens, input.audio);
    replaceWith(usage.imageInputTokens, input.image);

    const Modalities output = modalitiesOf(firstMember(
        metadata, {"candidatesTokensDetails", "candidates_tokens_details", "outputTokenDetails"}));
    replaceWith(usage.imageOutputTokens, output.image);
    replaceWith(usage.textOutputTokens, output.text);

    const Modalities cached =
        modalitiesOf(firstMember(metadata, {"cacheTokensDetails", "cache_tokens_details"}));
    replaceWith(usage.cacheReadAudioTokens, cached.audio);
    keepPositive(usage.cacheReadAudioTokens,
                 rawCount(path(prompt, {"cached_tokens_details", "audio_tokens"})));
    readCacheLifetimes(metadata, usage);
}

/// SDK wrappers put the provider's answer at different depths.
Usage rawUsage(json::Value usage)
{
    Usage found;
    if (!usage.isObject())
        return found;
    const std::initializer_list<std::string_view> kPlaces[] = {
        {},
        {"rawResponse", "usageMetadata"},
        {"providerMetadata", "google"},
        {"providerMetadata", "anthropic", "usage"},
        {"providerMetadata", "amazonBedrock", "usage"},
        {"rawUsage", "providerMetadata", "google"},
        {"rawUsage", "usage", "raw"},
        {"rawUsage", "rawResponse", "usageMetadata"},
        {"usage", "raw"},
    };
    for (const auto &place : kPlaces)
        readMetadata(path(usage, place), found);
    return found;
}

void fillAbsent(Count &target, const Count &found)
{
    if (!target)
        target = found;
}

void readTokens(Usage &usage, NumberReader &numbers)
{
    usage.inputTokens = numbers.count(Property::InputTokens);
    usage.outputTokens = numbers.count(Property::OutputTokens);
    usage.cacheReadTokens = numbers.count(Property::CacheReadTokens);
    usage.cacheWriteTokens = numbers.count(Property::CacheWriteTokens);
    usage.cacheWrite5mTokens = numbers.count(Property::CacheWrite5mTokens);
    usage.cacheWrite1hTokens = numbers.count(Property::CacheWrite1hTokens);
    usage.reasoningTokens = numbers.count(Property::ReasoningTokens);
    usage.cacheReadAudioTokens = numbers.count(Property::CacheReadAudioTokens);
    usage.audioInputTokens = numbers.count(Property::AudioInputTokens);
    usage.imageInputTokens = numbers.count(Property::ImageInputTokens);
    usage.audioOutputTokens = numbers.count(Property::AudioOutputTokens);
    usage.imageOutputTokens = numbers.count(Property::ImageOutputTokens);
    usage.textOutputTokens = numbers.count(Property::TextOutputTokens);
    usage.requestCount = numbers.count(Property::RequestCount);
    usage.webSearchCount = numbers.count(Property::WebSearchCount);
}

void readMoney(Usage &usage, NumberReader &numbers)
{
    usage.suppliedInputCost = numbers.amount(Property::InputCost);
    usage.suppliedOutputCost = numbers.amount(Property::OutputCost);
    usage.suppliedRequestCost = numbers.amount(Property::RequestCost);
    usage.suppliedWebSearchCost = numbers.amount(Property::WebSearchCost);
    usage.suppliedTotalCost = numbers.amount(Property::TotalCost);
    usage.inputTokenPrice = numbers.amount(Property::InputTokenPrice);
    usage.outputTokenPrice = numbers.amount(Property::OutputTokenPrice);
    usage.cacheReadTokenPrice = numbers.amount(Property::CacheReadTokenPrice);
    usage.cacheWriteTokenPrice = numbers.amount(Property::CacheWriteTokenPrice);
    usage.cacheWrite1hTokenPrice = numbers.amount(Property::CacheWrite1hTokenPrice);
    usage.requestPrice = numbers.amount(Property::RequestPrice);
    usage.webSearchPrice = numbers.amount(Property::WebSearchPrice);
}

} // namespace

Usage usageOf(const CapturedObject &object, NumberReader &numbers)
{
    Usage usage;
    readTokens(usage, numbers);
    readMoney(usage, numbers);
    usage.costPassthrough = booleanOf(object.property(Property::CostPassthrough)).value_or(false);
    const json::Value exclusive = object.property(Property::CacheReportingExclusive);
    if (exclusive.type() == json::Type::Bool)
        usage.cacheReportingExclusive = exclusive.isTrue();

    const Usage raw = rawUsage(object.property(Property::Usage));
    fillAbsent(usage.audioInputTokens, raw.audioInputTokens);
    fillAbsent(usage.imageInputTokens, raw.imageInputTokens);
    fillAbsent(usage.imageOutputTokens, raw.imageOutputTokens);
    if (object.property(Property::TextOutputTokens).isPresent())
        fillAbsent(usage.textOutputTokens, 0); // PostHog counts garbage there as none
    else
        fillAbsent(usage.textOutputTokens, raw.textOutputTokens);
    fillAbsent(usage.cacheReadAudioTokens, raw.cacheReadAudioTokens);
    fillAbsent(usage.cacheWrite5mTokens, raw.cacheWrite5mTokens);
    fillAbsent(usage.cacheWrite1hTokens, raw.cacheWrite1hTokens);

    std::string storage;
    const json::Value parameters = objectOf(object.property(Property::ModelParameters), storage);
    usage.serviceTier = stringOf(json::member(parameters, "service_tier"));
    if (usage.serviceTier.empty())
        usage.serviceTier = stringOf(object.property(Property::ServiceTier));
    return usage;
}

} // namespace genscope
