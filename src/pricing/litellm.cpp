// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// LiteLLM's model_prices_and_context_window.json: an object of models by name, USD per token.
#include "pricing/jsontext.h"
#include "pricing/pricefile.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <array>

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
    std::int64_t aboveTokens = 0; ///< 0: a base rate
};

constexpr auto kKeys = std::to_array<Key>({
    {"input_cost_per_token", PriceUnit::InputToken},
    {"output_cost_per_token", PriceUnit::OutputToken},
    {"cache_read_input_token_cost", PriceUnit::CacheReadToken},
    {"cache_creation_input_token_cost", PriceUnit::CacheWriteToken},
    {"cache_creation_input_token_cost_above_1hr", PriceUnit::CacheWrite1hToken},
    {"input_cost_per_audio_token", PriceUnit::InputAudioToken},
    {"output_cost_per_audio_token", PriceUnit::OutputAudioToken},
    {"cache_read_input_audio_token_cost", PriceUnit::CachedAudioToken},
    {"input_cost_per_image_token", PriceUnit::InputImageToken},
    {"output_cost_per_image_token", PriceUnit::OutputImageToken},
    {"input_cost_per_request", PriceUnit::Request},
    {"input_cost_per_token_above_128k_tokens", PriceUnit::InputToken, 128'000},
    {"output_cost_per_token_above_128k_tokens", PriceUnit::OutputToken, 128'000},
    {"input_cost_per_token_above_200k_tokens", PriceUnit::InputToken, 200'000},
    {"output_cost_per_token_above_200k_tokens", PriceUnit::OutputToken, 200'000},
    {"cache_read_input_token_cost_above_200k_tokens", PriceUnit::CacheReadToken, 200'000},
    {"cache_creation_input_token_cost_above_200k_tokens", PriceUnit::CacheWriteToken, 200'000},
});

/// One model; nothing where the list has no price a token for it. @p wrong: a rate that is no number.
struct Model
{
    std::vector<PriceRow> rows;
    bool isPriced = false; ///< has an input rate above 0, and an output rate
    QString wrong;
};

Model readModel(std::string_view name, ondemand::object entry)
{
    Model model;
    bool hasInput = false;
    bool hasOutput = false;
    bool isFree = true;
    bool isEmbedding = false;
    const auto add = [&](PriceUnit unit, const Decimal &rate) -> PriceRow & {
        PriceRow row;
        row.model = name;
        row.unit = unit;
        row.rate = rate;
        model.rows.push_back(std::move(row));
        return model.rows.back();
    };
    for (auto field : entry) {
        const std::string_view key = field.unescaped_key().value();
        ondemand::value value = field.value();
        if (std::string_view mode; key == "mode" && !value.get_string().get(mode))
            isEmbedding = mode == "embedding";
        const auto known =
            std::find_if(kKeys.begin(), kKeys.end(), [&](const Key &k) { return k.name == key; });
        if (known == kKeys.end() || value.is_null())
            continue;
        const auto rate = decimalOfToken(value.raw_json_token());
        if (!rate) {
            model.wrong = Text::tr("“%1” is not a number that can be kept exactly").arg(fromUtf8(key));
            return model;
        }
        PriceRow &row = add(known->unit, *rate);
        if (known->aboveTokens > 0)
            row.aboveTokens = known->aboveTokens;
        else if (known->unit == PriceUnit::InputToken || known->unit == PriceUnit::OutputToken)
            isFree = isFree && rate->isZero();
        hasInput |= known->unit == PriceUnit::InputToken && known->aboveTokens == 0;
        hasOutput |= known->unit == PriceUnit::OutputToken && known->aboveTokens == 0;
    }
    if (isEmbedding && !hasOutput)
        add(PriceUnit::OutputToken, Decimal());
    model.isPriced = hasInput && (hasOutput || isEmbedding) && !isFree;
    return model;
}

} // namespace

Result<PriceFile> readLiteLlmPrices(const QByteArray &json, const QString &fileName)
{
    // Reading on demand would meet a fault half-way, in the middle of a model.
    simdjson::dom::parser strict;
    if (strict.parse(json.constData(), static_cast<std::size_t>(json.size())).error())
        return makeError(Error::Kind::Parse, Text::tr("%1: not valid JSON").arg(fileName));
    const simdjson::padded_string text(json.constData(), static_cast<std::size_t>(json.size()));
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object root;
    if (parser.iterate(text).get(document) || document.get_object().get(root))
        return makeError(Error::Kind::Parse, Text::tr("%1: not an object").arg(fileName));
    PriceFile file;
    file.format = Text::tr("LiteLLM's model prices");
    int number = 0;
    int unpriced = 0;
    for (auto field : root) {
        ++number;
        const std::string_view name = field.unescaped_key().value();
        ondemand::object entry;
        if (name == "sample_spec" || field.value().get_object().get(entry))
            continue;
        Model model = readModel(name, entry);
        if (!model.wrong.isEmpty()) {
            return makeError(Error::Kind::Parse,
                             Text::tr("%1, row %2 (%3): %4")
                                 .arg(fileName, QString::number(number), shortened(name), model.wrong));
        }
        if (!model.isPriced) {
            ++unpriced;
            continue;
        }
        file.numbers.insert(file.numbers.end(), model.rows.size(), number);
        std::move(model.rows.begin(), model.rows.end(), std::back_inserter(file.rows));
    }
    if (unpriced > 0)
        file.notes += Text::tr("%n model(s) without a price per token left out", nullptr, unpriced);
    return file;
}

} // namespace genscope
