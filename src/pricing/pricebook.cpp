// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricebook.h"

#include "pricing/modelmatcher.h"
#include "pricing/modelname.h"
#include "pricing/providerkeys.h"

#include <QFile>

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <tuple>
#include <unordered_map>

/// Registers the resources of this static library; Qt's macro needs a function outside of all namespaces.
static void registerBundledPrices()
{
    Q_INIT_RESOURCE(prices);
}

namespace genscope {

namespace {

/// PostHog prices this model by the length of the prompt through a name of its own, not through a context
/// tier.
constexpr std::string_view kSplitModel = "gemini-2.5-pro-preview";
constexpr std::string_view kSplitModelLarge = "gemini-2.5-pro-preview:large";
constexpr std::int64_t kSplitTokens = 200'000;

/// What lookUp depends on; the token count only by the side of the split that it is on.
template<typename String>
struct LookUpKey
{
    String model;
    String provider;
    String serviceTier;
    bool largePrompt = false;

    auto tied() const { return std::tie(model, provider, serviceTier, largePrompt); }
};
using KeyView = LookUpKey<std::string_view>;
using StoredKey = LookUpKey<std::string>;

struct KeyHash
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

struct KeyEqual
{
    using is_transparent = void;
    template<typename A, typename B>
    bool operator()(const LookUpKey<A> &a, const LookUpKey<B> &b) const
    {
        return a.tied() == b.tied();
    }
};

/// Remembers look-ups. Bounded, because names come from events: when it is full it starts anew, so that names
/// which keep coming are soon there again.
class LookUpMemory
{
public:
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
    mutable std::shared_mutex m_mutex;
    std::unordered_map<StoredKey, PriceBook::Entry, KeyHash, KeyEqual> m_entries;
};

std::vector<std::string> namesOf(const std::vector<ModelPrices> &rows)
{
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (const ModelPrices &row : rows)
        names.push_back(row.model);
    return names;
}

} // namespace

const RateSet &Rates::forPrompt(Int128 promptTokens) const
{
    const ContextTier *chosen = nullptr;
    for (const ContextTier &tier : contextTiers) {
        if (promptTokens > tier.minInputTokens && (!chosen || tier.minInputTokens > chosen->minInputTokens))
            chosen = &tier;
    }
    return chosen ? chosen->rates : *this;
}

struct PriceBook::Data
{
    explicit Data(Tables from) : tables(std::move(from)), openRouter(namesOf(tables.openRouter))
    {
        for (const ModelPrices &row : tables.manual)
            manual.emplace(asciiLower(row.model), &row);
    }

    const Tables tables;
    ModelMatcher openRouter;
    std::unordered_map<std::string, const ModelPrices *> manual; ///< by lower case name
    LookUpMemory memory;
};

PriceBook::PriceBook(Tables tables) : m_data(std::make_unique<Data>(std::move(tables))) {}

PriceBook::~PriceBook() = default;

std::shared_ptr<const PriceBook> PriceBook::bundled()
{
    static const std::shared_ptr<const PriceBook> book = [] {
        registerBundledPrices();
        QFile file(QStringLiteral(":/genscope/prices/bundled.json"));
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        auto read = fromJson(opened ? file.readAll() : QByteArray(), file.fileName());
        if (!read)
            qFatal("The bundled price book is broken: %s", qUtf8Printable(read.error().message));
        return std::move(read).value();
    }();
    return book;
}

PriceBook::Match PriceBook::find(std::string_view model, std::int64_t inputTokens) const
{
    if (containsIgnoringCase(model, kSplitModel))
        model = inputTokens > kSplitTokens ? kSplitModelLarge : kSplitModel;

    const std::string name = asciiLower(model);
    for (const std::string &candidate : {name, std::string(withoutPath(name))}) {
        const auto manual = m_data->manual.find(candidate);
        if (manual != m_data->manual.end())
            return {manual->second, true, true};
    }
    const auto hit = m_data->openRouter.find(model);
    if (!hit)
        return {};
    return {&m_data->tables.openRouter[hit->row], false, hit->exact};
}

PriceBook::Entry PriceBook::lookUp(std::string_view model, std::string_view provider,
                                   std::string_view serviceTier, std::int64_t inputTokens) const
{
    const KeyView key{model, provider, serviceTier, inputTokens > kSplitTokens};
    if (const auto known = m_data->memory.find(key))
        return *known;
    const Entry entry = search(model, provider, serviceTier, inputTokens);
    m_data->memory.remember(key, entry);
    return entry;
}

PriceBook::Entry PriceBook::search(std::string_view model, std::string_view provider,
                                   std::string_view serviceTier, std::int64_t inputTokens) const
{
    const Match match = find(model, inputTokens);
    if (!match.row)
        return {};
    const auto &[key, rates] = match.row->providers[providerIndex(*match.row, model, provider, serviceTier)];
    return {match, &key, &rates};
}

const std::vector<ModelPrices> &PriceBook::manualRows() const
{
    return m_data->tables.manual;
}

const std::vector<ModelPrices> &PriceBook::openRouterRows() const
{
    return m_data->tables.openRouter;
}

QString PriceBook::date() const
{
    return m_data->tables.date;
}

} // namespace genscope
