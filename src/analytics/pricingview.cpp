// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/pricingview.h"

#include "pricing/rates.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <variant>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PricingView)
};

Error usage(const QString &message)
{
    return makeError(Error::Kind::Usage, message);
}

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// How a rate is called and counted here.
struct RateName
{
    std::string_view name;
    std::variant<Decimal RateSet::*, Amount RateSet::*> member;
    bool perMillion = true; ///< else USD each
};
const auto kRateNames = std::to_array<RateName>({
    {"input", &RateSet::promptToken},
    {"output", &RateSet::completionToken},
    {"cache_read", &RateSet::cacheReadToken},
    {"cache_write", &RateSet::cacheWriteToken},
    {"cache_write_1h", &RateSet::cacheWrite1hToken},
    {"audio", &RateSet::audio},
    {"audio_output", &RateSet::audioOutput},
    {"audio_cache_read", &RateSet::inputAudioCache},
    {"image", &RateSet::image},
    {"image_output", &RateSet::imageOutput},
    {"request", &RateSet::request, false},
    {"web_search", &RateSet::webSearch, false},
});
constexpr Decimal kMillionth{1, 6};
constexpr Decimal kMillion{1'000'000, 0};

Error badRates(std::string_view part)
{
    return usage(Text::tr("“%1” is not a rate: rates are written like input:3,output:15, in USD per million "
                          "tokens")
                     .arg(shown(part)));
}

Result<RateSet> parseRates(std::string_view text)
{
    RateSet rates;
    bool input = false;
    bool output = false;
    for (;;) {
        const std::string_view part = trimmed(text.substr(0, text.find(',')));
        const std::size_t colon = part.find(':');
        const auto value =
            colon == std::string_view::npos ? std::nullopt : Decimal::parse(trimmed(part.substr(colon + 1)));
        const std::string_view name = trimmed(part.substr(0, colon));
        const auto known = std::find_if(kRateNames.begin(), kRateNames.end(),
                                        [&](const RateName &rate) { return rate.name == name; });
        if (!value || value->isNegative() || known == kRateNames.end())
            return badRates(part);
        const Decimal rate = known->perMillion ? *value * kMillionth : *value;
        if (!rate.isValid() || (known->perMillion && rate > 1))
            return badRates(part);
        std::visit([&](auto member) { rates.*member = rate; }, known->member);
        input = input || name == "input";
        output = output || name == "output";
        if (text.find(',') == std::string_view::npos)
            break;
        text.remove_prefix(text.find(',') + 1);
    }
    if (!input || !output)
        return usage(Text::tr("“%1” needs both an input and an output rate").arg(shown(text)));
    return rates;
}

Status parseTarget(std::string_view text, Substitution &to)
{
    if (text.empty())
        return usage(Text::tr("a substitution is written MODEL=OTHER_MODEL, MODEL=input:3,output:15 or "
                              "MODEL=x0.5"));
    if (text.front() == 'x') {
        const auto factor = Decimal::parse(text.substr(1));
        if (factor && !factor->isNegative()) {
            to.factor = *factor;
            return Done{};
        }
    }
    if (text.find(':') != std::string_view::npos && text.substr(0, text.find(':')).find('/') == text.npos) {
        const std::string_view name = trimmed(text.substr(0, text.find(':')));
        const bool isRate = std::any_of(kRateNames.begin(), kRateNames.end(),
                                        [&](const RateName &rate) { return rate.name == name; });
        if (isRate) {
            auto rates = parseRates(text);
            if (!rates)
                return rates.error();
            to.rates = std::make_shared<const RateSet>(std::move(*rates));
            return Done{};
        }
    }
    const std::size_t at = text.rfind('@');
    to.model = text.substr(0, at);
    to.provider = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    if (to.model.empty())
        return usage(Text::tr("“%1” names no model").arg(shown(text)));
    return Done{};
}

std::string ratesText(const RateSet &rates)
{
    std::string text;
    for (const RateName &rate : kRateNames) {
        const Amount value = std::visit([&](auto member) { return Amount(rates.*member); }, rate.member);
        if (!value)
            continue;
        text += text.empty() ? "" : ",";
        text.append(rate.name).append(":");
        text += (rate.perMillion ? *value * kMillion : *value).toString();
    }
    return text;
}

} // namespace

bool Substitution::operator==(const Substitution &other) const
{
    const bool sameRates = rates && other.rates ? *rates == *other.rates : rates == other.rates;
    return sameRates && traffic == other.traffic && model == other.model && provider == other.provider &&
           factor == other.factor;
}

Status setPriceTime(PricingView &view, std::string_view text, const Zone &zone)
{
    view.instant.reset();
    if (text.empty() || text == "event") {
        view.time = PriceTime::EventDate;
        return Done{};
    }
    if (text == "today") {
        view.time = PriceTime::Today;
        return Done{};
    }
    const auto parsed = parseTimeBound(text, false, zone, Timestamp{});
    if (!parsed || text.front() == '-')
        return usage(Text::tr("prices are those of the event's date (event), of today, or of a date such as "
                              "2025-06-01, not of “%1”")
                         .arg(shown(text)));
    view.time = PriceTime::Instant;
    view.instant = *parsed;
    return Done{};
}

Result<Substitution> parseSubstitution(std::string_view text)
{
    Substitution substitution;
    constexpr std::string_view kArrow = "=>";
    std::string_view target;
    if (const std::size_t arrow = text.find(kArrow); arrow != std::string_view::npos) {
        auto traffic = Filter::parse(trimmed(text.substr(0, arrow)));
        if (!traffic)
            return traffic.error();
        substitution.traffic = std::move(*traffic);
        target = text.substr(arrow + kArrow.size());
    } else {
        const std::size_t equals = text.find('=');
        const std::string_view model = trimmed(text.substr(0, equals));
        if (equals == std::string_view::npos || model.empty())
            return usage(Text::tr("“%1” is not a substitution; write MODEL=OTHER_MODEL, "
                                  "MODEL=input:3,output:15 or MODEL=x0.5")
                             .arg(shown(text)));
        substitution.traffic = Filter::equals(Field::parse("model").value(), model);
        target = text.substr(equals + 1);
    }
    if (const Status parsed = parseTarget(trimmed(target), substitution); !parsed)
        return parsed.error();
    return substitution;
}

std::string toString(const Substitution &substitution)
{
    std::string text = substitution.traffic.toString();
    text.append(" => ");
    if (substitution.rates)
        text.append(ratesText(*substitution.rates));
    else if (substitution.factor)
        text.append(1, 'x').append(substitution.factor->toString());
    else
        text.append(substitution.model);
    if (!substitution.provider.empty())
        text.append(1, '@').append(substitution.provider);
    return text;
}

} // namespace genscope
