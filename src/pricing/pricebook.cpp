// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricebook.h"

#include "pricing/lookupmemory.h"
#include "pricing/modelmatcher.h"
#include "pricing/modelname.h"
#include "pricing/pricehistory.h"
#include "pricing/providerkeys.h"

#include <QFile>

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

/// Rows by their names in lower case.
using NameIndex = std::unordered_map<std::string, const ModelPrices *>;

std::vector<std::string> namesOf(const std::vector<ModelPrices> &rows)
{
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (const ModelPrices &row : rows)
        names.push_back(row.model);
    return names;
}

/// The rows of this very name, and of its part behind the vendor.
std::vector<const ModelPrices *> rowsNamed(const NameIndex &index, const std::string &lowerName)
{
    std::vector<const ModelPrices *> rows;
    const std::string_view plain = withoutPath(lowerName);
    if (const auto whole = index.find(lowerName); whole != index.end())
        rows.push_back(whole->second);
    if (plain.size() < lowerName.size()) {
        if (const auto part = index.find(std::string(plain)); part != index.end())
            rows.push_back(part->second);
    }
    return rows;
}

} // namespace

struct PriceBook::Data
{
    explicit Data(Tables from) : tables(std::move(from)), openRouter(namesOf(tables.openRouter))
    {
        for (const ModelPrices &row : tables.user)
            user.emplace(asciiLower(row.model), &row);
        for (const ModelPrices &row : tables.manual)
            manual.emplace(asciiLower(row.model), &row);
        for (const ModelPrices &row : tables.openRouter) {
            if (row.hasOwnPrices)
                own.emplace(asciiLower(row.model), &row);
        }
        for (const ModelPrices &row : tables.userPatterns)
            patterns.emplace_back(asciiLower(row.model));
    }

    /// Adds the user's prices that hold for a call, the first to go by first.
    void addUserCandidates(std::string_view model, std::string_view provider, std::string_view serviceTier,
                           std::vector<PriceCandidate> &to) const
    {
        const auto addRow = [&](const ModelPrices &row, MatchedBy by) {
            for (const std::size_t key : ownProviderIndices(row, model, provider, serviceTier))
                to.push_back({{&row, PriceTable::User, by, {}}, &row.providers[key]});
        };
        const std::string name = asciiLower(model);
        for (const ModelPrices *row : rowsNamed(user, name))
            addRow(*row, MatchedBy::Name);
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            if (fitsPattern(name, patterns[i]) || fitsPattern(withoutPath(name), patterns[i]))
                addRow(tables.userPatterns[i], MatchedBy::Pattern);
        }
        if (const auto row = own.find(name); row != own.end()) {
            const std::size_t key = providerIndex(*row->second, model, provider, serviceTier);
            to.push_back(
                {{row->second, PriceTable::OpenRouter, MatchedBy::Name, {}}, &row->second->providers[key]});
        }
    }

    const Tables tables;
    ModelMatcher openRouter;
    NameIndex user;
    NameIndex manual;
    NameIndex own;                     ///< rows of the openrouter table that hold prices of the user
    std::vector<std::string> patterns; ///< of tables.userPatterns, in lower case
    LookUpMemory memory;
    HistoryStore histories;
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

std::vector<std::string_view> PriceBook::modelNames() const
{
    std::vector<std::string_view> names;
    for (const auto *table : {&tables().user, &tables().manual, &tables().openRouter}) {
        for (const ModelPrices &row : *table)
            names.emplace_back(row.model);
    }
    return names;
}

PriceBook::Match PriceBook::find(std::string_view model, std::int64_t inputTokens) const
{
    if (containsIgnoringCase(model, kSplitModel))
        model = inputTokens > kSplitTokens ? kSplitModelLarge : kSplitModel;

    const auto manual = rowsNamed(m_data->manual, asciiLower(model));
    if (!manual.empty())
        return {manual.front(), PriceTable::Manual, MatchedBy::Name, {}};
    const auto hit = m_data->openRouter.find(model);
    if (!hit)
        return {};
    return {&m_data->tables.openRouter[hit->row], PriceTable::OpenRouter, hit->by, hit->text};
}

PriceBook::Entry PriceBook::lookUp(std::string_view model, std::string_view provider,
                                   std::string_view serviceTier, std::int64_t inputTokens) const
{
    const LookUpMemory::KeyView key{model, provider, serviceTier, inputTokens > kSplitTokens};
    if (const auto known = m_data->memory.find(key))
        return *known;
    const Entry entry = search(model, provider, serviceTier, inputTokens);
    m_data->memory.remember(key, entry);
    return entry;
}

PriceBook::Entry PriceBook::search(std::string_view model, std::string_view provider,
                                   std::string_view serviceTier, std::int64_t inputTokens) const
{
    std::vector<PriceCandidate> candidates;
    m_data->addUserCandidates(model, provider, serviceTier, candidates);
    if (const Match match = find(model, inputTokens); match.row) {
        const std::size_t key = providerIndex(*match.row, model, provider, serviceTier);
        candidates.push_back({match, &match.row->providers[key]});
    }
    return candidates.empty() ? Entry() : Entry{m_data->histories.of(candidates)};
}

const PriceBook::Tables &PriceBook::tables() const
{
    return m_data->tables;
}

} // namespace genscope
