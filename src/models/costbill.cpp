// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/costbill.h"

#include "analytics/explainview.h"
#include "core/format.h"
#include "ingest/normalise.h"
#include "models/pricedraft.h"
#include "models/pricelines.h"
#include "models/roles.h"
#include "models/tablecolumns.h"
#include "pricing/pricebook.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CostBill)
};

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString kindText(CostKind kind)
{
    switch (kind) {
    case CostKind::CacheRead:
        return Text::tr("Input, read from the cache");
    case CostKind::CachedAudio:
        return Text::tr("Audio, read from the cache");
    case CostKind::CacheWrite1h:
        return Text::tr("Input, cached for 1 hour");
    case CostKind::CacheWrite:
        return Text::tr("Input, written to the cache");
    case CostKind::InputText:
        return Text::tr("Input");
    case CostKind::InputAudio:
        return Text::tr("Audio input");
    case CostKind::InputImage:
        return Text::tr("Image input");
    case CostKind::OutputText:
        return Text::tr("Output");
    case CostKind::Reasoning:
        return Text::tr("Reasoning, counted apart from the output");
    case CostKind::OutputAudio:
        return Text::tr("Audio output");
    case CostKind::OutputImage:
        return Text::tr("Image output");
    case CostKind::Request:
        return Text::tr("Requests");
    case CostKind::WebSearch:
        return Text::tr("Web searches");
    }
    return {};
}

QString unknownText(CostExplanation::Unknown unknown)
{
    using Unknown = CostExplanation::Unknown;
    switch (unknown) {
    case Unknown::Nothing:
        return {};
    case Unknown::NoModel:
        return Text::tr("The event names no model.");
    case Unknown::ModelNotInBook:
        return Text::tr("No price fits this model.");
    case Unknown::NoPriceThen:
        return Text::tr("The model's prices do not hold at the time of the call.");
    case Unknown::NothingCounted:
        return Text::tr("The event says nothing of what was used.");
    case Unknown::InputCounts:
        return Text::tr("The event does not count its input.");
    case Unknown::OutputCounts:
        return Text::tr("The event does not count its output.");
    case Unknown::TooManyDigits:
        return Text::tr("The numbers have more digits than can be computed exactly.");
    }
    return {};
}

QString matchText(const CostExplanation::PriceRowUsed &price)
{
    const QString model = toQt(price.model);
    switch (price.by) {
    case MatchedBy::Name:
        return Text::tr("Price of “%1”: the names agree.").arg(model);
    case MatchedBy::Pattern:
        return Text::tr("Price of “%1”: the pattern fits.").arg(model);
    case MatchedBy::Inside:
        return Text::tr("Price of “%1”: the longest known name inside of the event's. An inexact match.")
            .arg(model);
    case MatchedBy::Around:
        return Text::tr("Price of “%1”: a known name that holds the event's. An inexact match.").arg(model);
    }
    return {};
}

QString tableText(PriceTable table)
{
    switch (table) {
    case PriceTable::User:
        return Text::tr("one of this store's own prices");
    case PriceTable::Manual:
        return Text::tr("the book's manual table");
    case PriceTable::OpenRouter:
        return Text::tr("the book's OpenRouter table");
    }
    return {};
}

QString periodText(const CostExplanation::PriceRowUsed &price, const QLocale &locale)
{
    QStringList parts{tableText(price.table)};
    parts += price.providerKey == "default" ? Text::tr("list price")
                                            : Text::tr("price at %1").arg(toQt(price.providerKey));
    if (price.valid.from)
        parts += Text::tr("from %1").arg(formatPeriodEdge(*price.valid.from, locale));
    if (price.valid.to)
        parts += Text::tr("until %1").arg(formatPeriodEdge(*price.valid.to, locale));
    if (!price.source.empty())
        parts += toQt(price.source);
    return Text::tr("It is from %1.").arg(parts.join(QStringLiteral(", ")));
}

QString cacheText(const CostExplanation &why)
{
    switch (why.cacheVerdict) {
    case CacheVerdict::Stated:
        return why.cacheExclusive ? Text::tr("Cache tokens are counted beside the input: the event says so.")
                                  : Text::tr("Cache tokens are counted inside the input: the event says so.");
    case CacheVerdict::AnthropicStyle:
        return Text::tr("Cache tokens are counted beside the input, as Anthropic's models report.");
    case CacheVerdict::Provable:
        return Text::tr(
            "Cache tokens are counted beside the input: there are more of them than input tokens.");
    case CacheVerdict::Assumed:
        return Text::tr("Cache tokens are counted inside the input, as most providers report.");
    }
    return {};
}

void addTiers(CostBill &bill, const CostExplanation &why, const QLocale &locale)
{
    if (why.contextTier)
        bill.reasons.push_back(
            (why.tierMode == TierMode::Excess
                 ? Text::tr("Long prompt: the tokens beyond %1 at the rates for those.")
                 : Text::tr("Long prompt: the whole call at the rates for prompts above %1 tokens."))
                .arg(formatCount(*why.contextTier, locale)));
    if (!why.serviceTier.empty())
        bill.reasons.push_back((why.serviceTierPriced
                                    ? Text::tr("Service tier “%1”, at its own price.")
                                    : Text::tr("Service tier “%1”: it has no price of its own."))
                                   .arg(toQt(why.serviceTier)));
}

CostBill::Line lineOf(const Product &product, const QLocale &locale)
{
    CostBill::Line line;
    line.kind = kindText(product.kind);
    line.count = QString::fromStdString(Decimal(product.count, 0).toString());
    const bool perToken = isPerToken(product.unit);
    line.rate = perToken ? formatPerMillion(product.rate, locale) : formatExact(product.rate, locale);
    if (!(product.factor == Decimal(1)))
        line.factor =
            Text::tr("%1 rate × %2")
                .arg(unitText(product.unit).toLower(), QString::fromStdString(product.factor.toString()));
    line.amount = formatExact(product.amount(), locale);
    return line;
}

void addBook(CostBill &bill, const CostExplanation &why, const QLocale &locale)
{
    if (why.rule == CostSource::Custom)
        bill.reasons.push_back(Text::tr("The event carries its own prices, which go before the book's."));
    if (why.price) {
        bill.hasPrice = true;
        bill.priceModel = toQt(why.price->model);
        bill.priceProvider = why.price->providerKey == "default" ? QString() : toQt(why.price->providerKey);
        bill.reasons.push_back(matchText(*why.price));
        bill.reasons.push_back(periodText(*why.price, locale));
    }
    if (const QString unknown = unknownText(why.unknown); !unknown.isEmpty())
        bill.reasons.push_back(unknown);
    if (why.products.empty())
        return;
    bool cached = false;
    for (const Product &product : why.products) {
        cached = cached || (product.kind <= CostKind::CacheWrite && product.count != 0);
        if (product.count != 0)
            bill.lines.push_back(lineOf(product, locale));
    }
    if (cached)
        bill.reasons.push_back(cacheText(why));
    addTiers(bill, why, locale);
    if (why.costs.total)
        bill.sum = Text::tr("Sum %1. Rounded once, to a trillionth of a dollar.")
                       .arg(formatExact(*why.costs.total, locale));
}

} // namespace

std::shared_ptr<const CostBill> billOf(const Selection &selection, std::uint32_t row, std::string_view raw)
{
    EventParser parser;
    const auto event = parser.parse(raw);
    if (!event || !isPriced(event->kind) || !selection.prices)
        return nullptr;
    const PriceBook &book = *selection.prices;
    const PricingView &view = selection.scope.pricing;
    DataContext stored = selection.context.data;
    stored.snapshot = selection.stored;
    FieldCache cache;
    const auto substitution = substitutionOf(view, row, stored, cache);
    const Substitution *assumed = substitution ? *substitution : nullptr;
    const QLocale locale;
    const PricedCall call = callOf(*event);
    auto bill = std::make_shared<CostBill>();
    const Timestamp now = currentTime();
    const CostExplanation carried = explainCostIn(view, nullptr, call, book, SuppliedCosts::Honour, now);
    const CostExplanation computed = explainCostIn(view, assumed, call, book, SuppliedCosts::Ignore, now);
    const bool reported = carried.rule == CostSource::Passthrough && carried.costs.total;
    const QString bookCost =
        computed.costs.total ? formatExact(*computed.costs.total, locale) : Text::tr("unpriced");
    if (assumed) {
        bill->headline = Text::tr("%1, what if").arg(bookCost);
        bill->reasons.push_back(
            Text::tr("What if %1, instead of %2 as it is.")
                .arg(toQt(toString(*assumed)),
                     carried.costs.total ? formatExact(*carried.costs.total, locale) : Text::tr("unpriced")));
    } else if (reported && selection.scope.cost != CostMode::Recomputed) {
        bill->headline = Text::tr("%1, reported by the event").arg(formatExact(*carried.costs.total, locale));
        bill->reasons.push_back(
            Text::tr("What an event reports goes before the price book, which says %1:").arg(bookCost));
    } else if (selection.scope.cost == CostMode::Reported) {
        bill->headline = Text::tr("The event reports no cost");
        bill->reasons.push_back(Text::tr("The price book says %1:").arg(bookCost));
    } else {
        bill->headline = Text::tr("%1, by the price book").arg(bookCost);
        if (reported)
            bill->reasons.push_back(Text::tr("The event reports %1, which this cost view leaves aside.")
                                        .arg(formatExact(*carried.costs.total, locale)));
    }
    if (view.time == PriceTime::Today)
        bill->reasons.push_back(Text::tr("At today's prices, whenever the call was."));
    else if (view.instant)
        bill->reasons.push_back(Text::tr("At the prices of %1, whenever the call was.")
                                    .arg(formatPeriodEdge(*view.instant, locale)));
    addBook(*bill, computed, locale);
    if (!bill->hasPrice)
        bill->priceModel = toQt(event->model);
    return bill;
}

CostBillModel::CostBillModel(QObject *parent) : QAbstractTableModel(parent) {}

void CostBillModel::setLines(std::vector<CostBill::Line> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int CostBillModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int CostBillModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CostBillModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CostBill::Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const QString texts[ColumnCount] = {line.kind, line.count, line.rate, line.amount};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case FullTextRole:
    case SortRole:
        return texts[index.column()];
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == RateColumn && !line.factor.isEmpty() ? line.factor
                                                                                   : texts[index.column()]);
    case Qt::TextAlignmentRole:
        return cellAlignment(index.column() != KindColumn);
    case StyleRole:
        return static_cast<int>(index.column() == KindColumn ? CellStyle::Text : CellStyle::Number);
    default:
        return {};
    }
}

QVariant CostBillModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != KindColumn);
    if (role == Qt::ToolTipRole && section == RateColumn)
        return tr("USD per million tokens; requests and searches: USD for each");
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("What"), tr("Count"), tr("Rate"), tr("Amount")};
    return titles[section];
}

} // namespace genscope
