// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/openrouter.h"

#include "pricing/jsontext.h"
#include "pricing/modelname.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>

namespace genscope {

namespace {

namespace ondemand = simdjson::ondemand;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

struct Key
{
    std::string_view name;
    PriceUnit unit;
};

constexpr auto kKeys = std::to_array<Key>({
    {"prompt", PriceUnit::InputToken},
    {"completion", PriceUnit::OutputToken},
    {"input_cache_read", PriceUnit::CacheReadToken},
    {"input_cache_write", PriceUnit::CacheWriteToken},
    {"request", PriceUnit::Request},
    {"web_search", PriceUnit::WebSearch},
    {"image", PriceUnit::InputImageToken},
    {"image_output", PriceUnit::OutputImageToken},
    {"audio", PriceUnit::InputAudioToken},
    {"audio_output", PriceUnit::OutputAudioToken},
    {"input_audio_cache", PriceUnit::CachedAudioToken},
});

struct Pricing
{
    std::vector<std::pair<PriceUnit, Decimal>> rates;
    double discount = 0;
    bool varies = false;
    QString wrong;

    bool has(PriceUnit unit) const
    {
        return std::any_of(rates.begin(), rates.end(), [&](const auto &rate) { return rate.first == unit; });
    }
};

Pricing readPricing(ondemand::object object)
{
    Pricing pricing;
    for (auto field : object) {
        const std::string_view name = field.unescaped_key().value();
        ondemand::value value = field.value();
        if (value.is_null())
            continue;
        if (name == "discount") {
            if (const auto discount = decimalOfToken(value.raw_json_token()))
                pricing.discount = discount->toDouble();
            continue;
        }
        const auto key =
            std::find_if(kKeys.begin(), kKeys.end(), [&](const Key &k) { return k.name == name; });
        if (key == kKeys.end())
            continue;
        const auto rate = decimalOfToken(value.raw_json_token());
        if (!rate) {
            pricing.wrong = Text::tr("the price “%1” is not a number").arg(fromUtf8(name));
            return pricing;
        }
        pricing.varies |= rate->isNegative();
        const bool isRequired = key->unit == PriceUnit::InputToken || key->unit == PriceUnit::OutputToken;
        if (isRequired || !rate->isZero())
            pricing.rates.emplace_back(key->unit, *rate);
    }
    return pricing;
}

/// Ten significant digits, as PostHog keeps them.
Decimal rounded(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.9e", value);
    return Decimal::parse(text.data()).value_or(Decimal::invalid());
}

/// The price before an endpoint's discount; flat fees have none.
Decimal withoutDiscount(PriceUnit unit, const Decimal &rate, double discount)
{
    const bool isFlat = unit == PriceUnit::Request || unit == PriceUnit::WebSearch;
    return isFlat || !(discount > 0 && discount < 1) ? rate : rounded(rate.toDouble() / (1 - discount));
}

/// Reads the answers; what is wrong or left out is told with the model it is about.
class Reader
{
public:
    /// Adds the rows of one price; false if the whole answer is to be refused.
    bool add(const std::string &model, const std::string &provider, ondemand::object object)
    {
        const Pricing pricing = readPricing(object);
        const QString name = shortened(model);
        if (!pricing.wrong.isEmpty())
            return fail(QStringLiteral("%1: %2").arg(name, pricing.wrong));
        if (pricing.varies) {
            m_prices.notes += Text::tr("%1 is left out: its price varies").arg(name);
            return true;
        }
        if (!pricing.has(PriceUnit::InputToken) || !pricing.has(PriceUnit::OutputToken)) {
            m_prices.notes += Text::tr("%1 is left out: it has no price per token").arg(name);
            return true;
        }
        for (const auto &[unit, rate] : pricing.rates) {
            PriceRow row;
            row.match = PriceRow::Match::Listed;
            row.model = model;
            row.provider = provider;
            row.unit = unit;
            row.rate = withoutDiscount(unit, rate, provider.empty() ? 0 : pricing.discount);
            if (const QString problem = rateProblem(unit, row.rate); !problem.isEmpty())
                return fail(QStringLiteral("%1: %2").arg(name, problem));
            m_prices.rows.push_back(std::move(row));
        }
        return true;
    }

    bool addModel(ondemand::object model)
    {
        std::string_view id;
        ondemand::object pricing;
        if (model["id"].get_string().get(id) || id.empty())
            return fail(Text::tr("a model has no “id”"));
        const std::string name(id);
        if (model["pricing"].get_object().get(pricing))
            return fail(Text::tr("%1 has no “pricing”").arg(shortened(name)));
        const std::size_t before = m_prices.rows.size();
        if (!add(name, {}, pricing))
            return false;
        if (m_prices.rows.size() > before)
            m_prices.models.push_back(name);
        return true;
    }

    bool addEndpoint(const std::string &model, ondemand::object endpoint)
    {
        std::string key;
        for (const char *name : {"tag", "provider_name", "name"}) {
            std::string_view text;
            if (key.empty() && !endpoint[name].get_string().get(text))
                key = hyphenated(text);
        }
        if (key.empty())
            return fail(Text::tr("%1 has an endpoint without a name").arg(shortened(model)));
        if (key == "default")
            key = "provider-default";
        // The last of several endpoints with the same name counts.
        std::erase_if(m_prices.rows, [&](const PriceRow &row) { return row.provider == key; });
        ondemand::object pricing;
        if (endpoint["pricing"].get_object().get(pricing))
            return fail(Text::tr("%1 has no “pricing”").arg(shortened(model)));
        return add(model, key, pricing);
    }

    bool fail(const QString &what)
    {
        if (m_error.isEmpty())
            m_error = what;
        return false;
    }

    Result<OpenRouterPrices> result(bool ok)
    {
        if (ok)
            return std::move(m_prices);
        const QString what = m_error.isEmpty() ? Text::tr("it is not the answer that was expected") : m_error;
        return makeError(Error::Kind::Parse, Text::tr("OpenRouter's prices: %1").arg(what));
    }

private:
    OpenRouterPrices m_prices;
    QString m_error;
};

/// Calls @p read with the document of a text that is valid JSON all through.
bool withDocument(const QByteArray &json, Reader &reader, const std::function<bool(ondemand::object)> &read)
{
    const simdjson::padded_string text(json.constData(), static_cast<std::size_t>(json.size()));
    simdjson::dom::parser strict;
    if (const auto broken = strict.parse(text).error())
        return reader.fail(
            Text::tr("not valid JSON: %1").arg(QLatin1String(simdjson::error_message(broken))));
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object root;
    return !parser.iterate(text).get(document) && !document.get_object().get(root) && read(root);
}

} // namespace

Result<OpenRouterPrices> parseOpenRouterModels(const QByteArray &json)
{
    Reader reader;
    const bool ok = withDocument(json, reader, [&reader](ondemand::object root) {
        ondemand::array models;
        if (root["data"].get_array().get(models))
            return false;
        for (auto element : models) {
            ondemand::object model;
            if (element.get_object().get(model) || !reader.addModel(model))
                return false;
        }
        return true;
    });
    return reader.result(ok);
}

Result<OpenRouterPrices> parseOpenRouterEndpoints(const QByteArray &json)
{
    Reader reader;
    const bool ok = withDocument(json, reader, [&reader](ondemand::object root) {
        ondemand::object data;
        std::string_view id;
        ondemand::array endpoints;
        if (root["data"].get_object().get(data) || data["id"].get_string().get(id))
            return false;
        const std::string model(id);
        if (data["endpoints"].get_array().get(endpoints))
            return false;
        for (auto element : endpoints) {
            ondemand::object endpoint;
            if (element.get_object().get(endpoint) || !reader.addEndpoint(model, endpoint))
                return false;
        }
        return true;
    });
    return reader.result(ok);
}

} // namespace genscope
