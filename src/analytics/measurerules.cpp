// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/measurerules.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Kind = Ingredient::Kind;
using Shape = MeasureRule::Shape;

constexpr Ingredient of(Kind kind)
{
    return {kind, EventStream::Measured, NumberSource::InputTokens, RealSource::Latency};
}
constexpr Ingredient eventsOf(EventStream stream)
{
    return {Kind::Events, stream, NumberSource::InputTokens, RealSource::Latency};
}
constexpr Ingredient sumOf(NumberSource number)
{
    return {Kind::Sum, EventStream::Measured, number, RealSource::Latency};
}
constexpr Ingredient realOf(Kind kind, RealSource field)
{
    return {kind, EventStream::Measured, NumberSource::InputTokens, field};
}

constexpr Ingredient kNothing = of(Kind::None);
constexpr Ingredient kEvents = of(Kind::Events);

constexpr MeasureRule counted(Measure measure, std::string_view name, Ingredient a)
{
    return {measure, name, Unit::Number, Shape::Events, a, kNothing, 0};
}
constexpr MeasureRule money(Measure measure, std::string_view name, NumberSource source)
{
    return {measure, name, Unit::Usd, Shape::Money, sumOf(source), kNothing, 0};
}
constexpr MeasureRule moneyPer(Measure measure, std::string_view name, NumberSource source, Ingredient b)
{
    return {measure, name, Unit::Usd, Shape::MoneyPer, sumOf(source), b, 0};
}
constexpr MeasureRule tokens(Measure measure, std::string_view name, NumberSource source)
{
    return {measure, name, Unit::Tokens, Shape::Sum, sumOf(source), kNothing, 0};
}
constexpr MeasureRule average(Measure measure, std::string_view name, RealSource field)
{
    return {measure, name, Unit::Seconds, Shape::Average, realOf(Kind::RealSum, field), kNothing, 0};
}
constexpr MeasureRule percentile(Measure measure, std::string_view name, RealSource field, double fraction)
{
    return {measure, name, Unit::Seconds, Shape::Real, realOf(Kind::Percentiles, field), kNothing, fraction};
}

/// Of single calls.
constexpr MeasureRule speed(Measure measure, std::string_view name, double fraction)
{
    return {measure,
            name,
            Unit::TokensPerSecond,
            Shape::Real,
            realOf(Kind::Percentiles, RealSource::TokensPerSecond),
            kNothing,
            fraction};
}

constexpr RealSource kLatency = RealSource::Latency;
constexpr RealSource kTtft = RealSource::TimeToFirstToken;

constexpr std::array kRules = {
    counted(Measure::Generations, "generations", eventsOf(EventStream::Generations)),
    counted(Measure::Embeddings, "embeddings", eventsOf(EventStream::Embeddings)),
    counted(Measure::Spans, "spans", eventsOf(EventStream::Spans)),
    counted(Measure::Traces, "traces", of(Kind::Traces)),
    counted(Measure::Sessions, "sessions", of(Kind::Sessions)),
    counted(Measure::Users, "users", of(Kind::Users)),
    counted(Measure::Customers, "customers", of(Kind::Customers)),
    counted(Measure::Errors, "errors", of(Kind::Errors)),
    MeasureRule{Measure::ErrorRate, "error_rate", Unit::Ratio, Shape::CountRatio, of(Kind::Errors), kEvents,
                0},
    money(Measure::Cost, "cost", NumberSource::Cost),
    money(Measure::CostInput, "cost_input", NumberSource::CostInput),
    money(Measure::CostOutput, "cost_output", NumberSource::CostOutput),
    money(Measure::CostCacheRead, "cost_cache_read", NumberSource::CostCacheRead),
    money(Measure::CostCacheWrite, "cost_cache_write", NumberSource::CostCacheWrite),
    money(Measure::CostRequest, "cost_request", NumberSource::CostRequest),
    money(Measure::CostWebSearch, "cost_web_search", NumberSource::CostWebSearch),
    moneyPer(Measure::CostPerGeneration, "cost_per_generation", NumberSource::Cost, kEvents),
    moneyPer(Measure::CostPerTrace, "cost_per_trace", NumberSource::Cost, of(Kind::Traces)),
    moneyPer(Measure::CostPerUser, "cost_per_user", NumberSource::CostOfUsers, of(Kind::Users)),
    MeasureRule{Measure::CostPer1kTokens, "cost_per_1k_tokens", Unit::Usd, Shape::MoneyPerThousand,
                sumOf(NumberSource::Cost), sumOf(NumberSource::TotalTokens), 0},
    tokens(Measure::InputTokens, "input_tokens", NumberSource::InputTokens),
    tokens(Measure::OutputTokens, "output_tokens", NumberSource::OutputTokens),
    tokens(Measure::CacheReadTokens, "cache_read_tokens", NumberSource::CacheReadTokens),
    tokens(Measure::CacheWriteTokens, "cache_write_tokens", NumberSource::CacheWriteTokens),
    tokens(Measure::ReasoningTokens, "reasoning_tokens", NumberSource::ReasoningTokens),
    tokens(Measure::TotalTokens, "total_tokens", NumberSource::TotalTokens),
    MeasureRule{Measure::CacheHitRate, "cache_hit_rate", Unit::Ratio, Shape::SumRatio,
                sumOf(NumberSource::CacheReadTokens), sumOf(NumberSource::PromptTokens), 0},
    average(Measure::LatencyAvg, "latency_avg", kLatency),
    percentile(Measure::LatencyP50, "latency_p50", kLatency, 0.50),
    percentile(Measure::LatencyP90, "latency_p90", kLatency, 0.90),
    percentile(Measure::LatencyP95, "latency_p95", kLatency, 0.95),
    percentile(Measure::LatencyP99, "latency_p99", kLatency, 0.99),
    MeasureRule{Measure::LatencyMax, "latency_max", Unit::Seconds, Shape::Real,
                realOf(Kind::RealMax, kLatency), kNothing, 0},
    average(Measure::TtftAvg, "ttft_avg", kTtft),
    percentile(Measure::TtftP50, "ttft_p50", kTtft, 0.50),
    percentile(Measure::TtftP90, "ttft_p90", kTtft, 0.90),
    percentile(Measure::TtftP95, "ttft_p95", kTtft, 0.95),
    percentile(Measure::TtftP99, "ttft_p99", kTtft, 0.99),
    MeasureRule{Measure::TokensPerSecond, "tokens_per_second", Unit::TokensPerSecond, Shape::Rate,
                of(Kind::TokenRate), kNothing, 0},
    speed(Measure::TokensPerSecondP5, "tokens_per_second_p5", 0.05),
    speed(Measure::TokensPerSecondP50, "tokens_per_second_p50", 0.50),
    speed(Measure::TokensPerSecondP90, "tokens_per_second_p90", 0.90),
    speed(Measure::TokensPerSecondP95, "tokens_per_second_p95", 0.95),
    speed(Measure::TokensPerSecondP99, "tokens_per_second_p99", 0.99),
    counted(Measure::Unpriced, "unpriced", of(Kind::Unpriced)),
};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kRules.size(); ++i) {
        if (static_cast<std::size_t>(kRules[i].measure) != i)
            return false;
    }
    return kRules.size() == static_cast<std::size_t>(Measure::Unpriced) + 1;
}
static_assert(inOrder(), "one rule for each measure, in the order of Measure");

} // namespace

std::span<const MeasureRule> measureRules()
{
    return kRules;
}

const MeasureRule &ruleOf(Measure measure)
{
    return kRules[static_cast<std::size_t>(measure)];
}

std::optional<Measure> measureFromName(std::string_view name)
{
    const auto rule = std::find_if(kRules.begin(), kRules.end(),
                                   [name](const MeasureRule &each) { return each.name == name; });
    return rule == kRules.end() ? std::nullopt : std::optional(rule->measure);
}

std::string_view measureName(Measure measure)
{
    return ruleOf(measure).name;
}

Unit measureUnit(Measure measure)
{
    return ruleOf(measure).unit;
}

std::vector<std::string_view> measureNames()
{
    std::vector<std::string_view> names;
    for (const MeasureRule &rule : kRules)
        names.push_back(rule.name);
    return names;
}

} // namespace genscope
