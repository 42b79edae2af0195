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

std::optional<std::size_t> indexOfKey(const ModelPrices &row, std::string_view key)
{
    for (std::size_t i = 0; i < row.providers.size(); ++i) {
        if (row.providers[i].first == key)
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
        if (!row.providers[i].first.starts_with(profile + '-'))
            continue;
        if (only)
            return std::nullopt;
        only = i;
    }
    return only;
}

std::string_view tierSuffix(std::string_view serviceTier)
{
    if (serviceTier == "flex")
        return "-flex";
    if (serviceTier == "priority")
        return "-fast";
    return {};
}

/// Steps 2 to 5 of the rule, for a provider that is named.
std::optional<std::size_t> namedProviderIndex(const ModelPrices &row, std::string_view provider,
                                              std::string_view serviceTier)
{
    const std::string canonical = canonicalProvider(provider);
    const std::string_view suffix = tierSuffix(serviceTier);
    if (!suffix.empty()) {
        if (const auto index = indexOfKey(row, canonical + std::string(suffix)))
            return index;
    }
    const std::string plain = hyphenated(provider);
    for (const std::string &key : {canonical, plain, asciiLower(provider), std::string(provider)}) {
        if (const auto index = indexOfKey(row, key))
            return index;
    }
    for (std::size_t i = 0; i < row.providers.size() && !plain.empty(); ++i) {
        if (row.providers[i].first.find(plain) != std::string::npos)
            return i;
    }
    return std::nullopt;
}

} // namespace

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
        std::string name(provider);
        if (canonicalProvider(provider) == kBedrock) {
            if (const auto profile = bedrockProfileIndex(row, model))
                name = row.providers[*profile].first;
        }
        if (const auto index = namedProviderIndex(row, name, serviceTier))
            return *index;
    }
    return indexOfKey(row, "default").value_or(0);
}

} // namespace genscope
