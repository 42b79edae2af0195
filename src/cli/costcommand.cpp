// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"
#include "cli/output.h"
#include "core/zone.h"
#include "ingest/normalise.h"
#include "pricing/explain.h"
#include "pricing/jsonobject.h"
#include "pricing/pricefile.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <iostream>
#include <string>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

Result<std::shared_ptr<const PriceBook>> bookFor(const OptionParser &options)
{
    if (!options.has("prices"))
        return PriceBook::bundled();
    const QString path = options.value("prices");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Error::Kind::Io, Text::tr("could not read %1: %2").arg(path, file.errorString()));
    return readPriceBook(file.readAll(), path);
}

/// What PostHog would set on the event; keys that it would leave unset are absent.
std::string costJson(const Event &event, const PriceBook &book, bool explain)
{
    const PricedCall call = callOf(event);
    const ExactCosts costs =
        isPriced(event.kind) ? priceCall(call, book, SuppliedCosts::Honour) : ExactCosts();
    JsonMembers json;
    json.addText("uuid", event.uuid.toString());
    const auto add = [&json](std::string_view name, const Amount &amount) {
        if (amount)
            json.add(name, amount->toString());
    };
    add("input_cost_usd", costs.input);
    add("output_cost_usd", costs.output);
    add("request_cost_usd", costs.request);
    add("web_search_cost_usd", costs.webSearch);
    add("total_cost_usd", costs.total);
    json.addText("source", costSourceName(costs.source));
    if (!costs.model.empty())
        json.add("model", jsonString(costs.model));
    if (!costs.provider.empty())
        json.add("provider", jsonString(costs.provider));
    if (costs.cacheReportingExclusive)
        json.add("cache_reporting_exclusive", *costs.cacheReportingExclusive ? "true" : "false");
    if (explain && isPriced(event.kind))
        json.add("explanation", explanationJson(explainCost(call, book, SuppliedCosts::Honour)));
    return json.object();
}

/// An event without a usable time is priced at today's prices.
Result<Event> eventFrom(const std::string &line, EventParser &parser)
{
    auto event = parser.parse(line);
    if (event)
        return event;
    CaptureEnvelope now;
    now.receivedAt = currentTime();
    auto undated = parser.parse(line, now);
    return undated ? std::move(undated) : std::move(event);
}

} // namespace

ExitStatus costCommand(const QStringList &arguments)
{
    OptionParser options(
        "cost", QStringLiteral("[--prices FILE]"),
        Text::tr("Prices the events on standard input, one JSON object a line, at the prices of "
                 "their time."));
    options.addValue("prices", Text::tr("file"),
                     Text::tr("Prices to take in the place of the bundled ones."));
    options.addFlag("explain", Text::tr("Also says why: the price row, each product and the sum."));
    if (!options.parse(arguments, 0, 0))
        return options.exitStatus();
    const auto book = bookFor(options);
    if (!book)
        return fail(book.error());

    EventParser parser;
    bool rejected = false;
    std::int64_t number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const auto event = eventFrom(line, parser);
        if (!event) {
            rejected = true;
            complain(
                Text::tr("standard input, line %1: %2").arg(QString::number(number), event.error().message));
            continue;
        }
        const std::string json = costJson(*event, **book, options.has("explain")) + '\n';
        if (std::fwrite(json.data(), 1, json.size(), stdout) != json.size())
            return fail(makeError(Error::Kind::Io, Text::tr("could not write to standard output")));
    }
    return rejected ? ExitStatus::Incomplete : ExitStatus::Done;
}

} // namespace genscope
