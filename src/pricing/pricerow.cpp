// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricerow.h"

#include "pricing/modelname.h"
#include "pricing/pricehistory.h"
#include "pricing/providerkeys.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

namespace genscope {

namespace {

constexpr std::array<std::string_view, 3> kMatchNames{"exact", "pattern", "listed"};
constexpr std::array<std::string_view, 2> kModeNames{"whole_call", "excess"};

template<typename Enum, std::size_t N>
std::optional<Enum> fromName(const std::array<std::string_view, N> &names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

/// The rates that hold from @p us on, until the next bound of a row; nothing without a base price.
std::optional<PricePeriod> periodAt(const std::vector<const PriceRow *> &rows, std::int64_t us)
{
    PricePeriod period;
    bool hasInput = false;
    bool hasOutput = false;
    std::map<std::int64_t, std::vector<const PriceRow *>> tiers;
    for (const PriceRow *row : rows) {
        if (us < row->valid.fromUs() || us >= row->valid.toUs())
            continue;
        if (row->aboveTokens) {
            tiers[*row->aboveTokens].push_back(row);
            period.rates.tierMode = row->tierMode;
            continue;
        }
        setRate(period.rates, row->unit, row->rate);
        hasInput |= row->unit == PriceUnit::InputToken;
        hasOutput |= row->unit == PriceUnit::OutputToken;
        if (period.source.empty())
            period.source = row->source;
    }
    if (!hasInput || !hasOutput)
        return std::nullopt;
    for (const auto &[above, tierRows] : tiers) {
        RateSet rates = period.rates;
        for (const PriceRow *row : tierRows)
            setRate(rates, row->unit, row->rate);
        period.rates.contextTiers.push_back({above, rates});
    }
    return period;
}

std::vector<PricePeriod> periodsOf(const std::vector<const PriceRow *> &rows)
{
    std::map<std::int64_t, std::optional<Timestamp>> bounds; ///< absent: open
    for (const PriceRow *row : rows) {
        bounds.emplace(row->valid.fromUs(), row->valid.from);
        bounds.emplace(row->valid.toUs(), row->valid.to);
    }
    std::vector<PricePeriod> periods;
    for (auto at = bounds.begin(); at != bounds.end(); ++at) {
        const auto next = std::next(at);
        if (next == bounds.end())
            break;
        if (auto period = periodAt(rows, at->first)) {
            period->valid = {at->second, next->second};
            periods.push_back(std::move(*period));
        }
    }
    return periods;
}

/// The prices of the rows with one kind of match, in the order in which their models come first.
std::vector<ModelPrices> modelPrices(const std::vector<PriceRow> &rows, PriceRow::Match match)
{
    struct Group
    {
        std::string model;
        std::vector<std::pair<std::string, std::vector<const PriceRow *>>> providers;
    };
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> known;
    for (const PriceRow &row : rows) {
        if (row.match != match)
            continue;
        const auto [at, isNew] = known.emplace(asciiLower(row.model), groups.size());
        if (isNew)
            groups.push_back({row.model, {}});
        auto &providers = groups[at->second].providers;
        const std::string key = providerKey(row.provider, row.serviceTier);
        auto provider = std::find_if(providers.begin(), providers.end(),
                                     [&](const auto &candidate) { return candidate.first == key; });
        if (provider == providers.end())
            provider = providers.insert(providers.end(), {key, {}});
        provider->second.push_back(&row);
    }
    std::vector<ModelPrices> models;
    for (Group &group : groups) {
        ModelPrices model{std::move(group.model), {}};
        for (const auto &[key, providerRows] : group.providers) {
            if (auto periods = periodsOf(providerRows); !periods.empty())
                model.providers.push_back({key, std::move(periods)});
        }
        if (!model.providers.empty())
            models.push_back(std::move(model));
    }
    return models;
}

/// Adds what @p bundled says of other providers and of times that @p own has no price for.
void complete(ModelPrices &own, const ModelPrices &bundled)
{
    for (const ProviderPrices &from : bundled.providers) {
        const auto to = std::find_if(own.providers.begin(), own.providers.end(),
                                     [&](const ProviderPrices &known) { return known.key == from.key; });
        if (to == own.providers.end()) {
            own.providers.push_back(from);
            continue;
        }
        std::vector<TimeRange> taken;
        for (const PricePeriod &period : to->periods)
            taken.push_back(period.valid);
        for (const PricePeriod &period : from.periods) {
            for (const TimeRange &free : without(period.valid, taken)) {
                to->periods.push_back(period);
                to->periods.back().valid = free;
            }
        }
        std::sort(to->periods.begin(), to->periods.end(),
                  [](const auto &a, const auto &b) { return a.valid.fromUs() < b.valid.fromUs(); });
    }
}

std::size_t literalLength(const std::string &pattern)
{
    std::size_t longest = 0;
    std::size_t length = 0;
    for (const char c : pattern) {
        length = c == '*' ? 0 : length + 1;
        longest = std::max(longest, length);
    }
    return longest;
}

void addRows(const std::vector<ModelPrices> &models, PriceRow::Match match, std::vector<PriceRow> &to)
{
    for (const ModelPrices &model : models) {
        for (const ProviderPrices &provider : model.providers) {
            for (const PricePeriod &period : provider.periods) {
                PriceRow common;
                common.match = match;
                common.model = model.model;
                common.provider = provider.key == "default" ? std::string() : provider.key;
                common.valid = period.valid;
                common.source = period.source;
                for (PriceRow &row : rowsOf(period.rates, common))
                    to.push_back(std::move(row));
            }
        }
    }
}

} // namespace

std::string_view matchName(PriceRow::Match match)
{
    return kMatchNames[static_cast<std::size_t>(match)];
}

std::optional<PriceRow::Match> matchFromName(std::string_view name)
{
    return fromName<PriceRow::Match>(kMatchNames, name);
}

std::string_view tierModeName(TierMode mode)
{
    return kModeNames[static_cast<std::size_t>(mode)];
}

std::optional<TierMode> tierModeFromName(std::string_view name)
{
    return fromName<TierMode>(kModeNames, name);
}

PriceRowKey keyOf(const PriceRow &row)
{
    return {row.match, asciiLower(row.model), providerKey(row.provider, row.serviceTier)};
}

std::vector<PriceRow> rowsOf(const Rates &rates, const PriceRow &common)
{
    std::vector<PriceRow> rows;
    const auto add = [&](PriceUnit unit, const Decimal &rate) {
        rows.push_back(common);
        rows.back().unit = unit;
        rows.back().rate = rate;
    };
    for (const PriceUnitInfo &info : priceUnits()) {
        if (const Amount rate = rateOf(rates, info.unit))
            add(info.unit, *rate);
    }
    for (const Rates::ContextTier &tier : rates.contextTiers) {
        for (const PriceUnitInfo &info : priceUnits()) {
            const Amount rate = rateOf(tier.rates, info.unit);
            if (!rate || rate == rateOf(rates, info.unit))
                continue;
            add(info.unit, *rate);
            rows.back().aboveTokens = tier.minInputTokens;
            rows.back().tierMode = rates.tierMode;
        }
    }
    return rows;
}

std::vector<PriceRow> rowsOf(const PriceBook::Tables &tables)
{
    std::vector<PriceRow> rows;
    addRows(tables.user, PriceRow::Match::Exact, rows);
    addRows(tables.userPatterns, PriceRow::Match::Pattern, rows);
    addRows(tables.manual, PriceRow::Match::Exact, rows);
    addRows(tables.openRouter, PriceRow::Match::Listed, rows);
    return rows;
}

PriceBook::Tables overlaid(PriceBook::Tables bundled, const std::vector<PriceRow> &own)
{
    PriceBook::Tables tables = std::move(bundled);
    const auto append = [](std::vector<ModelPrices> &to, std::vector<ModelPrices> models) {
        std::move(models.begin(), models.end(), std::back_inserter(to));
    };
    append(tables.user, modelPrices(own, PriceRow::Match::Exact));
    append(tables.userPatterns, modelPrices(own, PriceRow::Match::Pattern));
    std::stable_sort(tables.userPatterns.begin(), tables.userPatterns.end(),
                     [](const ModelPrices &a, const ModelPrices &b) {
                         return literalLength(a.model) > literalLength(b.model);
                     });

    std::vector<ModelPrices> listed = modelPrices(own, PriceRow::Match::Listed);
    if (listed.empty())
        return tables;
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < tables.openRouter.size(); ++i)
        known.emplace(asciiLower(tables.openRouter[i].model), i);
    std::vector<ModelPrices> added;
    for (ModelPrices &model : listed) {
        model.hasOwnPrices = true;
        const auto same = known.find(asciiLower(model.model));
        if (same == known.end()) {
            added.push_back(std::move(model));
        } else {
            complete(model, tables.openRouter[same->second]);
            tables.openRouter[same->second] = std::move(model);
        }
    }
    // Where two rows match equally well the first one wins, so the user's own come first.
    append(added, std::move(tables.openRouter));
    tables.openRouter = std::move(added);
    return tables;
}

} // namespace genscope
