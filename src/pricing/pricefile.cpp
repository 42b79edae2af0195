// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/pricefile.h"

#include "pricing/jsontext.h"
#include "pricing/openrouter.h"
#include "pricing/pricecheck.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <map>
#include <numeric>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

enum class Format { Csv, Ours, LiteLlm, OpenRouterModels, OpenRouterEndpoints };

Format formatOf(const QByteArray &bytes)
{
    const QByteArray start = bytes.left(4096).trimmed();
    if (!start.startsWith('{') && !start.startsWith('['))
        return Format::Csv;
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (parser.parse(bytes.constData(), static_cast<std::size_t>(bytes.size())).get_object().get(root))
        return Format::Ours;
    for (const char *table : {"manual", "openrouter", "user", "user_patterns"}) {
        if (simdjson::dom::array rows; !root[table].get_array().get(rows))
            return Format::Ours;
    }
    if (simdjson::dom::array models; !root["data"].get_array().get(models))
        return Format::OpenRouterModels;
    if (simdjson::dom::object model; !root["data"].get_object().get(model))
        return Format::OpenRouterEndpoints;
    for (const auto field : root) {
        simdjson::dom::object entry;
        simdjson::dom::element ignored;
        if (!field.value.get_object().get(entry) &&
            (!entry["litellm_provider"].get(ignored) || !entry["input_cost_per_token"].get(ignored)))
            return Format::LiteLlm;
    }
    return Format::Ours; // which says what it misses
}

Result<PriceFile> readOurs(const QByteArray &json, const QString &fileName)
{
    const auto book = PriceBook::fromJson(json, fileName);
    if (!book)
        return book.error();
    return PriceFile{Text::tr("price rows as JSON"), rowsOf((*book)->tables()), {}, {}};
}

Result<PriceFile> readOpenRouter(const QByteArray &json, Format format)
{
    auto prices =
        format == Format::OpenRouterModels ? parseOpenRouterModels(json) : parseOpenRouterEndpoints(json);
    if (!prices)
        return prices.error();
    return PriceFile{Text::tr("OpenRouter's answer"), std::move(prices->rows), {}, std::move(prices->notes)};
}

Result<PriceFile> read(const QByteArray &bytes, const QString &fileName)
{
    switch (const Format format = formatOf(bytes)) {
    case Format::Csv:
        return readPriceCsv({bytes.constData(), static_cast<std::size_t>(bytes.size())}, fileName);
    case Format::LiteLlm:
        return readLiteLlmPrices(bytes, fileName);
    case Format::OpenRouterModels:
    case Format::OpenRouterEndpoints:
        return readOpenRouter(bytes, format);
    case Format::Ours:
        break;
    }
    return readOurs(bytes, fileName);
}

Error refusal(const PriceFile &file, const std::vector<PriceProblem> &problems, const QString &fileName)
{
    constexpr std::size_t kMaxShown = 20;
    QStringList lines;
    for (const PriceProblem &problem : problems) {
        if (static_cast<std::size_t>(lines.size()) == kMaxShown) {
            lines +=
                Text::tr("%n more faulty row(s)", nullptr, static_cast<int>(problems.size() - kMaxShown));
            break;
        }
        lines += Text::tr("%1, row %2 (%3): %4")
                     .arg(fileName, QString::number(file.numbers[problem.row]),
                          shortened(file.rows[problem.row].model), problem.reason);
    }
    return makeError(Error::Kind::Parse, lines.join(QLatin1Char('\n')));
}

} // namespace

Result<PriceFile> readPriceFile(const QByteArray &bytes, const QString &fileName, const std::string &source)
{
    if (bytes.trimmed().isEmpty())
        return makeError(Error::Kind::Parse, Text::tr("%1 is empty").arg(fileName));
    auto file = read(bytes, fileName);
    if (!file)
        return file;
    for (PriceRow &row : file->rows) {
        if (row.source.empty())
            row.source = source;
    }
    if (file->numbers.empty()) {
        file->numbers.resize(file->rows.size());
        std::iota(file->numbers.begin(), file->numbers.end(), 1);
    }
    const auto problems = checkPrices(file->rows, file->numbers);
    if (!problems.empty())
        return refusal(*file, problems, fileName);
    return file;
}

Result<std::shared_ptr<const PriceBook>> readPriceBook(const QByteArray &bytes, const QString &fileName)
{
    if (!bytes.trimmed().isEmpty() && formatOf(bytes) == Format::Ours)
        return PriceBook::fromJson(bytes, fileName);
    const auto file = readPriceFile(bytes, fileName, {});
    if (!file)
        return file.error();
    return std::shared_ptr<const PriceBook>(std::make_shared<PriceBook>(overlaid({}, file->rows)));
}

} // namespace genscope
