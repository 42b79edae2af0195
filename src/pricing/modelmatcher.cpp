// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/modelmatcher.h"

#include "pricing/modelname.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace genscope {

namespace {

constexpr std::size_t kHead = 4;

/// The four bytes at @p at.
std::uint32_t headAt(std::string_view text, std::size_t at)
{
    std::uint32_t head = 0;
    std::memcpy(&head, text.data() + at, kHead);
    return head;
}

std::size_t quadHash(std::uint32_t quad)
{
    return (quad * 2654435761U) >> 16;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

ModelMatcher::ModelMatcher(const std::vector<std::string> &names)
{
    for (std::size_t row = 0; row < names.size(); ++row) {
        m_exact.emplace(asciiLower(names[row]), row);
        for (std::string &variant : nameVariants(names[row]))
            m_known.push_back({std::move(variant), row});
    }
    std::stable_sort(m_known.begin(), m_known.end(),
                     [](const Known &a, const Known &b) { return a.text.size() > b.text.size(); });

    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const std::string_view text = m_known[i].text;
        if (text.size() < kHead)
            m_short.push_back(i);
        else
            m_byHead[headAt(text, 0)].push_back(i);
        for (std::size_t at = 0; at + kHead <= text.size(); ++at)
            m_quads.set(quadHash(headAt(text, at)));
    }

    m_inTableOrder.resize(m_known.size());
    std::iota(m_inTableOrder.begin(), m_inTableOrder.end(), std::size_t{0});
    std::stable_sort(m_inTableOrder.begin(), m_inTableOrder.end(),
                     [this](std::size_t a, std::size_t b) { return m_known[a].row < m_known[b].row; });
}

std::optional<ModelMatcher::Hit> ModelMatcher::find(std::string_view model) const
{
    const auto exact = m_exact.find(asciiLower(model));
    if (exact != m_exact.end())
        return Hit{exact->second, MatchedBy::Name, exact->first};

    const std::vector<std::string> variants = nameVariants(model);
    if (const auto hit = longestInside(variants))
        return hit;
    return firstAround(variants);
}

std::optional<ModelMatcher::Hit> ModelMatcher::longestInside(const std::vector<std::string> &variants) const
{
    // m_known is sorted by preference, so the smallest index that is found is the answer.
    std::size_t best = m_known.size();
    for (const std::string_view variant : variants) {
        for (std::size_t at = 0; at + kHead <= variant.size(); ++at) {
            const auto heads = m_byHead.find(headAt(variant, at));
            if (heads == m_byHead.end())
                continue;
            for (const std::size_t i : heads->second) {
                if (i >= best)
                    break;
                if (variant.substr(at).starts_with(m_known[i].text))
                    best = i;
            }
        }
        for (const std::size_t i : m_short) {
            if (i < best && contains(variant, m_known[i].text))
                best = i;
        }
    }
    if (best == m_known.size())
        return std::nullopt;
    const Known &known = m_known[best];
    const bool agrees = std::find(variants.begin(), variants.end(), known.text) != variants.end();
    return Hit{known.row, agrees ? MatchedBy::Name : MatchedBy::Inside, known.text};
}

std::optional<ModelMatcher::Hit> ModelMatcher::firstAround(const std::vector<std::string> &variants) const
{
    std::vector<std::string_view> candidates;
    for (const std::string_view variant : variants) {
        if (mayBeInsideKnown(variant))
            candidates.push_back(variant);
    }
    if (candidates.empty())
        return std::nullopt;
    for (const std::size_t i : m_inTableOrder) {
        const Known &known = m_known[i];
        for (const std::string_view variant : candidates) {
            if (contains(known.text, variant))
                return Hit{known.row, MatchedBy::Around, known.text};
        }
    }
    return std::nullopt;
}

bool ModelMatcher::mayBeInsideKnown(std::string_view variant) const
{
    for (std::size_t at = 0; at + kHead <= variant.size(); ++at) {
        if (!m_quads.test(quadHash(headAt(variant, at))))
            return false;
    }
    return true;
}

} // namespace genscope
