// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/priceunit.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::int64_t kTokenLimit = 1;
/// Also for images, which some lists price by the picture.
constexpr std::int64_t kRequestLimit = 1000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

} // namespace

const std::array<PriceUnitInfo, kPriceUnitCount> &priceUnits()
{
    using Unit = PriceUnit;
    static const std::array<PriceUnitInfo, kPriceUnitCount> kUnits{{
        {Unit::InputToken, "input_token", "prompt_token", &RateSet::promptToken, kTokenLimit, true},
        {Unit::OutputToken, "output_token", "completion_token", &RateSet::completionToken, kTokenLimit,
         false},
        {Unit::CacheReadToken, "cache_read_token", "cache_read_token", &RateSet::cacheReadToken, kTokenLimit,
         true},
        {Unit::CacheWriteToken, "cache_write_token", "cache_write_token", &RateSet::cacheWriteToken,
         kTokenLimit, true},
        {Unit::CacheWrite1hToken, "cache_write_1h_token", "cache_write_1h_token", &RateSet::cacheWrite1hToken,
         kTokenLimit, true},
        {Unit::InputAudioToken, "input_audio_token", "audio", &RateSet::audio, kTokenLimit, true},
        {Unit::OutputAudioToken, "output_audio_token", "audio_output", &RateSet::audioOutput, kTokenLimit,
         false},
        {Unit::CachedAudioToken, "cached_audio_token", "input_audio_cache", &RateSet::inputAudioCache,
         kTokenLimit, true},
        {Unit::InputImageToken, "input_image_token", "image", &RateSet::image, kRequestLimit, true},
        {Unit::OutputImageToken, "output_image_token", "image_output", &RateSet::imageOutput, kRequestLimit,
         false},
        {Unit::Request, "request", "request", &RateSet::request, kRequestLimit, false},
        {Unit::WebSearch, "web_search", "web_search", &RateSet::webSearch, kRequestLimit, false},
    }};
    return kUnits;
}

const PriceUnitInfo &infoOf(PriceUnit unit)
{
    return priceUnits()[static_cast<std::size_t>(unit)];
}

std::optional<PriceUnit> priceUnitFromName(std::string_view name)
{
    for (const PriceUnitInfo &info : priceUnits()) {
        if (info.name == name)
            return info.unit;
    }
    return std::nullopt;
}

Amount rateOf(const RateSet &rates, PriceUnit unit)
{
    return std::visit([&rates](auto member) { return Amount(rates.*member); }, infoOf(unit).member);
}

void setRate(RateSet &rates, PriceUnit unit, const Decimal &rate)
{
    std::visit([&](auto member) { rates.*member = rate; }, infoOf(unit).member);
}

QString rateProblem(PriceUnit unit, const Decimal &rate)
{
    if (!rate.isValid())
        return Text::tr("it is not a number that can be kept exactly");
    const QString shown = QString::fromStdString(rate.toString());
    if (rate.isNegative())
        return Text::tr("%1: a price cannot be negative").arg(shown);
    const std::int64_t limit = infoOf(unit).limit;
    if (rate > Decimal(limit)) {
        return Text::tr("%1: more than %2 USD for a single one, is it a price per million?")
            .arg(shown, QString::number(limit));
    }
    return {};
}

} // namespace genscope
