// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/dataissue.h"

#include <QCoreApplication>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::DataIssue)
};

constexpr std::array<std::string_view, kDataIssueCount> kCodes{
    "ttft_after_end",  "tokens_missing", "tokens_negative",  "cache_over_input", "anonymous_user",
    "clock_ahead",     "clock_behind",   "future_timestamp", "trace_missing",    "model_missing",
    "latency_missing", "error_unmarked", "cost_missing",     "cost_negative",    "latency_ms",
    "ttft_ms",         "one_per_trace",  "duplicate_span"};

/// A few background calls without a user are normal, and users are counted without them. From one call in
/// twenty on, numbers by user leave out enough to know it.
constexpr double kLeastAnonymousShare = 0.05;

} // namespace

std::string_view dataIssueCode(DataIssue issue)
{
    return kCodes[static_cast<std::size_t>(issue)];
}

IssueRule issueRule(DataIssue issue)
{
    using Kind = EventKind;
    const KindSet generations = kindSet({Kind::Generation});
    const KindSet calls = kindSet({Kind::Generation, Kind::Embedding});
    const KindSet nodes = kindSet({Kind::Generation, Kind::Embedding, Kind::Span});
    switch (issue) {
    case DataIssue::TtftAfterEnd:
    case DataIssue::TtftInMs:
    case DataIssue::TokensMissing:
        return {IssueSeverity::Warning, generations, 0};
    case DataIssue::LatencyMissing:
    case DataIssue::OnePerTrace:
        return {IssueSeverity::Note, generations, 0};
    case DataIssue::TokensNegative:
    case DataIssue::CacheOverInput:
    case DataIssue::ModelMissing:
    case DataIssue::ErrorUnmarked:
    case DataIssue::CostMissing:
    case DataIssue::LatencyInMs:
        return {IssueSeverity::Warning, calls, 0};
    case DataIssue::CostNegative:
        return {IssueSeverity::Warning, calls | kindSet({Kind::Evaluation}), 0};
    case DataIssue::AnonymousUser:
        return {IssueSeverity::Note, calls, kLeastAnonymousShare};
    case DataIssue::DuplicateSpan:
        return {IssueSeverity::Warning, nodes, 0};
    case DataIssue::TraceMissing:
        return {IssueSeverity::Warning, nodes | kindSet({Kind::Trace}), 0};
    case DataIssue::ClockAhead:
    case DataIssue::FutureTimestamp:
        return {IssueSeverity::Warning, KindSet().set(), 0};
    case DataIssue::ClockBehind:
        return {IssueSeverity::Note, KindSet().set(), 0};
    }
    return {};
}

IssueWords issueWords(DataIssue issue)
{
    switch (issue) {
    case DataIssue::TtftAfterEnd:
        return {
            Text::tr("First token later than the end of the call"),
            Text::tr(
                "Times to first token of these calls are not to be trusted, or their latency is too short."),
            Text::tr(
                "Measure both from the moment the request is sent; take the latency when the stream ends, "
                "not when it begins.")};
    case DataIssue::TokensMissing:
        return {
            Text::tr("Successful calls without token counts"),
            Text::tr("They have no cost and are missing from token sums: both are too low."),
            Text::tr(
                "Streams often report usage only when asked: with OpenAI set stream_options.include_usage.")};
    case DataIssue::TokensNegative:
        return {Text::tr("Negative token counts"),
                Text::tr("They are subtracted from token sums and from costs."),
                Text::tr("The sender subtracts cached tokens that were not included. Send the provider's own "
                         "counts.")};
    case DataIssue::CacheOverInput:
        return {
            Text::tr("More cached tokens than input tokens"),
            Text::tr(
                "The sender leaves cached tokens out of the input tokens. Its calls with fewer cached tokens "
                "are recomputed as if those were inside: their recomputed cost is too low. Costs that events "
                "report stay as they are."),
            Text::tr("Send $ai_cache_reporting_exclusive: true, or input tokens that include cached ones.")};
    case DataIssue::AnonymousUser:
        return {
            Text::tr("Calls without a user"),
            Text::tr("Their distinct_id is the trace id, so they count for no user: users, cost per user and "
                     "person properties leave them out."),
            Text::tr("Give the SDK the user's distinct id with each call (posthogDistinctId, "
                     "posthog_distinct_id).")};
    case DataIssue::ClockAhead:
        return {
            Text::tr("Stamped after the server received them"),
            Text::tr("These events are shown later than they happened: order in traces, hours and spikes are "
                     "off."),
            Text::tr(
                "Set the clock of the sending machine, or its time zone where the offset is whole hours.")};
    case DataIssue::ClockBehind:
        return {Text::tr("Stamped more than a year before the server received them"),
                Text::tr("These events lie outside of the time ranges that people look at."),
                Text::tr("If this is not imported history, set the clock of the sending machine.")};
    case DataIssue::FutureTimestamp:
        return {
            Text::tr("Stamped in the future"),
            Text::tr("These events stretch every chart over all time, and no recent range holds them."),
            Text::tr(
                "Set the clock of the sending machine; check that milliseconds are not sent as seconds.")};
    case DataIssue::TraceMissing:
        return {Text::tr("Events without a trace id"),
                Text::tr("They belong to no trace: traces, sessions and cost per trace leave them out."),
                Text::tr("Send $ai_trace_id with every event; the SDKs do so by themselves.")};
    case DataIssue::ModelMissing:
        return {Text::tr("Successful calls without a model"),
                Text::tr("The price book cannot price them, and breakdowns by model do not name them."),
                Text::tr("Send $ai_model. With prompts stored at OpenAI the model is only in the response.")};
    case DataIssue::LatencyMissing:
        return {Text::tr("Successful calls without a latency"),
                Text::tr("Latency percentiles and tokens per second are over the other calls only."),
                Text::tr("Send $ai_latency in seconds.")};
    case DataIssue::ErrorUnmarked:
        return {
            Text::tr("Failed calls that are not marked as errors"),
            Text::tr(
                "Their HTTP status is 400 or more, yet $ai_is_error is not true: the error rate is too low."),
            Text::tr("Send $ai_is_error: true with failed calls.")};
    case DataIssue::CostMissing:
        return {
            Text::tr("Calls without a cost"),
            Text::tr(
                "Every sum of cost is too low by what these calls cost. They are counted as unpriced, never "
                "as zero."),
            Text::tr(
                "Add the model's price to the price book, or send what is missing of tokens and model.")};
    case DataIssue::CostNegative:
        return {
            Text::tr("Negative costs"), Text::tr("They are subtracted from every sum of cost."),
            Text::tr(
                "The sender subtracts cached tokens that were not included. Look at the recomputed cost, and "
                "send the provider's own token counts.")};
    case DataIssue::LatencyInMs:
        return {
            Text::tr("Latency looks like milliseconds"),
            Text::tr(
                "Latencies and their percentiles are 1,000 times too large, and starts in traces too early."),
            Text::tr(
                "$ai_latency is in seconds: divide by 1,000 where it is sent. What is stored stays as it was "
                "captured; leave these calls out with the filter.")};
    case DataIssue::TtftInMs:
        return {Text::tr("Time to first token looks like milliseconds"),
                Text::tr("Times to first token and their percentiles are 1,000 times too large."),
                Text::tr("$ai_time_to_first_token is in seconds: divide by 1,000 where it is sent.")};
    case DataIssue::OnePerTrace:
        return {
            Text::tr("Every trace holds one single call"),
            Text::tr("Traces say nothing that calls do not: steps of one task cannot be seen together."),
            Text::tr(
                "Send the same $ai_trace_id with all calls of a task, or $ai_session_id with all traces of a "
                "conversation. Tasks of one call each are fine as they are.")};
    case DataIssue::DuplicateSpan:
        return {
            Text::tr("Span ids used more than once in a trace"),
            Text::tr(
                "The same step may be counted twice, in cost and tokens as well; the tree of the trace is "
                "ambiguous."),
            Text::tr("Look whether two instrumentations send the same call, or a retry sends it under a new "
                     "uuid.")};
    }
    return {};
}

} // namespace genscope
