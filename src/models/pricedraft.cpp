// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricedraft.h"

#include "models/pricelines.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceDraft)
};

constexpr Decimal kMillion(1'000'000);
constexpr Decimal kMillionth(1, 6);

/// What is wrong with one set of rates; the text names the rate.
QString problemOf(const RateSet &rates)
{
    for (const PriceUnitInfo &info : priceUnits()) {
        const Amount rate = rateOf(rates, info.unit);
        const QString problem = rate ? rateProblem(info.unit, *rate) : QString();
        if (!problem.isEmpty())
            return Text::tr("%1: %2").arg(unitText(info.unit), problem);
    }
    return {};
}

} // namespace

QString unitText(PriceUnit unit)
{
    switch (unit) {
    case PriceUnit::InputToken:
        return Text::tr("Input");
    case PriceUnit::OutputToken:
        return Text::tr("Output");
    case PriceUnit::CacheReadToken:
        return Text::tr("Cache read");
    case PriceUnit::CacheWriteToken:
        return Text::tr("Cache write");
    case PriceUnit::CacheWrite1hToken:
        return Text::tr("Cache write, 1 hour");
    case PriceUnit::InputAudioToken:
        return Text::tr("Audio input");
    case PriceUnit::OutputAudioToken:
        return Text::tr("Audio output");
    case PriceUnit::CachedAudioToken:
        return Text::tr("Cached audio");
    case PriceUnit::InputImageToken:
        return Text::tr("Image input");
    case PriceUnit::OutputImageToken:
        return Text::tr("Image output");
    case PriceUnit::Request:
        return Text::tr("Request");
    case PriceUnit::WebSearch:
        return Text::tr("Web search");
    }
    return {};
}

bool isPerToken(PriceUnit unit)
{
    return unit != PriceUnit::Request && unit != PriceUnit::WebSearch;
}

Amount parseRate(const QString &text, PriceUnit unit, const QLocale &locale)
{
    QString plain = text.trimmed();
    if (plain.startsWith(QLatin1Char('$')))
        plain = plain.mid(1).trimmed();
    if (locale.decimalPoint() != QLatin1String("."))
        plain.replace(locale.decimalPoint(), QLatin1String("."));
    if (plain.startsWith(QLatin1Char('.')))
        plain.prepend(QLatin1Char('0'));
    const auto number = Decimal::parse(plain.toStdString());
    if (!number)
        return {};
    return isPerToken(unit) ? *number * kMillionth : *number;
}

QString rateText(const Amount &rate, PriceUnit unit, const QLocale &locale)
{
    if (!rate)
        return {};
    QString text = QString::fromStdString((isPerToken(unit) ? *rate * kMillion : *rate).toString());
    return text.replace(QLatin1Char('.'), locale.decimalPoint());
}

QString ratesSummary(const RateSet &rates, const QLocale &locale)
{
    return Text::tr("%1 in, %2 out per million tokens")
        .arg(formatPerMillion(rates.promptToken, locale), formatPerMillion(rates.completionToken, locale));
}

QString problemOf(const PriceDraft &draft)
{
    if (draft.model.trimmed().isEmpty())
        return Text::tr("Which model? Type its name as the events have it.");
    if (draft.model.trimmed() == QLatin1String("*"))
        return Text::tr("A price for every model would hide all others: name at least a part.");
    if (const QString problem = problemOf(static_cast<const RateSet &>(draft.rates)); !problem.isEmpty())
        return problem;
    for (const Rates::ContextTier &tier : draft.rates.contextTiers) {
        if (tier.minInputTokens <= 0)
            return Text::tr("Long prompts: from how many tokens on?");
        if (const QString problem = problemOf(tier.rates); !problem.isEmpty())
            return Text::tr("Long prompts: %1").arg(problem);
    }
    if (draft.valid.from && draft.valid.to && *draft.valid.to <= *draft.valid.from)
        return Text::tr("The last day must be after the first.");
    return {};
}

} // namespace genscope
