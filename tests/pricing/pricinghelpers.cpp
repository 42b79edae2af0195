// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricinghelpers.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gtest/gtest.h>

namespace genscope {

namespace {

/// Finite numbers, and texts that hold one. Qt prints a double with as few digits as give it back, which is
/// how the vectors are written, so nothing is lost on the way.
Amount amount(const QJsonValue &value)
{
    if (value.isDouble())
        return Decimal::parse(
            QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest).toStdString());
    if (value.isString())
        return Decimal::parse(value.toString().trimmed().toStdString());
    return std::nullopt;
}

Count count(const QJsonValue &value)
{
    const Amount number = amount(value);
    return number ? Count(static_cast<std::int64_t>(number->toDouble())) : std::nullopt;
}

std::string text(const QJsonValue &value)
{
    return value.toString().toStdString();
}

/// Ingest takes modality and lifetime counts out of the provider's raw usage; here, only of the places that
/// the vectors use.
void addRawUsage(const QJsonObject &raw, Usage &usage)
{
    for (const QString &key :
         {QStringLiteral("prompt_tokens_details"), QStringLiteral("promptTokensDetails")}) {
        const QJsonArray details = raw[key].toArray();
        for (const QJsonValue &detail : details) {
            if (detail[u"modality"].toString() == QLatin1String("AUDIO")) {
                const QJsonValue tokens = detail[u"token_count"];
                usage.audioInputTokens = count(tokens.isUndefined() ? detail[u"tokenCount"] : tokens);
            }
        }
    }
    const QJsonObject writes = raw[u"usage"][u"raw"][u"cache_creation"].toObject();
    if (!writes.isEmpty()) {
        usage.cacheWrite5mTokens = count(writes[u"ephemeral_5m_input_tokens"]);
        usage.cacheWrite1hTokens = count(writes[u"ephemeral_1h_input_tokens"]);
    }
}

} // namespace

Event eventFromProperties(const QString &eventName, const QJsonObject &properties)
{
    Event event;
    event.name = eventName.toStdString();
    event.kind = eventKindFromName(event.name);
    event.model = text(properties[u"$ai_model"]);
    event.provider = text(properties[u"$ai_provider"]);
    event.framework = text(properties[u"$ai_framework"]);

    Usage &usage = event.usage;
    usage.inputTokens = count(properties[u"$ai_input_tokens"]);
    usage.outputTokens = count(properties[u"$ai_output_tokens"]);
    usage.cacheReadTokens = count(properties[u"$ai_cache_read_input_tokens"]);
    usage.cacheWriteTokens = count(properties[u"$ai_cache_creation_input_tokens"]);
    usage.cacheWrite5mTokens = count(properties[u"$ai_cache_creation_5m_input_tokens"]);
    usage.cacheWrite1hTokens = count(properties[u"$ai_cache_creation_1h_input_tokens"]);
    usage.reasoningTokens = count(properties[u"$ai_reasoning_tokens"]);
    usage.cacheReadAudioTokens = count(properties[u"$ai_cache_read_audio_tokens"]);
    usage.audioInputTokens = count(properties[u"$ai_audio_input_tokens"]);
    usage.imageInputTokens = count(properties[u"$ai_image_input_tokens"]);
    usage.audioOutputTokens = count(properties[u"$ai_audio_output_tokens"]);
    usage.imageOutputTokens = count(properties[u"$ai_image_output_tokens"]);
    const QJsonValue textTokens = properties[u"$ai_text_output_tokens"];
    if (!textTokens.isUndefined() && !textTokens.isNull())
        usage.textOutputTokens = count(textTokens).value_or(0);
    const QJsonValue exclusive = properties[u"$ai_cache_reporting_exclusive"];
    if (exclusive.isBool())
        usage.cacheReportingExclusive = exclusive.toBool();

    usage.requestCount = count(properties[u"$ai_request_count"]);
    usage.webSearchCount = count(properties[u"$ai_web_search_count"]);

    usage.suppliedInputCost = amount(properties[u"$ai_input_cost_usd"]);
    usage.suppliedOutputCost = amount(properties[u"$ai_output_cost_usd"]);
    usage.suppliedRequestCost = amount(properties[u"$ai_request_cost_usd"]);
    usage.suppliedWebSearchCost = amount(properties[u"$ai_web_search_cost_usd"]);
    usage.suppliedTotalCost = amount(properties[u"$ai_total_cost_usd"]);
    const QJsonValue passthrough = properties[u"$ai_cost_passthrough"];
    usage.costPassthrough = passthrough.toBool() || passthrough.toString() == QLatin1String("true");

    usage.inputTokenPrice = amount(properties[u"$ai_input_token_price"]);
    usage.outputTokenPrice = amount(properties[u"$ai_output_token_price"]);
    usage.cacheReadTokenPrice = amount(properties[u"$ai_cache_read_token_price"]);
    usage.cacheWriteTokenPrice = amount(properties[u"$ai_cache_write_token_price"]);
    usage.cacheWrite1hTokenPrice = amount(properties[u"$ai_cache_write_1h_token_price"]);
    usage.requestPrice = amount(properties[u"$ai_request_price"]);
    usage.webSearchPrice = amount(properties[u"$ai_web_search_price"]);
    usage.serviceTier = text(properties[u"$ai_model_parameters"][u"service_tier"]);

    addRawUsage(properties[u"$ai_usage"].toObject(), usage);
    return event;
}

Event generation(const char *propertiesJson)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(propertiesJson, &error);
    EXPECT_EQ(error.error, QJsonParseError::NoError) << propertiesJson;
    return eventFromProperties(QStringLiteral("$ai_generation"), document.object());
}

std::shared_ptr<const PriceBook> bookFrom(const QByteArray &json)
{
    auto book = PriceBook::fromJson(json, QStringLiteral("test.json"));
    if (book)
        return *book;
    ADD_FAILURE() << book.error().message.toStdString();
    return std::make_shared<PriceBook>(PriceBook::Tables());
}

} // namespace genscope
