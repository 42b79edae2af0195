// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/priceoverview.h"

#include "core/format.h"
#include "models/pricedraft.h"
#include "pricing/pricebook.h"
#include "workspace/pricing.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceOverview)
};

const std::string kDefaultKey = "default";

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string textOf(const Cell &cell)
{
    const auto *text = std::get_if<std::string>(&cell);
    return text ? *text : std::string();
}

std::int64_t countOf(const Cell &cell)
{
    const auto *count = std::get_if<std::int64_t>(&cell);
    return count ? *count : 0;
}

/// All of a store's events in one cost view.
Result<std::shared_ptr<const Selection>> everything(const Selection &selection, CostMode mode)
{
    Scope scope = selection.scope;
    scope.range = {};
    scope.filter = {};
    scope.cost = mode;
    return makeSelection(selection.snapshot, selection.reader, scope, selection.context.cache, {});
}

using Names = std::pair<std::string, std::string>; ///< model, provider

/// When the rows of each model were first and last seen.
Status findSpans(const Selection &selection, const RowSet &rows, std::map<Names, UnpricedLine> &lines)
{
    const auto model = openField(*Field::parse("model"), selection.context.data);
    if (!model)
        return model.error();
    const auto provider = openField(*Field::parse("provider"), selection.context.data);
    if (!provider)
        return provider.error();
    std::map<std::pair<std::uint32_t, std::uint32_t>, UnpricedLine *> lineOf;
    std::vector<std::uint32_t> modelScratch, providerScratch;
    std::vector<std::int64_t> times, kinds;
    const Snapshot &snapshot = *selection.snapshot;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        const auto models = (*model)->codes(i, modelScratch);
        const auto providers = (*provider)->codes(i, providerScratch);
        times.resize(segment.rows());
        segment.ints(IntField::Timestamp).decode(times);
        kinds.resize(segment.rows());
        segment.ints(IntField::Kind).decode(kinds);
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            const std::size_t at = row - first;
            if (kinds[at] != static_cast<std::int64_t>(EventKind::Generation))
                return;
            auto [found, isNew] = lineOf.try_emplace({models[at], providers[at]}, nullptr);
            if (isNew) {
                const auto line = lines.find(Names(std::string((*model)->value(models[at])),
                                                   std::string((*provider)->value(providers[at]))));
                found->second = line == lines.end() ? nullptr : &line->second;
            }
            if (UnpricedLine *line = found->second) {
                line->firstSeen.us = std::min(line->firstSeen.us, times[at]);
                line->lastSeen.us = std::max(line->lastSeen.us, times[at]);
            }
        });
    }
    return Done{};
}

Status findUnpriced(const Selection &selection, PriceOverview &overview)
{
    const auto all = everything(selection, selection.scope.cost);
    if (!all)
        return all.error();
    const auto rows = narrowed(**all, *Filter::parse("not priced"));
    if (!rows)
        return rows.error();
    Query query;
    query.measures = {Measure::Unpriced, Measure::TotalTokens};
    query.by = {*Field::parse("model"), *Field::parse("provider")};
    const auto table = runQuery(query, (*all)->scope, *rows, (*all)->context);
    if (!table)
        return table.error();
    std::map<Names, UnpricedLine> lines;
    for (const auto &row : table->rows) {
        if (countOf(row[2]) == 0)
            continue;
        UnpricedLine line{toQt(textOf(row[0])), toQt(textOf(row[1])), countOf(row[2]),
                          countOf(row[3]),      kLatestTimestamp,     kEarliestTimestamp};
        overview.unpricedGenerations += line.generations;
        lines.emplace(Names(textOf(row[0]), textOf(row[1])), std::move(line));
    }
    if (const Status found = findSpans(**all, *rows, lines); !found)
        return found.error();
    for (auto &[names, line] : lines)
        overview.unpriced.push_back(std::move(line));
    std::stable_sort(overview.unpriced.begin(), overview.unpriced.end(),
                     [](const auto &a, const auto &b) { return a.generations > b.generations; });
    return Done{};
}

QString tierText(const Rates::ContextTier &tier, TierMode mode, const QLocale &locale)
{
    const QString from = formatCount(tier.minInputTokens, locale);
    return mode == TierMode::Excess ? Text::tr("tokens beyond %1").arg(from)
                                    : Text::tr("prompt above %1").arg(from);
}

void takeRates(PriceLine &line, const RateSet &rates, const QLocale &locale)
{
    line.input = rates.promptToken;
    line.output = rates.completionToken;
    line.cacheRead = rates.cacheReadToken;
    line.cacheWrite = rates.cacheWriteToken;
    line.otherRates = otherRatesText(rates, locale);
}

} // namespace

Result<PriceOverview> priceOverview(const Selection &selection, const PriceBook &book)
{
    PriceOverview overview;
    const Timestamp now = currentTime();
    const auto booked = withoutWhatIf(selection, now);
    if (!booked)
        return booked.error();
    auto uses =
        priceUses(*(*booked)->snapshot, book, (*booked)->scope.pricing, now, selection.context.data.stop);
    if (!uses)
        return uses.error();
    overview.uses = std::move(*uses);
    if (const Status found = findUnpriced(**booked, overview); !found)
        return found.error();
    return overview;
}

QString otherRatesText(const RateSet &rates, const QLocale &locale)
{
    QStringList parts;
    for (const PriceUnitInfo &info : priceUnits()) {
        if (info.unit <= PriceUnit::CacheWriteToken)
            continue; // has a column
        if (const Amount rate = rateOf(rates, info.unit))
            parts += unitText(info.unit).toLower() + QLatin1Char(' ') +
                     (isPerToken(info.unit) ? formatPerMillion(*rate, locale) : formatExact(*rate, locale));
    }
    return parts.join(QStringLiteral(", "));
}

namespace {

/// Who said so, from what the row's source says.
PriceLine::Origin originOf(const std::string &source)
{
    const auto begins = [&](std::string_view word) { return source.compare(0, word.size(), word) == 0; };
    return begins(kOpenRouterSource) ? PriceLine::Origin::OpenRouter
           : begins(kHandSource)     ? PriceLine::Origin::Hand
                                     : PriceLine::Origin::File;
}

class LineMaker
{
public:
    LineMaker(std::shared_ptr<const PriceBook> book, const std::vector<PriceUse> &uses)
        : m_book(std::move(book))
    {
        for (const PriceUse &use : uses)
            m_useOf[{use.period, use.tier}] = &use;
    }

    std::vector<PriceLine> make()
    {
        const PriceBook::Tables &tables = m_book->tables();
        for (const auto *rows : {&tables.user, &tables.userPatterns, &tables.manual, &tables.openRouter}) {
            m_isUsers = rows == &tables.user || rows == &tables.userPatterns;
            m_isListed = rows == &tables.openRouter;
            for (const ModelPrices &row : *rows)
                for (const ProviderPrices &provider : row.providers)
                    add(row, provider);
        }
        return std::move(m_lines);
    }

private:
    void add(const ModelPrices &row, const ProviderPrices &provider)
    {
        for (const PricePeriod &period : provider.periods) {
            PriceLine line;
            line.model = toQt(row.model);
            line.providerKey = provider.key;
            line.provider = provider.key == kDefaultKey ? QString() : toQt(provider.key);
            line.valid = period.valid;
            line.source = toQt(period.source);
            line.isListed = m_isListed;
            // Of the openrouter table, the user's are those that say where they are from.
            line.isOwn = m_isUsers || (row.hasOwnPrices && !period.source.empty());
            line.origin = line.isOwn ? originOf(period.source) : PriceLine::Origin::Bundled;
            if (!line.isOwn && line.source.isEmpty())
                line.source = m_book->date();
            line.rates = {m_book, &period.rates};
            takeRates(line, period.rates, m_locale);
            takeUse(line, period, std::nullopt);
            m_lines.push_back(line);
            for (const Rates::ContextTier &tier : period.rates.contextTiers) {
                line.tier = tierText(tier, period.rates.tierMode, m_locale);
                takeRates(line, tier.rates, m_locale);
                takeUse(line, period, tier.minInputTokens);
                m_lines.push_back(line);
            }
        }
    }

    void takeUse(PriceLine &line, const PricePeriod &period, std::optional<std::int64_t> tier) const
    {
        const auto use = m_useOf.find({&period, tier});
        const bool isUsed = use != m_useOf.end();
        line.generations = isUsed ? use->second->generations : 0;
        line.cost = isUsed ? use->second->cost : Money{};
        line.usedBy = isUsed ? toQt(use->second->model) : QString();
    }

    std::shared_ptr<const PriceBook> m_book;
    std::map<std::pair<const PricePeriod *, std::optional<std::int64_t>>, const PriceUse *> m_useOf;
    std::vector<PriceLine> m_lines;
    QLocale m_locale;
    bool m_isUsers = false;
    bool m_isListed = false;
};

} // namespace

std::vector<PriceLine> linesOf(const std::shared_ptr<const PriceBook> &book,
                               const std::vector<PriceUse> &uses)
{
    return LineMaker(book, uses).make();
}

} // namespace genscope
