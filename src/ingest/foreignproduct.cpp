// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/foreignproduct.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace genscope {

namespace {

constexpr std::size_t kMostNames = 3;

/// Members that stand together in records of one product only; empty names count for nothing.
struct Signature
{
    const char *product;
    std::array<std::string_view, kMostNames> names;
};

constexpr Signature kSignatures[] = {
    {"Langfuse", {"traceId", "type", "startTime"}},
    {"Langfuse", {"trace_id", "type", "provided_model_name"}},
    {"Langfuse", {"trace_id", "usage_details", "cost_details"}},
    {"Langfuse", {"observations", "htmlPath", {}}},
    {"LangSmith", {"run_type", "trace_id", {}}},
    {"LangSmith", {"run_type", "inputs", {}}},
    {"Helicone", {"request_created_at", "response_body", {}}},
    {"Helicone", {"request_created_at", "helicone_user", {}}},
    {"LiteLLM", {"call_type", "spend", "api_key"}},
    {"OpenAI usage", {"start_time", "input_tokens", "num_model_requests"}},
    {"OpenAI usage", {"object", "num_model_requests", {}}},
    {"OpenAI usage", {"start_time", "end_time", "results"}},
    {"Arize Phoenix", {"context.span_id", "context.trace_id", {}}},
};

const char *productOf(const std::vector<std::string> &names)
{
    const auto isThere = [&names](std::string_view name) {
        return name.empty() || std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const Signature &signature : kSignatures) {
        if (std::all_of(signature.names.begin(), signature.names.end(), isThere))
            return signature.product;
    }
    return nullptr;
}

const char *productOf(json::Value object)
{
    std::vector<std::string> names;
    for (json::MemberReader reader(object); reader.next();)
        names.emplace_back(reader.key());
    return productOf(names);
}

std::optional<Error> refusal(const char *product)
{
    if (!product)
        return std::nullopt;
    return makeError(
        Error::Kind::Parse,
        QCoreApplication::translate("EventParser",
                                    "this looks like a %1 export; Genscope reads PostHog events (batch "
                                    "exports, answers of the API, requests of SDKs) and OpenTelemetry traces")
            .arg(QLatin1String(product)));
}

} // namespace

std::optional<Error> foreignRecord(json::Value object)
{
    if (const char *product = productOf(object))
        return refusal(product);
    json::ElementReader page(json::member(object, "data"));
    return page.next() && page.value().isObject() ? refusal(productOf(page.value())) : std::nullopt;
}

std::optional<Error> foreignTableRow(const std::vector<std::string> &columns)
{
    return refusal(productOf(columns));
}

} // namespace genscope
