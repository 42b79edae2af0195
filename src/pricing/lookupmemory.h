// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pricing/pricebook.h"

#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace genscope {

/// What PriceBook::lookUp depends on; the token count only by the side of the split that it is on.
template<typename String>
struct LookUpKey
{
    String model;
    String provider;
    String serviceTier;
    bool largePrompt = false;

    auto tied() const { return std::tie(model, provider, serviceTier, largePrompt); }
};

/// Remembers look-ups. Bounded, because names come from events: when it is full it starts anew, so that names
/// which keep coming are soon there again. @thread any
class LookUpMemory
{
public:
    using KeyView = LookUpKey<std::string_view>;

    std::optional<PriceBook::Entry> find(const KeyView &key) const
    {
        const std::shared_lock lock(m_mutex);
        const auto known = m_entries.find(key);
        return known == m_entries.end() ? std::nullopt : std::optional(known->second);
    }

    void remember(const KeyView &key, const PriceBook::Entry &entry)
    {
        constexpr std::size_t kMaxEntries = 16'384;
        constexpr std::size_t kMaxKeyBytes = 512;
        if (key.model.size() + key.provider.size() + key.serviceTier.size() > kMaxKeyBytes)
            return;
        const std::unique_lock lock(m_mutex);
        if (m_entries.size() >= kMaxEntries)
            m_entries.clear();
        m_entries.try_emplace(StoredKey{std::string(key.model), std::string(key.provider),
                                        std::string(key.serviceTier), key.largePrompt},
                              entry);
    }

private:
    using StoredKey = LookUpKey<std::string>;

    struct Hash
    {
        using is_transparent = void;
        template<typename String>
        std::size_t operator()(const LookUpKey<String> &key) const
        {
            constexpr std::hash<std::string_view> hash;
            std::size_t seed = hash(key.model);
            for (const std::size_t part :
                 {hash(key.provider), hash(key.serviceTier), std::size_t{key.largePrompt}})
                seed = seed * 1099511628211U ^ part;
            return seed;
        }
    };

    struct Equal
    {
        using is_transparent = void;
        template<typename A, typename B>
        bool operator()(const LookUpKey<A> &a, const LookUpKey<B> &b) const
        {
            return a.tied() == b.tied();
        }
    };

    mutable std::shared_mutex m_mutex;
    std::unordered_map<StoredKey, PriceBook::Entry, Hash, Equal> m_entries;
};

} // namespace genscope
