// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricechanges.h"

#include "core/format.h"
#include "models/pricedraft.h"
#include "models/pricelines.h"
#include "pricing/pricebook.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceChanges)
};

constexpr qsizetype kLeastAgreement = 4; ///< characters

/// The rate that own rows have now where a row would come; nothing if none.
std::optional<Decimal> rateBefore(const PriceRow &row, const std::vector<PriceRow> &own)
{
    const Timestamp at{row.valid.from ? row.valid.from->us : row.valid.toUs() - 1};
    for (const PriceRow &known : own) {
        if (known.unit == row.unit && known.aboveTokens == row.aboveTokens && keyOf(known) == keyOf(row) &&
            known.valid.contains(at))
            return known.rate;
    }
    return std::nullopt;
}

/// The rate that the book has under the row's very name; nothing for patterns and long prompts.
std::optional<Decimal> bookRate(const PriceRow &row, const PriceBook &book, Timestamp now)
{
    if (row.match == PriceRow::Match::Pattern || row.aboveTokens)
        return std::nullopt;
    const auto entry = book.lookUp(row.model, row.provider, row.serviceTier, 0);
    const PriceBook::Price *price = entry.at(now);
    if (!price || price->match.by != MatchedBy::Name)
        return std::nullopt;
    return rateOf(price->rates(), row.unit);
}

QString noteOf(const PriceRow &row, const QLocale &locale)
{
    QStringList parts;
    if (row.aboveTokens)
        parts += Text::tr("prompt above %1").arg(formatCount(*row.aboveTokens, locale));
    if (!row.serviceTier.empty())
        parts += QString::fromStdString(row.serviceTier);
    if (row.valid.from)
        parts += Text::tr("from %1").arg(formatPeriodEdge(*row.valid.from, locale));
    if (row.valid.to)
        parts += Text::tr("until %1").arg(formatPeriodEdge(*row.valid.to, locale));
    return parts.join(QStringLiteral(", "));
}

/// `anthropic/claude-sonnet-4` -> `claude-sonnet-4`, in lower case.
QString bareName(const QString &name)
{
    return name.mid(name.lastIndexOf(QLatin1Char('/')) + 1).toLower();
}

qsizetype agreement(const QString &a, const QString &b)
{
    const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return end - a.begin();
}

} // namespace

PricePreview previewOf(const std::vector<PriceRow> &rows, const std::vector<PriceRow> &own,
                       const PriceBook &book, Timestamp now)
{
    const QLocale locale;
    PricePreview preview;
    std::map<std::pair<PriceRowKey, std::int64_t>, int> prices;
    for (const PriceRow &row : rows) {
        const auto known = prices.try_emplace({keyOf(row), row.valid.fromUs()}, preview.prices);
        preview.prices += known.second;
        preview.priceOfRow.push_back(known.first->second);
        auto before = rateBefore(row, own);
        QString note = noteOf(row, locale);
        if (!before) {
            before = bookRate(row, book, now);
            if (before)
                note = note.isEmpty() ? Text::tr("of the bundled book")
                                      : Text::tr("%1; of the bundled book").arg(note);
        }
        preview.lines.push_back({QString::fromStdString(row.model), QString::fromStdString(row.provider),
                                 unitText(row.unit), isPerToken(row.unit), before, row.rate, note,
                                 known.first->second});
    }
    return preview;
}

PricePreview previewOf(const PriceDiff &diff)
{
    PricePreview preview;
    std::map<PriceRowKey, int> prices;
    const auto priceOf = [&](const PriceRow &row) {
        const auto known = prices.try_emplace(keyOf(row), preview.prices);
        preview.prices += known.second;
        return known.first->second;
    };
    for (const PriceRow &row : diff.rows)
        preview.priceOfRow.push_back(priceOf(row));
    for (const PriceDiff::Change &change : diff.changes) {
        PriceRow row;
        row.match = PriceRow::Match::Listed;
        row.model = change.model;
        row.provider = change.provider == "default" ? std::string() : change.provider;
        const QString note = change.isNewPrice   ? Text::tr("new model or provider")
                             : change.dropsTiers ? Text::tr("old long-prompt rates end")
                                                 : QString();
        preview.lines.push_back({QString::fromStdString(change.model), QString::fromStdString(row.provider),
                                 unitText(change.unit), isPerToken(change.unit), change.before, change.after,
                                 note, priceOf(row)});
    }
    return preview;
}

std::vector<PriceRow> chosenRows(const std::vector<PriceRow> &rows, const PricePreview &preview,
                                 const std::function<bool(int price)> &isChosen)
{
    std::vector<PriceRow> chosen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (isChosen(preview.priceOfRow[i]))
            chosen.push_back(rows[i]);
    }
    return chosen;
}

std::optional<NearPrice> nearestPrice(const PriceBook &book, const QString &model)
{
    const QString wanted = bareName(model);
    std::optional<NearPrice> nearest;
    qsizetype best = kLeastAgreement - 1;
    for (const auto *rows : {&book.tables().user, &book.tables().manual, &book.tables().openRouter}) {
        for (const ModelPrices &row : *rows) {
            const QString name = QString::fromStdString(row.model);
            const qsizetype same = agreement(wanted, bareName(name));
            if (same <= best)
                continue;
            best = same;
            nearest = NearPrice{name, &row.providers.front().periods.back().rates};
        }
    }
    return nearest;
}

} // namespace genscope
