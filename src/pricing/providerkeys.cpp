// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/providerkeys.h"

#include "pricing/modelname.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace genscope {

namespace {

using Alias = std::pair<std::string_view, std::string_view>;

constexpr auto kAliases = std::to_array<Alias>({
    {"claude", "anthropic"},
    {"anthropic-claude", "anthropic"},
    {"oai", "openai"},
    {"openai-api", "openai"},
    {"open-ai", "openai"},
    {"google", "google-ai-studio"},
    {"gemini", "google-ai-studio"},
    {"google-gemini", "google-ai-studio"},
    {"google-ai", "google-ai-studio"},
    {"vertex", "google-vertex"},
    {"vertex-ai", "google-vertex"},
    {"vertex-us", "google-vertex-us"},
    {"vertex-europe", "google-vertex-europe"},
    {"vertex-global", "google-vertex-global"},
    {"amazon", "amazon-bedrock"},
    {"bedrock", "amazon-bedrock"},
    {"aws", "amazon-bedrock"},
    {"aws-bedrock", "amazon-bedrock"},
    {"azure-openai", "azure"},
    {"azure-ai", "azure"},
    {"cohere-ai", "cohere"},
    {"mistralai", "mistral"},
    {"mistral-ai", "mistral"},
    {"grok", "xai"},
    {"x-ai", "xai"},
    {"grok-fast", "xai"},
    {"xai-turbo", "xai"},
    {"deep-seek", "deepseek"},
    {"fireworks-ai", "fireworks"},
    {"groq-cloud", "groq"},
    {"perplexity-ai", "perplexity"},
    {"pplx", "perplexity"},
    {"cloudflare-workers", "cloudflare"},
    {"cf-workers", "cloudflare"},
    {"openrouter", "default"},
    {"or", "default"},
});

constexpr std::string_view kBedrock = "amazon-bedrock";
const std::string kDefault = "default";

std::optional<std::size_t> indexOfKey(const ModelPrices &row, std::string_view key)
{
    for (std::size_t i = 0; i < row.providers.size(); ++i) {
        if (row.providers[i].key == key)
            return i;
    }
    return std::nullopt;
}

/// The region of `arn:aws:bedrock:REGION:ACCOUNT:inference-profile/ID`, or empty.
std::string_view arnRegion(std::string_view lowerModel)
{
    std::array<std::string_view, 6> parts;
    std::string_view rest = lowerModel;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const auto colon = rest.find(':');
        if (colon == std::string_view::npos)
            return {};
        parts[i] = rest.substr(0, colon);
        rest.remove_prefix(colon + 1);
    }
    parts.back() = rest;

    constexpr std::string_view kProfile = "inference-profile/";
    const bool isArn =
        parts[0] == "arn" && (parts[1] == "aws" || parts[1] == "aws-cn" || parts[1] == "aws-us-gov");
    const bool isAccount = parts[4].size() == 12 && std::all_of(parts[4].begin(), parts[4].end(),
                                                                [](char c) { return c >= '0' && c <= '9'; });
    const bool isProfile = parts[5].starts_with(kProfile) && parts[5].size() > kProfile.size() &&
                           parts[5].find('/', kProfile.size()) == std::string_view::npos;
    return isArn && parts[2] == "bedrock" && isAccount && isProfile ? parts[3] : std::string_view();
}

/// The key of a Bedrock inference profile, which names its region in the model; else nothing.
std::optional<std::size_t> bedrockProfileIndex(const ModelPrices &row, std::string_view model)
{
    const std::string lowerModel = asciiLower(model);
    const std::string bedrockDash = std::string(kBedrock) + '-';

    const std::string_view region = arnRegion(lowerModel);
    if (!region.empty()) {
        if (const auto index = indexOfKey(row, bedrockDash + std::string(region)))
            return index;
    }

    const std::string_view id = withoutPath(lowerModel);
    const std::string profile = bedrockDash + std::string(id.substr(0, id.find('.')));
    if (const auto index = indexOfKey(row, profile))
        return index;

    std::optional<std::size_t> only;
    for (std::size_t i = 0; i < row.providers.size(); ++i) {
        if (!row.providers[i].key.starts_with(profile + '-'))
            continue;
        if (only)
            return std::nullopt;
        only = i;
    }
    return only;
}

/// Steps 2 to 4 of the rule, for a provider that is named: the keys that are its own, the first to go by
/// first.
std::vector<std::size_t> namedProviderIndices(const ModelPrices &row, std::string_view provider,
                                              std::string_view serviceTier)
{
    std::vector<std::size_t> indices;
    const std::string canonical = canonicalProvider(provider);
    const std::string suffix = tierSuffix(serviceTier);
    if (!suffix.empty()) {
        if (const auto index = indexOfKey(row, canonical + suffix))
            indices.push_back(*index);
    }
    for (const std::string &key :
         {canonical, hyphenated(provider), asciiLower(provider), std::string(provider)}) {
        if (const auto index = indexOfKey(row, key))
            indices.push_back(*index);
    }
    return indices;
}

/// The name by which a row knows the provider of a call: of Bedrock's, the region that the model names.
std::string providerIn(const ModelPrices &row, std::string_view model, std::string_view provider)
{
    if (canonicalProvider(provider) == kBedrock) {
        if (const auto profile = bedrockProfileIndex(row, model))
            return row.providers[*profile].key;
    }
    return std::string(provider);
}

} // namespace

/// What a service tier adds to a provider's key. PostHog knows `flex` and `priority`; the name of any other
/// tier prices a call only where just that key exists.
std::string tierSuffix(std::string_view serviceTier)
{
    const std::string plain = hyphenated(serviceTier);
    if (plain.empty())
        return {};
    return plain == "priority" ? "-fast" : '-' + plain;
}

std::string canonicalProvider(std::string_view provider)
{
    std::string plain = hyphenated(provider);
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(),
                                    [&](const Alias &candidate) { return candidate.first == plain; });
    return alias == kAliases.end() ? plain : std::string(alias->second);
}

std::size_t providerIndex(const ModelPrices &row, std::string_view model, std::string_view provider,
                          std::string_view serviceTier)
{
    if (!provider.empty()) {
        const std::string name = providerIn(row, model, provider);
        const auto named = namedProviderIndices(row, name, serviceTier);
        if (!named.empty())
            return named.front();
        const std::string plain = hyphenated(name);
        for (std::size_t i = 0; i < row.providers.size() && !plain.empty(); ++i) {
            if (row.providers[i].key.find(plain) != std::string::npos)
                return i;
        }
    }
    return indexOfKey(row, kDefault).value_or(0);
}

std::vector<std::size_t> ownProviderIndices(const ModelPrices &row, std::string_view model,
                                            std::string_view provider, std::string_view serviceTier)
{
    const std::string suffix = tierSuffix(serviceTier);
    std::vector<std::string> keys;
    if (!provider.empty()) {
        const std::string name = providerIn(row, model, provider);
        keys = {canonicalProvider(name), hyphenated(name), asciiLower(name), name};
        if (!suffix.empty())
            keys.insert(keys.begin(), {canonicalProvider(name) + suffix, kDefault + suffix});
    } else if (!suffix.empty()) {
        keys.push_back(kDefault + suffix);
    }
    keys.push_back(kDefault);

    std::vector<std::size_t> indices;
    for (const std::string &key : keys) {
        const auto index = indexOfKey(row, key);
        if (index && std::find(indices.begin(), indices.end(), *index) == indices.end())
            indices.push_back(*index);
    }
    return indices;
}

std::string providerKey(std::string_view provider, std::string_view serviceTier)
{
    return (provider.empty() ? kDefault : canonicalProvider(provider)) + tierSuffix(serviceTier);
}

} // namespace genscope
